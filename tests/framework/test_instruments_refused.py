"""Files that somebody sent: every fault is named at its place, and nothing odd gets through."""

import csv
import io

import openpyxl
import pytest

from ithrive.framework.instruments import (
    demonstration_instrument,
    read_instrument,
    to_redcap_csv,
    to_toml,
    to_xlsx,
)
from ithrive.problems import BadInput

OURS = demonstration_instrument()


def refusal(content: bytes, name: str) -> list[str]:
    with pytest.raises(BadInput) as refused:
        read_instrument(content, name)
    return str(refused.value).splitlines()


def toml(old: str, new: str) -> bytes:
    text = to_toml(OURS)
    assert old in text
    return text.replace(old, new, 1).encode()


def redcap(row: int, column: str, cell: str) -> bytes:
    """Our dictionary with another cell in a row, counted as a spreadsheet does."""
    rows = list(csv.reader(io.StringIO(to_redcap_csv(OURS))))
    rows[row - 1][rows[0].index(column)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def workbook(sheet: str, cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(OURS)))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'code = "macro_joint_policy"',
            'code = "Joint Policy"',
            (
                "t.toml, statement 1 (Joint Policy), code: “Joint Policy” cannot be used here. It "
                "must be lower-case letters and digits, with underscores between words. Correct it."
            ),
        ),
        (
            'version = "1"',
            'version = "1 draft"',
            (
                "t.toml, version: “1 draft” cannot be used here. It must be letters and digits, with "
                "full stops or hyphens between them. Correct it."
            ),
        ),
        (
            'code = "demonstration"',
            'code = "Our Tool"',
            (
                "t.toml, code: “Our Tool” cannot be used here. It must be lower-case letters, with "
                "hyphens between words. Correct it."
            ),
        ),
        ('licence = "Our', '#licence = "Our', "t.toml, licence: It is missing or empty. Fill it in."),
        (
            'licence = "',
            'colour = "red"\nlicence = "',
            "t.toml, colour: There is no such field in an instrument. Correct its name, or remove it.",
        ),
        (
            'title = "',
            f'title = "{"a" * 201}',
            "t.toml, title: It is longer than 200 characters. Shorten it.",
        ),
        (
            'total = "sum"',
            'total = "median"',
            "t.toml, total: “median” is not 'sum' or 'mean'. Write one of these.",
        ),
        (
            "demonstration = true",
            'demonstration = "perhaps"',
            (
                "t.toml, demonstration: “perhaps” is neither yes nor no. Write yes or no (in TOML: "
                "true or false)."
            ),
        ),
        (
            "weight = 1.0",
            "weight = -2",
            (
                "t.toml, statement 1 (macro_joint_policy), weight: “-2” is not a number above 0 and "
                "up to 100. Correct it."
            ),
        ),
        (
            "anchors = [",
            'anchors = [ "a fifth",',
            (
                "t.toml, statement 1 (macro_joint_policy), anchors: There are more than 4. Remove "
                "what is too much."
            ),
        ),
        (
            "Each agency has a policy of its own",
            "Each | agency",
            (
                "t.toml, statement 1 (macro_joint_policy), anchors 1: An anchor cannot hold “|”, "
                "which REDCap puts between anchors. Correct it."
            ),
        ),
        (
            'level = "micro"',
            'level = "mega"',
            (
                "t.toml, statement 17 (micro_common_language), level: There is no level “mega”. Write one "
                "of these, or add it: macro, meso, micro."
            ),
        ),
        (
            'text = "Each conversation',
            'text = 3 # "Each conversation',
            "t.toml, statement 18 (micro_needs_led), text: Input should be a valid string. Correct it.",
        ),
    ],
)
def test_a_fault_in_toml_names_statement_and_field(old: str, new: str, said: str) -> None:
    assert refusal(toml(old, new), "t.toml") == [said]


def test_faults_are_named_together() -> None:
    broken = to_toml(OURS).replace("weight = 1.0", "weight = 0").encode()
    assert len(refusal(broken, "t.toml")) == len(OURS.statement)


def test_an_instrument_without_statements_says_so() -> None:
    head = to_toml(OURS).split("[[statement]]")[0] + "statement = []\n"
    head = head.replace("[[level]]", "statement = []\n\n[[level]]", 1).replace("statement = []\n", "", 1)
    assert refusal(("statement = []\n" + head.split("statement")[0]).encode(), "t.toml")[0].endswith(
        "There are only 0 where 1 are needed. Add the others."
    )


def test_an_entry_that_is_no_table_is_named_by_its_number() -> None:
    content = to_toml(OURS).split("[[statement]]")[0].encode()
    content = b"statement = [3]\n" + content
    assert refusal(content, "t.toml")[0].startswith("t.toml, statement 1: Input should be")


@pytest.mark.parametrize(
    "content",
    [b"five = = anchors", b"\xff\xfe", b"\0", b"a = " + b"[" * 5_000, b"a = " + b"9" * 5_000],
    ids=["not toml", "not text", "nul", "nested without end", "a number without end"],
)
def test_what_cannot_be_read_as_toml_is_refused_in_a_sentence(content: bytes) -> None:
    (said,) = refusal(content, "t.toml")
    assert said.startswith("t.toml: It cannot be read as TOML (")


def test_too_big_a_file_is_refused() -> None:
    assert "bigger than 1 MB" in refusal(b"#" * 1_000_001, "t.toml")[0]


@pytest.mark.parametrize("name", ["tool.docx", "tool", "tool.toml.exe"])
def test_a_file_of_another_kind_is_refused(name: str) -> None:
    assert refusal(b"", name) == [
        (
            f"{name}: A file of this kind cannot be read. An instrument is a .toml, .csv, .xlsx "
            "file. Save it as one of these."
        ),
    ]


# Row 1 has the headings, row 2 the record's number, row 3 the instrument, row 4 the first level.
CHOICES, ANNOTATION = "Choices, Calculations, OR Slider Labels", "Field Annotation"


@pytest.mark.parametrize(
    ("row", "column", "cell", "said"),
    [
        (
            5,
            CHOICES,
            "0, a | 1, b | 2, c | 3, d",
            (
                f"r.csv, row 5, column “{CHOICES}”: The choices are scored 0, 1, 2, 3, and must be 1, "
                "2, 3, 4. Write “1, what 1 means | 2, … | 3, … | 4, …”."
            ),
        ),
        (
            5,
            CHOICES,
            "1, a | 2, b | 3, c | 4, d | 5, e",
            (
                f"r.csv, row 5, column “{CHOICES}”: The choices are scored 1, 2, 3, 4, 5, and must be "
                "1, 2, 3, 4. Write “1, what 1 means | 2, … | 3, … | 4, …”."
            ),
        ),
        (
            5,
            "Variable / Field Name",
            "Policy 1",
            (
                "r.csv, row 5, column “Variable / Field Name”: “Policy 1” cannot be used here. It "
                "must be lower-case letters and digits, with underscores between words. Correct it."
            ),
        ),
        (
            5,
            "Field Note",
            "",
            "r.csv, row 5, column “Field Note”: It is missing or empty. Fill it in.",
        ),
        (
            5,
            ANNOTATION,
            "level: macro\nprinciple: A\nwieght: 2",
            (
                f"r.csv, row 5, column “{ANNOTATION}”: The line “wieght: 2” of the annotation is not "
                "understood. Write one line each, once, such as “level: …”. Known are: level, "
                "principle, evidence, measure, weight."
            ),
        ),
        (
            5,
            ANNOTATION,
            "level: macro",
            f"r.csv, row 5, column “{ANNOTATION}”: It is missing or empty. Fill it in.",
        ),
        (
            5,
            "Field Type",
            "slider",
            (
                "r.csv, row 5, column “Field Type”: The field “macro_joint_policy” of the type "
                "“slider” is not part of an instrument, or stands twice. Statements are of the type "
                "radio. Remove other fields."
            ),
        ),
        (
            3,
            "Variable / Field Name",
            "about",
            (
                "r.csv: No descriptive field “about_instrument” says title, version and licence. Add "
                "it as the first field: the reference page on the instrument format shows how."
            ),
        ),
        (3, "Field Label", "", "r.csv, row 3, column “Field Label”: It is missing or empty. Fill it in."),
        (
            4,
            "Section Header",
            "",
            "r.csv, row 4, column “Section Header”: It is missing or empty. Fill it in.",
        ),
        (
            3,
            ANNOTATION,
            "version: 1\nlicence: Ours\ndemonstration: perhaps",
            (
                f"r.csv, row 3, column “{ANNOTATION}”: “perhaps” is neither yes nor no. Write yes or "
                "no (in TOML: true or false)."
            ),
        ),
    ],
)
def test_a_fault_in_a_redcap_dictionary_names_row_and_column(
    row: int, column: str, cell: str, said: str
) -> None:
    assert refusal(redcap(row, column, cell), "r.csv")[0] == said


def test_redcaps_own_action_tags_in_an_annotation_are_passed_over() -> None:
    tagged = redcap(5, ANNOTATION, "@HIDDEN-SURVEY\nlevel: macro\nprinciple: Policy")
    statement = read_instrument(tagged, "r.csv").statement[0]
    assert (statement.level, statement.principle) == ("macro", "Policy")


def test_a_dictionary_without_a_field_for_the_records_number_is_read_too() -> None:
    headings, _, *others = to_redcap_csv(OURS).splitlines(keepends=True)
    assert read_instrument("".join([headings, *others]).encode(), "r.csv") == OURS


def test_beside_each_statement_the_dictionary_asks_whether_it_cannot_be_rated_and_why() -> None:
    rows = list(csv.DictReader(io.StringIO(to_redcap_csv(OURS))))
    fields = [(row["Variable / Field Name"], row["Field Type"]) for row in rows]
    for each in OURS.statement:
        place = fields.index((each.code, "radio"))
        assert fields[place + 1 : place + 3] == [
            (f"{each.code}_unrated", "yesno"),
            (f"{each.code}_why", "notes"),
        ]
    assert ("about_due", "text") in fields


def test_a_dictionary_without_the_fields_of_records_is_read_too() -> None:
    rows = list(csv.reader(io.StringIO(to_redcap_csv(OURS))))
    kept = [row for row in rows if row[3] in ("Field Type", "radio", "descriptive")]
    out = io.StringIO()
    csv.writer(out).writerows(kept)
    assert read_instrument(out.getvalue().encode(), "r.csv") == OURS


def test_the_dictionary_has_redcaps_eighteen_columns_in_their_order() -> None:
    headings = next(csv.reader(io.StringIO(to_redcap_csv(OURS))))
    assert len(headings) == 18
    assert (headings[0], headings[17]) == ("Variable / Field Name", "Field Annotation")


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        (
            "Statements",
            "A3",
            "Policy 1",
            (
                "w.xlsx, sheet Statements, row 3, column A (Code): “Policy 1” cannot be used here. "
                "It must be lower-case letters and digits, with underscores between words. Correct "
                "it."
            ),
        ),
        (
            "Statements",
            "G2",
            None,
            (
                "w.xlsx, sheet Statements, row 2, column G (Score 3 means): It is missing or empty. "
                "Fill it in."
            ),
        ),
        (
            "Statements",
            "J2",
            "hearsay",
            (
                "w.xlsx, sheet Statements, row 2, column J (Evidence): “hearsay” is not 'narrative' "
                "or 'quantitative'. Write one of these."
            ),
        ),
        (
            "Statements",
            "L2",
            "heavy",
            (
                "w.xlsx, sheet Statements, row 2, column L (Weight): “heavy” is not a number above 0 "
                "and up to 100. Correct it."
            ),
        ),
        ("Statements", "D1", "Words", "w.xlsx, row 1: The column “Statement” is missing."),
        ("Statements", "D2", "=1+1", "w.xlsx, row 2, column D: The cell holds a formula."),
        (
            "Levels",
            "B2",
            None,
            "w.xlsx, sheet Levels, row 2, column B (Name): It is missing or empty. Fill it in.",
        ),
        ("About", "B4", None, "w.xlsx, sheet About, row 4: It is missing or empty. Fill it in."),
        (
            "About",
            "A5",
            "Permission",
            (
                "w.xlsx, sheet About, row 5: “Permission” is not known here, or stands twice. The "
                "lines are: Code, Version, Title, Licence, Demonstration, Total."
            ),
        ),
    ],
)
def test_a_fault_in_a_workbook_names_sheet_row_and_column(
    sheet: str, cell: str, value: object, said: str
) -> None:
    assert refusal(workbook(sheet, cell, value), "w.xlsx")[0].startswith(said)


def test_a_line_that_is_missing_from_the_cover_sheet_is_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(OURS)))
    book["About"].delete_rows(5)
    out = io.BytesIO()
    book.save(out)
    assert refusal(out.getvalue(), "w.xlsx") == ["w.xlsx, licence: It is missing or empty. Fill it in."]


def test_a_code_that_stands_twice_is_named_where_it_stands_again() -> None:
    twice = workbook("Statements", "A3", "macro_joint_policy")
    assert refusal(twice, "w.xlsx") == [
        (
            "w.xlsx, sheet Statements, row 3, column A (Code): The statement “macro_joint_policy” stands "
            "twice. Give each a code of its own."
        )
    ]


def test_evidence_may_be_written_with_a_capital_and_left_out() -> None:
    assert read_instrument(workbook("Statements", "J2", "Narrative"), "w.xlsx") == OURS
    assert read_instrument(workbook("Statements", "J2", None), "w.xlsx") == OURS


def test_a_version_that_the_spreadsheet_took_for_a_number_is_read_as_text() -> None:
    assert read_instrument(workbook("About", "B3", 2.5), "w.xlsx").version == "2.5"


def test_text_in_a_workbook_is_never_a_formula() -> None:
    first, *others = OURS.statement
    live = first.model_copy(update={"text": "=HYPERLINK(1)"})
    content = to_xlsx(OURS.model_copy(update={"statement": (live, *others)}))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {cell.data_type for row in book["Statements"].iter_rows() for cell in row} <= {
        "s",
        "inlineStr",
        "n",
    }
    assert read_instrument(content, "w.xlsx").statement[0].text == "=HYPERLINK(1)"

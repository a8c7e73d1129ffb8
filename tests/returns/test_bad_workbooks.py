"""Whatever comes back instead of the workbook that went out is read, or refused naming sheet and cell."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError

from ithrive.measures import CellState, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.problems import BadInput
from ithrive.returns import Finding, Identity, Reading, Severity, read_workbook, return_form
from tests.returns.scenes import ALDERBROOK, FORM, METHODS, a_return, at, changed, workbook

FULL = workbook()
SHEET, CELL = at("H3.started")
ROW = int(CELL[1:])
KEY = FigureKey("H3", "started")


def read(content: bytes, expected: Identity = ALDERBROOK) -> Reading:
    return read_workbook(content, "return.xlsx", form=FORM, expected=expected)


def after(change: Callable[[Any], object]) -> Reading:
    """What is read after somebody changed the right workbook."""
    return read(changed(FULL, change))


def typed(value: object, number_format: str = "General") -> tuple[Finding, ...]:
    def change(book: Any) -> None:
        book[SHEET][CELL] = value
        book[SHEET][CELL].number_format = number_format

    return after(change).findings


def sentences(findings: tuple[Finding, ...]) -> list[str]:
    assert {each.severity for each in findings} <= {Severity.MUST_FIX}
    return [str(each) for each in findings]


def refused(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read(content)
    return str(caught.value)


CHOOSE = (
    "Write a plain number, or choose from the list in the cell: “suppressed”, “not submitted”, "
    "“not applicable”, “withheld for quality”."
)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("n/a", f"“n/a” can mean nought, missing, or does not apply. {CHOOSE}"),
        ("-", f"“-” can mean nought, missing, or does not apply. {CHOOSE}"),
        ("NULL", f"“NULL” can mean nought, missing, or does not apply. {CHOOSE}"),
        (
            "<5",
            (
                "“<5” hides the number. Write the number itself: small numbers are hidden when figures are "
                "shown, not before."
            ),
        ),
        ("1,234", "“1,234” has marks between its digits. Write it with digits alone, as 1234."),
        ("1 234", "“1 234” has marks between its digits. Write it with digits alone, as 1234."),
        ("12%", "“12%” is a percentage. Write the number of people or things itself."),
        ("twelve", f"“twelve” is not a number. {CHOOSE}"),
        ("x" * 90, f"“{'x' * 39}…” is not a number. {CHOOSE}"),
        ("=1+1", "The cell holds a formula. Copy the cell and paste it as a value."),
        ("#DIV/0!", f"The cell holds an error of the spreadsheet. {CHOOSE}"),
        (True, f"The cell holds yes or no, not a number. {CHOOSE}"),
    ],
    ids=str,
)
def test_what_is_no_number_is_told_with_its_cell(value: object, said: str) -> None:
    assert sentences(typed(value)) == [f"{SHEET}, {CELL}: {said}"]


@pytest.mark.parametrize(
    ("value", "number_format"),
    [(date(2026, 7, 5), "yyyy-mm-dd"), (46208, "dd/mm/yyyy"), ("05-07-2026", "General"), ("2026-07-05", "@")],
    ids=["a day", "the number of a day", "days first", "year first"],
)
def test_a_day_where_a_number_belongs_is_told_for_one(value: object, number_format: str) -> None:
    (sentence,) = sentences(typed(value, number_format))
    assert "is a date; spreadsheets make dates of what looks like one." in sentence


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("suppressed", CellState.SUPPRESSED),
        ("Suppressed ", CellState.SUPPRESSED),
        ("*", CellState.SUPPRESSED),
        ("not applicable", CellState.NOT_APPLICABLE),
        ("withheld for quality", CellState.WITHHELD),
        ("not submitted", CellState.NOT_SUBMITTED),
        (None, CellState.NOT_SUBMITTED),
        (0, CellState.ZERO),
        ("12", CellState.VALUE),
    ],
    ids=str,
)
def test_a_number_and_why_there_is_none_are_kept_apart(value: object, state: CellState) -> None:
    reading = after(lambda book: book[SHEET].__setitem__(CELL, value))
    assert reading.findings == ()
    assert reading.figures.cell(KEY).state is state


def test_what_cannot_be_read_counts_as_not_submitted_and_is_kept_as_it_was_typed() -> None:
    reading = after(lambda book: book[SHEET].__setitem__(CELL, "<5"))
    assert reading.figures.cell(KEY).state is CellState.NOT_SUBMITTED
    assert reading.typed[KEY] == "<5"
    assert reading.places[KEY] == f"{SHEET}, {CELL}"


def cover(label: str, value: object) -> tuple[Finding, ...]:
    def change(book: Any) -> None:
        for row in book["Start here"].iter_rows():
            if row[0].value == label:
                row[1].value = value

    return after(change).findings


MEND = "Download the workbook of Alderbrook for 2026/27 Q2, and copy the figures over as values."


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Quarter", "2026/27 Q1", "It is for the quarter 2026/27 Q1, not for 2026/27 Q2."),
        ("Quarter", date(2026, 4, 1), "It is for the quarter 2026-04-01, not for 2026/27 Q2."),
        ("Quarter", 46113, "It is for the quarter 46113, not for 2026/27 Q2."),
        ("Quarter", "spring", "It is for the quarter spring, not for 2026/27 Q2."),
        ("Quarter", None, "It does not say its quarter."),
        ("Area code", "T02", "It is of the area T02, not of Alderbrook (T01)."),
        ("Form version", "0.9", "It was made with version 0.9 of the form; now it is version 1."),
        (
            "Form check",
            "abc",
            "Its form is not the one that this quarter uses, though the version is the same.",
        ),
    ],
)
def test_the_return_of_another_area_quarter_or_version_is_not_taken(
    label: str, value: object, said: str
) -> None:
    (finding,) = cover(label, value)
    assert finding.place.startswith("Start here, B")
    assert (finding.what, finding.mend) == (said, MEND)


@pytest.mark.parametrize("day", [date(2026, 7, 1), 46204, "01/07/2026", "2026-09-30", "1-7-2026"], ids=str)
def test_a_quarter_that_a_spreadsheet_made_a_day_of_is_known_by_the_day(day: object) -> None:
    assert cover("Quarter", day) == ()


def test_the_workbook_of_an_older_form_is_told_for_one_and_not_row_by_row() -> None:
    newer = return_form(measures(), "2", breakdowns=["sex=female"])
    expected = replace(ALDERBROOK, form_version="2")
    reading = read_workbook(FULL, "return.xlsx", form=newer, expected=expected)
    assert [each.what for each in reading.findings] == [
        "It was made with version 1 of the form; now it is version 2."
    ]
    assert reading.figures.cell(KEY) == a_return().cell(KEY)


def test_a_cover_that_is_gone_is_missed() -> None:
    findings = after(lambda book: book.remove(book["Start here"])).findings
    assert [each.what for each in findings] == [
        "It does not say its area code.",
        "It does not say its quarter.",
        "It does not say its form version.",
    ]
    assert findings[0].place == "return.xlsx, sheet Start here"


def test_a_renamed_sheet_loses_nothing() -> None:
    def change(book: Any) -> None:
        book[SHEET].title = "Help (final)"
        book["Start here"].title = "About us"

    reading = after(change)
    assert reading.findings == ()
    assert reading.figures == read(FULL).figures
    assert reading.places[KEY] == f"Help (final), {CELL}"


def test_a_moved_column_and_sorted_rows_lose_nothing() -> None:
    def change(book: Any) -> None:
        page = book[SHEET]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        page.delete_rows(1, page.max_row)
        for row in (rows[0], *reversed(rows[1:])):
            page.append([*row[3:], *row[:3]])

    reading = after(change)
    assert reading.findings == ()
    assert reading.figures == read(FULL).figures


def test_a_title_above_the_headings_loses_nothing() -> None:
    reading = after(lambda book: book[SHEET].insert_rows(1, 3))
    assert (reading.findings, reading.figures) == ((), read(FULL).figures)


def test_a_missing_sheet_is_one_finding() -> None:
    (sentence,) = sentences(after(lambda book: book.remove(book[SHEET])).findings)
    assert sentence == (
        "Getting Help: The sheet “Getting Help” is missing. "
        "Download the workbook again and copy the figures over as values."
    )


def test_lost_headings_are_one_finding() -> None:
    (sentence,) = sentences(after(lambda book: book[SHEET].delete_rows(1)).findings)
    assert sentence.startswith("Getting Help: The sheet “Getting Help” has lost its headings or codes.")


def test_a_missing_row_is_told_by_its_code() -> None:
    (sentence,) = sentences(after(lambda book: book[SHEET].delete_rows(ROW)).findings)
    assert sentence.startswith(f"{SHEET}, {CELL}: The row with the code “H3.started” is missing.")


def test_a_heading_that_stands_twice_is_told() -> None:
    (sentence,) = sentences(after(lambda book: book[SHEET].__setitem__("J1", "this quarter")).findings)
    assert sentence.startswith(f"{SHEET}, D1: The heading “This quarter” stands in columns D and J.")


def test_a_column_of_reasons_that_is_gone_is_missed() -> None:
    (sentence,) = sentences(after(lambda book: book[SHEET].delete_cols(6)).findings)
    assert "The column “Reason or note” is gone, so no reason can be read." in sentence


def test_a_copied_sheet_is_told_by_its_codes() -> None:
    findings = after(lambda book: book.copy_worksheet(book["Thriving"])).findings
    assert findings[0].place == "Thriving Copy, D2"
    assert findings[0].what == "The code “T1.settings” stands here and in Thriving, D2."


def test_a_figure_in_a_row_without_a_code_is_told() -> None:
    reading = after(lambda book: book[SHEET].__setitem__("D999", 7))
    assert sentences(reading.findings) == [
        f"{SHEET}, D999: There is a figure in a row that has no code. Move it to the row it belongs to."
    ]


def test_a_code_that_is_not_of_this_form_is_told() -> None:
    def change(book: Any) -> None:
        for row in range(900, 930):
            book[SHEET][f"H{row}"] = f"X9.{row}"

    findings = after(change).findings
    assert str(findings[0]).startswith(f"{SHEET}, D900: The code “X9.900” is not in this form.")
    assert findings[-1].what == "And 10 more codes that are not in this form."


@pytest.mark.parametrize("area", [f"D{ROW}:D{ROW + 1}", f"B{ROW}:D{ROW}", f"G{ROW}:H{ROW}"])
def test_merged_cells_over_figures_or_codes_are_told(area: str) -> None:
    findings = after(lambda book: book[SHEET].merge_cells(area)).findings
    assert sum(each.what.startswith(f"The cells {area} are merged into one") for each in findings) == 1


def test_merged_cells_elsewhere_are_left_alone() -> None:
    assert after(lambda book: book[SHEET].merge_cells(f"A{ROW}:C{ROW}")).findings == ()


def test_merged_headings_are_lost_headings() -> None:
    (sentence,) = sentences(after(lambda book: book[SHEET].merge_cells("A1:H1")).findings)
    assert "has lost its headings or codes." in sentence


def test_figures_that_nobody_sees_are_told() -> None:
    def change(book: Any) -> None:
        book[SHEET].row_dimensions[ROW].hidden = True
        book["Thriving"].column_dimensions["D"].hidden = True
        book["Whole system"].sheet_state = "hidden"

    assert [each.what for each in after(change).findings] == [
        "Column D is hidden and holds figures.",
        f"Row {ROW} is hidden and holds a figure.",
        "The sheet is hidden and holds figures.",
    ]


def test_hidden_rows_without_figures_hide_nothing() -> None:
    def change(book: Any) -> None:
        book[SHEET][CELL] = None
        book[SHEET].row_dimensions[ROW].hidden = True
        book.create_sheet("Workings").sheet_state = "hidden"

    assert after(change).findings == ()


def test_sheets_of_ones_own_are_passed_over() -> None:
    def change(book: Any) -> None:
        page = book.create_sheet("Workings")
        page.append(["=A1", "n/a", 12])

    assert after(change).findings == ()


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.pop(name, b"") or old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return out.getvalue()


def test_macros_are_refused() -> None:
    assert refused(repacked(FULL, {"xl/vbaProject.bin": b"macro"})) == (
        "return.xlsx: The workbook has macros. Save it as .xlsx, which has none."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "locked with a password, or has the old .xls"),
        (FULL[:-100], "not an Excel workbook, or it is cut short"),
        (FULL[: len(FULL) // 2], "not an Excel workbook, or it is cut short"),
        (b"", "not an Excel workbook, or it is cut short"),
        (b"Code,This quarter\n", "not an Excel workbook, or it is cut short"),
        (repacked(FULL, {"xl/media/x.bin": b"0" * 30_000_000}), "unpacks to far more than it seems to hold"),
        (FULL + b"0" * 5_000_000, "bigger than 4 MB"),
    ],
    ids=["password", "cut short", "cut in half", "empty", "a csv file", "a bomb", "too big"],
)
def test_what_is_no_workbook_is_refused_in_plain_words(content: bytes, said: str) -> None:
    assert said in refused(content)


def plain_rows(rows: str) -> bytes:
    """The right workbook with the XML of its second sheet replaced."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repacked(FULL, {"xl/worksheets/sheet2.xml": f"{head}{rows}</worksheet>".encode()})


def test_a_hundred_thousand_rows_are_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 100_001))
    assert "more filled rows than a return can have" in refused(plain_rows(f"{rows}</sheetData>"))


def test_a_row_beyond_every_sheet_is_refused_and_not_counted_up_to() -> None:
    far = '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>'
    assert "far below where a sheet ends" in refused(plain_rows(far))


def test_a_merged_range_as_large_as_a_sheet_is_told_and_not_built() -> None:
    with zipfile.ZipFile(io.BytesIO(FULL)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = repacked(FULL, {"xl/worksheets/sheet2.xml": sheet.replace("</sheetData>", merged, 1).encode()})
    (finding,) = read(content).findings
    assert finding.what.startswith("The cells A1:XFD1048576 are merged into one")


def test_more_sheets_than_a_return_has_are_refused() -> None:
    assert "The workbook has 68 sheets." in refused(
        changed(FULL, lambda book: [book.create_sheet() for _ in range(60)])
    )


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(BadInput):
        read(content)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(FULL) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_with_spoilt_bytes_is_read_or_refused(spoilt: list[tuple[int, int]]) -> None:
    content = bytearray(FULL)
    for place, byte in spoilt:
        content[place] = byte
    with suppress(BadInput):
        read(bytes(content))


PARTS = [
    "xl/worksheets/sheet4.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
]


@settings(max_examples=50)
@given(st.sampled_from(PARTS), st.integers(0, 10**6), st.integers(0, 60), st.binary(max_size=12))
def test_a_workbook_with_a_spoilt_part_is_read_or_refused(
    part: str, place: int, width: int, instead: bytes
) -> None:
    with zipfile.ZipFile(io.BytesIO(FULL)) as archive:
        xml = archive.read(part)
    place %= len(xml)
    with suppress(BadInput):
        read(repacked(FULL, {part: xml[:place] + instead + xml[place + width :]}))


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1901, 1, 1)),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30),
    st.sampled_from(["=A1", "#N/A", "<5", "1,234", "12%", "Code", "This quarter", "H3.started", "Area code"]),
)
changes = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 30), st.integers(1, 9), values), max_size=12)


@settings(max_examples=12)
@given(changes)
def test_whatever_is_typed_anywhere_is_read_or_told(typed_in: list[tuple[int, int, int, object]]) -> None:
    def change(book: Any) -> None:
        for sheet, row, column, value in typed_in:
            pages = book.worksheets
            pages[sheet % len(pages)][f"{get_column_letter(column)}{row}"] = value

    with suppress(IllegalCharacterError):
        for finding in after(change).findings:
            assert finding.place
            assert finding.what.endswith(".")
            assert finding.mend.endswith(".")


def test_identity_is_told_as_the_workbook_says_it() -> None:
    other = replace(ALDERBROOK, area_code="T02", area_name="Brackenford", quarter=Quarter.parse("2025/26 Q4"))
    reading = read(FULL, expected=other)
    assert reading.identity == ALDERBROOK
    assert reading.figures.identity == other
    assert [each.rule for each in reading.findings] == ["identity", "identity"]
    assert reading.figures.methods == METHODS == a_return().methods

"""A CSV file, a page and a return file are read by the same rules as the workbook."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.measures import Cell, CellState, FigureKey
from ithrive.problems import BadInput
from ithrive.returns import Reading, ReturnedFigure, Severity
from ithrive.returns.reading import (
    read_csv_return,
    read_form_posts,
    read_json,
    return_file_in,
    return_file_out,
)
from ithrive.returns.workbook import csv_out
from tests.returns.scenes import ALDERBROOK, FORM, METHODS, a_return, explained, missing

FULL = csv_out(FORM, ALDERBROOK, last=None, figures=a_return())
KEY = FigureKey("H3", "started")
NUMBER = a_return().cell(KEY).number


def from_csv(text: str) -> Reading:
    return read_csv_return(text.encode(), "return.csv", form=FORM, expected=ALDERBROOK)


def from_page(**posted: str) -> Reading:
    return read_form_posts(posted, form=FORM, expected=ALDERBROOK)


def from_file(sent: Any) -> Reading:
    return read_json(sent, form=FORM, expected=ALDERBROOK)


def sent(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(return_file_out(a_return(), FORM))
    return whole | changes


def sentences(reading: Reading) -> list[str]:
    assert {each.severity for each in reading.findings} <= {Severity.MUST_FIX}
    return [str(each) for each in reading.findings]


@pytest.mark.parametrize("text", ["n/a", "-", "<5", "1,234", "12%", "05/07/2026", "soon", "suppressed", "12"])
def test_one_set_of_rules_reads_csv_page_and_file_alike(text: str) -> None:
    line = next(row for row in FULL.splitlines() if row.endswith(",H3.started"))
    typed = f'"{text}"' if "," in text else text
    csv = from_csv(FULL.replace(line, line.replace(f",{NUMBER},", f",{typed},")))
    page = from_page(**{"figure:H3.started": text})
    file = from_file(sent(figures=sent()["figures"] | {"H3.started": text}))
    for reading in (csv, page, file):
        assert reading.figures.cell(KEY) == page.figures.cell(KEY)
        assert [(each.what, each.mend) for each in reading.findings] == [
            (each.what, each.mend) for each in page.findings
        ]
        assert reading.typed[KEY] == text


def test_a_csv_file_names_its_rows() -> None:
    line = next(row for row in FULL.splitlines() if row.endswith(",H3.started"))
    number = FULL.splitlines().index(line) + 1
    (sentence,) = sentences(from_csv(FULL.replace(line, line.replace(f",{NUMBER},", ",soon,"))))
    assert sentence.startswith(f"return.csv, row {number}: “soon” is not a number.")


def test_a_csv_file_of_another_quarter_or_of_two_is_not_taken() -> None:
    (sentence,) = sentences(from_csv(FULL.replace("2026/27 Q2", "2026/27 Q1")))
    assert sentence.startswith("return.csv, row 2, column “Quarter”: It is for the quarter 2026/27 Q1")
    head, first, *rest = FULL.splitlines()
    mixed = "\n".join([head, first, *(row.replace("T01", "T02") for row in rest)])
    assert (
        "row 3: The column “Area code” says something else than in the first row."
        in sentences(from_csv(mixed))[0]
    )


def test_a_csv_file_keeps_every_row_once_with_its_code() -> None:
    rows = FULL.splitlines()
    (sentence,) = sentences(from_csv("\n".join(row for row in rows if not row.endswith(",H3.started"))))
    assert "1 rows of the form are missing, the first with the code “H3.started”." in sentence
    (twice,) = sentences(from_csv("\n".join([*rows, rows[1]])))
    assert "The code “T1.settings” stands here and in return.csv, row 2." in twice
    (nameless,) = sentences(from_csv("\n".join([*rows, rows[1].replace("T1.settings", "")])))
    assert "This row has no code." in nameless


def test_a_csv_file_without_rows_says_nothing_of_itself() -> None:
    reading = from_csv(FULL.splitlines()[0] + "\n")
    assert reading.identity is None
    assert "It does not say its area code." in {each.what for each in reading.findings}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "The column “Area code” is missing"),
        (FULL + "x,\n" * 5, "The row has 2 cells under 12 headings."),
        (
            FULL + FULL.splitlines()[1] * 1 + "\n" + (FULL.splitlines()[1] + "\n") * 10_000,
            "more than a return",
        ),
    ],
    ids=["another table", "broken rows", "too many rows"],
)
def test_what_is_no_such_csv_file_is_refused(content: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_csv(content)


def test_a_page_posts_figures_reasons_and_methods() -> None:
    reading = from_page(
        **{
            "figure:H3.started": " 12 ",
            "note:H3.started": "A new team.",
            "method:D4": "SDM-Q-9",
            "notes": "Late.",
            "csrfmiddlewaretoken": "x",
        }
    )
    assert reading.findings == ()
    assert reading.figures.figures == {KEY: ReturnedFigure(Cell.of(12), "A new team.")}
    assert (reading.figures.methods, reading.figures.notes) == ({"D4": "SDM-Q-9"}, "Late.")
    assert reading.identity is None


def test_a_page_names_figures_in_words() -> None:
    (sentence,) = sentences(from_page(**{"figure:H3.started/thriving": "soon"}))
    assert sentence.startswith("Meaningful help within four weeks, Spells that reached meaningful help")
    assert "(Thriving): “soon” is not a number." in sentence


def test_a_field_of_no_figure_is_told() -> None:
    (sentence,) = sentences(from_page(**{"figure:X1.gone": "3"}))
    assert sentence.startswith("X1.gone: The code “X1.gone” is not in this form.")


numbers = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9)).map(Cell.of)
cells = st.one_of(
    numbers, st.sampled_from([missing(), missing(CellState.SUPPRESSED), missing(CellState.WITHHELD)])
)
words = st.text(max_size=30).map(str.strip).filter(lambda text: not text.startswith("'"))


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from([line.key for line in FORM.lines]), st.tuples(cells, words, words)), words
)
def test_a_return_file_is_read_as_it_was_written(
    given_out: dict[FigureKey, tuple[Cell, str, str]], notes: str
) -> None:
    figures = replace(
        a_return(), figures={key: ReturnedFigure(*each) for key, each in given_out.items()}, notes=notes
    )
    content = return_file_out(figures, FORM).encode()
    reading = return_file_in(content, "return.json", form=FORM, expected=ALDERBROOK)
    assert reading.findings == ()
    assert reading.identity == ALDERBROOK
    assert reading.figures == figures


def test_a_file_says_where_each_figure_was_worked_out() -> None:
    figures = explained(a_return(), "H3.started", "Two teams merged.")
    entry = json.loads(return_file_out(figures, FORM))["figures"]["H3.started"]
    assert entry == {"number": NUMBER, "reason": "Two teams merged."}


@pytest.mark.parametrize(
    ("given_one", "said"),
    [
        ({"number": 3, "state": "suppressed"}, "There are both a number and a state without one."),
        ({"numbr": 3}, "“numbr” is not known here."),
        ({"state": "gone"}, "“gone” is not a number."),
        (True, "The cell holds yes or no, not a number."),
        ({"number": "n/a"}, "“n/a” can mean nought, missing, or does not apply."),
        ({"number": [1]}, "“[1]” is not a number."),
    ],
)
def test_what_a_file_says_amiss_is_told_with_its_place(given_one: object, said: str) -> None:
    (finding,) = from_file(sent(figures=sent()["figures"] | {"H3.started": given_one})).findings
    assert (finding.place, finding.what) == (FORM.places["H3.started"], said)


def test_a_file_may_send_bare_numbers_states_and_nothing() -> None:
    reading = from_file(sent(figures={"H3.started": 3, "H1.people": "suppressed", "A1.supported": None}))
    assert reading.findings == ()
    assert [each.cell.state.value for each in reading.figures.figures.values()] == [
        "not submitted", "suppressed", "value"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"figures": None}, "figures: There are no figures."),
        ({"figures": [1]}, "figures: There are no figures."),
        ({"methods": 3}, "methods: This is not a mapping of measures to words."),
        ({"methods": {"X9": "?"}}, "methods: The code “X9?” is not in this form."),
        ({"quarter": "2026/27 Q1"}, "quarter: It is for the quarter 2026/27 Q1, not for 2026/27 Q2."),
        ({"area": ""}, "area: It does not say its area code."),
    ],
)
def test_what_is_wrong_with_a_file_as_a_whole_is_told(change: dict[str, object], said: str) -> None:
    assert sentences(from_file(sent(**change)))[0].startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "It cannot be read as JSON"),
        (b"\xff\xfe", "It cannot be read as JSON"),
        (b'{"kind": "i-thrive return", "kind": "x"}', "“kind” stands twice"),
        (b"[" * 200_000, "It cannot be read as JSON"),
        (b"[]", "This is not a return"),
        (b'{"kind": "other"}', "This is not a return"),
        (b" " * 5_000_000, "bigger than 4 MB"),
        (b'{"kind": "i-thrive return", "n": ' + b"9" * 5_000 + b"}", "It cannot be read as JSON"),
    ],
    ids=[
        "empty",
        "not text",
        "an entry twice",
        "too deep",
        "a list",
        "another file",
        "too big",
        "a huge number",
    ],
)
def test_what_is_no_return_file_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        return_file_in(content, "return.json", form=FORM, expected=ALDERBROOK)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
fields = st.sampled_from(["figures", "methods", "area", "quarter", "form", "notes", "number"])


@settings(max_examples=80)
@given(st.dictionaries(fields, anything), st.dictionaries(st.sampled_from(["H3.started", "x", ""]), anything))
def test_whatever_is_sent_as_json_is_read_or_told(change: dict[str, Any], figures: dict[str, Any]) -> None:
    for reading in (from_file(sent(**change)), from_file(sent(figures=figures))):
        for finding in reading.findings:
            assert finding.what.endswith(".")
            assert finding.mend.endswith(".")


def test_methods_are_those_of_the_form() -> None:
    assert from_csv(FULL).figures.methods == METHODS

"""The workbook can be filled in by somebody in a hurry, holds no macros, and comes back as it went out."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.measures import Cell, CellState, FigureKey
from ithrive.returns import Severity, check, read_workbook, workbook_out
from ithrive.returns.figures import ReturnedFigure, ReturnFigures
from ithrive.returns.layout import HEADINGS, LAST, NOW, START, STATES
from ithrive.returns.reading import read_csv_return
from ithrive.returns.workbook import csv_out
from tests.returns.scenes import (
    ALDERBROOK,
    FORM,
    METHODS,
    a_return,
    at,
    changed,
    explained,
    missing,
    workbook,
)

EMPTY = workbook_out(FORM, ALDERBROOK, last=a_return().cells, last_methods=METHODS)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_workbook_that_is_not_filled_in_reads_as_nothing_submitted() -> None:
    reading = read_workbook(EMPTY, "return.xlsx", form=FORM, expected=ALDERBROOK)
    assert reading.findings == ()
    assert {each.cell.state for each in reading.figures.figures.values()} == {CellState.NOT_SUBMITTED}
    assert reading.identity == ALDERBROOK


cells = st.one_of(
    st.sampled_from(
        [missing(state) for state in CellState if state not in {CellState.VALUE, CellState.ZERO}]
    ),
    st.integers(-(10**9), 10**9).map(Cell.of),
    # A workbook keeps 15 digits of a number.
    st.floats(-1e6, 1e6).map(lambda number: Cell.of(round(number, 6))),
)
reasons = st.one_of(st.just(""), st.sampled_from(["=1+1", "-x", "@SUM(A1)", "'", "two\nlines", "ü <b>&amp;"]))


@settings(max_examples=8)
@given(st.lists(st.tuples(cells, reasons), min_size=1, max_size=20), st.sampled_from(["", "+44 20", "late"]))
def test_what_goes_out_comes_back(sent: list[tuple[Cell, str]], notes: str) -> None:
    figures = {line.key: ReturnedFigure(*sent[number % len(sent)]) for number, line in enumerate(FORM.lines)}
    given_out = ReturnFigures(ALDERBROOK, figures, METHODS, notes)
    reading = read_workbook(workbook(given_out), "return.xlsx", form=FORM, expected=ALDERBROOK)
    assert reading.findings == ()
    assert reading.figures == given_out
    table = csv_out(FORM, ALDERBROOK, last=None, figures=given_out).encode()
    as_csv = read_csv_return(table, "return.csv", form=FORM, expected=ALDERBROOK)
    assert as_csv.findings == ()
    assert as_csv.figures == replace(given_out, notes="")


def test_there_is_a_sheet_for_each_grouping_and_the_area_and_quarter_stand_first() -> None:
    book = opened(EMPTY)
    assert book.sheetnames == [START, *FORM.sheets]
    said = {row[0].value: row[1].value for row in book[START].iter_rows()}
    assert (said["Area"], said["Quarter"], said["Form version"]) == ("Alderbrook", "2026/27 Q2", "1")
    assert said["Form check"] == FORM.digest


def test_headings_are_locked_and_only_figures_and_reasons_can_be_typed() -> None:
    for page in opened(EMPTY).worksheets[1:]:
        assert page.protection.sheet
        open_columns = {
            cell.column for row in page.iter_rows(min_row=2) for cell in row if not cell.protection.locked
        }
        assert open_columns == {4, 6}
        assert all(cell.protection.locked for cell in page[1])
        assert [cell.value for cell in page[1]] == list(HEADINGS)


def test_reasons_for_no_number_are_offered_and_numbers_are_not_refused() -> None:
    page = opened(EMPTY)["Getting Help"]
    (choice,) = page.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(STATES)}"'
    assert not choice.showErrorMessage
    assert at("H3.started")[1] in choice.sqref


def test_last_quarters_answers_in_words_stand_beside_to_be_given_again() -> None:
    beside = {
        row[-1].value: row[HEADINGS.index("Last quarter")].value
        for page in opened(EMPTY).worksheets[1:]
        for row in page.iter_rows()
    }
    assert {code: beside[f"{code}?"] for code in METHODS} == METHODS
    table = csv_out(FORM, ALDERBROOK, last=None, last_methods=METHODS)
    assert all(words in table for words in METHODS.values())


def test_last_quarters_figures_stand_beside() -> None:
    book = opened(EMPTY)
    sheet, cell = at("H3.started")
    row = book[sheet][int(cell[1:])]
    assert row[HEADINGS.index(NOW)].value is None
    assert row[HEADINGS.index(LAST)].value == a_return().cell(FigureKey("H3", "started")).number


def test_it_can_be_read_on_screen_and_on_paper() -> None:
    page = opened(EMPTY)["Getting Help"]
    assert page.freeze_panes == "D2"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert page.column_dimensions["B"].width > 40
    assert page.oddHeader.left.text == "Alderbrook, 2026/27 Q2"


def test_it_holds_no_macros_and_no_links() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        names = " ".join(archive.namelist()).casefold()
    assert "vba" not in names
    assert "externallink" not in names


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A1", "+1", "-1+1", "@SUM(1)", "\t=1", "&A&P"])
def test_nothing_that_people_wrote_can_run(name: str) -> None:
    identity = replace(ALDERBROOK, area_name=name)
    figures = explained(a_return(), "H3.started", name)
    book = opened(workbook_out(FORM, identity, last=None, figures=replace(figures, notes=name)))
    kinds = {cell.data_type for page in book.worksheets for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    table = csv_out(FORM, identity, last=None, figures=figures)
    assert f",{name}," not in table or name[0] == "&"


def test_the_marked_up_copy_says_in_the_cell_what_was_found() -> None:
    figures = explained(a_return({"T1.covered": 9_999, "M4.bed-days": 5_000}), "M4.bed-days", "A long stay.")
    findings = check(FORM, figures, {FigureKey("M4", "bed-days"): Cell.of(100)})
    book = opened(workbook(figures, findings=findings))
    sheet, cell = at("T1.covered")
    marked = book[sheet][cell]
    assert marked.comment.text.startswith("Must fix: 9,999 is more than the")
    assert book[sheet][f"G{cell[1:]}"].value == marked.comment.text
    sheet, other = at("M4.bed-days")
    answered = book[sheet][other]
    assert answered.comment.text.startswith("Query, answered: It was 100 last quarter and is 5,000 now.")
    assert answered.fill.fgColor.rgb != marked.fill.fgColor.rgb
    cover = [row[1].value for row in book[START].iter_rows() if row[1].value]
    assert "1 to mend, 1 to explain" in cover


def test_the_marked_up_copy_shows_what_was_typed_and_can_be_sent_again() -> None:
    sheet, cell = at("T1.covered")

    def mistyped(book: Any) -> None:
        book[sheet][cell] = "<5"

    read = read_workbook(changed(workbook(), mistyped), "r.xlsx", form=FORM, expected=ALDERBROOK)
    copy = workbook_out(
        FORM, ALDERBROOK, last=None, figures=read.figures, findings=read.findings, typed=read.typed
    )
    assert opened(copy)[sheet][cell].value == "<5"
    again = read_workbook(copy, "r.xlsx", form=FORM, expected=ALDERBROOK)
    assert again.findings == read.findings


def test_what_is_about_no_row_stands_on_the_cover() -> None:
    silent = replace(a_return(), methods={**METHODS, "D4": ""})
    (finding,) = check(FORM, silent)
    book = opened(workbook(silent, findings=[finding, replace(finding, place="Somewhere")]))
    sheet, cell = at("D4?")
    assert book[sheet][cell].comment.text.startswith("Must fix: ")
    assert "Somewhere" in [row[1].value for row in book[START].iter_rows()]


def test_a_cover_lists_no_more_than_a_person_reads() -> None:
    (finding,) = check(FORM, replace(a_return(), methods={**METHODS, "D4": ""}))
    book = opened(workbook(findings=[finding] * 250))
    assert "And 50 more." in [row[1].value for row in book[START].iter_rows()]
    assert finding.severity is Severity.MUST_FIX

"""NHS Digital's workbook layout in small."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from ithrive.problems import BadInput
from tests.returns.published.small_files import brought_in, kinds, workbook

TITLE = (
    "Table 3b: The number of {who} and the time waiting between referral and their second contact, "
    "for {service} services, April 2019 - June 2019."
)
HEADINGS = ("Organisation Code", "Organisation Name", "Total number of People", "% Waiting Over 12 Weeks")
ROWS = (
    HEADINGS,
    (),
    ("England", "England", 1000, 12.34),
    (),
    ("Y90", "North", 990, 12),
    ("UNKNOWN", "UNKNOWN", 10, "*"),
    (),
    ("90A", "ALDERBROOK CCG", 250, 10),
    ("A1B2C", "BRACKENFORD CCG", "*", None),
    ("UNKNOWN/INVALID", "UNKNOWN", 0, "*"),
)


def made(folder: Path, *, who: str = "children and young people", rows: tuple[object, ...] = ROWS) -> Path:
    return workbook(folder, TITLE.format(who=who, service="mental health"), rows)  # type: ignore[arg-type] # rows of cells


def test_each_block_is_a_kind_of_area_with_an_unknown_of_its_own(tmp_path: Path) -> None:
    figures = brought_in(made(tmp_path)).figures.where("measure = 'total'")
    assert {(each.area_kind, each.area): each.state for each in figures} == {
        ("country", "England"): "value",
        ("region", "Y90"): "value",
        ("region", "UNKNOWN"): "value",
        ("ccg", "90A"): "value",
        ("ccg", "A1B2C"): "suppressed",
        ("ccg", "UNKNOWN"): "zero",
    }
    assert {(each.period_start, each.period_end) for each in figures} == {
        (date(2019, 4, 1), date(2019, 6, 30))
    }
    assert {each.breakdown for each in figures} == {"people; mental health services"}


def test_an_empty_cell_is_not_a_hidden_one(tmp_path: Path) -> None:
    figures = brought_in(made(tmp_path)).figures.where("measure = 'pct_wait_over_12w' AND area_kind = 'ccg'")
    assert {each.area: each.state for each in figures} == {
        "90A": "value",
        "A1B2C": "not submitted",
        "UNKNOWN": "suppressed",
    }


def test_the_footer_and_columns_that_are_not_there_are_reported(tmp_path: Path) -> None:
    imported = brought_in(made(tmp_path))
    assert kinds(imported) == ["DRIFT", "FOOTER"]
    assert any("no column for mean_wait_days" in finding.what for finding in imported.findings)


def test_headings_that_contradict_the_title_are_reported_and_the_title_stands(tmp_path: Path) -> None:
    imported = brought_in(made(tmp_path, who="referrals"))
    assert any(
        "The title says referrals, and 1 headings say people" in each.what for each in imported.findings
    )
    assert {each.breakdown for each in imported.figures} == {"referrals; mental health services"}


def test_an_unknown_column_and_an_error_cell_are_reported(tmp_path: Path) -> None:
    rows = ((*HEADINGS, "New column"), ("England", "England", "#REF!", "=A1", 7))
    imported = brought_in(made(tmp_path, rows=rows))
    assert {each.state for each in imported.figures} == {"withheld for quality"}
    assert kinds(imported) == ["DRIFT", "FOOTER", "UNREADABLE"]
    assert any("row 7, column C" in finding.where for finding in imported.findings)


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["a", "b"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(BadInput, match="No sheet holds a table of children's waits"):
        brought_in(tmp_path / "other.xlsx")


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(BadInput):
        brought_in(path)

"""What publishers write where a number or a date should stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.measures import CellState
from ithrive.returns.published.breakdowns import breakdown
from ithrive.returns.published.marks import read_mark
from ithrive.returns.published.spans import month, month_named, quarter_or_year, span
from ithrive.returns.published.units import unit_of, why_not_add


@pytest.mark.parametrize(
    ("text", "state", "number", "doubtful"),
    [
        ("0", CellState.ZERO, 0, False),
        ("12", CellState.VALUE, 12, False),
        ("10.5", CellState.VALUE, 10.5, False),
        ("*", CellState.SUPPRESSED, None, False),
        ("[c]", CellState.SUPPRESSED, None, False),
        ("<5", CellState.SUPPRESSED, None, True),
        ("", CellState.NOT_SUBMITTED, None, False),
        (":", CellState.NOT_SUBMITTED, None, False),
        ("NULL", CellState.NOT_SUBMITTED, None, False),
        ("n/a", CellState.NOT_APPLICABLE, None, False),
        ("1,234", CellState.VALUE, 1234, True),
        ("12%", CellState.VALUE, 12, True),
        ("-", CellState.NOT_SUBMITTED, None, True),
        ("#REF!", CellState.WITHHELD, None, True),
        ("=A1", CellState.WITHHELD, None, True),
        ("twelve", CellState.WITHHELD, None, True),
    ],
)
def test_every_mark_keeps_its_meaning_and_what_is_doubtful_says_so(
    text: str, state: CellState, number: float | None, doubtful: bool
) -> None:
    read = read_mark(f" {text} ")
    assert (read.cell.state, read.cell.number, read.doubt is not None) == (state, number, doubtful)


@given(st.text())
def test_only_a_text_with_a_nought_in_it_is_ever_nought(text: str) -> None:
    read = read_mark(text)
    if read.cell.state is CellState.ZERO:
        assert "0" in text
    if read.cell.state is CellState.WITHHELD:
        assert read.doubt is not None


@pytest.mark.parametrize(
    ("first", "last", "starts", "ends", "doubtful"),
    [
        ("01/04/2021", "30/04/2021", date(2021, 4, 1), date(2021, 4, 30), False),
        # As in the last month of a real file: start month first, end day first.
        ("09/01/2022", "31/08/2023", date(2022, 9, 1), date(2023, 8, 31), True),
        ("2021-04-01", "2021-04-30", date(2021, 4, 1), date(2021, 4, 30), True),
        ("44287", "44316", date(2021, 4, 1), date(2021, 4, 30), True),
        ("04/01/2021", "04/30/2021", date(2021, 4, 1), date(2021, 4, 30), True),
    ],
)
def test_dates_are_read_in_every_encoding_and_an_odd_one_says_so(
    first: str, last: str, starts: date, ends: date, doubtful: bool
) -> None:
    found = span(first, last)
    assert found is not None
    assert (found.starts, found.ends, found.doubt is not None) == (starts, ends, doubtful)


@given(st.dates(date(1990, 1, 1), date(2099, 1, 1)))
def test_a_whole_month_written_day_first_is_read_without_doubt(day: date) -> None:
    found = month(f"{day:%Y%m}")
    assert found is not None
    again = span(f"{found.starts:%d/%m/%Y}", f"{found.ends:%d/%m/%Y}")
    assert again == found
    assert again.months == 1


@pytest.mark.parametrize(
    ("first", "last"), [("", ""), ("31/02/2021", "31/03/2021"), ("01/05/2021", "30/04/2021"), ("x", "1")]
)
def test_what_is_no_period_is_none(first: str, last: str) -> None:
    assert span(first, last) is None


def test_quarters_belong_to_financial_years() -> None:
    last = quarter_or_year("2021/22", "Q4")
    year = quarter_or_year("2021/22", "")
    assert last is not None
    assert year is not None
    assert (last.starts, last.ends) == (date(2022, 1, 1), date(2022, 3, 31))
    assert (year.starts, year.ends) == (date(2021, 4, 1), date(2022, 3, 31))
    assert quarter_or_year("2021/23", "Q1") is None
    assert quarter_or_year("2021/22", "Q5") is None


def test_months_are_read_by_name() -> None:
    found = month_named("February 2020")
    assert found is not None
    assert (found.starts, found.ends) == (date(2020, 2, 1), date(2020, 2, 29))
    assert month_named("Febuary 2020") is None
    assert month("202513") is None


@pytest.mark.parametrize(
    ("printed", "kind", "basis", "known"),
    [
        ("CCG - GP Practice or Residence", "ccg", "by GP practice or residence", True),
        ("Sub ICB - GP Practice or Residence", "sub-icb", "by GP practice or residence", True),
        ("Sub ICB of Residence", "sub-icb", "by residence", True),
        ("ICB of GP Practice or Residence", "icb", "by GP practice or residence", True),
        ("Commissioning Region", "region", "", True),
        ("Region", "region", "", True),
        ("PROVIDER", "provider", "", True),
        ("Provider; Ethnicity", "provider", "Ethnicity", True),
        ("England; Age", "country", "Age", True),
        ("Ward", "other", "Ward", False),
    ],
)
def test_breakdowns_mean_the_same_under_every_name(printed: str, kind: str, basis: str, known: bool) -> None:
    found = breakdown(printed)
    assert (found.area_kind, found.basis, found.known) == (kind, basis, known)


@pytest.mark.parametrize(
    ("title", "adds"),
    [
        ("Referrals starting in RP", True),
        ("People in contact with services", True),
        ("Proportion of CYP referral-spells receiving a full clock stop", False),
        ("Median time (days) for open CYP referral-spells", False),
        ("90th percentile time (days)", False),
        ("Rate of people discharged per 100,000", False),
    ],
)
def test_only_counts_add_up_over_areas(title: str, adds: bool) -> None:
    assert (why_not_add(unit_of(title)) is None) == adds

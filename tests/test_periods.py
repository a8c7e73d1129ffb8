"""Periods are ordered, counted and labelled as the health service labels them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.periods import Quarter, add_months, financial_year, half_years, quarters
from ithrive.problems import BadInput

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2016, 4, 1), "2016/17 Q1"),
        (date(2016, 12, 31), "2016/17 Q3"),
        (date(2017, 3, 31), "2016/17 Q4"),
        (date(1999, 5, 1), "1999/00 Q1"),
        (date(2000, 2, 29), "1999/00 Q4"),
    ],
)
def test_a_quarter_is_labelled_by_its_financial_year(day, label):
    assert Quarter.of(day).label == label


@given(days)
def test_a_day_lies_in_its_quarter_and_the_label_reads_back(day):
    quarter = Quarter.of(day)
    assert quarter.starts <= day < quarter.ends
    assert Quarter.parse(quarter.label) == quarter


@given(days, st.integers(-200, 200))
def test_quarters_can_be_added_and_counted(day, steps):
    quarter = Quarter.of(day)
    assert (quarter + steps) - quarter == steps
    assert (quarter + steps > quarter) == (steps > 0)


def test_quarters_between_two_include_both():
    labels = [each.label for each in quarters(Quarter(2016, 4), Quarter(2017, 2))]
    assert labels == ["2016/17 Q3", "2016/17 Q4", "2017/18 Q1"]


@pytest.mark.parametrize("text", ["2016 Q1", "2016/18 Q1", "2016/17 Q5", ""])
def test_what_is_no_quarter_is_refused_with_the_way_to_write_one(text):
    with pytest.raises(BadInput, match=r"This is not a quarter\. Write it as 2016/17 Q1\."):
        Quarter.parse(text)


@given(days, st.integers(0, 48))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_six_monthly_rounds_fall_due_twice_a_year():
    assert half_years(date(2016, 8, 31), 4) == (
        date(2016, 8, 31),
        date(2017, 2, 28),
        date(2017, 8, 31),
        date(2018, 2, 28),
    )


def test_a_financial_year_begins_in_april():
    assert financial_year(2016) == "2016/17"

"""A figure is of the whole time that it counts, and words say so."""

from dataclasses import replace
from datetime import date

import pytest

from ithrive.improvement import Annotation, AnnotationKind, Every, chart, chart_sentence
from ithrive.improvement.drawing import chart_table, icon_table_rows
from ithrive.improvement.when import last_day, period_words, when
from tests.improvement.drawing import STEADY, series


@pytest.mark.parametrize(
    ("day", "every", "words", "last"),
    [
        ("2026-04-01", Every.DAY, "on 1 April 2026", "2026-04-01"),
        ("2026-04-01", Every.MONTH, "in April 2026", "2026-04-30"),
        ("2026-04-01", Every.QUARTER, "in 2026/27 Q1", "2026-06-30"),
        ("2027-01-01", Every.QUARTER, "in 2026/27 Q4", "2027-03-31"),
        ("2026-04-01", Every.YEAR, "in 2026/27", "2027-03-31"),
        ("2026-01-01", Every.YEAR, "in the year from 1 January 2026", "2026-12-31"),
        ("2026-02-01", Every.QUARTER, "in the quarter from 1 February 2026", "2026-04-30"),
    ],
)
def test_a_period_is_named_and_ends(day: str, every: Every, words: str, last: str) -> None:
    assert when(date.fromisoformat(day), every) == words
    assert words.endswith(period_words(date.fromisoformat(day), every))
    assert last_day(date.fromisoformat(day), every) == date.fromisoformat(last)


def test_sentence_and_tables_of_months_name_the_month() -> None:
    monthly = chart(replace(series(STEADY), every=Every.MONTH))
    assert "the latest figure, 55 in December 2020," in chart_sentence(monthly)
    headings, rows = chart_table(monthly)
    assert (headings[0], rows[0][0]) == ("Month", "January 2020")
    assert icon_table_rows([monthly])[0].day == "December 2020"


def test_what_happens_within_the_time_of_the_latest_figure_is_on_its_chart() -> None:
    late = Annotation(date(2020, 12, 30), AnnotationKind.TEST_OF_CHANGE, "Texts")
    after = Annotation(date(2021, 1, 1), AnnotationKind.TEST_OF_CHANGE, "Calls")
    daily = replace(series(STEADY), annotations=(late, after))
    assert chart(daily).annotations == ()
    monthly = chart(replace(daily, every=Every.MONTH))
    assert monthly.annotations == (late,)
    assert chart_table(monthly)[1][-1][-1].startswith("1. 30 December 2020: Texts")

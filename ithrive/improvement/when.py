"""Of which time a figure is: of a day, or of all the time until the next one begins."""

from datetime import date
from enum import StrEnum

from ithrive.periods import Quarter, add_months, financial_year

APRIL = 4


class Every(StrEnum):
    """How long the time is that each point of a chart stands for. Its `day` is the first of it."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def period_words(day: date, every: Every) -> str:
    """“1 April 2026”, “April 2026”, “2026/27 Q1”, “2026/27”; a year that begins at another time says when."""
    if every is Every.MONTH:
        return f"{day:%B %Y}"
    if every is Every.QUARTER and Quarter.of(day).starts == day:
        return Quarter.of(day).label
    if every is Every.YEAR and (day.month, day.day) == (APRIL, 1):
        return financial_year(day.year)
    plain = f"{day.day} {day:%B %Y}"
    return plain if every is Every.DAY else f"the {every} from {plain}"


def when(day: date, every: Every) -> str:
    """The same after a verb: “on 1 April 2026”, “in 2026/27 Q1”."""
    return f"{'on' if every is Every.DAY else 'in'} {period_words(day, every)}"


def last_day(day: date, every: Every) -> date:
    """The last day that a point stands for."""
    if every is Every.DAY:
        return day
    return date.fromordinal(add_months(day, MONTHS[every]).toordinal() - 1)

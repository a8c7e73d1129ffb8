"""The months of the data set, counted from April 1900 as number 1."""

from datetime import date

from ithrive.periods import add_months

FIRST = date(1900, 4, 1)


def month_number(day: date) -> int:
    """The UniqMonthID of the month a day lies in.

    >>> month_number(date(2024, 4, 30))
    1489
    """
    return (day.year - FIRST.year) * 12 + day.month - FIRST.month + 1


def month_start(number: int) -> date:
    """The first day of the month with this UniqMonthID.

    >>> month_start(1459)
    datetime.date(2021, 10, 1)
    """
    return add_months(FIRST, number - 1)

"""Quarters, months, financial years and six-monthly rounds, as values that can be ordered and counted.

Every period holds from its first day up to, and not including, its `ends` day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from ithrive.problems import BadInput, Problem


def add_months(day: date, months: int) -> date:
    """The same day some months later (or earlier); the last day of the month where there is no such day.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter, named by the financial year it lies in: Q1 of 2016/17 is April to June 2016."""

    year: int  # the calendar year
    number: int  # 1 to 4, the calendar quarter: 1 is January to March

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """A quarter from its label, "2016/17 Q1". Raises BadInput where it is none."""
        found = re.fullmatch(r"(\d{4})/(\d{2}) Q([1-4])", text.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise BadInput(Problem(f"Quarter {text!r}", "This is not a quarter.", "Write it as 2016/17 Q1."))
        year, number = int(found[1]), int(found[3])
        return cls(year + 1, 1) if number == 4 else cls(year, number + 1)

    @property
    def starts(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def ends(self) -> date:
        return add_months(self.starts, 3)

    @property
    def label(self) -> str:
        first = self.year - 1 if self.number == 1 else self.year
        return f"{financial_year(first)} Q{(self.number + 2) % 4 + 1}"

    def __add__(self, quarters: int) -> Self:
        year, number = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return type(self)(year, number + 1)

    def __sub__(self, other: "Quarter") -> int:
        """How many quarters later this one is."""
        return (self.year - other.year) * 4 + self.number - other.number


def quarters(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """The quarters from the first to the last, both included."""
    return (first + step for step in range(last - first + 1))


def financial_year(first: int) -> str:
    """The label of the financial year that begins on 1 April of a year: "2016/17"."""
    return f"{first}/{(first + 1) % 100:02d}"


def half_years(first: date, count: int) -> tuple[date, ...]:
    """The days on which six-monthly rounds fall due, from the first on."""
    return tuple(add_months(first, 6 * step) for step in range(count))

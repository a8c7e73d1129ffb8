"""The months of an extract, as positions from 0, and the whole quarters among them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.periods import Quarter, add_months
from ithrive.records.model import month_start
from ithrive.records.synthesis.arrays import Ints, day_number


@dataclass(frozen=True)
class Calendar:
    first: int  # UniqMonthID
    months: int

    @cached_property
    def starts(self) -> Ints:
        """The first day of each month, and the first after the last."""
        begins = month_start(self.first)
        return np.array([day_number(add_months(begins, step)) for step in range(self.months + 1)])

    @property
    def opens(self) -> int:
        return int(self.starts[0])

    @property
    def closes(self) -> int:
        """The day after the last."""
        return int(self.starts[-1])

    def month_of(self, day: Ints) -> Ints:
        """The position of the month a day lies in; -1 before the first, `months` after the last."""
        return np.searchsorted(self.starts, day, side="right") - 1

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters that lie wholly within the months."""
        first = Quarter.of(month_start(self.first))
        return tuple(
            quarter
            for quarter in (first + step for step in range(self.months // 3 + 2))
            if day_number(quarter.starts) >= self.opens and day_number(quarter.ends) <= self.closes
        )

    def months_of(self, quarter: Quarter) -> slice:
        begins = int(self.month_of(np.array([day_number(quarter.starts)]))[0])
        return slice(begins, begins + 3)

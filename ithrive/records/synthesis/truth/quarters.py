"""The days that measures look from and to, for each quarter."""

from dataclasses import dataclass

from ithrive.periods import Quarter
from ithrive.records.synthesis.arrays import Flags, Ints, day_number


@dataclass(frozen=True)
class Window:
    """Days are numbers; `closes` is the day after the quarter's last."""

    place: int  # among the quarters of the extract
    opens: int
    closes: int
    year_opens: int  # the twelve months that end with the quarter
    before_opens: int  # the quarter before, all of whose referrals are 90 days old when this one ends
    year_ago_opens: int
    year_ago_closes: int

    def holds(self, day: Ints) -> Flags:
        return (day >= self.opens) & (day < self.closes)

    def year_holds(self, day: Ints) -> Flags:
        return (day >= self.year_opens) & (day < self.closes)


def window(place: int, quarter: Quarter) -> Window:
    return Window(
        place=place,
        opens=day_number(quarter.starts),
        closes=day_number(quarter.ends),
        year_opens=day_number((quarter + -3).starts),
        before_opens=day_number((quarter + -1).starts),
        year_ago_opens=day_number((quarter + -4).starts),
        year_ago_closes=day_number((quarter + -4).ends),
    )

"""Where the marks of an axis stand, and what they say."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from ithrive.improvement.drawing.sketch import Tick

# Of months and of quarters, so that the same ones are named in each year.
WHOLE_PARTS = (1, 2, 3, 4, 6, 8, 12, 24)


def numbers_between(low: float, high: float, about: int, *, percent: bool = False) -> tuple[Tick, ...]:
    """Round numbers from `low` to `high`, about so many, each written in full: 10.25 never reads 10.2.

    With `percent` they are shares of 1 and read as percentages.
    """
    rough = (high - low) / about
    size = 10.0 ** floor(log10(rough))
    step = size * next(part for part in (1, 2, 2.5, 5, 10) if part * size >= rough * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    places = max(0, 2 - floor(log10(step)))
    at = (round(number * step, places) + 0.0 for number in range(first, last + 1))
    scale, sign = (100, "%") if percent else (1, "")
    return tuple(Tick(each, (f"{each * scale:,.12g}{sign}",)) for each in at)


def days_among(days: Sequence[date], most: int) -> tuple[Tick, ...]:
    """At most so many of the days, evenly apart from the first on: month above, year below it."""
    needed = len(days) / most
    every = next((step for step in WHOLE_PARTS if step >= needed), ceil(needed))
    alone = len({(day.year, day.month) for day in days}) == len(days)
    return tuple(Tick(float(day.toordinal()), _words(day, alone=alone)) for day in days[::every])


def _words(day: date, *, alone: bool) -> tuple[str, ...]:
    """The day itself is said only where a month has several."""
    month = f"{day:%b}" if alone else f"{day.day} {day:%b}"
    return month, f"{day.year}"

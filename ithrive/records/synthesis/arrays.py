"""Whole numbers in columns: days counted from 1 January 1970, draws, and positions within groups."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Rng = np.random.Generator

# A day later than any window: what has not happened.
NEVER = 1_000_000
EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    return (day - EPOCH).days


def pick(rng: Rng, weights: Sequence[float], count: int) -> Ints:
    """Positions in `weights`, each as often as it weighs."""
    bounds = np.cumsum(weights)
    drawn = np.searchsorted(bounds, rng.random(count) * bounds[-1], side="right")
    return np.asarray(np.minimum(drawn, len(bounds) - 1))


def chance(rng: Rng, share: Any, count: int) -> Flags:
    return np.asarray(rng.random(count) < share)


def some_days(rng: Rng, mean: Any, count: int) -> Ints:
    """Days to wait, many short and few long."""
    return np.asarray(np.floor(rng.exponential(1.0, count) * mean)).astype(np.int64)


def between(rng: Rng, low: Any, high: Any, count: int) -> Ints:
    """A whole number from `low` up to and not including `high`; `low` where there is none between."""
    span = np.maximum(np.asarray(high) - low, 1)
    return np.asarray(low + np.floor(rng.random(count) * span)).astype(np.int64)


def places(counts: Ints) -> Ints:
    """0, 1, 2 … within each group of so many rows, groups one after the other."""
    starts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(starts, counts)


def least(size: int, where: Ints, values: Ints) -> Ints:
    """The least value of each group 0 … size-1, NEVER for a group without any."""
    found = np.full(size, NEVER, dtype=np.int64)
    np.minimum.at(found, where, values)
    return found


def most(size: int, where: Ints, values: Ints) -> Ints:
    """The greatest value of each group, -1 for a group without any."""
    found = np.full(size, -1, dtype=np.int64)
    np.maximum.at(found, where, values)
    return found


def any_of(size: int, where: Ints, flags: Flags) -> Flags:
    return np.bincount(where[flags], minlength=size) > 0


def age_on(born: Ints, day: Ints) -> Ints:
    """Whole years by the calendar; born on 29 February, one is older on 1 March."""
    birth_year, birth_place = _calendar(born)
    year, place = _calendar(day)
    return year - birth_year - (place < birth_place)


def birthday(born: Ints, years: int) -> Ints:
    """The day on which somebody reaches an age: the first on which `age_on` gives it."""
    first = np.asarray(born, dtype="datetime64[D]")
    months = first.astype("datetime64[M]")
    day_of_month = (first - months.astype("datetime64[D]")).astype(np.int64)
    later = (months + 12 * years).astype("datetime64[D]").astype(np.int64)
    # 29 February of a year without one runs over into 1 March by itself.
    return np.asarray(later + day_of_month)


def _calendar(day: Ints) -> tuple[Ints, Ints]:
    days = np.asarray(day, dtype="datetime64[D]")
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]")
    month = (months - years.astype("datetime64[M]")).astype(np.int64)
    of_month = (days - months.astype("datetime64[D]")).astype(np.int64)
    return years.astype(np.int64) + 1970, month * 100 + of_month

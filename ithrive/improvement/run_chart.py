"""Run charts: a median, and whether the points cross it too seldom to be chance.

Rules of Anhøj and Olesen 2014 (doi:10.1371/journal.pone.0113825), whose limits depend on the number of
points: a run on one side of the median that is too long, or too few crossings of it. Points on the median
count neither way. A trend of seven, from the rule engine, is a third sign.
"""

from dataclasses import dataclass
from functools import cache
from math import comb, log2

import numpy as np

from ithrive.improvement.arrays import Floats, Marks, Wholes, median, sides


@dataclass(frozen=True, slots=True)
class RunFindings:
    """What a run chart finds, each (series, points): the median, and the same count in every column of a row.

    `useful` points lie off the median. `longest` is the longest run on one side and `longest_allowed` what
    chance allows;
    `crossings` of the median, and `crossings_needed` as the fewest that chance leaves. `trend` marks as
    `trends` does.
    """

    median: Floats
    useful: Wholes
    longest: Wholes
    longest_allowed: Wholes
    crossings: Wholes
    crossings_needed: Wholes
    trend: Wholes


def run_findings(figures: Floats, baseline: Marks, trend: Wholes) -> RunFindings:
    """The median of the baseline, and how all points run about it."""
    middle = median(np.where(baseline, figures, np.nan))
    about = sides(figures, middle)
    longest, crossings = _runs(about)
    useful = (about != 0).sum(axis=1)
    most, fewest = np.array([_allowed(points) for points in range(figures.shape[1] + 1)]).T

    def wide(column: Wholes) -> Wholes:
        return np.broadcast_to(column[:, None], figures.shape)

    return RunFindings(
        median=np.broadcast_to(middle, figures.shape),
        useful=wide(useful),
        longest=wide(longest),
        longest_allowed=wide(most[useful]),
        crossings=wide(crossings),
        crossings_needed=wide(fewest[useful]),
        trend=trend,
    )


def _runs(about: Wholes) -> tuple[Wholes, Wholes]:
    """The longest run on one side, and the number of crossings, of each row."""
    rows = about.shape[0]
    longest, length, last, crossings = (np.zeros(rows, dtype=np.int64) for _ in range(4))
    for side in about.T:
        useful = side != 0
        crossings += useful & (last != 0) & (side != last)
        length = np.where(useful, np.where(side == last, length + 1, 1), length)
        last = np.where(useful, side, last)
        longest = np.maximum(longest, length)
    return longest, crossings


@cache
def _allowed(useful: int) -> tuple[int, int]:
    """The longest run that chance allows, and the fewest crossings it leaves, among so many points off the
    median.
    """
    if useful < 2:
        return useful, 0
    return round(log2(useful) + 3), _fewest_crossings(useful - 1)


def _fewest_crossings(chances: int) -> int:
    """The least number of heads in `chances` tosses of a coin that is reached or undercut once in twenty."""
    heads, likely = 0, comb(chances, 0)
    while likely / 2**chances < 0.05:
        heads += 1
        likely += comb(chances, heads)
    return heads

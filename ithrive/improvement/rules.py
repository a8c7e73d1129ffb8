"""The one rule engine: which points of which series are special causes, after NHS Making Data Count.

One rule for each point, the first that holds: outside the limits, in a trend, two of three near a limit, in a
shift.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ithrive.improvement.arrays import Floats, Marks, Wholes, sides
from ithrive.improvement.lines import Lines


class Rule(IntEnum):
    """Why a point is marked, in the order in which rules are tried. A point no rule marks is common cause."""

    COMMON_CAUSE = 0
    OUTSIDE = 1
    TREND = 2
    TWO_OF_THREE = 3
    SHIFT = 4


@dataclass(frozen=True, slots=True)
class Findings:
    """For each point (series, points) the `rule` that marks it, and its `direction`: 1 high or rising, -1
    low or falling.
    """

    rule: Wholes
    direction: Wholes


def findings(
    figures: Floats, lines: Lines, trend: Wholes, *, run_of: int = 7, beyond_counts: bool = False
) -> Findings:
    """Every point's finding; where there are no lines, there is none. `trend` is what `trends` gives.

    `beyond_counts` is the rule of November 2023: a point beyond the limits counts towards two of three.
    """
    above_or_below = sides(figures, lines.centre)
    outside = _beyond(figures, lines.lower, lines.upper)
    near = _beyond(figures, lines.near_lower, lines.near_upper)
    if not beyond_counts:
        near = np.where(outside == 0, near, 0)
    without_lines = np.isnan(lines.centre)
    rule = np.select(
        [
            without_lines,
            outside != 0,
            trend != 0,
            two_of_three(near, above_or_below),
            shifts(above_or_below, run_of),
        ],
        [Rule.COMMON_CAUSE, Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT],
        Rule.COMMON_CAUSE,
    ).astype(np.int64)
    direction = np.select([rule == Rule.COMMON_CAUSE, rule == Rule.TREND], [0, trend], above_or_below)
    return Findings(rule, np.where(rule == Rule.OUTSIDE, outside, direction))


def shifts(above_or_below: Wholes, run_of: int = 7) -> Marks:
    """Points in a run of `run_of` on one side of the centre. A point on it, or a gap, ends a run."""
    return _in_runs(above_or_below > 0, run_of) | _in_runs(above_or_below < 0, run_of)


def trends(figures: Floats, run_of: int = 7) -> Wholes:
    """1 for points among `run_of` rising ones, -1 among falling ones, else 0. Equal neighbours end a trend.

    A turning point that ends one trend and begins another belongs to the later.
    """
    steps = np.diff(figures, axis=1)
    rising = _with_next(_in_runs(steps > 0, run_of - 1))
    falling = _with_next(_in_runs(steps < 0, run_of - 1))
    next_step = np.pad(steps, ((0, 0), (0, 1)))
    return np.where(rising & falling, np.sign(next_step), rising.astype(np.int64) - falling).astype(np.int64)


def two_of_three(near: Wholes, above_or_below: Wholes) -> Marks:
    """Points near a limit, where three in a row lie on one side of the centre and two of them near the limit.

    `near` is not 0 for points between the near and the outer limit.
    """
    is_near = near != 0
    two = _windows(is_near, 3, least=2)
    high, low = (_windows(side, 3, least=3) for side in (above_or_below > 0, above_or_below < 0))
    return np.asarray(is_near & _spread((high | low) & two, near.shape[1]))


def _beyond(figures: Floats, lower: Floats, upper: Floats) -> Wholes:
    """1 above `upper`, -1 below `lower`, else 0; a figure on the line is not beyond it."""
    return np.where(sides(figures, upper) > 0, 1, np.where(sides(figures, lower) < 0, -1, 0))


def _in_runs(marks: Marks, length: int) -> Marks:
    """The marked points that stand in a run of at least `length`."""
    return _spread(_windows(marks, length, least=length), marks.shape[1])


def _windows(marks: Marks, length: int, *, least: int) -> Marks:
    """For each window of `length` points, by where it begins, whether at least `least` of them are marked."""
    counted = np.pad(np.cumsum(marks, axis=1), ((0, 0), (1, 0)))
    within: Wholes = counted[:, length:] - counted[:, : max(counted.shape[1] - length, 0)]
    return np.asarray(within >= least)


def _spread(windows: Marks, points: int) -> Marks:
    """Every one of `points` points that lies in a marked window."""
    marked = np.zeros((windows.shape[0], points), dtype=np.bool_)
    many = windows.shape[1]
    for offset in range(points - many + 1 if many else 0):
        marked[:, offset : offset + many] |= windows
    return marked


def _with_next(steps: Marks) -> Marks:
    """From marked steps to the points on both ends of them."""
    none = np.zeros((steps.shape[0], 1), dtype=np.bool_)
    return np.hstack([steps, none]) | np.hstack([none, steps])

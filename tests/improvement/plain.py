"""Slow twins that a child could follow: one series at a time, one point at a time, in plain Python."""

from collections.abc import Sequence
from itertools import pairwise
from math import isnan, sqrt

Numbers = Sequence[float]
NAN = float("nan")


def average(numbers: Numbers) -> float:
    there = [number for number in numbers if not isnan(number)]
    return sum(there) / len(there) if there else NAN


def xmr(figures: Numbers, *, screen: bool = True, fixed: int | None = None) -> tuple[float, float, float]:
    """Centre, lower and upper limit."""
    baseline = list(figures[:fixed])
    centre = average(baseline)
    ranges = [abs(after - before) for before, after in pairwise(baseline)]
    typical = average(ranges)
    if screen:
        typical = average([each for each in ranges if each < 3.267 * typical])
    return centre, centre - 2.66 * typical, centre + 2.66 * typical


def share_lines(counts: Numbers, of: Numbers) -> tuple[float, list[float]]:
    """Share over all, and how far the limits of a P chart lie from it at each point."""
    share = sum(counts) / sum(of)
    return share, [3 * sqrt(share * (1 - share) / each) for each in of]


def stretch(counts: Numbers, of: Numbers) -> float:
    """Laney's sigma z."""
    share, reach = share_lines(counts, of)
    standard = [
        (count / each - share) / (far / 3) for count, each, far in zip(counts, of, reach, strict=True)
    ]
    return average([abs(after - before) for before, after in pairwise(standard)]) / 1.128


def side(figure: float, centre: float) -> int:
    if isnan(figure) or isnan(centre) or abs(figure - centre) <= 1e-9 * max(abs(figure), abs(centre)):
        return 0
    return 1 if figure > centre else -1


def marks(figures: Numbers, lines: tuple[float, float, float], run_of: int = 7) -> list[tuple[str, int]]:
    """For each point the first rule that holds, and the direction."""
    centre, lower, upper = lines
    if isnan(lower):
        return [("", 0)] * len(figures)
    near_lower, near_upper = centre + (lower - centre) * 2 / 3, centre + (upper - centre) * 2 / 3
    found: list[tuple[str, int]] = []
    for at, figure in enumerate(figures):
        here = side(figure, centre)
        outside = 1 if side(figure, upper) > 0 else -1 if side(figure, lower) < 0 else 0
        trend = in_trend(figures, at, run_of)
        if outside:
            found.append(("outside", outside))
        elif trend:
            found.append(("trend", trend))
        elif in_two_of_three(figures, at, (centre, lower, upper, near_lower, near_upper)):
            found.append(("two of three", here))
        elif in_shift(figures, at, centre, run_of):
            found.append(("shift", here))
        else:
            found.append(("", 0))
    return found


def windows(figures: Numbers, at: int, length: int) -> list[list[int]]:
    """Every stretch of `length` neighbouring points that holds the point `at`."""
    starts = range(max(at - length + 1, 0), min(at, len(figures) - length) + 1)
    return [list(range(start, start + length)) for start in starts]


def in_shift(figures: Numbers, at: int, centre: float, run_of: int) -> bool:
    return any(
        {side(figures[each], centre) for each in window} in ({1}, {-1})
        for window in windows(figures, at, run_of)
    )


def in_trend(figures: Numbers, at: int, run_of: int) -> int:
    """The direction of the last trend that holds the point."""
    direction = 0
    for window in windows(figures, at, run_of):
        steps = [figures[after] - figures[before] for before, after in pairwise(window)]
        if all(step > 0 for step in steps):
            direction = 1
        if all(step < 0 for step in steps):
            direction = -1
    return direction


def in_two_of_three(figures: Numbers, at: int, lines: tuple[float, ...]) -> bool:
    return is_near(figures[at], lines) and any(
        {side(figures[each], lines[0]) for each in window} in ({1}, {-1})
        and sum(is_near(figures[each], lines) for each in window) >= 2
        for window in windows(figures, at, 3)
    )


def is_near(figure: float, lines: tuple[float, ...]) -> bool:
    _, lower, upper, near_lower, near_upper = lines
    beyond_near = side(figure, near_upper) > 0 or side(figure, near_lower) < 0
    return beyond_near and not (side(figure, upper) > 0 or side(figure, lower) < 0)


def runs(figures: Numbers) -> tuple[float, int, int]:
    """Median, longest run on one side of it, and crossings; points on the median count neither way."""
    there = sorted(figure for figure in figures if not isnan(figure))
    if not there:
        return NAN, 0, 0
    middle = (there[(len(there) - 1) // 2] + there[len(there) // 2]) / 2
    useful = [each for each in (side(figure, middle) for figure in figures) if each]
    crossings = sum(before != after for before, after in pairwise(useful))
    longest, length = 0, 0
    for at, each in enumerate(useful):
        length = length + 1 if at and useful[at - 1] == each else 1
        longest = max(longest, length)
    return middle, longest, crossings

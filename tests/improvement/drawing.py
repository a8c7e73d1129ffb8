"""Series for the tests: monthly figures of Alderbrook, which is invented."""

from collections.abc import Sequence
from datetime import date

from ithrive.improvement import ChartKind, Point, Rebase, Series
from ithrive.measures import Cell, Direction, read_cell


def month(number: int) -> date:
    return date(2020 + number // 12, number % 12 + 1, 1)


def cell(figure: float | str) -> Cell:
    return read_cell(figure, place="here") if isinstance(figure, str) else Cell.of(figure)


def series(
    figures: Sequence[float | str],
    *,
    of: Sequence[float | str] | None = None,
    kind: ChartKind = ChartKind.INDIVIDUALS,
    better: Direction = Direction.LOWER,
    target: float | None = None,
    rebases: tuple[Rebase, ...] = (),
) -> Series:
    """One figure a month from January 2020; text is read as a cell ("*" is suppressed)."""
    below = [None] * len(figures) if of is None else [cell(each) for each in of]
    points = [
        Point(month(at), cell(figure), each)
        for at, (figure, each) in enumerate(zip(figures, below, strict=True))
    ]
    return Series("Days waited", kind, tuple(points), better, target, rebases)


STEADY = [50.0, 54, 51, 55, 49, 52, 53, 50, 54, 51, 52, 55]

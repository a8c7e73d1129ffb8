"""What goes into a chart: dated figures, their denominators, rebases with their reasons, annotations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite

from ithrive.improvement.panel import ChartKind
from ithrive.improvement.when import Every
from ithrive.measures import Cell, Direction
from ithrive.problems import BadInput, Problem


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a chart. In a P or U chart it is a count, and `of` what it is counted in."""

    day: date
    figure: Cell
    of: Cell | None = None


@dataclass(frozen=True, slots=True)
class Rebase:
    """New lines from a day on, because the process is known to have changed: why, and who decided it."""

    on: date
    reason: str
    by: str


class AnnotationKind(StrEnum):
    """What sort of thing happened."""

    TEST_OF_CHANGE = "test of change"
    CODE_CHANGE = "change of codes"
    MERGER = "merger"
    PANDEMIC = "pandemic"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something that happened, shown on a chart. It explains; it changes no line."""

    day: date
    kind: AnnotationKind
    words: str


# What happened to everybody's figures. A programme elsewhere has its own.
NATIONAL_EVENTS = (
    Annotation(date(2020, 3, 1), AnnotationKind.PANDEMIC, "COVID-19, from March 2020"),
    Annotation(date(2021, 10, 1), AnnotationKind.CODE_CHANGE, "National data set, version 5"),
    Annotation(date(2022, 7, 1), AnnotationKind.MERGER, "Integrated care boards take over from CCGs"),
    Annotation(
        date(2022, 8, 1), AnnotationKind.INCIDENT, "Cyber incident at a supplier: months of figures missing"
    ),
    Annotation(date(2023, 10, 1), AnnotationKind.CODE_CHANGE, "First release of a month is the final one"),
    Annotation(date(2024, 4, 1), AnnotationKind.CODE_CHANGE, "National data set, version 6"),
)


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of one area over time. `target` is in the chart's own unit: a share of 1 in a P chart.
    `every`: how long the time is that each point stands for.

    Raises BadInput, naming the series, where a chart of it would mislead.
    """

    name: str
    kind: ChartKind
    points: tuple[Point, ...]
    better: Direction
    target: float | None = None
    rebases: tuple[Rebase, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    every: Every = Every.DAY

    def __post_init__(self) -> None:
        if problems := [*_of_points(self), *_of_rebases(self), *_of_target(self)]:
            raise BadInput(problems)
        object.__setattr__(self, "points", tuple(sorted(self.points, key=lambda point: point.day)))

    @property
    def segments(self) -> list[int]:
        """For each point, how many rebases came before it."""
        return [sum(rebase.on <= point.day for rebase in self.rebases) for point in self.points]


def _of_points(series: Series) -> Iterator[Problem]:
    days = [point.day for point in series.points]
    if not days:
        yield Problem(series.name, "There is nothing to show.", "Give it at least one point.")
    if len(set(days)) < len(days):
        twice = next(day for day in days if days.count(day) > 1)
        yield Problem(f"{series.name}, {twice}", "Two points lie on this day.", "Keep one of them.")
    for point in series.points:
        if what := _why_not(point, series.kind):
            yield Problem(f"{series.name}, {point.day}", what, "Correct the figure, or the kind of chart.")


def _why_not(point: Point, kind: ChartKind) -> str | None:
    """Why this point cannot stand in this kind of chart, or None."""
    if kind.has_denominator != (point.of is not None):
        return f"{kind} charts {'need' if kind.has_denominator else 'have no'} denominators."
    count, of = point.figure.number, point.of.number if point.of else None
    if kind is not ChartKind.INDIVIDUALS and (count or 0) < 0:
        return f"{kind} charts cannot show the negative figure {count}."
    if (of or 0) < 0:
        return f"The denominator {of} is negative."
    if kind is ChartKind.PROPORTIONS and count is not None and of is not None and count > of:
        return f"{count} is more than the {of} it is counted in."
    return None


def _of_rebases(series: Series) -> Iterator[Problem]:
    later = {point.day for point in series.points} - {min((p.day for p in series.points), default=None)}
    seen = set()
    for rebase in series.rebases:
        place = f"{series.name}, rebase of {rebase.on}"
        if rebase.on not in later:
            yield Problem(
                place,
                "No later point lies on this day.",
                "Choose the day of the first point after the change.",
            )
        if rebase.on in seen:
            yield Problem(place, "It is there twice.", "Keep one of them.")
        if not rebase.reason.strip() or not rebase.by.strip():
            yield Problem(
                place, "It has no reason or nobody's name.", "Say what changed, and who decided to rebase."
            )
        seen.add(rebase.on)


def _of_target(series: Series) -> Iterator[Problem]:
    if series.target is None:
        return
    most = 1.0 if series.kind is ChartKind.PROPORTIONS else float("inf")
    if not isfinite(series.target) or series.target > most:
        what = f"{series.target} cannot be a target here."
        yield Problem(
            series.name, what, "Give a plain number; in a P chart a share of 1, such as 0.95 for 95%."
        )

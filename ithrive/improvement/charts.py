"""Charts as values: what is drawn, which icons stand beside it, and at which stage its limits are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from ithrive.improvement.arrays import Floats
from ithrive.improvement.icons import Assurance, Variation, assurance, variation
from ithrive.improvement.panel import (
    FEWEST_FOR_SETTLED_LIMITS,
    USUAL,
    ChartKind,
    Choices,
    Statistics,
    statistics,
)
from ithrive.improvement.rules import Rule
from ithrive.improvement.series import Annotation, Point, Series
from ithrive.improvement.when import last_day
from ithrive.measures import Cell, rate


class Stage(StrEnum):
    """How far a chart's last segment has come. A run chart has no limits and no icons."""

    RUN_CHART = "run chart"
    PROVISIONAL = "provisional limits"
    SETTLED = "limits"
    CONSTANT = "no variation"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One point as drawn: its figure with its state, the lines there (None where there are none), and its
    mark.
    """

    day: date
    figure: Cell
    segment: int
    median: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    rule: Rule
    direction: int


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The run rules on the last segment: see `RunFindings`.

    `runs_could_show` is False where so few points, about a median of their own, can neither run too long nor
    cross too seldom.
    """

    longest: int
    longest_allowed: int
    crossings: int
    crossings_needed: int
    trend: bool
    runs_could_show: bool

    @property
    def shows_change(self) -> bool:
        return self.longest > self.longest_allowed or self.crossings < self.crossings_needed or self.trend


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart without its drawing. `limits_of` is the kind of its limits, such as P′; `counted` points set
    the last ones.

    Its icons are for the area's own learning. They must not feed the estimate of an effect: with many charts
    dozens light up by chance, the more so where neighbouring figures are alike.
    """

    series: Series
    choices: Choices
    points: tuple[ChartPoint, ...]
    stage: Stage
    limits_of: str
    counted: int
    variation: Variation | None
    assurance: Assurance | None
    run: RunSummary
    autocorrelation: float | None

    @property
    def latest(self) -> ChartPoint | None:
        """The last point that has a figure."""
        return next((point for point in reversed(self.points) if point.figure.is_figure), None)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """What happened from the first point until the time of the last one is over."""
        first, last = self.points[0].day, last_day(self.points[-1].day, self.series.every)
        return tuple(each for each in self.series.annotations if first <= each.day <= last)


def chart(series: Series, choices: Choices = USUAL) -> Chart:
    """The chart of one series."""
    return charts([series], choices)[0]


def charts(many: Sequence[Series], choices: Choices = USUAL) -> tuple[Chart, ...]:
    """The charts of many series, in their order; those of one kind are worked out in one pass."""
    made: dict[int, Chart] = {}
    for kind in ChartKind:
        places = [place for place, series in enumerate(many) if series.kind is kind]
        if places:
            found = _statistics(kind, [many[place] for place in places], choices)
            made |= {place: _chart(many[place], choices, found, row) for row, place in enumerate(places)}
    return tuple(made[place] for place in range(len(many)))


def _statistics(kind: ChartKind, many: Sequence[Series], choices: Choices) -> Statistics:
    longest = max(len(series.points) for series in many)
    counts = _panel((_numbers(point.figure for point in series.points) for series in many), longest, np.nan)
    of = None
    if kind.has_denominator:
        of = _panel((_numbers(point.of for point in series.points) for series in many), longest, np.nan)
    segments = _panel((series.segments for series in many), longest, -1).astype(np.int64)
    return statistics(kind, counts, of, segments=segments, choices=choices)


def _numbers(cells: Iterable[Cell | None]) -> list[float]:
    return [float("nan") if cell is None or cell.number is None else float(cell.number) for cell in cells]


def _panel(rows: Iterable[Sequence[float]], longest: int, filling: float) -> Floats:
    return np.array([[*row, *[filling] * (longest - len(row))] for row in rows], dtype=np.float64)


def _chart(series: Series, choices: Choices, found: Statistics, row: int) -> Chart:
    points = tuple(
        _point(point, segment, found, row, at)
        for at, (point, segment) in enumerate(zip(series.points, series.segments, strict=True))
    )
    last = len(points) - 1
    stage = _stage(found, row, last, choices)
    latest = next((at for at in reversed(range(len(points))) if points[at].figure.is_figure), last)
    has_icons = points[latest].centre is not None
    upper, lower = (float(line[row, latest]) for line in (found.lines.upper, found.lines.lower))
    return Chart(
        series=series,
        choices=choices,
        points=points,
        stage=stage,
        limits_of="P′" if found.over_dispersed[row, last] else series.kind.value,
        counted=int(found.counted[row, last]),
        variation=variation(points[latest].direction, series.better) if has_icons else None,
        assurance=assurance(series.target, lower, upper, series.better) if has_icons else None,
        run=_run(found, row, points, choices),
        autocorrelation=_known(found.autocorrelation[row, last]),
    )


def _stage(found: Statistics, row: int, last: int, choices: Choices) -> Stage:
    counted = int(found.counted[row, last])
    if counted >= choices.limits_from and found.constant[row, last]:
        return Stage.CONSTANT
    if np.isnan(found.lines.centre[row, last]):
        return Stage.RUN_CHART
    return Stage.SETTLED if counted >= FEWEST_FOR_SETTLED_LIMITS else Stage.PROVISIONAL


def _point(point: Point, segment: int, found: Statistics, row: int, at: int) -> ChartPoint:
    lines = found.lines
    return ChartPoint(
        day=point.day,
        figure=_figure(point),
        segment=segment,
        median=_known(found.run.median[row, at]),
        centre=_known(lines.centre[row, at]),
        lower=_known(lines.lower[row, at]),
        upper=_known(lines.upper[row, at]),
        near_lower=_known(lines.near_lower[row, at]),
        near_upper=_known(lines.near_upper[row, at]),
        rule=Rule(int(found.findings.rule[row, at])),
        direction=int(found.findings.direction[row, at]),
    )


def _figure(point: Point) -> Cell:
    return point.figure if point.of is None else rate(point.figure, point.of)


def _run(found: Statistics, row: int, points: tuple[ChartPoint, ...], choices: Choices) -> RunSummary:
    last, run = len(points) - 1, found.run
    segment = [at for at in range(len(points)) if points[at].segment == points[last].segment]
    useful, allowed, needed = (
        int(each[row, last]) for each in (run.useful, run.longest_allowed, run.crossings_needed)
    )
    # At most half the figures lie on either side of a median of their own, which is crossed unless all lie on
    # one.
    half = sum(points[at].figure.is_figure for at in segment) // 2
    own = choices.fix_after is None or choices.fix_after >= len(segment)
    return RunSummary(
        longest=int(run.longest[row, last]),
        longest_allowed=allowed,
        crossings=int(run.crossings[row, last]),
        crossings_needed=needed,
        trend=bool(run.trend[row, segment].any()),
        runs_could_show=not own or half > allowed or needed > (1 if useful > half else 0),
    )


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)

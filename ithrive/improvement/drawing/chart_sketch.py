"""From a chart to what is drawn of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from ithrive.improvement.charts import Chart, ChartPoint, Stage
from ithrive.improvement.drawing.events import chart_events
from ithrive.improvement.drawing.layout import padded, raised, spread_out
from ithrive.improvement.drawing.sketch import (
    WIDE,
    Label,
    Line,
    LineLook,
    Size,
    Sketch,
    Spot,
    SpotLook,
    Tick,
    Upright,
)
from ithrive.improvement.drawing.ticks import days_among, numbers_between
from ithrive.improvement.icons import Variation, variation
from ithrive.improvement.panel import FEWEST_FOR_SETTLED_LIMITS, ChartKind
from ithrive.improvement.sentences import figure_words
from ithrive.measures import CellState

# What the centre line of a chart is called, where it is not the mean.
CENTRE = {ChartKind.CASES_BETWEEN: "Median", ChartKind.TIME_BETWEEN: "Centre"}
MISSING = {
    CellState.SUPPRESSED: SpotLook.SUPPRESSED,
    CellState.NOT_SUBMITTED: SpotLook.NOT_SUBMITTED,
    CellState.NOT_APPLICABLE: SpotLook.NOT_APPLICABLE,
    CellState.WITHHELD: SpotLook.WITHHELD,
}
MEANING = {
    Variation.COMMON_CAUSE: SpotLook.USUAL,
    Variation.IMPROVEMENT_HIGH: SpotLook.BETTER_HIGH,
    Variation.IMPROVEMENT_LOW: SpotLook.BETTER_LOW,
    Variation.CONCERN_HIGH: SpotLook.WORSE,
    Variation.CONCERN_LOW: SpotLook.WORSE,
    Variation.NEUTRAL_HIGH: SpotLook.CHANGED,
    Variation.NEUTRAL_LOW: SpotLook.CHANGED,
}


def chart_sketch(
    chart: Chart, size: Size = WIDE, *, unit: str = "", up: tuple[float, float] | None = None
) -> Sketch:
    """What is drawn of a chart. `up` gives the ends of the upright axis where several charts share one."""
    lines = (*_lines(chart), *_target(chart))
    ends = up or up_ends(chart)
    across = _across(chart)
    named = _named(chart)
    return Sketch(
        size=size,
        across=across,
        up=ends,
        across_ticks=days_among([point.day for point in chart.points], 4 if size.narrow else 8),
        up_ticks=_heights(chart, ends),
        across_words="",
        up_words=unit,
        lines=lines,
        spots=tuple(_spot(point, chart) for point in chart.points),
        uprights=_uprights(chart, across, size),
        labels=() if size.narrow else _labels(named, ends, size),
        line_key=tuple((look, text) for look, text, _ in named) if size.narrow else _provisional(lines),
    )


def up_ends(chart: Chart) -> tuple[float, float]:
    """The ends of the upright axis: room for every figure, line and target."""
    drawn = (y for line in (*_lines(chart), *_target(chart)) for _, y in line.points)
    figures = (point.figure.number for point in chart.points if point.figure.number is not None)
    return padded([*drawn, *figures], from_nought=chart.series.kind is not ChartKind.INDIVIDUALS)


def _heights(chart: Chart, ends: tuple[float, float]) -> tuple[Tick, ...]:
    """Without a figure, heights would be heights of nothing."""
    if chart.latest is None and chart.series.target is None:
        return ()
    return numbers_between(*ends, 5, percent=chart.series.kind is ChartKind.PROPORTIONS)


def _across(chart: Chart) -> tuple[float, float]:
    edges = _edges(chart.points)
    return edges[0][0], edges[-1][1]


def _lines(chart: Chart) -> Iterator[Line]:
    """The figures, and for each segment its lines: they stay where they were when later ones begin anew."""
    whole = list(zip(chart.points, _edges(chart.points), strict=True))
    for _, part in groupby(whole, key=lambda pair: pair[0].segment):
        segment = list(part)
        yield from _figures(segment)
        limit = LineLook.LIMIT if _settled(chart, segment) else LineLook.PROVISIONAL
        yield from _level(LineLook.CENTRE, segment, lambda point: _middle(point, chart))
        yield from _level(limit, segment, lambda point: possible_limit(point.upper, chart.series.kind))
        yield from _level(limit, segment, lambda point: possible_limit(point.lower, chart.series.kind))


Edges = tuple[float, float]
Place = tuple[ChartPoint, Edges]


def _figures(segment: Sequence[Place]) -> Iterator[Line]:
    """The figures joined up, with a gap wherever one is missing."""
    for there, part in groupby(segment, key=lambda place: place[0].figure.is_figure):
        points = [(_x(point), float(point.figure.number or 0)) for point, _ in part]
        if there and len(points) > 1:
            yield Line(LineLook.FIGURES, tuple(points))


def _level(
    look: LineLook, segment: Sequence[Place], height: Callable[[ChartPoint], float | None]
) -> Iterator[Line]:
    """A line that is level about each point, and not there where it is not known."""
    for there, part in groupby(segment, key=lambda place: height(place[0]) is not None):
        if there:
            steps = [(x, height(point) or 0.0) for point, edges in part for x in edges]
            yield Line(look, tuple(_without_repeats(steps)))


def _without_repeats(steps: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """A level stretch needs its two ends only."""
    last = len(steps) - 1
    for at, step in enumerate(steps):
        inside = 0 < at < last and steps[at - 1][1] == step[1] == steps[at + 1][1]
        if not inside:
            yield step


def _edges(points: Sequence[ChartPoint]) -> list[Edges]:
    """From where to where each point stands: half way to its neighbours."""
    at = [_x(point) for point in points]
    between = [(one + other) / 2 for one, other in pairwise(at)]
    half = (between[0] - at[0], at[-1] - between[-1]) if between else (15.0, 15.0)
    return list(pairwise([at[0] - half[0], *between, at[-1] + half[1]]))


def _middle(point: ChartPoint, chart: Chart) -> float | None:
    """The centre of the limits where the point's segment has them, else the median. Never one in place of
    the other inside a segment."""
    beside = (each.centre for each in chart.points if each.segment == point.segment)
    return point.centre if any(centre is not None for centre in beside) else point.median


def possible_limit(limit: float | None, kind: ChartKind) -> float | None:
    """A limit that no figure of this kind can pass says nothing, and is not drawn."""
    if limit is None or (kind is not ChartKind.INDIVIDUALS and limit <= 0):
        return None
    return None if kind is ChartKind.PROPORTIONS and limit >= 1 else limit


def _settled(chart: Chart, segment: Sequence[Place]) -> bool:
    there = sum(point.figure.is_figure for point, _ in segment[: chart.choices.fix_after])
    return there >= FEWEST_FOR_SETTLED_LIMITS


def _target(chart: Chart) -> Iterator[Line]:
    if chart.series.target is not None:
        yield Line(LineLook.TARGET, tuple((x, chart.series.target) for x in _across(chart)))


def _spot(point: ChartPoint, chart: Chart) -> Spot:
    if point.figure.number is None:
        return Spot(MISSING[point.figure.state], _x(point), None)
    judged = MEANING[variation(point.direction, chart.series.better)]
    look = SpotLook.FIGURE if point.centre is None else judged
    return Spot(look, _x(point), float(point.figure.number))


def _uprights(chart: Chart, across: tuple[float, float], size: Size) -> tuple[Upright, ...]:
    begins = {point.day: edges[0] for point, edges in zip(chart.points, _edges(chart.points), strict=True)}
    events = chart_events(chart)
    # What happened late in the time of the last point stands at the end of the axis.
    at = [begins[each.day] if each.new_lines else min(each.day.toordinal(), across[1]) for each in events]
    levels = raised(at, across, size)
    return tuple(
        Upright(x, each.number, level, each.new_lines)
        for each, x, level in zip(events, at, levels, strict=True)
    )


Named = tuple[LineLook, str, float]


def _named(chart: Chart) -> list[Named]:
    """The lines of the last segment, each with its words and its height."""
    last, kind = chart.points[-1], chart.series.kind
    centre = CENTRE.get(kind, "Mean") if last.centre is not None else "Median"
    settled = chart.stage is Stage.SETTLED
    limit = LineLook.LIMIT if settled else LineLook.PROVISIONAL
    known = [
        (LineLook.CENTRE, centre, last.median if last.centre is None else last.centre),
        (limit, "Upper limit", possible_limit(last.upper, kind)),
        (limit, "Lower limit", possible_limit(last.lower, kind)),
        (LineLook.TARGET, "Target", chart.series.target),
    ]
    return [(look, f"{name} {figure_words(y, kind)}", y) for look, name, y in known if y is not None]


def _labels(named: Iterable[Named], up: tuple[float, float], size: Size) -> tuple[Label, ...]:
    words = [(text, y) for _, text, y in named]
    heights = spread_out([y for _, y in words], up, size)
    return tuple(Label(text, height) for (text, _), height in zip(words, heights, strict=True))


def _provisional(lines: Iterable[Line]) -> tuple[tuple[LineLook, str], ...]:
    there = any(line.look is LineLook.PROVISIONAL for line in lines)
    return ((LineLook.PROVISIONAL, "Provisional limits"),) if there else ()


def _x(point: ChartPoint) -> float:
    return float(point.day.toordinal())

"""The tables that go with drawings: everything a drawing shows can be read and taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from ithrive.improvement.charts import Chart, ChartPoint
from ithrive.improvement.drawing.chart_sketch import possible_limit
from ithrive.improvement.drawing.events import chart_events
from ithrive.improvement.drawing.icons import icon_svg
from ithrive.improvement.icon_table import icon_table
from ithrive.improvement.icons import Assurance, Variation
from ithrive.improvement.rules import Rule
from ithrive.improvement.sentences import figure_words
from ithrive.improvement.when import period_words
from ithrive.measures import Cell
from ithrive.tables import csv_text

MARKS = {
    Rule.COMMON_CAUSE: "",
    Rule.OUTSIDE: "outside the limits",
    Rule.TREND: "trend",
    Rule.TWO_OF_THREE: "two of three near a limit",
    Rule.SHIFT: "shift",
}

CSV_HEADINGS = (
    *("day", "figure", "state", "count", "count_state", "of", "of_state", "segment", "median", "centre"),
    *("lower_limit", "upper_limit", "rule", "direction", "events"),
)


def chart_table(chart: Chart) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings and rows of the table beside a chart: every point, in words; a missing figure by its state."""
    counted = ("Count", "Of") if chart.series.kind.has_denominator else ()
    headings = (
        str(chart.series.every).capitalize(),
        "Figure",
        *counted,
        "Centre line",
        "Lower limit",
        "Upper limit",
        "Mark",
        "Events",
    )
    return headings, [_row(chart, at) for at in range(len(chart.points))]


def chart_csv(chart: Chart) -> str:
    """Every point with its state and unrounded lines, safe to open in a spreadsheet.

    `figure` is a share of 1 in a P chart. A missing figure is empty, and its state says why. Segments count
    from 0.
    """
    return csv_text(CSV_HEADINGS, [_plain_row(chart, at) for at in range(len(chart.points))])


@dataclass(frozen=True, slots=True)
class IconTableRow:
    """A measure's row: its latest figure in words, and both icons as drawing and words (empty if none)."""

    name: str
    day: str
    figure: str
    target: str
    variation: str
    variation_words: str
    assurance: str
    assurance_words: str
    stage: str


def icon_table_rows(many: Sequence[Chart], *, side: int = 40) -> tuple[IconTableRow, ...]:
    """The rows of the icon table, in the order of the charts."""
    rows = []
    for chart, row in zip(many, icon_table(many), strict=True):
        kind, target = chart.series.kind, chart.series.target
        rows.append(
            IconTableRow(
                name=row.name,
                day=period_words(row.day, chart.series.every) if row.day else "",
                figure=_words(row.figure, chart) if row.figure else "no figure yet",
                target="" if target is None else figure_words(target, kind),
                variation=_icon(row.variation, side),
                variation_words=str(row.variation or ""),
                assurance=_icon(row.assurance, side),
                assurance_words=str(row.assurance or ""),
                stage=str(row.stage),
            )
        )
    return tuple(rows)


def _icon(meaning: Variation | Assurance | None, side: int) -> str:
    return "" if meaning is None else icon_svg(meaning, side=side)


def _row(chart: Chart, at: int) -> tuple[str, ...]:
    point, given = chart.points[at], chart.series.points[at]
    centre = point.median if point.centre is None else point.centre
    levels = (centre, *(possible_limit(each, chart.series.kind) for each in (point.lower, point.upper)))
    return (
        period_words(point.day, chart.series.every),
        _words(point.figure, chart),
        *(() if given.of is None else (_count(given.figure), _count(given.of))),
        *("" if y is None else figure_words(y, chart.series.kind) for y in levels),
        _mark(point),
        " ".join(_events(chart, at)),
    )


def _plain_row(chart: Chart, at: int) -> tuple[object, ...]:
    point, given = chart.points[at], chart.series.points[at]
    count, of = (None, None) if given.of is None else (given.figure, given.of)
    return (
        point.day,
        point.figure.number,
        point.figure.state,
        *(count.number if count else None, count.state if count else None),
        *(of.number if of else None, of.state if of else None),
        point.segment,
        *(point.median, point.centre, point.lower, point.upper),
        point.rule.name.lower().replace("_", " "),
        point.direction,
        " ".join(_events(chart, at)),
    )


def _events(chart: Chart, at: int) -> list[str]:
    """What happened from this point until the next."""
    first = chart.points[at].day
    last = chart.points[at + 1].day if at + 1 < len(chart.points) else None
    happened = (e for e in chart_events(chart) if first <= e.day and (last is None or e.day < last))
    return [f"{each.sentence}." for each in happened]


def _words(cell: Cell, chart: Chart) -> str:
    return str(cell.state) if cell.number is None else figure_words(cell.number, chart.series.kind)


def _count(cell: Cell) -> str:
    return str(cell.state) if cell.number is None else f"{cell.number:,}"


def _mark(point: ChartPoint) -> str:
    if point.rule is Rule.COMMON_CAUSE:
        return ""
    return f"{MARKS[point.rule]}, {'high' if point.direction > 0 else 'low'}"

"""One measure of one area: its chart, what was sent and said, its groupings, and areas like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ithrive.disclosure import Rule
from ithrive.improvement import Chart, charts
from ithrive.improvement.drawing import NARROW, chart_sheet
from ithrive.improvement.drawing.chart_sketch import up_ends
from ithrive.measures import Measure, Shown, grouping_codes
from ithrive.periods import Quarter
from ithrive.returns.form import whom
from ithrive.web.components import parts
from ithrive.web.components.parts import Params
from ithrive.web.improvement.drawings import drawn
from ithrive.web.improvement.presenters import Figure, chart_figure, figure_of
from ithrive.web.overview.charts.as_sent import Reasons, what_was_said, what_was_sent
from ithrive.web.overview.charts.asked import Asked
from ithrive.web.overview.charts.beside_page import BESIDE, why_not_beside
from ithrive.web.overview.charts.reading import Neighbours
from ithrive.web.overview.charts.series import groupings_sent, series_of, shown_at
from ithrive.web.overview.charts.words import in_a_sentence, of_chart, whose_people, with_unit


@dataclass(frozen=True, slots=True)
class Small:
    """One grouping's chart, small; its words and figures stand beside it."""

    name: str
    drawing: SafeString
    sentence: str


@dataclass(frozen=True, slots=True)
class MeasureCharts:
    """What the page of a measure shows. `beside` and `funnel` are None where there is nothing to compare."""

    measure: Measure
    shown: Shown
    in_a_sentence: str
    figure: Figure | None
    others: Params | None
    groupings: tuple[Small, ...]
    by_grouping: Params | None
    beside: Figure | None
    beside_missing: str
    funnel: Figure | None
    said: tuple[str, ...]
    sent: Params
    whose_people: str


def measure_charts(
    asked: Asked,
    neighbours: Neighbours,
    reasons: Reasons,
    rule: Rule,
    *,
    downloads: Mapping[str, Sequence[tuple[str, str]]],
    links: Mapping[str, str],
) -> MeasureCharts:
    """`downloads` of each drawing as (text, address); `links` are addresses by the code of a shown figure."""
    own = chart_of(asked) if asked.record.quarters else None
    beside = {name: draw(asked, neighbours, rule) for name, draw in BESIDE.items()}
    figures = {name: figure_of(each, downloads[name]) for name, each in beside.items() if each}
    return MeasureCharts(
        asked.measure,
        asked.shown,
        in_a_sentence(own) if own else "No figure is signed off yet.",
        chart_figure(own, asked.title, unit=asked.shown.unit.value, downloads=downloads["chart"])
        if own
        else None,
        _others(asked, links),
        *_groupings(asked),
        figures.get("beside"),
        "" if "beside" in figures else why_not_beside(asked, neighbours, rule),
        figures.get("funnel"),
        tuple(what_was_said(asked.measure, reasons)),
        what_was_sent(asked, reasons),
        whose_people(asked.shown, asked.record),
    )


def chart_of(asked: Asked, grouping: str = "") -> Chart:
    """The chart of the figure. The record has at least one quarter."""
    return _charts(asked, [asked.shown], grouping)[0]


def _charts(asked: Asked, shown: Sequence[Shown], *groupings: str) -> tuple[Chart, ...]:
    return charts(
        [
            series_of(
                asked.measure,
                each,
                asked.record,
                name=whom(grouping, "") if grouping else each.title,
                grouping=grouping,
                beside=asked.beside,
            )
            for each in shown
            for grouping in groupings
        ]
    )


def _others(asked: Asked, links: Mapping[str, str]) -> Params | None:
    """The other figures of the measure: a line each, and a link to the chart."""
    others = [each for each in asked.measure.shown if each.code != asked.shown.code]
    if not others or not asked.record.quarters:
        return None
    rows = [
        ((each.title, links[each.code]), of_chart(chart, each), in_a_sentence(chart))
        for each, chart in zip(others, _charts(asked, others, ""), strict=True)
    ]
    return parts.table("Other figures of this measure", ("Figure", "Latest", "What it says"), rows)


def _groupings(asked: Asked) -> tuple[tuple[Small, ...], Params | None]:
    """A small chart for each grouping, all on one scale, and one table for all of them."""
    codes = groupings_sent(asked.measure, asked.shown, asked.record, grouping_codes())
    if not codes:
        return (), None
    many = _charts(asked, [asked.shown], *codes)
    ends = [up_ends(chart) for chart in many]
    up = min(low for low, _ in ends), max(high for _, high in ends)
    small = tuple(_small(asked, chart, up) for chart in many)
    headings = ("Quarter", *(chart.series.name for chart in many))
    rows = [
        (quarter.label, *(_words(asked, quarter, code) for code in codes))
        for quarter in reversed(asked.record.quarters)
    ]
    return small, parts.table("Each grouping, the latest quarter first", headings, rows, caption_size="s")


def _small(asked: Asked, chart: Chart, up: tuple[float, float]) -> Small:
    title = f"{asked.shown.title}, {chart.series.name}: {asked.area}"
    sheet = chart_sheet(chart, title=title, unit=asked.shown.unit.value, size=NARROW, up=up)
    return Small(chart.series.name, drawn(sheet), f"{of_chart(chart, asked.shown)}. {in_a_sentence(chart)}")


def _words(asked: Asked, quarter: Quarter, grouping: str = "") -> str:
    return with_unit(shown_at(asked.measure, asked.shown, asked.record, quarter, grouping), asked.shown)

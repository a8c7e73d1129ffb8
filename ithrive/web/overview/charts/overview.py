"""All measures of one area at a glance: the icon table, which comes before any chart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import mark_safe

from ithrive.improvement import Chart, charts
from ithrive.improvement.drawing import icon_table_rows
from ithrive.measures import Measure
from ithrive.periods import Quarter
from ithrive.web.components import parts
from ithrive.web.components.parts import Params
from ithrive.web.overview.charts.series import Beside, Record, is_for_one_area, series_of
from ithrive.web.overview.charts.words import in_a_sentence, of_chart
from ithrive.web.overview.measure_pages.presenters import grouped


@dataclass(frozen=True, slots=True)
class Overview:
    """`tables` has one for each grouping; measures `not_for_one` are shown for many areas together only."""

    sentence: str
    tables: tuple[Params, ...]
    not_for_one: tuple[str, ...]


def overview(
    known: Mapping[str, Measure], record: Record, beside: Mapping[str, Beside], links: Mapping[str, str]
) -> Overview:
    """Every measure in the order of the framework, never sorted by icon. `links` are addresses by measure."""
    shown = [each for each in known.values() if is_for_one_area(each)]
    drawn = _charts(shown, record, beside)
    tables = tuple(
        _table(group.name, [each for each in group.measures if each.id in drawn], drawn, links)
        for group in grouped({each.id: each for each in shown})
        if drawn
    )
    others = tuple(each.title for each in known.values() if not is_for_one_area(each))
    return Overview(_sentence(record), tables, others)


def _charts(shown: Sequence[Measure], record: Record, beside: Mapping[str, Beside]) -> dict[str, Chart]:
    """The chart of every headline, worked out in one pass for each kind of chart."""
    if not record.quarters:
        return {}
    series = [
        series_of(each, each.headline, record, name=each.title, beside=beside.get(each.id, ((), ())))
        for each in shown
    ]
    return {each.id: chart for each, chart in zip(shown, charts(series), strict=True)}


def _table(
    name: str, measures: Sequence[Measure], drawn: Mapping[str, Chart], links: Mapping[str, str]
) -> Params:
    many = [drawn[each.id] for each in measures]
    targets = any(chart.series.target is not None for chart in many)
    headings = ["Measure", "Figure", "Quarter", "Now", *(["Target"] if targets else []), "What it says"]
    rows = list(_rows(measures, many, links, targets=targets))
    return parts.table(name, headings, rows)


def _rows(
    measures: Sequence[Measure], many: Sequence[Chart], links: Mapping[str, str], *, targets: bool
) -> Iterator[list[object]]:
    for measure, chart, row in zip(measures, many, icon_table_rows(many), strict=True):
        icon = mark_safe(row.variation) if row.variation else "no icon yet"  # noqa: S308 - our own XML
        assured = mark_safe(row.assurance) if row.assurance else "no target"  # noqa: S308 - our own XML
        latest = chart.latest
        yield [
            (row.name, links[measure.id]),
            of_chart(chart, measure.headline),
            Quarter.of(latest.day).label if latest else "",
            icon if latest else "",
            *([assured] if targets else []),
            in_a_sentence(chart),
        ]


def _sentence(record: Record) -> str:
    if not record.quarters:
        return "No return has been signed off yet. Charts are here on the day the first one is."
    many, last = len(record.figures), record.quarters[-1].label
    quarters = "1 quarter is" if many == 1 else f"{many} quarters are"
    return f"{quarters} signed off, the latest {last}. A new one shows here on the day it is signed off."

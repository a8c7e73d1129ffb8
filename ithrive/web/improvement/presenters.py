"""A chart with everything that belongs to it, as a page shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString, mark_safe

from ithrive.areas.timeline import plain_day
from ithrive.improvement import Chart, Funnel, chart_sentence, funnel_sentence
from ithrive.improvement.drawing import (
    LETTERS,
    Sheet,
    chart_events,
    chart_sheet,
    chart_table,
    funnel_list,
    funnel_sheet,
    funnel_table,
    icon_table_rows,
)
from ithrive.measures import Measure, measures
from ithrive.web.components import parts
from ithrive.web.components.parts import Params
from ithrive.web.improvement.drawings import both_sizes
from ithrive.web.improvement.models import ChartNote, Cycle, Rebase
from ithrive.web.improvement.queries import as_cycle


@dataclass(frozen=True, slots=True)
class Figure:
    """What `improvement/_chart.html` lays out. `listed` explains the numbers in the drawing."""

    title: str
    wide: SafeString
    narrow: SafeString
    sentence: str
    listed: tuple[str, ...]
    table: Params
    downloads: tuple[tuple[str, str], ...]


def chart_figure(
    chart: Chart, title: str, *, unit: str = "", downloads: Sequence[tuple[str, str]] = ()
) -> Figure:
    """A chart for a page. `downloads` are links, as (text, address), to views that ask who may see it."""
    wide, narrow = both_sizes(lambda size: chart_sheet(chart, title=title, unit=unit, size=size))
    headings, rows = chart_table(chart)
    listed = tuple(each.sentence for each in chart_events(chart))
    table = parts.table(title, headings, rows, caption_size="s")
    return Figure(title, wide, narrow, chart_sentence(chart), listed, table, tuple(downloads))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something to draw, with its words and figures. `sheet_of` is asked for a `size`, and for all words on
    the sheet itself where the drawing goes `alone`.
    """

    title: str
    sentence: str
    listed: tuple[str, ...]
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    sheet_of: Callable[..., Sheet]


def funnel_drawing(
    plot: Funnel, title: str, *, unit: str = "", of_what: str = "", own: str | None = None
) -> Drawing:
    """A funnel. Which areas its reader may know of is the caller's to ask."""
    sheet_of = partial(funnel_sheet, plot, title=title, unit=unit, of_what=of_what, own=own)
    return Drawing(title, funnel_sentence(plot), funnel_list(plot), *funnel_table(plot), sheet_of)


def figure_of(drawing: Drawing, downloads: Sequence[tuple[str, str]] = ()) -> Figure:
    """A drawing for a page."""
    wide, narrow = both_sizes(lambda size: drawing.sheet_of(size=size))
    table = parts.table(drawing.title, drawing.headings, drawing.rows, caption_size="s")
    return Figure(drawing.title, wide, narrow, drawing.sentence, drawing.listed, table, tuple(downloads))


def icon_overview(many: Sequence[Chart], caption: str, links: Sequence[str] = ()) -> Params:
    """The icon table, which comes before any chart; `links` lead from a measure to its chart."""
    headings = ("Measure", "Latest", "Figure", "Target", "Variation", "Assurance")
    rows = []
    for at, row in enumerate(icon_table_rows(many)):
        name: object = (row.name, links[at]) if links else row.name
        icons = [_icon(row.variation, row.stage), _icon(row.assurance, "no target" if not row.target else "")]
        rows.append((name, row.day, row.figure, row.target or "none", *icons))
    return parts.table(caption, headings, rows)


ICON_KEY = ", ".join(f"{letter}: {words}" for letter, words in LETTERS.items())


def _icon(drawing: str, otherwise: str) -> object:
    """The icon; where there is none, why."""
    return mark_safe(drawing) if drawing else otherwise  # noqa: S308 - made as XML of our own words


@dataclass(frozen=True, slots=True)
class NotesPage:
    """What is recorded beside one measure of an area."""

    measure: Measure
    notes: tuple[tuple[str, str, str, int], ...]  # day, kind, words, number
    rebases: tuple[tuple[str, str, str, int], ...]  # day, reason, who decided, number


def notes_page(measure: Measure, notes: Sequence[ChartNote], rebases: Sequence[Rebase]) -> NotesPage:
    return NotesPage(
        measure,
        tuple((plain_day(row.day), row.kind, row.words, row.pk) for row in notes),
        tuple((plain_day(row.on), row.reason, row.decided_by, row.pk) for row in rebases),
    )


@dataclass(frozen=True, slots=True)
class CyclePage:
    """One test of change, laid out as a list of what was said of it."""

    number: int
    change: str
    outcome: str
    told: Params
    measure: str
    under_way: bool


def cycle_page(row: Cycle) -> CyclePage:
    cycle = as_cycle(row)
    ended = plain_day(cycle.ended) if cycle.ended else ""
    chart = measures()[row.measure].title if row.measure in measures() else ""
    told = [
        ("Aim", cycle.aim),
        ("Expected", cycle.prediction),
        ("Plan", cycle.plan),
        ("Begun", plain_day(cycle.started)),
        ("Ended", ended),
        ("Found", cycle.found),
        ("Decided", cycle.decision.value.capitalize() if cycle.decision else ""),
        ("Next cycle of", row.after.change if row.after else ""),
        ("On the charts of", chart),
    ]
    rows = parts.summary_list([(key, value) for key, value in told if value])
    return CyclePage(row.pk, cycle.change, cycle.outcome, rows, row.measure, cycle.ended is None)

"""What the pages of releases show, in words and tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from ithrive.areas.timeline import plain_day
from ithrive.disclosure import CellState, public_risk
from ithrive.disclosure import rule as rule_named
from ithrive.disclosure.words import WHY
from ithrive.framework import framework
from ithrive.improvement import ChartKind, Every, Point, Series, chart
from ithrive.measures import Cell, Measure, measures
from ithrive.measures import CellState as Returned
from ithrive.periods import Quarter
from ithrive.web.components import parts
from ithrive.web.components.parts import Params
from ithrive.web.improvement.presenters import Figure, chart_figure
from ithrive.web.overview.release_rows import PublicRow
from ithrive.web.overview.release_tables import shown_by_area
from ithrive.web.overview.release_telling import FEWEST_AREAS
from ithrive.web.publications.models import Release, ReleaseTable

SHORT = {
    CellState.SUPPRESSED: "Hidden",
    CellState.NOT_SUBMITTED: "Not sent",
    CellState.NOT_APPLICABLE: "Not applicable",
    CellState.WITHHELD: "Withheld",
}
TOGETHER_ONLY = (
    f"Only shown for all areas together; hidden if fewer than {FEWEST_AREAS} areas sent it, or if one area "
    "makes up nearly all of it."
)
NOT_ASKED = (
    "Areas send sums. How much of an area’s figure one provider, session or person makes up is not known "
    "here, so it is not asked whether one makes up nearly all of it."
)
# A line through fewer says nothing.
FEWEST_IN_A_CHART = 3


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release for anybody: what it is, how it was made safe, and what is in it."""

    facts: Params
    risk: tuple[str, ...]
    contents: Params
    key: tuple[tuple[str, str], ...]


def release_page(release: Release, tables: Sequence[ReleaseTable]) -> ReleasePage:
    rule = rule_named(release.rule, release.taken_at.date())
    facts = [
        ("Quarters", ", ".join(release.quarters)),
        ("Areas", f"{len(release.areas)} that were members of the programme"),
        ("Figures as signed off by", plain_day(release.taken_at.date())),
        ("Rule", f"{rule.title}. {rule.says}"),
        ("Released", plain_day(release.released_at.date()) if release.released_at else "Not yet"),
        ("Reference", release.reference),
        ("Digest (SHA-256)", release.digest),
    ]
    return ReleasePage(parts.summary_list(facts), risk_of(tables), _contents(release, tables), key())


def risk_of(tables: Sequence[ReleaseTable]) -> tuple[str, ...]:
    """The residual risk of a whole release, in words for everybody; the largest gap of any measure."""
    return public_risk(
        sum(each.figures for each in tables),
        sum(each.hidden for each in tables),
        max((each.gap for each in tables), default=0.0),
        sum(each.exposed for each in tables),
        limited=any(each.limited for each in tables),
        in_time=all(each.in_time for each in tables),
    )


def key() -> tuple[tuple[str, str], ...]:
    """What stands where there is no number, and why."""
    return tuple((SHORT[state], why) for state, why in WHY.items())


def _contents(release: Release, tables: Sequence[ReleaseTable]) -> Params:
    rows = []
    for each in tables:
        measure = measures()[each.measure]
        address = reverse("releases:table", args=[release.reference, each.measure])
        rows.append(
            ((f"{measure.id} {measure.title}", address), measure.grouping_name, each.figures, each.hidden)
        )
    headings = ("Measure", "About", "Counts", "Hidden")
    return parts.table("Measures in this release", headings, rows, numeric=(2, 3))


@dataclass(frozen=True, slots=True)
class TablePage:
    """One measure of a release: a chosen figure by area and grouping, and all figures of all areas."""

    measure: Measure
    sentence: str
    whole: Params
    by_area: Params | None
    chosen: str
    choices: tuple[tuple[str, str], ...]
    chart: Figure | None
    notes: tuple[str, ...]


def table_page(measure: Measure, rows: Sequence[PublicRow], quarter: str, figure: str) -> TablePage:
    here = [row for row in rows if row.quarter == quarter]
    choices = tuple(dict.fromkeys((_code(row), row.title) for row in here if row.kind == "rate"))
    choices += tuple(dict.fromkeys((_code(row), row.title) for row in here if row.kind == "count"))
    codes = [code for code, _ in choices]
    chosen = figure if figure in codes else (codes[0] if codes else "")
    together = [row for row in here if not row.area and not row.grouping]
    title = dict(choices).get(chosen, "")
    return TablePage(
        measure=measure,
        sentence=_sentence(together, measure, quarter),
        whole=_whole(together, quarter),
        by_area=_by_area([row for row in here if _code(row) == chosen], title, quarter),
        chosen=chosen,
        choices=choices,
        chart=_chart(
            measure, [row for row in rows if not row.area and not row.grouping and _code(row) == chosen]
        ),
        notes=_notes(measure),
    )


def _notes(measure: Measure) -> tuple[str, ...]:
    """What protects figures of this measure beside the rule, and what cannot be asked of it."""
    if not shown_by_area(measure):
        return (TOGETHER_ONLY,)
    return (NOT_ASKED,) if "dominance" in measure.disclosure else ()


def shown_of(row: PublicRow) -> object:
    """A figure as a page shows it: the number, or in a word why there is none."""
    return row.value if row.value is not None else SHORT[CellState(row.state)]


def _code(row: PublicRow) -> str:
    return f"{row.kind}.{row.figure}"


def _sentence(together: Sequence[PublicRow], measure: Measure, quarter: str) -> str:
    areas = max((row.areas for row in together), default=0)
    sent = "1 area sent" if areas == 1 else f"{areas} areas sent"
    return f"{measure.sentence} {sent} figures for {quarter}."


def _whole(together: Sequence[PublicRow], quarter: str) -> Params:
    rows = [(row.title, row.unit, shown_of(row)) for row in together]
    return parts.table(f"All areas together, {quarter}", ("Figure", "Unit", "Number"), rows, numeric=(2,))


def _by_area(rows: Sequence[PublicRow], title: str, quarter: str) -> Params | None:
    if not rows:
        return None
    groupings = list(dict.fromkeys(row.grouping for row in rows))
    areas = dict.fromkeys((row.area_kind, row.area, row.area_name) for row in rows)
    at = {(row.area_kind, row.area, row.grouping): shown_of(row) for row in rows}
    lines = [
        (name, *(at.get((kind, code, grouping), "") for grouping in groupings)) for kind, code, name in areas
    ]
    headings = ("Area", *(grouping_words(each) for each in groupings))
    numeric = range(1, len(headings))
    return parts.table(f"{title}, {quarter}", headings, lines, numeric=numeric, name="by-area")


def grouping_words(code: str) -> str:
    """A grouping's code as a heading; the groupings stand side by side, in no order of worth."""
    known = framework().grouping(code)
    return known.name if known else {"": "Everybody"}.get(code, "Not known")


def _chart(measure: Measure, rows: Sequence[PublicRow]) -> Figure | None:
    """The figure over the quarters of the release, where there are enough of them."""
    points = [Point(Quarter.parse(row.quarter).starts, _as_cell(row)) for row in rows]
    if sum(row.value is not None for row in rows) < FEWEST_IN_A_CHART:
        return None
    series = Series(
        measure.title, ChartKind.INDIVIDUALS, tuple(points), measure.direction, every=Every.QUARTER
    )
    return chart_figure(chart(series), f"{measure.title}: all areas together", unit=measure.unit.value)


def _as_cell(row: PublicRow) -> Cell:
    return Cell.of(row.value) if row.value is not None else Cell.without(Returned(row.state))

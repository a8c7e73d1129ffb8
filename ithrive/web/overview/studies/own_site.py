"""A site's own page: its figures as they stand and what came of them; of other sites nothing at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from ithrive.evaluation.protocol import Outcome, Protocol
from ithrive.evaluation.study import Figure, OutcomeFigures, StudyData, monitor
from ithrive.evaluation.study.received import per
from ithrive.measures import measures
from ithrive.web.components.parts import Params, table
from ithrive.web.evaluation.models import StudySite
from ithrive.web.evaluation.queries import study_now
from ithrive.web.overview.charts.paths import chart_path
from ithrive.web.overview.charts.series import is_for_one_area
from ithrive.web.overview.studies.joining import outcome_figures


@dataclass(frozen=True)
class OwnPage:
    received: str
    figures: Params
    charts: tuple[tuple[str, str], ...]


def own_page(site: StudySite) -> OwnPage:
    """Worked out from the site's own returns alone, so that nothing else can be in it."""
    protocol = study_now(site.study).protocol
    now = timezone.now()
    figures = outcome_figures(protocol, {site.site: site.area}, at=now)
    return OwnPage(
        _received(protocol, figures, site), _table(protocol, figures, site), _charts(protocol, site)
    )


def _received(protocol: Protocol, figures: Mapping[str, OutcomeFigures], site: StudySite) -> str:
    found = monitor(protocol, StudyData(figures=figures)).quality.by_site
    mine = next((each for each in found if each.of == site.site), None)
    if mine is None or not mine.received:
        return "No figure of this study has come from you yet."
    return f"{mine.received} of {mine.expected} expected figures have come ({mine.grade})."


def _table(protocol: Protocol, figures: Mapping[str, OutcomeFigures], site: StudySite) -> Params:
    rows = [
        [quarter.label, *(_told(figures[each.id][site.site, quarter], each) for each in protocol.outcomes)]
        for quarter in protocol.quarters
        if quarter.ends <= timezone.localdate()
    ]
    headings = ["Quarter", *(_title(each) for each in protocol.outcomes)]
    return table("Your figures", headings, rows, numeric=range(1, len(headings)))


def _title(outcome: Outcome) -> str:
    measure = measures()[outcome.measure]
    shown = {each.code: each for each in measure.shown}[outcome.figure or measure.headline.code]
    return f"{shown.title} ({shown.unit.value})"


def _told(figure: Figure, outcome: Outcome) -> str:
    if figure.cell.number is None:
        return figure.state.value
    if figure.over is None:
        return f"{figure.cell.number:,.4g}"
    if not figure.over.number:
        return figure.state.value
    return f"{figure.cell.number / figure.over.number * per(outcome):,.4g}"


def _charts(protocol: Protocol, site: StudySite) -> tuple[tuple[str, str], ...]:
    known = measures()
    shown = dict.fromkeys(each.measure for each in protocol.outcomes)
    return tuple(
        (known[each].title, chart_path(site.area, each)) for each in shown if is_for_one_area(known[each])
    )

"""Recording what the steering group and young people chose among what the last round proposes."""

from django.http import HttpResponse
from django.utils import timezone

from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import author, changed, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.implementation import queries
from ithrive.web.implementation.actions import record_wishes
from ithrive.web.implementation.own_page import area_worked_on, asking, page
from ithrive.web.implementation.paths import page_path
from ithrive.web.implementation.wishes_form import WishesForm
from ithrive.web.overview.proposals import Proposed, proposed_for

TITLE = "What the steering group and young people chose"
INTRO = (
    "Ask which of these they would work on first, and enter how many chose each. Enter 0 where nobody chose "
    "it, and leave both numbers empty where nobody was asked. Numbers only: never who chose what."
)
NO_ROUND = "No round is signed off yet that you may read, so there is nothing to choose from."
NOTHING = "The last round proposes nothing, so there is nothing to choose from."
KEPT_BACK = (
    "The last round is one that not everybody who reads the plan may know of, like a private "
    "self-reflection. Numbers kept here, and their line in the history, would tell of it."
)


def wishes(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Two numbers for each proposal, and the day; or why there is nothing to record."""
    area = area_worked_on(request, country, kind, code)
    found = proposed_for(area, request.areas, timezone.localdate())
    why_not = _why_not(found)
    if found is None or why_not:
        words = {"title": TITLE, "why_not": why_not, "proposals": page_path(area, "proposals")}
        return page(request, "overview/no_wishes.html", area, "plan", **words)
    return _record(request, area, found)


def _record(request: AreaRequest, area: LocalArea, found: Proposed) -> HttpResponse:
    back, number = page_path(area, "proposals"), found.round.pk
    candidates = [each.candidate for each in found.proposals]
    statements = {each.statement: f"{each.principle} ({each.level})" for each in candidates}
    stood = WishesForm.filled_with(queries.wishes_of(area, number).filter(statement__in=statements))
    form = WishesForm(sent(request), statements=statements, initial=stood)
    return changed(
        request,
        form,
        lambda: record_wishes(
            area=area,
            round=number,
            wishes=form.wishes(),
            asked_on=form.cleaned_data["asked_on"],
            by=author(request),
            seen=form.cleaned_data["seen"],
        ),
        said="What they chose is recorded. Among proposals that are level, the most wanted stands first.",
        then=back,
    ) or asking(request, area, form.look_again(), TITLE, back, intro=INTRO)


def _why_not(found: Proposed | None) -> str:
    if found is None:
        return NO_ROUND
    if not found.known_to_all:
        return KEPT_BACK
    return "" if found.proposals else NOTHING

"""The coach's page. The programme team sees every area on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.implementation import Due, what_is_due
from ithrive.implementation.news import actions_due
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.implementation import queries
from ithrive.web.implementation.values import as_planned
from ithrive.web.overview import returns_due, rounds
from ithrive.web.overview.area_home import AHEAD
from ithrive.web.overview.coach import coach_page
from ithrive.web.overview.whereabouts import members, whereabouts
from ithrive.web.rights import Right

MOST_SUPPORT = 25


@require_safe
def coach(request: AreaRequest) -> HttpResponse:
    """Whom to call first: one's own areas, the most pressing on top."""
    today = timezone.localdate()
    areas = _areas(request, today)
    numbers = [area.pk for area in areas]
    log = request.areas.support().filter(area__in=numbers, on__lte=today).select_related("area__country")
    shown = coach_page(
        whereabouts(areas, today),
        _due(request, numbers, today),
        list(log.order_by("-on", "-pk")[:MOST_SUPPORT]),
        queries.priorities_in(numbers),
        today,
    )
    words = {"page": shown, "breadcrumbs": breadcrumbs(("Home", "/"))}
    return for_this_reader(request, render(request, "overview/coach.html", words))


def _areas(request: AreaRequest, today: date) -> list[LocalArea]:
    """A coach's own areas, members or not; for those who coach everywhere, the areas on the board."""
    own = request.areas.having(Right.LOG_SUPPORT).select_related("country").order_by("name")
    if request.areas.may(Right.LOG_SUPPORT):
        return list(own.filter(pk__in=members(today)))
    areas = list(own)
    if not areas:
        request.areas.require(Right.LOG_SUPPORT)
    return areas


def _due(request: AreaRequest, numbers: Sequence[int], today: date) -> Mapping[int, Sequence[Due]]:
    """What is due in each area soon: rounds and returns this person may know of, and actions."""
    found: dict[int, list[Due]] = defaultdict(list)
    waiting = rounds.due(request.areas, numbers, today + AHEAD)
    waiting += returns_due.due(request.areas, numbers, today)
    for number, each in waiting:
        found[number].append(each)
    for action in queries.actions_in(numbers).filter(priority__closed_on=None):
        found[action.priority.area_id] += actions_due([as_planned(action)], today)
    return {number: what_is_due(due, until=today + AHEAD) for number, due in found.items()}

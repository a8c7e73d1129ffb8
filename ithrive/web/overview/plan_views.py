"""The plan of an area on its page, with the way to the round that proposed each priority."""

from collections.abc import Collection, Mapping

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.web.areas.reach import AreaRequest, Reach
from ithrive.web.assessments import queries as assessments
from ithrive.web.implementation import queries
from ithrive.web.implementation.own_page import area_seen, page
from ithrive.web.implementation.paths import page_path
from ithrive.web.implementation.presenters.plan import RoundLink, plan_page

HERE = "plan"


def plan(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Priorities that are worked on, each with its actions; then those that are closed."""
    area = area_seen(request, country, kind, code)
    priorities = list(queries.priorities_of(area))
    rounds = _links({row.round for row in priorities if row.round}, request.areas)
    words = {
        "page": plan_page(priorities, timezone.localdate(), rounds),
        "proposals": page_path(area, "proposals"),
    }
    return page(request, "implementation/plan.html", area, HERE, **words)


def _links(numbers: Collection[int], reach: Reach) -> Mapping[int, RoundLink]:
    """Of these rounds the ones that the reader may see. No query where no priority came from one."""
    if not numbers:
        return {}
    return {
        each.pk: RoundLink(
            f"See the round due on {plain_day(each.due_on)}", reverse("assessments:profile", args=[each.pk])
        )
        for each in assessments.rounds(reach).filter(pk__in=numbers)
    }

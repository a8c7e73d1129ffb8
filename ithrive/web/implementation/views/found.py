"""One priority or action of one area, or nothing there."""

from django.shortcuts import get_object_or_404

from ithrive.web.areas.models import LocalArea
from ithrive.web.implementation import queries
from ithrive.web.implementation.models import Action, Priority


def priority_at(area: LocalArea, number: int) -> Priority:
    return get_object_or_404(queries.priorities_of(area).select_related("area"), pk=number)


def action_at(area: LocalArea, number: int) -> Action:
    return get_object_or_404(queries.actions_of(area), pk=number)

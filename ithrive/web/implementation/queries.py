"""Finding what is recorded of the work in areas. Who may read it is asked before: `request.areas`."""

from collections.abc import Collection, Iterable

from django.db.models import Prefetch, QuerySet

from ithrive.implementation import Evidence, Kind, Shows
from ithrive.web.areas.models import LocalArea
from ithrive.web.implementation.models import Action, Post, Priority, Stakeholder, StepEvidence, Wish
from ithrive.web.implementation.values import area_key, as_evidence

PRIORITISING = "prioritising-improvement"

Areas = Iterable[LocalArea] | Collection[int]


def evidence_of(area: LocalArea) -> QuerySet[StepEvidence]:
    """What people recorded of the area's steps, withdrawn lines included, in order of time."""
    return StepEvidence.objects.filter(area=area)


def posts_of(area: LocalArea) -> QuerySet[Post]:
    return Post.objects.filter(area=area)


def stakeholders_of(area: LocalArea) -> QuerySet[Stakeholder]:
    return Stakeholder.objects.filter(area=area)


def priorities_of(area: LocalArea) -> QuerySet[Priority]:
    """The area's priorities with their actions, two queries in all: those still open first."""
    actions = Prefetch("actions", Action.objects.order_by("due_on", "pk"))
    return Priority.objects.filter(area=area).prefetch_related(actions).order_by("chosen_on", "pk")


def actions_of(area: LocalArea) -> QuerySet[Action]:
    return Action.objects.filter(priority__area=area).select_related("priority__area")


def wishes_of(area: LocalArea, round: int) -> QuerySet[Wish]:
    """What people chose when they were asked after that round."""
    return Wish.objects.filter(area=area, round=round)


def posts_in(areas: Areas) -> QuerySet[Post]:
    return Post.objects.filter(area__in=areas)


def priorities_in(areas: Areas) -> QuerySet[Priority]:
    return Priority.objects.filter(area__in=areas)


def actions_in(areas: Areas) -> QuerySet[Action]:
    return Action.objects.filter(priority__area__in=areas).select_related("priority")


def dated_evidence(areas: Areas) -> list[Evidence]:
    """What is known here of the steps of areas: what people stated, and what their plans show.

    Three queries for any number of areas.
    """
    stated = StepEvidence.objects.filter(area__in=areas, withdrawn_at=None)
    chosen = Priority.objects.filter(area__in=areas)
    done = actions_in(areas).filter(done_on__isnull=False).exclude(step="")
    return [
        *(as_evidence(row) for row in stated),
        *(_of_priority(row) for row in chosen),
        *(_of_action(row) for row in done),
    ]


def _of_priority(row: Priority) -> Evidence:
    """To choose a priority is to be at work on prioritising. That it is finished, people say."""
    what = f"priority chosen, “{row.title}”"
    return Evidence(area_key(row.area_id), PRIORITISING, Shows.BEGUN, row.chosen_on, what, Kind.ACTION)


def _of_action(row: Action) -> Evidence:
    assert row.done_on
    what = f"action done, “{row.title}”"
    return Evidence(area_key(row.priority.area_id), row.step, Shows.BEGUN, row.done_on, what, Kind.ACTION)

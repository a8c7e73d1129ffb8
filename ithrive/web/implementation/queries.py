"""Finding what is recorded of the work in areas. Who may read it is asked before: `request.areas`."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Min, Prefetch, QuerySet

from ithrive.framework.approach import approach
from ithrive.implementation import Evidence, Kind, Shows
from ithrive.web.areas.models import LocalArea
from ithrive.web.implementation.models import Action, Post, Priority, Stakeholder, StepEvidence, Wish
from ithrive.web.implementation.values import area_key

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

    Three queries for any number of areas. Plain columns: there are thousands, and models cost half the time.
    """
    stated = _stated(areas).values_list("area_id", "step", "shows", "on", "what")
    chosen = _chosen(areas).values_list("area_id", "chosen_on", "title")
    done = _done(areas).values_list("priority__area_id", "step", "done_on", "title")
    return [
        *(Evidence(area_key(area), step, Shows(shows), on, what) for area, step, shows, on, what in stated),
        *(_of_priority(*row) for row in chosen),
        *(_of_action(area, step, on, title) for area, step, on, title in done if on),
    ]


def first_dated(areas: Areas, today: date) -> dict[int, date]:
    """The day of the first evidence here of each area that has any until today, by number. One query."""
    steps = [step.code for step in approach().steps]
    stated = _stated(areas).filter(step__in=steps, on__lte=today).values_list("area")
    done = _done(areas).filter(step__in=steps, done_on__lte=today).values_list("priority__area")
    days = stated.annotate(first=Min("on")).union(done.annotate(first=Min("done_on")), all=True)
    if PRIORITISING in steps:
        chosen = _chosen(areas).filter(chosen_on__lte=today).values_list("area")
        days = days.union(chosen.annotate(first=Min("chosen_on")), all=True)
    # The latest first, so that the earliest of each area is what stays.
    return dict(sorted(days, key=lambda row: row[1], reverse=True))


def _stated(areas: Areas) -> QuerySet[StepEvidence]:
    return StepEvidence.objects.filter(area__in=areas, withdrawn_at=None).order_by()


def _chosen(areas: Areas) -> QuerySet[Priority]:
    return Priority.objects.filter(area__in=areas).order_by()


def _done(areas: Areas) -> QuerySet[Action]:
    found = Action.objects.filter(priority__area__in=areas, done_on__isnull=False)
    return found.exclude(step="").order_by()


def _of_priority(area: int, chosen_on: date, title: str) -> Evidence:
    """To choose a priority is to be at work on prioritising. That it is finished, people say."""
    what = f"priority chosen, “{title}”"
    return Evidence(area_key(area), PRIORITISING, Shows.BEGUN, chosen_on, what, Kind.ACTION)


def _of_action(area: int, step: str, done_on: date, title: str) -> Evidence:
    what = f"action done, “{title}”"
    return Evidence(area_key(area), step, Shows.BEGUN, done_on, what, Kind.ACTION)

"""Recording dated evidence of steps. Nobody records progress itself: it follows from this."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.framework.approach import approach
from ithrive.implementation import Shows, why_not_evidence
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.implementation.actions._line import locked, one_at_a_time, put, refuse, tell, values
from ithrive.web.implementation.models import StepEvidence
from ithrive.web.implementation.values import as_evidence

FIELDS = ("step", "shows", "on", "what")
SAID = {
    Shows.BEGUN: "at work on",
    Shows.REACHED: "reached",
    Shows.SKIPPED: "skipped",
    Shows.RETURNED: "returned to",
}


@transaction.atomic
def record_evidence(
    *, area: LocalArea, step: str, shows: Shows, on: date, what: str, by: Author
) -> StepEvidence:
    """Add one dated fact about one step."""
    row = StepEvidence(area=area, step=step, shows=shows.value, on=on, what=what.strip())
    known = frozenset(each.code for each in approach().steps)
    refuse(why_not_evidence(as_evidence(row), steps=known, today=timezone.localdate()))
    one_at_a_time(area)
    _refuse_twice(row)
    _refuse_without_effect(row)
    row.save()
    tell(row, area, by=by, action="record a step", summary=said(row), after=values(row, *FIELDS))
    return row


@transaction.atomic
def withdraw_evidence(*, row: StepEvidence, reason: str, by: Author) -> StepEvidence:
    """Take back what was recorded in error. It stays readable, and counts no more."""
    area, row = row.area, locked(row)
    if row.withdrawn_at:
        raise NotAllowed("This was taken back already.")
    put(row, withdrawn_at=timezone.now())
    summary = f"recorded in error, {said(row)} {reason}"
    tell(row, area, by=by, action="take back a step", summary=summary, before=values(row, *FIELDS))
    return row


def said(row: StepEvidence) -> str:
    """“reached Engagement on 3 March 2026: first steering group held.”"""
    step = approach().step(row.step)
    name = step.name if step else row.step
    return f"{SAID[Shows(row.shows)]} {name} on {plain_day(row.on)}: {row.what.rstrip('.')}."


def _refuse_without_effect(row: StepEvidence) -> None:
    """Of what several facts of one day show, the furthest counts: a return on that day would say nothing."""
    settled = [Shows.REACHED.value, Shows.SKIPPED.value]
    same_day = StepEvidence.objects.filter(area=row.area, step=row.step, on=row.on, withdrawn_at=None)
    if row.shows == Shows.RETURNED and same_day.filter(shows__in=settled).exists():
        raise NotAllowed(
            "The step was settled on that very day. Give a later day; if that was recorded in error, "
            "take it back instead."
        )


def _refuse_twice(row: StepEvidence) -> None:
    """Two tabs, or a button pressed twice, must not make two facts of one."""
    same = StepEvidence.objects.filter(area=row.area, withdrawn_at=None, **values(row, *FIELDS))
    if same.exists():
        raise NotAllowed("This is recorded already, with the same day and the same words.")

"""Choosing what to work on first. The platform may propose; people choose, with a reason of their own."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.implementation.actions._line import locked, one_at_a_time, put, tell, values
from ithrive.web.implementation.models import Action, Priority

FIELDS = ("title", "statement", "round", "proposed_because", "chosen_because", "chosen_on")
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a priority was proposed: the statement, and the round with the reason where all may know it."""

    statement: str = ""
    round: int | None = None
    because: str = ""


OWN_IDEA = Origin()


@transaction.atomic
def choose_priority(
    *,
    area: LocalArea,
    title: str,
    because: str,
    by: Author,
    origin: Origin = OWN_IDEA,
    on: date | None = None,
) -> Priority:
    """Make something a priority of the area."""
    if not title.strip() or not because.strip():
        raise NotAllowed("Say what the priority is, and why it was chosen.")
    one_at_a_time(area)
    _refuse_twice(area, title, origin)
    row = Priority.objects.create(
        area=area,
        title=title.strip(),
        chosen_because=because.strip(),
        chosen_on=on or timezone.localdate(),
        statement=origin.statement,
        round=origin.round,
        proposed_because=origin.because[:LONGEST_REASON],
    )
    summary = f"priority chosen, “{row.title}”: {row.chosen_because.rstrip('.')}."
    tell(row, area, by=by, action="choose a priority", summary=summary, after=values(row, *FIELDS))
    return row


@transaction.atomic
def close_priority(*, row: Priority, reason: str, by: Author) -> Priority:
    """Stop working on a priority, with the reason. Its open actions must be settled first."""
    area, row = row.area, locked(row)
    if row.closed_on:
        raise NotAllowed("This priority is closed already.")
    open_actions = Action.objects.filter(priority=row, done_on=None, dropped_because="").count()
    if open_actions:
        raise NotAllowed("It has actions that are still open. Record each as done, or drop it, first.")
    put(row, closed_on=timezone.localdate(), closed_because=reason.strip())
    summary = f"priority closed, “{row.title}”: {reason.rstrip('.')}."
    after = values(row, "closed_on", "closed_because")
    tell(row, area, by=by, action="close a priority", summary=summary, after=after)
    return row


def _refuse_twice(area: LocalArea, title: str, origin: Origin) -> None:
    working_on = Priority.objects.filter(area=area, closed_on=None)
    same_title = working_on.filter(title__iexact=title.strip()).exists()
    if same_title or (origin.statement and working_on.filter(statement=origin.statement).exists()):
        raise NotAllowed("This is a priority already. Add actions to it in the plan.")

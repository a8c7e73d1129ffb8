"""The actions of a plan: planned, changed, done, dropped, taken up again."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.framework.approach import approach
from ithrive.implementation import PlannedAction
from ithrive.implementation.plan import (
    why_not_change,
    why_not_drop,
    why_not_finish,
    why_not_plan,
    why_not_reopen,
)
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.implementation.actions._line import locked, put, refuse, tell, values
from ithrive.web.implementation.actions._seen import mark, refuse_unseen
from ithrive.web.implementation.models import Action, Priority
from ithrive.web.implementation.values import as_planned

FIELDS = ("title", "owner", "due_on", "step")
OUTCOME = ("done_on", "evidence", "dropped_because")


@transaction.atomic
def plan_action(
    *, priority: Priority, title: str, owner: str, due_on: date, by: Author, step: str = ""
) -> Action:
    """Add an action to a priority that is being worked on."""
    area, priority = priority.area, locked(priority)
    if priority.closed_on:
        raise NotAllowed("This priority is closed. Choose it again before planning for it.")
    _refuse_unless_plannable(title, owner, due_on, step)
    new = {"title": title.strip(), "owner": owner.strip(), "due_on": due_on, "step": step}
    if Action.objects.filter(priority=priority, done_on=None, dropped_because="", **new).exists():
        raise NotAllowed("This action is in the plan already.")
    added_by = by if isinstance(by, Person) else None
    row = Action.objects.create(priority=priority, added_by=added_by, **new)
    tell(row, area, by=by, action="plan an action", summary=said(row), after=values(row, *FIELDS))
    return row


@transaction.atomic
def change_action(
    *,
    row: Action,
    title: str,
    owner: str,
    due_on: date,
    by: Author,
    step: str = "",
    seen: str | None = None,
) -> Action:
    """Change what, who, by when, or the step it serves. `seen`: its mark when the form was opened."""
    area, row = _area(row), locked(row)
    _refuse_unless_plannable(title, owner, due_on, step)
    new = {"title": title.strip(), "owner": owner.strip(), "due_on": due_on, "step": step}
    before, stood = values(row, *FIELDS), said(row)
    if before == new:
        return row
    refuse(why_not_change(as_planned(row)))
    refuse_unseen(seen, mark(row, FIELDS), stood)
    put(row, **new)
    summary = f"{said(row)} Before that: {stood}"
    tell(row, area, by=by, action="change an action", summary=summary, before=before, after=new)
    return row


@transaction.atomic
def finish_action(*, row: Action, on: date, evidence: str, by: Author) -> Action:
    """Record that it was done, on a day, with what shows it."""
    area, row = _area(row), locked(row)
    refuse(why_not_finish(as_planned(row), on=on, evidence=evidence, today=timezone.localdate()))
    new = {"done_on": on, "evidence": evidence.strip()}
    summary = f"done on {plain_day(on)}, “{row.title}”: {evidence.rstrip('.')}."
    return _outcome(row, area, new, by=by, action="finish an action", summary=summary)


@transaction.atomic
def drop_action(*, row: Action, reason: str, by: Author) -> Action:
    """Give an action up, with the reason."""
    area, row = _area(row), locked(row)
    refuse(why_not_drop(as_planned(row), reason=reason))
    summary = f"dropped, “{row.title}”: {reason.rstrip('.')}."
    new = {"dropped_because": reason.strip()}
    return _outcome(row, area, new, by=by, action="drop an action", summary=summary)


@transaction.atomic
def reopen_action(*, row: Action, by: Author) -> Action:
    """Take an action up again that was done or dropped. The history keeps what stood."""
    area, priority, row = _area(row), locked(row.priority), locked(row)
    refuse(why_not_reopen(as_planned(row)))
    if priority.closed_on:
        raise NotAllowed("Its priority is closed. Choose the priority again, and plan the action there.")
    new = {"done_on": None, "evidence": "", "dropped_because": ""}
    return _outcome(row, area, new, by=by, action="reopen an action", summary=f"taken up again, {said(row)}")


def said(row: Action) -> str:
    """“Agree one referral form”, by 1 May 2026, Jo Reed."""
    return f"“{row.title}”, by {plain_day(row.due_on)}, {row.owner}."


def _outcome(
    row: Action, area: LocalArea, new: dict[str, Any], *, by: Author, action: str, summary: str
) -> Action:
    before = values(row, *OUTCOME)
    put(row, **new)
    after = values(row, *OUTCOME)
    tell(row, area, by=by, action=action, summary=summary, before=before, after=after)
    return row


def _area(row: Action) -> LocalArea:
    return row.priority.area


def _refuse_unless_plannable(title: str, owner: str, due_on: date, step: str) -> None:
    refuse(why_not_plan(PlannedAction(title, owner, due_on)))
    if step and approach().step(step) is None:
        raise NotAllowed("Choose one of the steps of the Approach to Implementation.")

"""The actions of a plan: what state each is in, and what may be done with it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActionState(StrEnum):
    """Derived from what is recorded, never typed in."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One thing to do: an owner, a day, and the evidence that it was done or the reason it was dropped."""

    title: str
    owner: str
    due_on: date | None
    done_on: date | None = None
    evidence: str = ""
    dropped_because: str = ""


def state_of(action: PlannedAction, today: date) -> ActionState:
    """Where an action stands. On the day it is due it is not overdue yet."""
    if action.done_on:
        return ActionState.DONE
    if action.dropped_because:
        return ActionState.DROPPED
    late = action.due_on is not None and action.due_on < today
    return ActionState.OVERDUE if late else ActionState.OPEN


def why_not_plan(action: PlannedAction) -> str | None:
    """The reason why an action cannot stand in a plan, or None if it can."""
    if not action.title.strip():
        return "Say what is to be done."
    if not action.owner.strip():
        return "Say who will see to it: one person, by name or post."
    if action.due_on is None:
        return "Give the day by which it is to be done."
    return None


def why_not_finish(action: PlannedAction, *, on: date, evidence: str, today: date) -> str | None:
    """The reason why an action cannot be recorded as done, or None if it can."""
    if reason := why_not_change(action):
        return reason
    if on > today:
        return "It is done once it was done. Give a day that is not in the future."
    if not evidence.strip():
        return "Say what shows that it was done: a paper, a decision, a figure, a link."
    return None


def why_not_drop(action: PlannedAction, *, reason: str) -> str | None:
    """The reason why an action cannot be dropped, or None if it can."""
    if refused := why_not_change(action):
        return refused
    return None if reason.strip() else "Say why it is dropped, for those who will ask next year."


def why_not_reopen(action: PlannedAction) -> str | None:
    """The reason why an action cannot be taken up again, or None if it can."""
    if action.done_on or action.dropped_because:
        return None
    return "It is open already."


def why_not_change(action: PlannedAction) -> str | None:
    """The reason why an action cannot be changed any more, or None if it can."""
    if action.done_on:
        return "It is done already. Take it up again first if it was not."
    return "It was dropped. Take it up again first." if action.dropped_because else None

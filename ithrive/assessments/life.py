"""The life of a round, as a table, and who may take each step."""

from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a round stands. `SCHEDULED` waits for its window; `MISSED` had a window and nothing came."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    MODERATING = "moderating"  # every rater has submitted; scores are compared and agreed
    LOCKED = "locked"  # agreed, waiting for a second person's signature
    SIGNED_OFF = "signed off"
    MISSED = "missed"


NEXT: dict[State, frozenset[State]] = {
    State.SCHEDULED: frozenset({State.OPEN, State.MISSED}),
    State.OPEN: frozenset({State.MODERATING, State.MISSED}),
    State.MODERATING: frozenset({State.LOCKED, State.OPEN}),
    State.LOCKED: frozenset({State.SIGNED_OFF, State.MODERATING}),
    State.SIGNED_OFF: frozenset({State.MODERATING}),  # reopened, with a reason
    State.MISSED: frozenset({State.OPEN}),  # held late after all: it stays known as late
}

# Ratings are written only while a round is open; its raters change only until all have submitted.
RATERS_CHANGE_IN = frozenset({State.SCHEDULED, State.OPEN, State.MISSED})


class Purpose(StrEnum):
    """What a round is for. A private reflection is the area's own until it chooses to share it."""

    EVALUATED = "evaluated"
    REFLECTION = "reflection"


def why_not_move(state: State, to: State) -> str | None:
    """The reason a round cannot go from one state to another, or None if the table has the step."""
    if to in NEXT[state]:
        return None
    return f"A round that is {state} cannot become {to}."


def why_not_open(state: State, opens: date, today: date) -> str | None:
    """The reason a round cannot be opened for rating."""
    if state not in {State.SCHEDULED, State.MISSED}:
        return f"This round is {state}. Only a scheduled or missed round can be opened."
    if today < opens:
        return f"The window opens on {opens:%-d %B %Y}. Until then the round waits."
    return None


def why_not_miss(state: State, closes: date, today: date, *, held: bool) -> str | None:
    """The reason a round cannot be called missed. `held`: everyone submitted once, though some rate again."""
    if held or state not in {State.SCHEDULED, State.OPEN}:
        return f"This round is {state}, so it was not missed."
    if today <= closes:
        return f"The window closes on {closes:%-d %B %Y}. A round is missed only after that."
    return None


def why_not_remove(state: State, opens: date, today: date) -> str | None:
    """The reason a round cannot be taken off the schedule: what was due stays a fact."""
    if state is not State.SCHEDULED or today >= opens:
        return "Only a round whose window has not opened yet can be taken off the schedule."
    return None


def why_not_change_raters(state: State) -> str | None:
    if state not in RATERS_CHANGE_IN:
        return f"This round is {state}: its raters can no longer change."
    return None


def why_not_withdraw(state: State, *, submitted: bool) -> str | None:
    """The reason a rater cannot be taken off a round. What they submitted counts."""
    if submitted:
        return "This rater has submitted, so their ratings count. Return them first, with a reason."
    return why_not_change_raters(state)

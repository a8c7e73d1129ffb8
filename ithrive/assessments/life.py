"""The life of a round, as a table, and who may take each step."""

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

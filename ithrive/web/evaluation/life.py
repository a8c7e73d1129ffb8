"""The life of a run of a study, as a table, and why a step cannot be taken."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a run stands. What was released is never taken back: others have it already."""

    WAITING = "waiting"
    WORKING = "being worked out"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "not worked out"
    RELEASED = "released"


NEXT: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.WAITING: frozenset({State.WORKING, State.STOPPED}),
        # Back to waiting: the server was stopped in the middle of the work.
        State.WORKING: frozenset({State.DONE, State.FAILED, State.STOPPED, State.WAITING}),
        State.DONE: frozenset({State.RELEASED}),
        State.STOPPED: frozenset(),
        State.FAILED: frozenset(),
        State.RELEASED: frozenset(),
    }
)
# Those whose results are there to be read.
TOLD = (State.DONE, State.RELEASED)


def why_not_move(state: State, to: State) -> str | None:
    """The reason a run cannot go from one state to another, or None if the table has the step."""
    return None if to in NEXT[state] else f"A run that is {state} cannot become {to}."


def why_not_release(state: State, asked_as: str, releases_as: str) -> str | None:
    """The reason this person cannot release a run's results, or None. Two people see all that is released."""
    if reason := why_not_move(state, State.RELEASED):
        return reason
    if asked_as == releases_as:
        return "You asked for this run. Someone else must release its results."
    return None

"""The life of a release, as a table, and why a step cannot be taken."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a release stands. What was released is never taken back: others have it already."""

    PREPARING = "being prepared"
    PREPARED = "prepared"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


NEXT: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.PREPARING: frozenset({State.PREPARED, State.WITHDRAWN}),
        State.PREPARED: frozenset({State.RELEASED, State.WITHDRAWN}),
        State.RELEASED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
)


def why_not_move(state: State, to: State) -> str | None:
    """The reason a release cannot go from one state to another, or None if the table has the step."""
    return None if to in NEXT[state] else f"A release that is {state} cannot become {to}."


def why_not_release_by(state: State, prepared_as: str, releases_as: str) -> str | None:
    """The reason this person cannot release it, or None. Two different people see every release."""
    if reason := why_not_move(state, State.RELEASED):
        return reason
    if prepared_as == releases_as:
        return "You prepared this release. Someone else must release it."
    return None

"""Something dated that shows where an area is with a step. Progress rests on this, and on nothing else."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Shows(StrEnum):
    """What a piece of evidence shows about its step. `RETURNED` opens a step again."""

    BEGUN = "begun"
    REACHED = "reached"
    SKIPPED = "skipped"
    RETURNED = "returned"


class Kind(StrEnum):
    """Where the evidence comes from: what somebody stated, or what the platform knows itself."""

    STATED = "stated"
    ROUND = "round"
    ACTION = "action"


# What several pieces of evidence of one day show together: the furthest of them.
_WITHIN_A_DAY = {Shows.BEGUN: 0, Shows.RETURNED: 1, Shows.SKIPPED: 2, Shows.REACHED: 3}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One dated fact about one step of one area. A step that goes on is begun as often as it is seen."""

    area: str
    step: str
    shows: Shows
    on: date
    what: str
    kind: Kind = Kind.STATED

    @property
    def order(self) -> tuple[date, int, str, str]:
        """Evidence in this order tells the same story, however it was handed in."""
        return self.on, _WITHIN_A_DAY[self.shows], self.step, self.what


def why_not_evidence(evidence: Evidence, *, steps: frozenset[str], today: date) -> str | None:
    """The reason why this cannot stand as evidence, or None if it can."""
    if evidence.step not in steps:
        return "Choose one of the steps of the Approach to Implementation."
    if evidence.on > today:
        return "Evidence is dated on the day it happened. Give a day that is not in the future."
    if not evidence.what.strip():
        if evidence.shows is Shows.SKIPPED:
            return "Say why the step was skipped."
        return "Say what happened that day, so that others can check it."
    return None

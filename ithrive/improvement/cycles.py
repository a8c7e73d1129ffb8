"""Tests of change: Plan, Do, Study, Act. What was tried, what was expected of it, what was found and decided.

After the Model for Improvement (G. Langley and others, The Improvement Guide, 2009): a prediction is written
down before the test, so that the study has something to be compared with.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ithrive.improvement.series import Annotation, AnnotationKind


class Decision(StrEnum):
    """What becomes of a change after its test. None of the three is a failure: each was learned from."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


DONE = {Decision.ADOPT: "adopted", Decision.ADAPT: "to be adapted", Decision.ABANDON: "abandoned"}


@dataclass(frozen=True, slots=True)
class Cycle:
    """One test of a change. `ended`, `found` and `decision` are there together, or it is still under way."""

    change: str
    aim: str
    prediction: str
    plan: str
    started: date
    ended: date | None = None
    found: str = ""
    decision: Decision | None = None

    @property
    def outcome(self) -> str:
        """“under way”, “adopted”, “to be adapted”, “abandoned”."""
        return DONE[self.decision] if self.decision else "under way"


def why_not_begin(cycle: Cycle, today: date, *, after: Cycle | None = None) -> str | None:
    """The reason a test cannot be recorded as begun, or None. `after` is the one whose next cycle it is."""
    if not all(text.strip() for text in (cycle.change, cycle.aim, cycle.prediction, cycle.plan)):
        return "Say what is changed, what for, what you expect, and how you will go about it."
    if cycle.started > today:
        return "This day is still to come. Record a test on the day it begins."
    if after is None:
        return None
    if after.ended is None:
        return "The cycle before is still under way. Say first what was found in it."
    if cycle.started < after.ended:
        return "It begins before the cycle before it ended."
    return None


def why_not_finish(cycle: Cycle, ended: date, found: str, today: date) -> str | None:
    """The reason a test cannot be finished so, or None."""
    if cycle.ended is not None:
        return "It is finished already."
    if not found.strip():
        return "Say what was found, beside what was expected."
    if ended > today:
        return "This day is still to come."
    return "It ended before it began." if ended < cycle.started else None


def cycle_annotations(cycle: Cycle) -> tuple[Annotation, ...]:
    """How it stands on charts: where it began, and where it ended with what was decided."""
    kind, change = AnnotationKind.TEST_OF_CHANGE, cycle.change.strip().rstrip(".")
    began = Annotation(cycle.started, kind, f"begun: {change}")
    if cycle.ended is None:
        return (began,)
    return (began, Annotation(cycle.ended, kind, f"{cycle.outcome}: {change}"))

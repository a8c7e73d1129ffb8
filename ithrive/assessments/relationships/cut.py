"""Calling relationships effective or less effective, only by a cut that somebody set and gave a reason for.

The published evaluation compared effective with ineffective relationships. How it measured and divided them
has not been read by us, so there is no cut of ours to fall back on.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.relationships.questionnaire import LEAST, MOST
from ithrive.assessments.relationships.result import PulseResult

NO_CUT = "The programme has not set what counts as effective."


class Relationships(StrEnum):
    EFFECTIVE = "effective"
    LESS_EFFECTIVE = "less effective"


@dataclass(frozen=True, slots=True)
class Cut:
    """From which overall mean (above 1, at most 5) relationships count as effective; why, and since when.

    It holds for one version of the questions. ValueError where it is off the scale or has no reason.
    """

    at: float
    questionnaire: str
    reason: str
    set_on: date

    def __post_init__(self) -> None:
        if not LEAST < self.at <= MOST:
            raise ValueError(f"A cut lies above {LEAST} and is at most {MOST}.")
        if not self.reason.strip():
            raise ValueError("A cut needs a reason that others can read.")


def relationships(result: PulseResult, cut: Cut | None) -> Relationships | NotComputable:
    """Whether the overall mean reaches the cut, or why nothing can be said."""
    if cut is None:
        return NotComputable(NO_CUT)
    if cut.questionnaire != result.questionnaire.reference:
        return NotComputable(f"The cut was set for other questions: {cut.questionnaire}.")
    if isinstance(result.overall, NotComputable):
        return result.overall
    mean = result.overall.mean
    if isinstance(mean, NotComputable):
        return mean
    return Relationships.EFFECTIVE if mean >= cut.at else Relationships.LESS_EFFECTIVE

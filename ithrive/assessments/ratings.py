"""Ratings as values: one rater's score of one statement, or the reason they cannot give one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater, one statement. Either `score` (1 to 4) or `cannot_rate` (the reason) is given.

    A statement with neither has not been rated yet: it is missing, which is a different thing.
    """

    statement: str
    rater: str
    score: int | None = None
    cannot_rate: str = ""
    evidence: str = ""

    @property
    def missing(self) -> bool:
        return self.score is None and not self.cannot_rate


@dataclass(frozen=True, slots=True)
class AgreedScore:
    """What stands for the area on a statement once the raters' scores have been moderated.

    `score` is None where it was agreed that the statement cannot be rated. `reason` is required where
    raters differed; `low` and `high` are the raters' own lowest and highest, for showing uncertainty.
    """

    statement: str
    score: int | None
    reason: str = ""
    low: int | None = None
    high: int | None = None

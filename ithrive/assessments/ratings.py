"""Ratings as values: one rater's score of one statement, or the reason they cannot give one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ithrive.framework.instrument import HIGHEST, LOWEST, Instrument
from ithrive.problems import BadInput, Problem


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


def checked(ratings: Sequence[Rating], instrument: Instrument) -> Sequence[Rating]:
    """The same ratings, once they are known to fit the instrument. Raises BadInput with all that do not."""
    if problems := [*_misfits(ratings, instrument), *_repeated(ratings)]:
        raise BadInput(problems)
    return ratings


def why_not_score(score: int | None) -> str | None:
    """The reason this cannot be a score, or None if it can. No score at all is no mistake."""
    if score is None or (type(score) is int and LOWEST <= score <= HIGHEST):
        return None
    return f"{score} is not on the scale."


def _misfits(ratings: Sequence[Rating], instrument: Instrument) -> Iterator[Problem]:
    known = {each.code for each in instrument.statement}
    for each in ratings:
        place = f"Rating of {each.statement} by {each.rater}"
        if each.statement not in known:
            version = f"version {instrument.version} of {instrument.title}"
            yield Problem(
                place, f"This statement is not in {version}.", "Read the round with its own version."
            )
        if why_not := why_not_score(each.score):
            yield Problem(place, why_not, f"Give a whole number from {LOWEST} to {HIGHEST}.")
        if each.score is not None and each.cannot_rate:
            yield Problem(place, "It has a score and a reason for having none.", "Keep one of the two.")


def _repeated(ratings: Sequence[Rating]) -> Iterator[Problem]:
    times = Counter((each.statement, each.rater) for each in ratings)
    for (statement, rater), number in times.items():
        if number > 1:
            place = f"Rating of {statement} by {rater}"
            yield Problem(place, f"It is given {number} times.", "Keep one rating for each rater.")

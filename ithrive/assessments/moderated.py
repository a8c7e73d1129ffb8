"""From the raters' scores to the agreed one: where they differ, by how much, and what is kept of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ithrive.assessments.ratings import AgreedScore, Rating, checked
from ithrive.framework.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Compared:
    """What the raters of a round gave to one statement, by rater: scores, and reasons for having none."""

    statement: str
    scores: Mapping[str, int]
    cannot_rate: Mapping[str, str]

    @property
    def low(self) -> int | None:
        return min(self.scores.values(), default=None)

    @property
    def high(self) -> int | None:
        return max(self.scores.values(), default=None)

    @property
    def steps_apart(self) -> int:
        """Between the lowest and the highest score; nought where fewer than two were given."""
        return max(self.scores.values(), default=0) - min(self.scores.values(), default=0)

    @property
    def differs(self) -> bool:
        """Scores differ, or some could rate the statement and some could not."""
        return self.steps_apart > 0 or bool(self.scores and self.cannot_rate)

    def needs_reason(self, agreed: int | None) -> bool:
        """An agreed score needs a reason where raters differed, and where it is not what they all gave.

        What nobody could rate carries the raters' own reasons, so leaving it unrated needs no other.
        """
        return self.differs or agreed != self.low


def compared(ratings: Sequence[Rating], instrument: Instrument) -> dict[str, Compared]:
    """Every statement of the instrument, in its order, with what its raters gave; what is missing is absent.

    Raises BadInput where a rating does not fit the instrument.
    """
    scores: dict[str, dict[str, int]] = defaultdict(dict)
    cannot_rate: dict[str, dict[str, str]] = defaultdict(dict)
    for each in checked(ratings, instrument):
        if each.score is not None:
            scores[each.statement][each.rater] = each.score
        elif each.cannot_rate:
            cannot_rate[each.statement][each.rater] = each.cannot_rate
    return {
        each.code: Compared(each.code, scores[each.code], cannot_rate[each.code])
        for each in instrument.statement
    }


def agreed_without_talk(compared: Mapping[str, Compared]) -> dict[str, AgreedScore]:
    """What stands without moderation: statements that every rater scored alike, or that nobody could rate."""
    return {
        code: agreed_score(each, each.low)
        for code, each in compared.items()
        if not each.differs and (each.scores or each.cannot_rate)
    }


def agreed_score(compared: Compared, score: int | None, reason: str = "") -> AgreedScore:
    """The agreed score of a statement, keeping the raters' own lowest and highest.

    Whether a reason is needed is told by `Compared.needs_reason`. Where nobody could rate the statement and
    none is given, their own reasons are kept.
    """
    if score is None and not reason:
        reason = "; ".join(sorted(set(compared.cannot_rate.values())))
    return AgreedScore(compared.statement, score, reason, compared.low, compared.high)


def to_talk_about(compared: Mapping[str, Compared]) -> tuple[Compared, ...]:
    """The statements on which raters differ, widest apart first, otherwise in the instrument's order."""
    return tuple(
        sorted((each for each in compared.values() if each.differs), key=lambda each: -each.steps_apart)
    )

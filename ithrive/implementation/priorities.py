"""What an area might work on first, proposed from a round with the reason. People decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ithrive.framework.instrument import HIGHEST, THRIVE_LIKE
from ithrive.implementation.movability import NOTHING_KNOWN, Movability


@dataclass(frozen=True, slots=True)
class Candidate:
    """One statement of the round. `score` 1 to 4; `change` in points since the round before, None where
    there was none. `wanted`: how often young people and the steering group chose it, None where nobody was
    asked. `movability`: what other areas show."""

    statement: str
    principle: str
    level: str
    score: int
    change: int | None = None
    wanted: int | None = None
    movability: Movability = NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class Proposal:
    """One statement in its place, from 1 on. `reason` says why it is proposed, `tie` why it stands after the
    one before it where both are level in everything."""

    place: int
    candidate: Candidate
    reason: str
    tie: str = ""


def proposed(candidates: Iterable[Candidate], at_most: int = 5) -> tuple[Proposal, ...]:
    """The statements to look at first: the lowest, then the most movable, then the most wanted.

    What is not known comes after what is known. Those level in all three keep the order in which they were
    given (the instrument's). A statement at 4 has nowhere to go and is left out.
    """
    in_order = sorted((each for each in candidates if each.score < HIGHEST), key=_order)[:at_most]
    ties = ["", *(_tie(before, after) for before, after in pairwise(in_order))]
    return tuple(
        Proposal(place, each, reason(each), tie)
        for place, (each, tie) in enumerate(zip(in_order, ties, strict=False), start=1)
    )


def _order(candidate: Candidate) -> tuple[int, bool, float, bool, int]:
    share, wanted = candidate.movability.share, candidate.wanted
    return candidate.score, share is None, -(share or 0), wanted is None, -(wanted or 0)


def _tie(before: Candidate, after: Candidate) -> str:
    if _order(before) != _order(after):
        return ""
    return f"It is level with “{before.principle}” in all three, so they stand as in the instrument."


def reason(candidate: Candidate) -> str:
    """Why a statement is proposed, in words."""
    return " ".join((_low(candidate), _movable(candidate), _wanted(candidate)))


def _low(candidate: Candidate) -> str:
    like = "not yet THRIVE-like" if candidate.score < THRIVE_LIKE else "THRIVE-like, and can still grow"
    return f"Scored {candidate.score} of {HIGHEST}, {like}{_change(candidate.change)}."


def _change(change: int | None) -> str:
    if change is None:
        return ""
    if change == 0:
        return "; the same as last time"
    return f"; {abs(change)} {'higher' if change > 0 else 'lower'} than last time"


def _movable(candidate: Candidate) -> str:
    found = candidate.movability
    if found.share is None:
        return f"Too few other areas have been at this score to tell how movable it is ({found.areas})."
    return f"Of {found.areas} other areas at this score, {found.moved} moved up within a year."


def _wanted(candidate: Candidate) -> str:
    match candidate.wanted:
        case None:
            return "Nobody has been asked yet whether they want it."
        case 1:
            return "Chosen once by young people or the steering group."
        case times:
            return f"Chosen {times} times by young people or the steering group."

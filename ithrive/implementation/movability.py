"""How often other areas that had our score on a statement moved up within a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.implementation.alike import ENOUGH_AREAS
from ithrive.periods import add_months

WITHIN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Scored:
    """One statement's agreed score (1 to 4) in one round of one area, held on a day."""

    statement: str
    on: date
    score: int


@dataclass(frozen=True, slots=True)
class Movability:
    """Of `areas` other areas that had our score on a statement, `moved` scored higher within a year."""

    moved: int
    areas: int

    @property
    def share(self) -> float | None:
        """The share that moved, 0 to 1; None where there are too few areas to tell."""
        return self.moved / self.areas if self.areas >= ENOUGH_AREAS else None


NOTHING_KNOWN = Movability(0, 0)


def movability(others: Mapping[str, Iterable[Scored]], statement: str, score: int) -> Movability:
    """What the rounds of other areas show. Each area counts once, from the first round in which it had the
    score and was asked again within a year; one that was not asked again within a year cannot count."""
    outcomes = [
        _moved(sorted(_of(rounds, statement), key=lambda each: each.on), score) for rounds in others.values()
    ]
    known = [moved for moved in outcomes if moved is not None]
    return Movability(sum(known), len(known))


def _of(rounds: Iterable[Scored], statement: str) -> list[Scored]:
    return [each for each in rounds if each.statement == statement]


def _moved(rounds: Sequence[Scored], score: int) -> bool | None:
    for index, start in enumerate(rounds):
        until = add_months(start.on, WITHIN_MONTHS)
        later = [each.score for each in rounds[index + 1 :] if start.on < each.on <= until]
        if start.score == score and later:
            return max(later) > score
    return None

"""Ratings laid out as arrays: rounds by statements by raters, so that many rounds are counted in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ithrive.assessments.ratings import Rating, checked
from ithrive.framework.instrument import HIGHEST, Instrument

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Below this an interval would span nearly the whole range, and one statement could turn the result round.
FEWEST_STATEMENTS = 5


@dataclass(frozen=True)
class Grid:
    """`scores` (rounds x statements x raters) holds 1 to 4, and 0 where there is no score for any reason.

    `raters` is how many took part in each round: rounds with fewer raters than the widest have empty places
    at the end. `cannot_rate` marks a reason given instead of a score; what is neither is missing.
    """

    scores: Whole
    cannot_rate: Flags
    raters: Whole

    def at(self, statements: Sequence[int]) -> "Grid":
        """The same rounds on some of the statements."""
        chosen = list(statements)
        return Grid(self.scores[:, chosen], self.cannot_rate[:, chosen], self.raters)


def grid(rounds: Sequence[Sequence[Rating]], instrument: Instrument) -> Grid:
    """The ratings of rounds made with one instrument. Raises BadInput where one does not fit it."""
    row = {each.code: number for number, each in enumerate(instrument.statement)}
    raters = [_places(ratings) for ratings in rounds]
    shape = (len(rounds), len(row), max((len(each) for each in raters), default=0))
    scores, cannot_rate = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    for number, ratings in enumerate(rounds):
        for each in checked(ratings, instrument):
            place = number, row[each.statement], raters[number][each.rater]
            scores[place] = each.score or 0
            cannot_rate[place] = bool(each.cannot_rate)
    return Grid(scores, cannot_rate, np.array([len(each) for each in raters], dtype=np.int64))


def _places(ratings: Sequence[Rating]) -> dict[str, int]:
    """Each rater's place, by name, so that the order in which ratings come changes nothing."""
    return {rater: place for place, rater in enumerate(sorted({each.rater for each in ratings}))}


def given(scores: Whole, highest: int = HIGHEST) -> Whole:
    """How many raters gave each score to each statement: rounds x statements x scores."""
    return np.stack([(scores == score).sum(axis=-1) for score in range(1, highest + 1)], axis=-1)

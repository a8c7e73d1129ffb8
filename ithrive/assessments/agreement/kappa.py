"""Weighted kappa (Cohen 1968): agreement between two raters beyond chance, near misses counting in part.

Disagreement between scores i and j weighs |i - j| (linear) or its square (quadratic). Everything that is
summed is a whole number, so a round gives the very same figure alone and among a thousand.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ithrive.assessments.agreement.grid import FEWEST_STATEMENTS, Flags, Real, Whole
from ithrive.framework.instrument import HIGHEST

LINEAR, QUADRATIC = 1, 2
UPPER = 0.975


@dataclass(frozen=True)
class Kappa:
    """Kappa of each round with its standard error; NaN where no two raters can be compared.

    `raters` and `statements` are how many of each have a part in it.
    """

    value: Real
    error: Real
    raters: Whole
    statements: Whole


@dataclass(frozen=True)
class _Pair:
    """Two raters' kappa in each round, and what it would be without each statement (rounds x statements)."""

    value: Real
    without: Real
    both: Flags
    usable: Flags


def weighted_kappa(
    scores: Whole, power: int, *, fewest: int = FEWEST_STATEMENTS, highest: int = HIGHEST
) -> Kappa:
    """Kappa of each round (`scores`: rounds x statements x raters, 0 where there is none).

    With more than two raters it is the plain mean over the pairs of raters who share at least `fewest`
    statements (Light 1971, weighted). The standard error is the jackknife's (Fleiss and Davies 1982): each
    statement is left out in turn, of every pair at once, so that raters whom pairs share count.
    """
    rounds, statements, raters = scores.shape
    total, without = np.zeros(rounds), np.zeros((rounds, statements))
    pairs, counted = np.zeros(rounds, dtype=np.int64), np.zeros((rounds, statements), dtype=np.bool_)
    compared = np.zeros((rounds, raters), dtype=np.bool_)
    for one, other in combinations(range(raters), 2):
        pair = _pair(scores[..., one], scores[..., other], power, fewest, highest)
        usable = pair.usable[:, None]
        total += np.where(pair.usable, pair.value, 0)
        without += np.where(usable, pair.without, 0)
        pairs += pair.usable
        counted |= usable & pair.both
        compared[:, [one, other]] |= usable
    with np.errstate(divide="ignore", invalid="ignore"):
        value, error = total / pairs, _jackknifed(without / pairs[:, None], counted)
    return Kappa(value, error, compared.sum(axis=1), counted.sum(axis=1))


def kappa_interval(kappa: Kappa) -> tuple[Real, Real]:
    """Both ends of a 95% interval: Student's t on Fisher's scale for intraclass correlations (1925), which
    reaches from the lowest that so many raters can come to, -1/(raters - 1), up to 1.

    That scale is the log odds of how far along that way kappa stands. NaN where it stands at an end.
    """
    # Imported when needed: it would double the time that any command takes to start.
    from scipy.special import expit, logit, stdtrit

    others = kappa.raters - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        along = (1 + others * kappa.value) / kappa.raters
        of_along = others * kappa.error / kappa.raters
        reach = stdtrit(kappa.statements - 1, UPPER) * of_along / (along * (1 - along))
        low, high = ((kappa.raters * expit(logit(along) + each) - 1) / others for each in (-reach, reach))
    return low, high


def _jackknifed(without: Real, counted: Flags) -> Real:
    """The standard error from what a figure would be without each of the statements that are counted."""
    number = counted.sum(axis=1)
    mean = _summed(np.where(counted, without, 0)) / number
    apart = np.where(counted, without - mean[:, None], 0)
    error: Real = np.sqrt((number - 1) / number * _summed(apart**2))
    return error


def _summed(figures: Real) -> Real:
    """Statement after statement: the order of NumPy's own sum could change with the number of rounds."""
    return sum(figures.T, start=np.zeros(len(figures)))


def _pair(one: Whole, other: Whole, power: int, fewest: int, highest: int) -> _Pair:
    both = (one > 0) & (other > 0)
    number = both.sum(axis=-1)
    scale = np.arange(1, highest + 1)
    weights = np.abs(scale[:, None] - scale) ** power
    chosen, chosen_by_other = (
        ((s[..., None] == scale) & both[..., None]).astype(np.int64) for s in (one, other)
    )
    margin, margin_of_other = chosen.sum(axis=1), chosen_by_other.sum(axis=1)
    apart = np.where(both, np.abs(one - other) ** power, 0)
    observed, expected = apart.sum(axis=-1), (margin @ weights * margin_of_other).sum(axis=-1)
    # By how much each statement's two scores differ from what each rater gives on the whole.
    from_margins = (chosen * (margin_of_other @ weights)[:, None]).sum(axis=-1)
    from_margins += (chosen_by_other * (margin @ weights)[:, None]).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 1 - number * observed / expected
        left = (number - 1)[:, None] * (observed[:, None] - apart)
        without = 1 - left / (expected[:, None] - from_margins + apart)
    without = np.where(both, without, value[:, None])
    return _Pair(value, without, both, (number >= fewest) & (expected > 0))

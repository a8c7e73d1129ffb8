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
class _Pair:
    """Two raters' kappa in each round, and how far each statement pulls it (rounds x statements)."""

    value: Real
    pull: Real
    usable: Flags


def weighted_kappa(
    scores: Whole, power: int, *, fewest: int = FEWEST_STATEMENTS, highest: int = HIGHEST
) -> tuple[Real, Real]:
    """Value and standard error, one for each round; NaN where no two raters can be compared.

    With more than two raters it is the plain mean over the pairs of raters who share at least `fewest`
    statements (Light 1971, weighted). The standard error is the large-sample one of Fleiss, Cohen and Everitt
    (1969): for the mean of several pairs their statements' pulls are averaged first, so that shared raters
    count.
    """
    rounds, statements, raters = scores.shape
    total, pull, usable = np.zeros(rounds), np.zeros((rounds, statements)), np.zeros(rounds, dtype=np.int64)
    for one, other in combinations(range(raters), 2):
        pair = _pair(scores[..., one], scores[..., other], power, fewest, highest)
        total += np.where(pair.usable, pair.value, 0)
        pull += np.where(pair.usable[:, None], pair.pull, 0)
        usable += pair.usable
    with np.errstate(divide="ignore", invalid="ignore"):
        value = total / usable
        # Statement after statement: the order of NumPy's own sum could change with the number of rounds.
        error = np.sqrt(sum(pull.T**2, start=np.zeros(rounds))) / usable
    return value, error


def kappa_interval(value: Real, error: Real, statements: Whole) -> tuple[Real, Real]:
    """Both ends of a 95% interval. The error is the large-sample one; few statements widen it as for a mean:
    Student's t with one degree of freedom less than there are statements, and their variance divided by that.
    """
    # Imported when needed: it would double the time that any command takes to start.
    from scipy.special import stdtrit

    with np.errstate(divide="ignore", invalid="ignore"):
        reach = error * stdtrit(statements - 1, UPPER) * np.sqrt(statements / (statements - 1))
    return np.maximum(value - reach, -1), np.minimum(value + reach, 1)


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
        ratio = number * observed / expected
        n, e = number[:, None], expected[:, None]
        pull = ratio[:, None] * (n * from_margins - 2 * e) / (n * e) - (n * apart - observed[:, None]) / e
    return _Pair(1 - ratio, np.where(both, pull, 0), (number >= fewest) & (expected > 0))

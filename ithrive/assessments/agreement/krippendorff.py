"""Krippendorff's alpha: agreement beyond chance for any number of raters, some scores missing.

Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania. "Ordinal"
here is his metric; Gwet's ordinal weights are another one and give other figures.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import combinations
from math import lcm

import numpy as np

from ithrive.assessments.agreement.grid import Real, Whole

# A metric takes how often each score occurs (scores x ...) and gives the squared distances between scores,
# pair after pair in the order of `combinations`.
Metric = Callable[[Real], Iterable[Real]]

RESAMPLES = 1_000
SEED = 2015
# Where more resamples than this have no alpha of their own, what is left is no fair picture.
LARGEST_SHARE_UNDEFINED = 0.1
TAIL = 0.025
# Rounds resampled together: beyond this their arrays no longer fit a processor's cache.
TOGETHER = 32


def nominal(occurring: Real) -> Iterable[Real]:
    """Scores are alike or not."""
    return (np.ones(()) for _ in combinations(occurring, 2))


def ordinal(occurring: Real) -> Iterable[Real]:
    """Each score stands at its mid-rank (doubled, so that it is whole)."""
    return _squares(2 * np.cumsum(occurring, axis=0) - occurring)


def interval(occurring: Real) -> Iterable[Real]:
    """Each score stands at its own value."""
    return _squares(np.arange(len(occurring), dtype=np.float64))


def _squares(position: Real) -> Iterable[Real]:
    return ((one - other) ** 2 for one, other in combinations(position, 2))


def krippendorff_alpha(given: Whole, metric: Metric = ordinal) -> Real:
    """Alpha of each round; NaN where nothing varies or nothing can be paired.

    `given` counts scores (rounds x statements x scores). A statement with one score or none has no part in
    it.
    """
    return _alpha(_contributions(given).sum(axis=-1), given, metric)


def alpha_interval(given: Whole, metric: Metric = ordinal) -> tuple[Real, Real]:
    """Both ends of a 95% interval for each round: percentiles of 1,000 resamples of statements, fixed seed.

    Statements are drawn with replacement from those of the round that have at least two scores. A resample in
    which nothing varies has no alpha and is left out; NaN where that happens to more than a tenth of them.
    """
    low, high = np.full(len(given), np.nan), np.full(len(given), np.nan)
    paired = given.sum(axis=-1) > 1
    for number in np.unique(paired.sum(axis=-1)):
        alike = np.flatnonzero(paired.sum(axis=-1) == number)
        for few in np.array_split(alike, -(-len(alike) // TOGETHER)) if number else ():
            kept = given[few][paired[few]].reshape(len(few), number, -1)
            low[few], high[few] = _ends(_alpha(_contributions(kept) @ _draws(int(number)), kept, metric))
    return low, high


def _scale(given: Whole) -> int:
    """What makes each statement's weight 1/(scores - 1) whole, so that sums are exact in any order."""
    return lcm(*range(1, max(2, int(given.sum(axis=-1).max(initial=0)))))


def _contributions(given: Whole) -> Real:
    """What each statement adds: how often each score occurs, then the pairs of unlike scores (scaled).

    Shape: rounds x (scores + pairs of scores) x statements.
    """
    scores = given.shape[-1]
    of_statement = given.sum(axis=-1)
    weight = np.where(of_statement > 1, _scale(given) // np.maximum(of_statement - 1, 1), 0)
    occurring = [np.where(of_statement > 1, given[..., each], 0) for each in range(scores)]
    unlike = [weight * given[..., a] * given[..., b] for a, b in combinations(range(scores), 2)]
    return np.stack(occurring + unlike, axis=1).astype(np.float64)


@lru_cache(maxsize=64)
def _draws(statements: int) -> Real:
    """How often each statement is in each resample: statements x resamples. The same every time."""
    chosen = np.random.default_rng([SEED, statements]).integers(statements, size=(RESAMPLES, statements))
    return np.stack([(chosen == each).sum(axis=1) for each in range(statements)]).astype(np.float64)


def _alpha(contributions: Real, given: Whole, metric: Metric) -> Real:
    """One less observed over expected disagreement, from summed contributions (rounds x them x ...)."""
    summed = np.moveaxis(contributions, 1, 0)
    occurring, unlike = np.split(summed, [given.shape[-1]])
    observed, expected = np.zeros(summed.shape[1:]), np.zeros(summed.shape[1:])
    for (one, other), pairs, apart in zip(combinations(occurring, 2), unlike, metric(occurring), strict=True):
        observed += pairs * apart
        expected += one * other * apart
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha: Real = 1 - (occurring.sum(axis=0) - 1) * observed / (_scale(given) * expected)
    return np.where(expected > 0, alpha, np.nan)


def _ends(alphas: Real) -> tuple[Real, Real]:
    """The percentiles of each round that cut off its tails; undefined resamples are sorted to the end."""
    ordered = np.sort(alphas, axis=-1)
    defined = (~np.isnan(alphas)).sum(axis=-1)
    fair = defined >= (1 - LARGEST_SHARE_UNDEFINED) * alphas.shape[-1]
    low, high = (_percentile(ordered, share * np.maximum(defined - 1, 0)) for share in (TAIL, 1 - TAIL))
    return np.where(fair, low, np.nan), np.where(fair, high, np.nan)


def _percentile(ordered: Real, position: Real) -> Real:
    """The value at a place between two ranks, in proportion."""
    before = np.floor(position).astype(np.int64)
    below = np.take_along_axis(ordered, before[:, None], axis=-1)[:, 0]
    above = np.take_along_axis(ordered, np.ceil(position).astype(np.int64)[:, None], axis=-1)[:, 0]
    result: Real = below + (position - before) * (above - below)
    return result

"""How alike the two arms are in each covariate, before matching and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.matching.matches import Match

# A difference of less than this, in standard deviations, is commonly taken as balance (Stuart 2010).
BALANCED = 0.1


@dataclass(frozen=True, slots=True)
class Sample:
    """One covariate in two groups of sites.

    `difference` is that of the means over the standard deviation before matching (the root of the mean of
    both groups' variances, so that matching cannot flatter it by changing the scale). `ratio` is that of the
    variances, accelerator over others; None where either has no spread. `ecdf_mean` and `ecdf_max` are how
    far the shares of sites at or below each value lie apart, on average over the values and at most.
    """

    accelerator: float
    others: float
    difference: float
    ratio: float | None
    ecdf_mean: float
    ecdf_max: float


@dataclass(frozen=True, slots=True)
class CovariateBalance:
    covariate: str
    before: Sample
    after: Sample


def balance(match: Match) -> tuple[CovariateBalance, ...]:
    """Balance of each covariate: all accelerator sites against all others, then those that were matched.

    Before, guards and calipers play no part. After, an accelerator site counts once and so do its others
    together.
    """
    candidates = match.candidates
    place = {site: at for at, site in enumerate(candidates.sites)}
    before = candidates.accelerator.astype(np.float64), (~candidates.accelerator).astype(np.float64)
    after = np.zeros(len(place)), np.zeros(len(place))
    for each in match.sets:
        after[0][place[each.site]] = 1
        after[1][[place[other] for other in each.others]] = 1 / len(each.others)
    return balance_between(candidates.covariates, candidates.values, before, after)


def balance_between(
    covariates: Sequence[str], values: Floats, before: tuple[Floats, Floats], after: tuple[Floats, Floats]
) -> tuple[CovariateBalance, ...]:
    """Balance of each column of `values` (sites x covariates). `before` and `after` weigh the sites of either
    group; differences are in standard deviations as they were before.
    """
    return tuple(
        CovariateBalance(covariate, _sample(each, *before, scale), _sample(each, *after, scale))
        for covariate, each in zip(covariates, values.T, strict=True)
        for scale in (_scale(each, *before),)
    )


def largest_difference(found: tuple[CovariateBalance, ...]) -> float:
    """The largest standardised difference that is left, whichever way."""
    return max(abs(each.after.difference) for each in found)


def _sample(values: Floats, mine: Floats, others: Floats, scale: float) -> Sample:
    means = _mean(values, mine), _mean(values, others)
    spread = _variance(values, mine), _variance(values, others)
    apart = _steps(values, mine, others)
    return Sample(
        *means,
        difference=(means[0] - means[1]) / scale,
        ratio=spread[0] / spread[1] if spread[0] and spread[1] else None,
        ecdf_mean=float(apart.mean()),
        ecdf_max=float(apart.max()),
    )


def _scale(values: Floats, mine: Floats, others: Floats) -> float:
    spread = [_variance(values, weights) or 0.0 for weights in (mine, others)]
    # A single accelerator site has no spread of its own, so the others' is taken.
    there = [each for each in spread if each] or [float(values.var())]
    return float(np.sqrt(np.mean(there)))


def _mean(values: Floats, weights: Floats) -> float:
    return float(values @ weights / weights.sum())


def _variance(values: Floats, weights: Floats) -> float | None:
    """The variance with weights; as usual over n - 1 where they are equal. None for fewer than two sites."""
    shares = weights / weights.sum()
    left = 1 - float(shares @ shares)
    if left < 1e-12:
        return None
    return float(shares @ (values - values @ shares) ** 2) / left


def _steps(values: Floats, mine: Floats, others: Floats) -> Floats:
    """How far apart the two groups' shares of sites at or below each value are, at every value there is."""
    there = (mine > 0) | (others > 0)
    _, at = np.unique(values[there], return_inverse=True)
    gained = np.bincount(at, mine[there] / mine.sum() - others[there] / others.sum())
    return np.abs(np.cumsum(gained))

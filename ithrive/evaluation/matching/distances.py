"""How unlike two sites are: three distances, each with its source.

All are accelerator sites x other sites, in the order of `Candidates`.
"""

from typing import Literal

import numpy as np

from ithrive.evaluation.arrays import Floats, Marks
from ithrive.evaluation.matching.candidates import PLACE, Candidates
from ithrive.evaluation.matching.propensity import linear_score
from ithrive.problems import BadInput, Problem

Method = Literal["mahalanobis", "rank-mahalanobis", "propensity"]
METHODS: tuple[Method, ...] = ("mahalanobis", "rank-mahalanobis", "propensity")

# Covariates of which one follows from the others to so many digits cannot be told apart.
SINGULAR = 1e-10


def distances(candidates: Candidates, method: Method, penalty: float = 1.0) -> Floats:
    """Distances by a method; `penalty` is that of the propensity score. Raises BadInput without one."""
    if method == "mahalanobis":
        return mahalanobis(candidates)
    if method == "rank-mahalanobis":
        return rank_mahalanobis(candidates)
    score = linear_score(candidates, penalty)
    score = score / pooled_deviation(candidates, score)
    return np.abs(score[candidates.accelerator][:, None] - score[~candidates.accelerator])


def mahalanobis(candidates: Candidates) -> Floats:
    """Mahalanobis distances, the covariance pooled within the two groups as MatchIt and optmatch have it.

    The covariance of all sites together would count the difference between the groups as spread.
    """
    return _between(candidates, candidates.values, pooled_covariance(candidates, candidates.values))


def rank_mahalanobis(candidates: Candidates) -> Floats:
    """Mahalanobis distances of ranks (Rosenbaum 2010, Design of Observational Studies, section 8.3).

    Outliers and ties then weigh no more than other sites: each covariate gets the spread of untied ranks.
    """
    ranks = np.column_stack([_ranks(column) for column in candidates.values.T])
    count = len(ranks)
    covariance = np.atleast_2d(np.cov(ranks.T))
    stretch = np.sqrt((count * (count + 1) / 12) / np.diag(covariance))
    return _between(candidates, ranks, covariance * np.outer(stretch, stretch))


def pooled_covariance(candidates: Candidates, values: Floats) -> Floats:
    """Sums of squares and products within the two groups, over the number of sites less two."""
    inner = np.concatenate(
        [values[group] - values[group].mean(axis=0) for group in _groups(candidates)], axis=0
    )
    return np.asarray(inner.T @ inner / max(len(values) - 2, 1))


def pooled_deviation(candidates: Candidates, values: Floats) -> float:
    """The standard deviation of one covariate within the two groups, pooled."""
    return float(np.sqrt(pooled_covariance(candidates, values.reshape(-1, 1))[0, 0]))


def _groups(candidates: Candidates) -> tuple[Marks, Marks]:
    return candidates.accelerator, ~candidates.accelerator


def _between(candidates: Candidates, values: Floats, covariance: Floats) -> Floats:
    _refuse_singular(candidates, covariance)
    # Where the inverse is L L', the distance is a plain one between values times L.
    turned = values @ np.linalg.cholesky(np.linalg.inv(covariance))
    apart = turned[candidates.accelerator][:, None] - turned[~candidates.accelerator]
    return np.asarray(np.sqrt((apart**2).sum(axis=2)))


def _refuse_singular(candidates: Candidates, covariance: Floats) -> None:
    spread = np.sqrt(np.diag(covariance))
    if (flat := np.flatnonzero(spread <= 1e-12 * np.abs(candidates.values).max(axis=0))).size:
        what = f"{candidates.covariates[flat[0]]} does not vary within the two groups of sites."
        raise BadInput(Problem(PLACE, what, "Leave it out, or match exactly on it."))
    size, direction = np.linalg.eigh(covariance / np.outer(spread, spread))
    if size[0] < SINGULAR:
        involved = np.flatnonzero(np.abs(direction[:, 0]) > 0.1)
        names = ", ".join(candidates.covariates[at] for at in involved)
        what = f"Of the covariates {names}, one follows from the others."
        raise BadInput(Problem(PLACE, what, "Leave one of them out, or give more sites than covariates."))


def _ranks(column: Floats) -> Floats:
    """Ranks from 1 on, ties sharing the mean of theirs."""
    _, inverse, counts = np.unique(column, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse])

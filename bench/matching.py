"""Matching 10 of 200 sites on six covariates, against the tightest NumPy and SciPy.

The floor pools the covariance, takes distances and assigns. Ours also refuses what cannot be matched, keeps
to guards and calipers, proves that the match is the best and says how much worse the next best is.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.matching import METHODS, Candidates, Way, alternatives, balance, match

TREATED, SITES, COVARIATES = 10, 210, 6
RUNS, REPEATS = 7, 20

Result = TypeVar("Result")


def main() -> None:
    """Prints milliseconds of processor time, warm."""
    values = np.random.default_rng(2015).normal(size=(SITES, COVARIATES))
    began = np.arange(SITES) < TREATED
    names = [f"site {at:03}" for at in range(SITES)]
    covariates = [f"covariate {at}" for at in range(COVARIATES)]
    candidates = Candidates.of(names, values, began, covariates=covariates)
    least, bare = _spent(lambda: floor(values, began))
    print(f"tight NumPy and SciPy floor: {least * 1000:.2f} ms")
    for method in METHODS:
        way = Way(method)
        ours, found = _spent(lambda way=way: match(candidates, way))
        same = f" (total the same: {np.isclose(found.total, bare)})" if method == "mahalanobis" else ""
        print(f"match() by {way.words}: {ours * 1000:.2f} ms, {ours / least:.1f} times the floor{same}")
    chosen = match(candidates)
    weighed, _ = _spent(lambda: balance(chosen))
    beside, _ = _spent(lambda: alternatives(chosen))
    print(f"balance(): {weighed * 1000:.2f} ms; alternatives(), five ways: {beside * 1000:.1f} ms")


def floor(values: Floats, began: np.ndarray) -> float:
    """The least total distance, worked out with nothing else."""
    mine, others = values[began], values[~began]
    inner = np.vstack([mine - mine.mean(axis=0), others - others.mean(axis=0)])
    turned = values @ np.linalg.cholesky(np.linalg.inv(inner.T @ inner / (len(values) - 2)))
    apart = turned[began][:, None] - turned[~began]
    distance = np.sqrt((apart * apart).sum(axis=2))
    return float(distance[linear_sum_assignment(distance)].sum())


def _spent(task: Callable[[], Result]) -> tuple[float, Result]:
    """The least processor seconds of one task among several runs, after one to warm up."""
    result = task()
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        for _ in range(REPEATS):
            result = task()
        spent.append((time.process_time() - start) / REPEATS)
    return min(spent), result


if __name__ == "__main__":
    main()

"""How much like an accelerator site each site is: a logistic score, held back by a ridge."""

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.matching.candidates import PLACE, Candidates
from ithrive.problems import BadInput, Problem

MOST_STEPS = 100
SETTLED = 1e-10


def linear_score(candidates: Candidates, penalty: float = 1.0) -> Floats:
    """The log odds of being an accelerator site, for each site (le Cessie and van Houwelingen 1992).

    Covariates are standardised; half of `penalty` times the squared coefficients is taken from the log
    likelihood, the intercept apart. Without a penalty few sites can often be told apart perfectly: then there
    is no score, and BadInput is raised.
    """
    if penalty < 0:
        raise BadInput(Problem(PLACE, f"A penalty of {penalty:g} is below nought.", "Give 1, or another."))
    if penalty == 0 and separated(candidates):
        what = "The covariates separate accelerator sites from the others perfectly, so there is no score."
        raise BadInput(Problem(PLACE, what, "Use Mahalanobis distances, or a penalty such as 1."))
    design = _design(candidates)
    ridge = np.diag([0.0, *[penalty] * (design.shape[1] - 1)])
    return np.asarray(design @ _coefficients(design, candidates.accelerator.astype(np.float64), ridge))


def separated(candidates: Candidates) -> bool:
    """Whether some weighting of the covariates puts every accelerator site on one side of all others."""
    from scipy.optimize import linprog  # slow to import, and seldom needed

    signed = np.where(candidates.accelerator, -1.0, 1.0)[:, None] * _design(candidates)
    found = linprog(np.zeros(signed.shape[1]), signed, -np.ones(len(signed)), bounds=(None, None))
    return bool(found.status == 0)


def _design(candidates: Candidates) -> Floats:
    values = candidates.values
    standard = (values - values.mean(axis=0)) / values.std(axis=0, ddof=1)
    return np.column_stack([np.ones(len(values)), standard])


def _coefficients(design: Floats, began: Floats, ridge: Floats) -> Floats:
    """Newton's steps, each halved until it is uphill."""
    found = np.zeros(design.shape[1])
    height = _height(design, began, ridge, found)
    for _ in range(MOST_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(design @ found, -500, 500)))
        uphill = design.T @ (began - odds) - ridge @ found
        bend = (design * (odds * (1 - odds))[:, None]).T @ design + ridge
        step = np.linalg.lstsq(bend, uphill, rcond=None)[0]
        while (higher := _height(design, began, ridge, found + step)) < height and np.abs(
            step
        ).max() > SETTLED:
            step = step / 2
        found, height = found + step, higher
        if np.abs(step).max() < SETTLED:
            break
    return np.asarray(found)


def _height(design: Floats, began: Floats, ridge: Floats, found: Floats) -> float:
    score = design @ found
    return float((began * score - np.logaddexp(0, score)).sum() - found @ ridge @ found / 2)

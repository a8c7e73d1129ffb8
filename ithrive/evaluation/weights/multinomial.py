"""Multinomial logistic regression: the chance of each person to be in each of a few groups."""

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats, Wholes

STEPS = 50
NEAR = 1e-9


def chances(columns: Floats, group: Wholes) -> Floats | NotComputable:
    """People x groups, each row adding up to 1. `columns` people x k with an intercept; `group` 0, 1, 2 …

    Newton's method on the likelihood. NotComputable where a covariate separates groups wholly, or columns
    explain each other.
    """
    groups = int(group.max()) + 1
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        return NotComputable("The covariates explain each other. Leave one of them out.")
    member = np.eye(groups)[group]
    slopes = np.zeros((columns.shape[1], groups - 1))
    for _ in range(STEPS):
        try:
            step = _step(columns, member, _likely(columns @ slopes))
        except np.linalg.LinAlgError:
            break  # chances of nought and one have no curvature left
        slopes += step
        if np.abs(step).max() < NEAR:
            return _likely(columns @ slopes)
    return NotComputable(
        "Some covariate tells the groups apart wholly, so nobody in one is like anybody in another."
    )


def _likely(scores: Floats) -> Floats:
    every = np.column_stack([np.zeros(len(scores)), scores])
    every = np.exp(every - every.max(axis=1, keepdims=True))
    return np.asarray(every / every.sum(axis=1, keepdims=True))


def _step(columns: Floats, member: Floats, likely: Floats) -> Floats:
    free = likely[:, 1:]
    slope = columns.T @ (member[:, 1:] - free)
    width = free.shape[1]
    spread = free[:, :, None] * (np.eye(width)[None] - free[:, None, :])
    curvature = np.einsum("ni,nab,nj->aibj", columns, spread, columns).reshape(width * columns.shape[1], -1)
    return np.asarray(np.linalg.solve(curvature, slope.T.ravel()).reshape(width, -1).T)

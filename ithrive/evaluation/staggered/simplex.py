"""The weights, nought or more and adding up to 1, that bring a blend of columns nearest to a target.

Arkhangelsky et al. 2021 find them by Frank-Wolfe steps, stopped early. The problem is that of the point of a
hull nearest to the origin. Non-negative least squares solves it exactly: no stopping rule decides a digit.
"""

import numpy as np

from ithrive.evaluation.arrays import Floats


def nearest(columns: Floats, target: Floats, ridge: float, *, intercept: bool = True) -> Floats:
    """Weights w that make the mean of (columns @ w - target)^2, plus `ridge`^2 times w'w, smallest.

    `columns` is n x m, `target` n. With `intercept` the blend may lie above or below the target throughout.
    """
    from scipy.optimize import nnls

    if intercept:
        columns, target = columns - columns.mean(axis=0), target - target.mean()
    rows, many = columns.shape
    apart = np.concatenate([columns - target[:, None], ridge * np.sqrt(rows) * np.eye(many)])
    # Any positive row of sums gives the same weights up to a factor; this one keeps the figures of one size.
    sums = np.sqrt((apart**2).sum() / many) or 1.0
    wanted = np.append(np.zeros(len(apart)), sums)
    found, _ = nnls(np.concatenate([apart, np.full((1, many), sums)]), wanted)
    return np.asarray(found / found.sum())

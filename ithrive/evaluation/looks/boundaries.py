"""Textbook boundaries for a normal statistic that is looked at again and again.

Lan & DeMets 1983 with the recursion of Armitage, McPherson & Rowe 1969 (Jennison & Turnbull 2000, chapter
19): the density of the statistic among studies that have not stopped is carried from look to look.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.looks.spending import spent
from ithrive.problems import BadInput, Problem

GRID = 801  # points between the boundaries; the tables below agree to 5e-5
NEVER = 8.0  # a boundary beyond which a normal statistic practically never lies


def boundaries(information: Sequence[float], *, function: str, alpha: float = 0.05) -> tuple[float, ...]:
    """The |z| at which each look stops, two-sided, alpha / 2 spent on either side.

    `information` is the share of what will be known at each look, rising to at most 1. It assumes that what
    is added between looks is independent of what went before, which figures that share one baseline are not:
    use `sequential` for the result, this to compare with textbooks.
    Raises BadInput where the shares do not rise.
    """
    if any(after <= before for before, after in pairwise(information)):
        raise BadInput(Problem("Looks", "Each look must know more than the last.", "Put them in order."))
    to_spend = np.diff([0.0, *(spent(function, share, alpha / 2) for share in information)])
    found: list[float] = []
    grid, density = np.zeros(1), np.ones(1)
    before = 0.0
    for share, part in zip(information, to_spend, strict=True):
        step = float(np.sqrt(share - before))
        edge = _edge(grid, density, step, float(np.sqrt(share)), float(part))
        found.append(edge)
        grid, density = _carried(grid, density, step, edge * float(np.sqrt(share)))
        before = share
    return tuple(found)


def _edge(grid: Floats, density: Floats, step: float, root: float, part: float) -> float:
    """The z beyond which, on one side, studies not yet stopped lie with chance `part`."""
    if part <= 0:
        return NEVER
    low, high = 0.0, NEVER
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _beyond(grid, density, step, middle * root) > part else (low, middle)
    return (low + high) / 2


def _beyond(grid: Floats, density: Floats, step: float, edge: float) -> float:
    from scipy.special import ndtr

    return _over(grid, density * ndtr((grid - edge) / step))


def _carried(grid: Floats, density: Floats, step: float, edge: float) -> tuple[Floats, Floats]:
    """The density of the score after another look, between the boundaries of that look."""
    onto = np.linspace(-edge, edge, GRID)
    kernel = np.exp(-0.5 * ((onto[:, None] - grid[None, :]) / step) ** 2) / (step * np.sqrt(2 * np.pi))
    return onto, np.array([_over(grid, density * row) for row in kernel])


def _over(grid: Floats, values: Floats) -> float:
    """Simpson's rule; a single point carries all its weight."""
    if len(grid) == 1:
        return float(values[0])
    weights = np.ones(len(grid))
    weights[1:-1:2], weights[2:-1:2] = 4.0, 2.0
    return float((grid[1] - grid[0]) / 3 * weights @ values)

"""One site beside a blend of comparison sites: synthetic difference in differences.

Arkhangelsky, Athey, Hirshberg, Imbens & Wager 2021 (American Economic Review 111(12), algorithm 1). Weights
on sites make their blend move as the site did before; weights on waves make those before like those after.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.staggered.simplex import nearest

FEWEST_BEFORE = 2  # waves: with one, no first difference tells how noisy figures are
STILL = 1e-12
SLIGHT = 1e-6  # the ridge on waves, in units of the noise: enough to make their weights unique


@dataclass(frozen=True, eq=False)
class Blend:
    """The effect on one site, with the weights it rests on."""

    effect: float
    sites: Floats
    waves: Floats


def blended(others: Floats, site: Floats, start: int) -> Blend:
    """`others` is sites x waves without gaps, `site` one figure a wave, `start` of at least two waves."""
    before, after = others[:, :start], others[:, start:]
    noise = float(np.diff(before, axis=1).std(ddof=1))
    if noise <= STILL * float(np.abs(others).max()):
        noise = 1.0  # others moved exactly alike: any ridge spreads the weights evenly
    ridge = (others.shape[1] - start) ** 0.25 * noise
    sites = nearest(before.T, site[:start], ridge)
    waves = nearest(before, after.mean(axis=1), SLIGHT * noise)
    return Blend(_effect(others, site, start, sites, waves), sites, waves)


def without_one(others: Floats, site: Floats, start: int, found: Blend) -> Floats:
    """The effect without each of the others in turn, weights kept; NaN where one alone carried all."""
    effects = np.full(len(others), np.nan)
    for gone in range(len(others)):
        left = np.delete(found.sites, gone)
        if left.sum() > 0:
            rest = np.delete(others, gone, axis=0)
            effects[gone] = _effect(rest, site, start, left / left.sum(), found.waves)
    return effects


def _effect(others: Floats, site: Floats, start: int, sites: Floats, waves: Floats) -> float:
    change = others[:, start:].mean(axis=1) - others[:, :start] @ waves
    return float(site[start:].mean() - site[:start] @ waves - sites @ change)

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


@dataclass(frozen=True, eq=False)
class Others:
    """The sites that may be blended, sites x waves without gaps, beside any site with this `start`.

    `noise` is how far figures move from wave to wave, `waves` what waves before weigh: alike for all sites.
    """

    figures: Floats
    start: int
    noise: float
    waves: Floats

    @classmethod
    def of(cls, figures: Floats, start: int) -> "Others":
        """`start` is at least two waves on."""
        before, after = figures[:, :start], figures[:, start:]
        noise = float(np.diff(before, axis=1).std(ddof=1))
        if noise <= STILL * float(np.abs(figures).max()):
            noise = 1.0  # others moved exactly alike: any ridge spreads the weights evenly
        return cls(figures, start, noise, nearest(before, after.mean(axis=1), SLIGHT * noise))

    def blend(self, site: Floats) -> Blend:
        """`site` is one figure a wave."""
        ridge = (len(site) - self.start) ** 0.25 * self.noise
        sites = nearest(self.figures[:, : self.start].T, site[: self.start], ridge)
        return Blend(_effect(self.figures, site, self.start, sites, self.waves), sites, self.waves)


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

"""Two-way fixed effects: what sites and waves explain is taken out, and exposure is judged on the rest."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats, Marks

# Exposure that sites and waves explain up to this part of itself is explained wholly.
EXPLAINED = 1e-9
# What is left of figures below this part of them is rounding: they were explained wholly.
ROUNDING = 1e-12
UNIDENTIFIED = NotComputable(
    "Some effect cannot be told apart from differences between sites and between waves: "
    "it needs figures before and after the start in both arms."
)


@dataclass(frozen=True, eq=False)
class Design:
    """Everything that depends on who was seen when, and not on any outcome.

    `nuisance` is sites x waves x k (site and wave effects), `exposure` sites x waves x q with the
    nuisance taken out; both are nought where there is no figure. `weights` is sites x waves, nought
    there too. `nuisance_bread` and `bread` are the inverse cross-products.
    """

    nuisance: Floats
    nuisance_bread: Floats
    exposure: Floats
    bread: Floats
    weights: Floats

    def remainder(self, figures: Floats) -> Floats:
        """The figures (sites x waves, NaN where none) less what sites and waves explain."""
        present = np.where(self.weights > 0, figures, 0.0)
        rest = _less(present, self.nuisance, self.nuisance_bread, self.weights)
        return rest if np.abs(rest).max() > ROUNDING * np.abs(present).max() else np.zeros_like(rest)

    def coefficients(self, remainder: Floats) -> Floats:
        """The q estimates from what `remainder` gave."""
        return np.asarray(
            self.bread @ np.einsum("swq,sw->q", self.exposure * self.weights[..., None], remainder)
        )

    def residuals(self, remainder: Floats) -> Floats:
        """What exposure leaves unexplained, sites x waves."""
        return np.asarray(remainder - self.exposure @ self.coefficients(remainder))

    @cached_property
    def empty(self) -> tuple[int, ...]:
        """The positions of sites without any figure."""
        return tuple(np.flatnonzero(self.weights.sum(axis=1) == 0).tolist())

    @cached_property
    def columns(self) -> Floats:
        """Sites x waves x (k + q): nuisance and exposure side by side."""
        return np.concatenate([self.nuisance, self.exposure], axis=2)

    @cached_property
    def whole_bread(self) -> Floats:
        """The inverse cross-product of `columns`: the two blocks have nothing in common."""
        inner = len(self.nuisance_bread)
        whole = np.zeros((self.columns.shape[2],) * 2)
        whole[:inner, :inner], whole[inner:, inner:] = self.nuisance_bread, self.bread
        return whole


def two_way(there: Marks, exposure: Floats, weights: Floats) -> Design | NotComputable:
    """The design of a panel: `there` and `weights` sites x waves, `exposure` sites x waves x q.

    NotComputable where site and wave effects explain an exposure wholly.
    """
    used = np.where(there, weights, 0.0)
    used = used / used[there].mean()
    sites, waves = there.shape
    nuisance = np.zeros((sites, waves, sites + waves))
    nuisance[np.arange(sites), :, np.arange(sites)] = 1.0
    nuisance[:, np.arange(waves), sites + np.arange(waves)] = 1.0
    return partialled(nuisance * there[..., None], exposure * there[..., None], used)


def partialled(nuisance: Floats, exposure: Floats, weights: Floats) -> Design | NotComputable:
    """The design of any nuisance and exposure columns, nought where weights are nought."""
    bread: Floats = np.asarray(
        np.linalg.pinv(_cross(nuisance, nuisance, weights), rcond=1e-12, hermitian=True), np.float64
    )
    rest = np.stack([_less(each, nuisance, bread, weights) for each in np.moveaxis(exposure, 2, 0)], axis=2)
    cross = _cross(rest, rest, weights)
    least = EXPLAINED * max(float(np.trace(_cross(exposure, exposure, weights))), 1.0)
    if float(np.linalg.eigvalsh(cross)[0]) <= least:
        return UNIDENTIFIED
    return Design(nuisance, bread, rest, np.asarray(np.linalg.inv(cross), np.float64), weights)


def _cross(left: Floats, right: Floats, weights: Floats) -> Floats:
    width = left.shape[2]
    return np.asarray((left * weights[..., None]).reshape(-1, width).T @ right.reshape(-1, right.shape[2]))


def _less(figures: Floats, columns: Floats, bread: Floats, weights: Floats) -> Floats:
    explained = columns @ (bread @ (columns.reshape(-1, columns.shape[2]).T @ (weights * figures).ravel()))
    return np.asarray(np.where(weights > 0, figures - explained, 0.0))

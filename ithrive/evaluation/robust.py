"""Standard errors that let each site's figures hang together, right also with few sites.

CR0, CR1 and CR2 (Bell & McCaffrey 2002) with Satterthwaite degrees of freedom, and the joint test of several
coefficients by Hotelling's T-squared approximation, HTZ (Pustejovsky & Tipton 2018). The working model,
under which CR2 is unbiased and degrees of freedom are found, is that all figures vary alike and
independently.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.design import Design

# Directions in which a site's own figures fix its residuals carry nothing and get no adjustment.
FIXED = 1e-9
LARGEST_JOINT = 4_000  # sites times coefficients: the square of it must fit in memory
# A variance below this part of the figures' own is rounding, not variation.
CONSTANT = 1e-20


@dataclass(frozen=True, eq=False)
class Clustered:
    """A design with each site as a cluster: what CR2 needs, shared by every outcome with these figures."""

    design: Design
    _joint_df: dict[tuple[int, ...], float] = field(default_factory=dict)

    @cached_property
    def sites(self) -> int:
        """Sites that have figures."""
        return int((self.design.weights.sum(axis=1) > 0).sum())

    @cached_property
    def _plain(self) -> Floats:
        """Sites x waves x q: how each figure's residual enters the coefficients."""
        return np.asarray((self.design.weights[..., None] * self.design.exposure) @ self.design.bread)

    @cached_property
    def adjusted(self) -> Floats:
        """The same after CR2's adjustment of each site."""
        return np.asarray(self._roots @ self._plain)

    @cached_property
    def _roots(self) -> Floats:
        """Sites x waves x waves: the inverse symmetric root of what the fit leaves of a site's variance."""
        columns, weights, bread = self.design.columns, self.design.weights, self.design.whole_bread
        half = columns @ bread
        leverage = half @ (columns * weights[..., None]).transpose(0, 2, 1)
        spread = half @ self._squared @ half.transpose(0, 2, 1)
        left = np.eye(columns.shape[1]) - leverage - leverage.transpose(0, 2, 1) + spread
        values, vectors = np.linalg.eigh(left)
        free = values > FIXED
        scale = np.where(free, 1 / np.sqrt(np.where(free, values, 1.0)), 0.0)
        return np.asarray((vectors * scale[:, None, :]) @ vectors.transpose(0, 2, 1))

    @cached_property
    def _squared(self) -> Floats:
        columns, weights = self.design.columns, self.design.weights
        flat = (columns * weights[..., None]).reshape(-1, columns.shape[2])
        return np.asarray(flat.T @ flat)

    def variance(self, residuals: Floats, factor: str = "CR2") -> Floats:
        """q x q: the variance of the coefficients. `factor` is CR0, CR1 (times G/(G - 1)) or CR2."""
        enters = self.adjusted if factor == "CR2" else self._plain
        scores = np.einsum("swq,sw->sq", enters, residuals)
        times = self.sites / (self.sites - 1) if factor == "CR1" else 1.0
        return np.asarray(times * scores.T @ scores)

    def _inner(self, enters: Floats) -> Floats:
        """(sites, c, sites, c): inner products under the working model of what `enters` gives each site."""
        columns, weights, bread = self.design.columns, self.design.weights, self.design.whole_bread
        across = columns.transpose(0, 2, 1)
        sites, _, many = enters.shape

        def flat(each: Floats) -> Floats:
            return each.transpose(0, 2, 1).reshape(sites * many, -1)

        fitted = flat(across @ enters) @ bread
        weighted = flat(across @ (weights[..., None] * enters))
        crossed = weighted @ fitted.T
        inner = (fitted @ self._squared @ fitted.T - crossed - crossed.T).reshape(sites, many, sites, many)
        own = enters.transpose(0, 2, 1) @ enters
        inner[np.arange(sites), :, np.arange(sites), :] += own
        return np.asarray(inner)

    @cached_property
    def df(self) -> Floats:
        """Satterthwaite degrees of freedom of each coefficient's CR2 variance."""
        return np.array([self._df(self.adjusted[:, :, [which]]) for which in range(self.adjusted.shape[2])])

    def df_of(self, direction: Floats) -> float:
        """The same of one combination of the coefficients."""
        return self._df((self.adjusted @ direction)[:, :, None])

    def _df(self, enters: Floats) -> float:
        inner = self._inner(enters)[:, 0, :, 0]
        return float(np.trace(inner) ** 2 / (inner**2).sum())

    def joint_df(self, which: tuple[int, ...]) -> float:
        """HTZ's degrees of freedom for some coefficients together."""
        if which not in self._joint_df:
            self._joint_df[which] = _hotelling_df(self._inner(self.adjusted[:, :, list(which)]))
        return self._joint_df[which]

    def joint(
        self, which: tuple[int, ...], coefficients: Floats, residuals: Floats
    ) -> tuple[float, int, float] | NotComputable:
        """HTZ's F with its two degrees of freedom, for these coefficients all being nought."""
        many = len(which)
        if many * len(residuals) > LARGEST_JOINT:
            return NotComputable(f"Testing {many} waves together needs too much memory with this many sites.")
        variance = self.variance(residuals)[np.ix_(which, which)]
        eta = self.joint_df(which)
        if eta <= many - 1 or np.linalg.matrix_rank(variance, hermitian=True) < many:
            return NotComputable(f"{self.sites} sites are too few to test {many} waves together.")
        asked = coefficients[list(which)]
        left = eta - many + 1
        quadratic = float(asked @ np.linalg.solve(variance, asked))
        return left / (eta * many) * quadratic, many, left


def _hotelling_df(inner: Floats) -> float:
    """From the inner products (sites, c, sites, c): how surely the variance itself is known."""
    values, vectors = np.linalg.eigh(np.einsum("sasb->ab", inner))
    root = (vectors / np.sqrt(values)) @ vectors.T
    inner = np.einsum("ca,satb,db->cdst", root, inner, root, optimize=True)
    alike = np.einsum("ccst->st", inner)
    crossed = float((inner * inner.transpose(1, 0, 2, 3)).sum())
    many = len(root)
    return many * (many + 1) / (float((alike**2).sum()) + crossed)


def rounding(remainder: Floats) -> float:
    """The largest variance that is nothing but rounding beside the figures it came from."""
    return CONSTANT * max(float((remainder**2).sum()), 1e-280)

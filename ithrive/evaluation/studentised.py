"""Splits where arms differ in size: the difference of means in units of its own standard error.

If sites of one arm vary more, a plain sum finds too much wherever that arm is the smaller. Welch's statistic,
tried over the same assignments, stays exact under no effect at all and holds its size with many sites where
only the means are alike (Janssen 1997; Chung & Romano 2013). With equal arms it orders assignments as the
sum does, so there the sum is used.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats, Marks
from ithrive.evaluation.assignments import Splits
from ithrive.evaluation.ends import end, p_under

LEAST = 2  # sites of an arm that show how far they vary


def unequal(splits: object) -> bool:
    """Whether assignments are splits into arms of different sizes, of which each shows how it varies."""
    if not isinstance(splits, Splits):
        return False
    smaller = min(splits.treated, splits.sites - splits.treated)
    return 2 * splits.treated != splits.sites and smaller >= LEAST


@dataclass(frozen=True, eq=False)
class Welch:
    """Every assignment's statistic under any effect.

    `sums` are of figures and exposure, about nought; `squares` of their squares: figures by figures,
    figures by exposure, exposure by exposure; the same in `real` and, over all sites, in `whole`.
    """

    splits: Splits
    sums: Floats
    squares: Floats
    real: Floats
    whole: Floats

    @classmethod
    def of(cls, splits: Splits, figures: Floats, exposure: Floats) -> "Welch":
        both = np.stack([figures - figures.mean(), exposure - exposure.mean()])
        squares = np.stack([both[0] ** 2, both[0] * both[1], both[1] ** 2])
        rows = np.concatenate([both, squares])
        sums = splits.sums(rows)
        return cls(splits, sums[:2], sums[2:], splits.real(rows), squares.sum(axis=1))

    def _variance(self, sums: Floats | float, squares: Floats | float, whole: Floats | float) -> Floats:
        """Welch's squared standard error of the difference of means."""
        mine, others = self.splits.treated, self.splits.sites - self.splits.treated
        within = squares - sums**2 / mine, whole - squares - sums**2 / others
        return np.asarray(within[0] / (mine * (mine - 1)) + within[1] / (others * (others - 1)))

    def _under(self, effect: float | Floats) -> tuple[Floats, Floats, Floats, Floats, Floats | float]:
        """Sums, variances, the real ones of both, and all sites' squares under an effect."""

        def less(of: Floats) -> Floats:
            return np.asarray(of[0] - effect * (2 * of[1] - effect * of[2]))

        whole = less(self.whole)
        sums, real = self.sums[0] - effect * self.sums[1], self.real[0] - effect * self.real[1]
        variances = self._variance(sums, less(self.squares), whole)
        return sums, variances, np.asarray(real), self._variance(real, less(self.real[2:]), whole), whole

    def extreme(self, effect: float | Floats) -> Marks:
        """Which are at least as large: sum**2 / variance, compared without dividing by nought."""
        sums, variances, real, own, whole = self._under(effect)
        return np.asarray(sums**2 * own >= real**2 * (variances - TIE * whole))

    def only(self, which: Marks) -> Self:
        return replace(self, sums=self.sums[:, which], squares=self.squares[:, which])

    def p_of(self, extreme: int, of: int) -> float:
        """The real assignment is among them."""
        return extreme / of

    @cached_property
    def statistics(self) -> tuple[Floats, float]:
        """Without any effect: all assignments' and the real one's, in size, up to one factor."""
        sums, variances, real, own, whole = self._under(0.0)
        least = TIE * float(whole)
        all_ = np.abs(sums) / np.sqrt(np.maximum(variances, least))
        return all_, float(np.abs(real) / np.sqrt(np.maximum(own, least)))

    def interval(self, alpha: float) -> Interval | NotComputable:
        """The effects that the test would not reject."""
        many = len(self.sums[0])
        exposure = replace(self, sums=self.sums[[1, 1]], squares=self.squares[[2, 2, 2]])
        exposure = replace(exposure, real=self.real[[1, 1, 4, 4, 4]], whole=self.whole[[2, 2, 2]])
        if p_under(exposure, 0.0) > alpha:
            return NotComputable(
                f"With {many:,} assignments p cannot be {alpha:g} or less whatever the effect"
                f" (each counts {1 / many:.3g})."
            )
        estimate = float(self.real[0] / self.real[1])
        own = float(self._under(estimate)[3])
        mine, others = self.splits.treated, self.splits.sites - self.splits.treated
        step = float(np.sqrt(max(own, TIE**2))) / abs(float(self.real[1]) * (1 / mine + 1 / others))
        low, high = (end(self, estimate, side * step, alpha) for side in (-1, 1))
        return Interval(low, high)

"""Splits where arms differ in size: the difference of means judged by how surely its own error is known.

If sites of one arm vary more, a plain sum finds too much wherever that arm is the smaller. So every split
gets its Welch's t (Janssen 1997; Chung & Romano 2013) and that the normal deviate as far out at its own
degrees of freedom (prepivoting: Beran 1988; Cohen & Fogarty 2022), since a small arm that varies more
makes t itself less sure. The test stays exact under no effect at all, and with few sites nearly holds its
size where only the means are alike. With equal arms t orders splits as the sum does, so there the sum is
used.
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
STILL = 1e-6  # of all squares: an arm that varies less hardly varies, and rounding would tell how much
NEAR = 1e-8  # rounding of what varies as little as that
NOUGHT = 1e-12  # of all squares before an effect is taken out


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

    def _spreads(self, sums: Floats, squares: Floats, whole: Floats) -> tuple[Floats, Floats]:
        """Each arm's part of Welch's squared standard error of the difference of means."""
        mine, others = self.splits.treated, self.splits.sites - self.splits.treated
        one = np.maximum(squares - sums**2 / mine, STILL * whole)
        other = np.maximum(whole - squares - sums**2 / others, STILL * whole)
        return np.asarray(one / (mine * (mine - 1))), np.asarray(other / (others * (others - 1)))

    def _deviates(self, sums: Floats, squares: Floats, whole: Floats) -> Floats:
        """Squared normal deviates, from Welch's t by Wallace's formula (1959)."""
        mine, others = self.splits.treated, self.splits.sites - self.splits.treated
        one, other = self._spreads(sums, squares, whole)
        error = one + other
        df = 1 / ((one / error) ** 2 / (mine - 1) + (other / error) ** 2 / (others - 1))
        squared_t = (sums * (1 / mine + 1 / others)) ** 2 / error
        return np.asarray(((8 * df + 1) / (8 * df + 3)) ** 2 * df * np.log1p(squared_t / df))

    def _under(self, effect: float | Floats) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
        """Under an effect: sums, squares and all sites' squares of every assignment, and of the real one."""

        def less(of: Floats) -> Floats:
            return np.asarray(of[0] - effect * (2 * of[1] - effect * of[2]))

        # An effect that explains everything leaves nought, or what rounding makes of it.
        whole = np.maximum(less(self.whole), NOUGHT * self.whole[0])
        sums, real = (each[0] - effect * each[1] for each in (self.sums, self.real))
        return (sums, less(self.squares), whole), (real, less(self.real[2:]), whole)

    def extreme(self, effect: float | Floats) -> Marks:
        """Which are at least as large."""
        every, real = (self._deviates(*each) for each in self._under(effect))
        return np.asarray(every >= real * (1 - NEAR))

    def only(self, which: Marks) -> Self:
        return replace(self, sums=self.sums[:, which], squares=self.squares[:, which])

    def p_of(self, extreme: int, of: int) -> float:
        """The real assignment is among them."""
        return extreme / of

    @cached_property
    def statistics(self) -> tuple[Floats, float]:
        """Without any effect: all assignments' and the real one's, in size."""
        every, real = (np.sqrt(self._deviates(*each)) for each in self._under(0.0))
        return every, float(real)

    def interval(self, alpha: float) -> Interval | NotComputable:
        """The effects that the test would not reject."""
        many = len(self.sums[0])
        exposure = replace(self, sums=self.sums[[1, 1]], squares=self.squares[[2, 2, 2]])
        exposure = replace(exposure, real=self.real[[1, 1, 4, 4, 4]], whole=self.whole[[2, 2, 2]])
        if self.whole[2] == 0 or p_under(exposure, 0.0) > alpha:  # without exposure no effect changes p
            return NotComputable(
                f"With {many:,} assignments p cannot be {alpha:g} or less whatever the effect"
                f" (each counts {1 / many:.3g})."
            )
        estimate = float(self.real[0] / self.real[1])
        own = float(sum(self._spreads(*self._under(estimate)[1])))
        mine, others = self.splits.treated, self.splits.sites - self.splits.treated
        step = float(np.sqrt(max(own, TIE**2))) / abs(float(self.real[1]) * (1 / mine + 1 / others))
        low, high = (end(self, estimate, side * step, alpha) for side in (-1, 1))
        return Interval(low, high)

"""How far an estimate may be off if the arms' difference would have bent, and which estimate risks least.

Smoothness bounds of Rambachan & Roth 2023 (Review of Economic Studies 90(5), section 4.1): without the effect
the difference between the arms may change its slope by at most M from wave to wave. Estimates are the mean
effect less a blend of the slopes before the start; the one whose interval of fixed length is shortest is
taken. In the sums of the blend's weights the worst bias is a sum of sizes and the variance a quadratic, so
what trades one for the other is a lasso.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.staggered.lasso import Path, path
from ithrive.evaluation.tails import folded_normal_reach, folded_normal_slope

HALVINGS = 50


@dataclass(frozen=True, eq=False)
class Bending:
    """`variance` is of coefficients before (in order) and then after the start; `asked` weighs those after.

    The reference wave, whose coefficient is nought, lies between them.
    """

    variance: Floats
    asked: Floats

    @property
    def before(self) -> int:
        return len(self.variance) - len(self.asked)

    @property
    def carried(self) -> float:
        """What the blend of slopes must add up to, for a straight difference to cancel."""
        return float(np.arange(1, len(self.asked) + 1) @ self.asked)

    @property
    def least_bias(self) -> float:
        """The worst bias for M = 1 when all weight lies on the last slope before the start."""
        ahead: list[float] = [
            float(np.arange(1, each + 1) @ self.asked[-each:]) for each in range(1, len(self.asked) + 1)
        ]
        return sum(map(abs, ahead))

    def direction(self, sums: Floats) -> Floats:
        """Weights on coefficients; `sums` are running sums of the slopes' weights, without the last."""
        slopes = np.diff(np.concatenate([[0.0], sums, [self.carried]]))
        return np.concatenate([slopes - np.append(0.0, slopes[:-1]), self.asked])

    def bias(self, sums: Floats) -> float:
        """The largest bias for M = 1."""
        return self.least_bias + float(np.abs(sums).sum())

    def error(self, sums: Floats) -> float:
        one = self.direction(sums)
        return float(np.sqrt(one @ self.variance @ one))

    @cached_property
    def path(self) -> Path:
        """The sums at every price. Half the variance is sums @ H @ sums / 2 + g @ sums and a constant."""
        nought = self.direction(np.zeros(self.before - 1))
        turns = np.array([self.direction(each) - nought for each in np.eye(self.before - 1)])
        turns = turns.reshape(self.before - 1, len(nought))
        return path(turns @ self.variance @ turns.T, turns @ self.variance @ nought)


def shortest(bending: Bending, m: float, alpha: float) -> Floats:
    """The sums whose interval is shortest: half of it is reach(m * bias / error) * error.

    A higher price on sizes buys less bias for more error; where the half stops falling is found by halving.
    """
    if m == 0 or bending.before == 1:
        return bending.path.at(0.0)
    low, high = 0.0, float(bending.path.prices[0])
    for _ in range(HALVINGS):
        price = (low + high) / 2
        sums = bending.path.at(price)
        error = bending.error(sums)
        biased = m * bending.bias(sums) / error
        reach = folded_normal_reach(biased, alpha)
        gained = folded_normal_slope(reach, biased)
        # Along the prices, error times its change is minus the price times the change of the bias.
        low, high = (price, high) if gained * m > (reach - biased * gained) * price / error else (low, price)
    return bending.path.at(high)

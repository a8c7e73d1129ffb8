"""How strong would hidden differences between matched sites have to be to explain an effect away?

Rosenbaum 2002, chapter 4: within a pair, one site may have been up to Gamma times as likely to volunteer as
the other. The worst case gives every pair the chance Gamma / (1 + Gamma) of pointing the way of the effect.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import TIE, Floats
from ithrive.evaluation.assignments import Swaps
from ithrive.evaluation.randomisation import Lots

LARGEST = 1e6


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """`gamma` is the smallest odds at which the finding could be chance; 1 if it could be already without."""

    gamma: float
    worst_p: tuple[tuple[float, float], ...]

    @property
    def sentence(self) -> str:
        if self.gamma <= 1:
            return "Chance alone could explain this; no hidden difference is needed."
        if self.gamma >= LARGEST:
            return (
                "No hidden difference between matched sites, however strong, makes the worst p exceed alpha."
            )
        return (
            f"A hidden difference that made one site of a pair {self.gamma:.2f} times as likely to volunteer"
            " as the other could explain this."
        )


def worst_p(differences: Floats, gamma: float) -> float:
    """The largest two-sided p that a hidden difference of `gamma` allows; `differences`: one a pair."""
    return _worst(*_counted(differences), gamma)


def sensitivity(lots: Lots | NotComputable, *, alpha: float) -> Sensitivity | NotComputable:
    """The gamma at which p reaches alpha, and p at 1, 1.5, 2 and 3. Needs all swaps listed."""
    if isinstance(lots, NotComputable):
        return lots
    if not lots.assignments.exact:
        return NotComputable("There are too many pairs to list every swap.")
    counted = _counted(lots.figures)
    shown = tuple((gamma, _worst(*counted, gamma)) for gamma in (1.0, 1.5, 2.0, 3.0))
    return Sensitivity(_reaching(counted, alpha), shown)


def _counted(differences: Floats) -> tuple[Floats, int]:
    """How many pairs point the way of the effect in each swap at least as extreme; and of how many."""
    towards = differences if differences.sum() >= 0 else -differences
    swaps = Swaps(len(towards))
    sums = swaps.sums(np.stack([np.abs(towards), np.ones(len(towards))]))
    extreme = sums[0] >= towards.sum() - TIE * np.abs(towards).sum()
    pointing = (sums[1][extreme] + len(towards)) / 2
    return np.bincount(np.rint(pointing).astype(np.int64), minlength=len(towards) + 1).astype(
        np.float64
    ), len(towards)


def _worst(swaps: Floats, pairs: int, gamma: float) -> float:
    chance = gamma / (1 + gamma)
    pointing = np.arange(pairs + 1)
    return min(1.0, float(2 * (swaps * chance**pointing * (1 - chance) ** (pairs - pointing)).sum()))


def _reaching(counted: tuple[Floats, int], alpha: float) -> float:
    if _worst(*counted, 1.0) > alpha:
        return 1.0
    low, high = 1.0, LARGEST
    if _worst(*counted, high) <= alpha:
        return LARGEST
    while high / low > 1 + TIE:
        middle = float(np.sqrt(low * high))
        low, high = (low, middle) if _worst(*counted, middle) > alpha else (middle, high)
    return low

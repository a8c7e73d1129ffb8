"""The interval of a randomisation test: the effects that it would not reject.

An assignment with sums (a, b) of figures and exposure is at least as extreme as the real one (A, B), under an
effect, between the two effects at which |a - effect b| = |A - effect B|, one on either side of the estimate
A / B. So the interval ends where too few assignments are left, and only those that reach far need be ranked.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats, Wholes
from ithrive.evaluation.assignments import Assignments, each_row

if TYPE_CHECKING:
    from ithrive.evaluation.randomisation import Lots

LOOKED_AT = 4_096  # assignments from which it is guessed how far an end is


def inverted(
    lots: "Lots", sums: Floats, real: float, *, mirrored: bool, alpha: float
) -> Interval | NotComputable:
    """`sums` are all assignments', or with `mirrored` of every two with opposite sums one."""
    slopes = _slopes(lots.assignments, lots.exposure.tobytes(), mirrored)
    each = 2 if mirrored else 1
    many, always = each * len(sums), each * len(slopes.always)
    if always > alpha * many:
        return NotComputable(
            f"With {many:,} assignments p cannot be {alpha:g} or less whatever the effect"
            f" (each counts {1 / many:.3g})."
        )
    # p(effect) > alpha takes more than this many assignments.
    needed = int(np.floor(alpha * many * (1 + TIE))) + 1
    rank = -(-needed // each) - len(slopes.always)
    far = slopes.reach(sums, real)
    for least in (_guess(far, rank), 0.0):
        near = np.flatnonzero(far >= least)
        there = sums[near]
        one, other = (real - there) * slopes.less[near], (real + there) * slopes.more[near]
        low, high = np.minimum(one, other), np.maximum(one, other)
        if _enough(slopes.estimate(real), low, high, least, rank):
            break
    low.partition(rank - 1)
    high.partition(len(high) - rank)
    return Interval(float(low[rank - 1]), float(high[len(high) - rank]))


def not_rejected(sums: Floats, exposed: Floats, *, alpha: float) -> Interval | NotComputable:
    """The same plainly, for deals listed or drawn: `sums` and `exposed` of each, the real one's first.

    The real one's exposure is above nought.
    """
    real, whole, many = sums[0], exposed[0], len(sums)
    always = np.abs(exposed) >= whole * (1 - TIE)
    if always.sum() > alpha * many:
        return NotComputable(f"With {many:,} deals p cannot be {alpha:g} or less whatever the effect.")
    less, more = (np.where(always, 1.0, whole + side * exposed) for side in (-1, 1))
    one, other = (real - sums) / less, (real + sums) / more
    low = np.where(always, -np.inf, np.minimum(one, other))
    high = np.where(always, np.inf, np.maximum(one, other))
    # p(effect) > alpha takes more than this many deals.
    needed = int(np.floor(alpha * many * (1 + TIE))) + 1
    low.partition(needed - 1)
    high.partition(many - needed)
    return Interval(float(low[needed - 1]), float(high[many - needed]))


def _guess(far: Floats, rank: int) -> float:
    """A reach that a little more assignments have than are ranked, told from some of them."""
    some = far[:: max(1, len(far) // LOOKED_AT)].copy()
    at = max(0, len(some) - 1 - (9 * rank * len(some)) // (4 * len(far)) - 8)
    some.partition(at)
    return float(some[at])


def _enough(estimate: float, low: Floats, high: Floats, least: float, rank: int) -> bool:
    """Whether so many reach at least so far to either side that no other can rank among them."""
    enough = least * (1 + TIE)
    return least == 0 or bool(
        np.count_nonzero(estimate - low > enough) >= rank
        and np.count_nonzero(high - estimate > enough) >= rank
    )


@dataclass(frozen=True, eq=False)
class _Slopes:
    """What assignments make of exposure: `less` is 1 / (B - b), `more` 1 / (B + b), `larger` either's size.

    `always` are those as extreme as the real one whatever the effect.
    """

    sums: Floats
    real: float
    less: Floats
    more: Floats
    larger: Floats
    always: Wholes

    def estimate(self, real: float) -> float:
        return real / self.real

    def reach(self, sums: Floats, real: float) -> Floats:
        """How far from the estimate each assignment's further end is; below nought where it has none."""
        far = self.sums * (-real / self.real)
        far += sums
        np.abs(far, out=far)
        far *= self.larger
        far[self.always] = -1.0
        return far


@lru_cache(maxsize=4)
def _slopes(assignments: Assignments, exposure: bytes, mirrored: bool) -> _Slopes:
    """Most outcomes and waves share them."""
    exposed = np.frombuffer(exposure)[None, :]
    sums = next(assignments.halves(exposed) if mirrored else each_row(assignments, exposed))
    real = float(assignments.real(exposed)[0])
    always = np.flatnonzero(np.abs(sums) >= abs(real) * (1 - TIE)).astype(np.int64)
    less, more = real - sums, real + sums
    less[always] = more[always] = 1.0
    less, more = 1 / less, 1 / more
    return _Slopes(sums, real, less, more, np.maximum(np.abs(less), np.abs(more)), always)

"""Where a p that is worked out anew for every effect falls to alpha: the end of an interval."""

from typing import Protocol, Self

import numpy as np

from ithrive.evaluation.arrays import Floats, Marks

FURTHEST = 2.0**20  # standard errors from the estimate at which an end is looked for
NEAR = 1e-3  # standard errors within which hardly any statistic becomes extreme and ceases again
CLOSE = 1e-10  # standard errors within which an end is found
AT_ONCE = 32  # effects tried at a time where few statistics still turn


class Tried(Protocol):
    """Statistics under any effect, beside the real one."""

    def extreme(self, effect: float | Floats) -> Marks:
        """Which are at least as large as the real one. For effects as a column: effects x statistics."""
        ...

    def only(self, which: Marks) -> Self:
        """The same of some of them."""
        ...

    def p_of(self, extreme: int, of: int) -> float:
        """p where so many of so many are extreme."""
        ...


def p_under(tried: Tried, effect: float) -> float:
    """p of one effect."""
    extreme = tried.extreme(effect)
    return tried.p_of(int(np.count_nonzero(extreme)), len(extreme))


def end(tried: Tried, estimate: float, step: float, alpha: float) -> float:
    """The effect, in the direction of `step`, at which p falls to alpha; infinite where it never does."""
    inside, outside = 0.0, 1.0
    while p_under(tried, estimate + outside * step) > alpha:
        inside, outside = outside, outside * 2
        if outside > FURTHEST:
            return float(np.copysign(np.inf, step))
    while outside - inside > NEAR * max(outside, 1.0):
        middle = (inside + outside) / 2
        if p_under(tried, estimate + middle * step) > alpha:
            inside = middle
        else:
            outside = middle
    return estimate + _nearer(tried, estimate, step, alpha, inside, outside) * step


def _nearer(tried: Tried, estimate: float, step: float, alpha: float, inside: float, outside: float) -> float:
    """Between effects so near only statistics that differ at both turn: only those few are tried again."""
    ends = tried.extreme(estimate + np.array([[inside], [outside]]) * step)
    turning, always = tried.only(ends[0] != ends[1]), np.count_nonzero(ends.all(axis=0))
    while outside - inside > CLOSE * max(outside, 1.0):
        between = np.linspace(inside, outside, AT_ONCE + 1)
        extreme = always + turning.extreme(estimate + between[:, None] * step).sum(axis=1)
        p = np.array([tried.p_of(int(each), ends.shape[1]) for each in extreme])
        first = int(np.argmax(p <= alpha))
        inside, outside = float(between[first - 1]), float(between[first])
    return inside

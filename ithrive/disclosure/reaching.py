"""Which figures cannot go as far as they must: asked of many at once, one by one where that fails."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.disclosure.extremes import TOLERANCE, Extreme, Impossible, Known, Wanted

# An example that shows fewer than a tenth of the targets reached is followed by asking for each by itself.
WORTH_ANOTHER_EXAMPLE = 0.9


@dataclass(frozen=True)
class Target:
    """How far a figure must be able to go, up or down, for all that readers know."""

    wanted: Wanted
    value: float

    def reached(self, value: float) -> bool:
        return self.wanted.sign * (value - self.value) >= -TOLERANCE


def short_of(known: Known, targets: Sequence[Target]) -> list[Extreme]:
    """Those figures that cannot go as far as they must, and where they stop. Raises Impossible."""
    left, sign, stuck = list(targets), 1, False
    while left and not stuck:
        ways = [each for each in left if each.wanted.sign == sign]
        still = _unreached(known, ways, left)
        stuck = len(still) > len(left) * WORTH_ANOTHER_EXAMPLE
        left, sign = still, -sign
    by_wanted = {each.wanted: each for each in left}
    found = known.extremes(by_wanted)
    return [each for each in found if not by_wanted[each.wanted].reached(each.value)]


def _unreached(known: Known, ways: Sequence[Target], left: Sequence[Target]) -> list[Target]:
    """Those that one example, which goes as far as it can in some ways, does not show to be reached."""
    try:
        figures = _capped(known, ways).example([each.wanted for each in ways])
    except Impossible:
        # Possible figures may all lie beyond the targets: then no example keeps within them.
        return list(left)
    return [each for each in left if not each.reached(figures[each.wanted.figure])]


def _capped(known: Known, targets: Sequence[Target]) -> Known:
    """Nobody need go further than the target: so one example can show many targets reached."""
    low, high = known.low.copy(), known.high.copy()
    for each in targets:
        figure = each.wanted.figure
        if each.wanted.sign > 0:
            high[figure] = np.clip(each.value, low[figure], high[figure])
        else:
            low[figure] = np.clip(each.value, low[figure], high[figure])
    return Known(known.matrix, low, high)

"""Staggered starts as if dealt by lot: either site of a pair could have had its start, or any site any.

Within pairs every swap is listed where they are few enough, otherwise drawn with a fixed seed; without pairs
the starts as they were, and “never”, are dealt to all sites by draws.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats, Wholes
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.inversion import not_rejected
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.randomisation import AS_IF, SHARP

MOST = 10_000  # deals: the effects under so many are worked out in a second
BY_LOT = (AS_IF, SHARP)
EMPTY = NotComputable(
    "Some deal of the starts leaves a wave without figures to compare, so none can be judged."
)
# Where starts differ, only a test of no effect at all is exact here; inverting it would need the true effect.
NOTHING_BEGUN = NotComputable(
    "Before a start there is no effect to bound, only chance to judge. Where starts are dealt again, figures"
    " of sites that had begun stand among those before a start: an interval would mix their effect with"
    " whatever set the arms apart before."
)
WEIGHTS_MOVE = NotComputable(
    "Weights change with the effect supposed, so the test is not inverted; see the jackknife."
)
NO_CHANCE = NotComputable("Every deal of the starts gives the same.")


@dataclass(frozen=True, eq=False)
class Deals:
    """`starts` is deals x sites, the real one first."""

    starts: Wholes
    words: str
    exact: bool


def deals(panel: Panel, draws: Draws = STANDARD, *, most: int = MOST) -> Deals:
    """At most so many: swaps within pairs where the panel names pairs, otherwise deals to all sites."""
    few = Draws(min(draws.many, most - 1), draws.seed)
    return _swapped(panel, few, most) if panel.pairs else _shuffled(panel, few)


def _swapped(panel: Panel, draws: Draws, most: int) -> Deals:
    pairs = panel.matched()
    many = len(pairs)
    exact = 1 << many <= most
    if exact:
        turned = (np.arange(1 << many)[:, None] >> np.arange(many)) & 1
        words = f"all {len(turned):,} swaps within {many} pairs, each with its pair's start"
    else:
        drawn = np.random.default_rng(draws.seed).integers(0, 2, size=(draws.many, many))
        turned = np.concatenate([np.zeros((1, many), np.int64), drawn])
        words = f"{draws.many:,} random swaps within {many} pairs {draws.words}"
    starts = np.tile(panel.starts, (len(turned), 1))
    both = panel.starts[pairs]
    for side in (0, 1):
        starts[:, pairs[:, side]] = np.where(turned == 1, both[:, 1 - side], both[:, side])
    return Deals(starts, words, exact)


def _shuffled(panel: Panel, draws: Draws) -> Deals:
    drawn = np.random.default_rng(draws.seed).permuted(np.tile(panel.starts, (draws.many, 1)), axis=1)
    words = f"{draws.many:,} random deals of the starts to all sites {draws.words}"
    return Deals(np.concatenate([panel.starts[None], drawn]), words, exact=False)


def judged_by_lot(
    sums: Floats,
    exposed: Floats | None,
    *,
    words: str,
    exact: bool,
    alpha: float,
    assumes: tuple[str, ...],
) -> Inference | NotComputable:
    """`sums` are the estimates under every deal, the real first; `exposed` the same of 1 where begun.

    Without `exposed` there is no interval: weights that follow the figures change with the effect supposed.
    """
    if np.isnan(sums).any():
        return EMPTY
    near = TIE * float(np.abs(sums).max())
    if np.ptp(sums) <= near:
        return NO_CHANCE
    return Inference(
        method="Randomisation test",
        factor="none: the test is exact" if exact else "none: the test is simulated",
        reference=words,
        p=float(np.mean(np.abs(sums) >= abs(sums[0]) - near)),
        interval=WEIGHTS_MOVE if exposed is None else _inverted(sums, exposed, alpha=alpha),
        assumes=assumes,
    )


def _inverted(sums: Floats, exposed: Floats, *, alpha: float) -> Interval | NotComputable:
    return NOTHING_BEGUN if exposed[0] == 0 else not_rejected(sums, exposed, alpha=alpha)

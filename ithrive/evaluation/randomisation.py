"""Exact randomisation tests: how often would chance assignment alone give an effect at least as large?

Under no effect every site's figures would have been the same whoever began, so the figures, less what sites
and waves explain, are fixed; what changes is whose are summed. The sum over the treated waves of the
accelerator sites is the two-way fixed-effects estimate up to a constant where all waves are there, and its
score statistic where some are missing. Fisher 1935; Rosenbaum 2002.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats, Wholes
from ithrive.evaluation.assignments import Assignments, Splits, Swaps
from ithrive.evaluation.design import Design
from ithrive.evaluation.panel import Panel

AS_IF = (
    "As if randomised: accelerator sites volunteered, so p says how an assignment by lot within this set "
    "would have behaved, not that there was one."
)
SHARP = "Under no effect, no site's figures would have been different in the other arm."
SAME_EVERYWHERE = "The interval holds for an effect that is the same at every site and wave."
NO_PAIRS = NotComputable("The panel names no pairs.")


@dataclass(frozen=True, eq=False)
class Lots:
    """What an assignment by lot adds up: `figures` and, to invert the test, `exposure`, one for each unit.

    `units` names them: pairs (differences, accelerator less comparison) or sites (scores about nought).
    """

    assignments: Assignments
    units: tuple[str, ...]
    figures: Floats
    exposure: Floats

    @property
    def vary(self) -> bool:
        """Whether any assignment gives another sum than the real one."""
        return bool(self.figures.any())


def pair_lots(panel: Panel, design: Design, remainder: Floats) -> Lots | NotComputable:
    """Each pair's difference. A pair shares its accelerator's start, so starts may differ between pairs."""
    if not panel.pairs:
        return NO_PAIRS
    lost = _without_figures(panel, design)
    if lost:
        return NotComputable(f"{lost} has no figures, so its pair cannot be swapped.")
    pairs = panel.matched()
    begun = panel.treated[pairs[:, 0]]

    def difference(rest: Floats) -> Floats:
        scores = design.weights * rest
        return np.asarray(((scores[pairs[:, 0]] - scores[pairs[:, 1]]) * begun).sum(axis=1))

    both = np.stack([difference(remainder), difference(design.exposure[:, :, 0])])
    order = np.lexsort(both)
    names = tuple(panel.pairs[at] for at in pairs[order, 0])
    return Lots(Swaps(len(pairs)), names, *both[:, order])


def split_lots(panel: Panel, design: Design, remainder: Floats) -> Lots | NotComputable:
    """Each site's score, accelerators last."""
    start = panel.common_start
    if start is None:
        return NotComputable(
            "Sites began at different waves, and nobody can say when a comparison site would have begun."
        )
    lost = _without_figures(panel, design)
    if lost:
        return NotComputable(f"{lost} has no figures, so it cannot change arms.")
    last = np.argsort(panel.accelerator, kind="stable")

    def score(rest: Floats) -> Floats:
        return np.asarray((design.weights * rest)[last, start:].sum(axis=1))

    splits = Splits(len(panel.sites), int(panel.accelerator.sum()))
    names = tuple(panel.sites[at] for at in last)
    return Lots(splits, names, score(remainder), score(design.exposure[:, :, 0]))


def _without_figures(panel: Panel, design: Design) -> str:
    missing = design.weights.sum(axis=1) == 0
    return " and ".join(sorted(site for site, gone in zip(panel.sites, missing, strict=True) if gone))


def randomised(lots: Lots, *, alpha: float) -> Inference | NotComputable:
    """p over all assignments, ties counted as at least as large, and the interval by inverting the test."""
    if not lots.vary:
        return NotComputable("Every assignment gives the same: nothing varies beyond sites and waves.")
    sums = lots.assignments.sums(lots.figures[None, :])[0]
    real = float(lots.assignments.real(lots.figures[None, :])[0])
    extreme = np.abs(sums) >= abs(real) - TIE * float(np.abs(lots.figures).sum())
    return Inference(
        method="Randomisation test",
        factor="none: the test is exact" if lots.assignments.exact else "none: the test is simulated",
        reference=lots.assignments.words,
        p=np.count_nonzero(extreme) / len(sums),
        interval=_inverted(lots, sums, real, alpha=alpha),
        assumes=(AS_IF, SHARP, SAME_EVERYWHERE),
    )


def _inverted(lots: Lots, sums: Floats, real: float, *, alpha: float) -> Interval | NotComputable:
    """The effects that the test would not reject.

    An assignment with sums (a, b) is at least as extreme as the real one (A, B), under an effect, between
    the two effects at which |a - effect b| = |A - effect B|. So the interval ends where too few are left.
    """
    less, more, always = _slopes(lots.assignments, lots.exposure.tobytes())
    many = len(sums)
    if len(always) > alpha * many:
        return NotComputable(
            f"With {many:,} assignments p cannot be {alpha:g} or less whatever the effect"
            f" (each counts {1 / many:.3g})."
        )
    one, other = (real - sums) * less, (real + sums) * more
    low, high = np.minimum(one, other), np.maximum(one, other)
    low[always], high[always] = -np.inf, np.inf
    # p(effect) > alpha takes more than this many assignments.
    needed = int(np.floor(alpha * many * (1 + TIE))) + 1
    low.partition(needed - 1)
    high.partition(many - needed)
    return Interval(float(low[needed - 1]), float(high[many - needed]))


@lru_cache(maxsize=4)
def _slopes(assignments: Assignments, exposure: bytes) -> tuple[Floats, Floats, Wholes]:
    """1 / (B - b), 1 / (B + b) and where either has no end. Most outcomes and waves share them."""
    exposed = np.frombuffer(exposure)[None, :]
    sums, real = assignments.sums(exposed)[0], float(assignments.real(exposed)[0])
    always = np.flatnonzero(np.abs(sums) >= abs(real) * (1 - TIE)).astype(np.int64)
    slopes = np.stack([real - sums, real + sums])
    slopes[:, always] = 1.0
    return 1 / slopes[0], 1 / slopes[1], always

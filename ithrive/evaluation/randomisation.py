"""Exact randomisation tests: how often would chance assignment alone give an effect at least as large?

Under no effect every site's figures would have been the same whoever began, so the figures, less what sites
and waves explain, are fixed; what changes is whose are summed. The sum over the treated waves of the
accelerator sites is the two-way fixed-effects estimate up to a constant where all waves are there, and its
score statistic where some are missing. Fisher 1935; Rosenbaum 2002.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats
from ithrive.evaluation.assignments import Assignments, Splits, Swaps, each_row
from ithrive.evaluation.design import Design
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.ends import p_under
from ithrive.evaluation.inversion import inverted
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.robust import Clustered
from ithrive.evaluation.studentised import Welch, unequal

AS_IF = (
    "As if randomised: accelerator sites volunteered, so p says how an assignment by lot within this set "
    "would have behaved, not that there was one."
)
SHARP = "Under no effect, no site's figures would have been different in the other arm."
SAME_EVERYWHERE = "The interval holds for an effect that is the same at every site and wave."
NO_PAIRS = NotComputable("The panel names no pairs.")
NOT_VARYING = NotComputable("Every assignment gives the same: nothing varies beyond sites and waves.")


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

    def welch(self, splits: Splits) -> Welch:
        """What is judged where arms differ in size."""
        return Welch.of(splits, self.figures, self.exposure)

    def statistics(self) -> tuple[Floats, float]:
        """All assignments' statistics without any effect and the real one's, in size, up to one factor."""
        if isinstance(self.assignments, Splits) and unequal(self.assignments):
            return self.welch(self.assignments).statistics
        figures = self.figures[None, :]
        sums, real = self.assignments.sums(figures)[0], self.assignments.real(figures)[0]
        return np.abs(sums), abs(float(real))


def both_lots(
    panel: Panel, clustered: Clustered | NotComputable, draws: Draws = STANDARD
) -> tuple[Lots | NotComputable, Lots | NotComputable]:
    """Pairs' and sites' lots of a panel's only outcome, or twice the reason why it has no design."""
    if isinstance(clustered, NotComputable):
        return clustered, clustered
    design = clustered.design
    remainder = design.remainder(panel.figures[0])
    return pair_lots(panel, design, remainder, draws), split_lots(panel, design, remainder, draws)


def pair_lots(
    panel: Panel, design: Design, remainder: Floats, draws: Draws = STANDARD
) -> Lots | NotComputable:
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
    return Lots(Swaps(len(pairs), draws), names, *both[:, order])


def split_lots(
    panel: Panel, design: Design, remainder: Floats, draws: Draws = STANDARD
) -> Lots | NotComputable:
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

    splits = Splits(len(panel.sites), int(panel.accelerator.sum()), draws)
    names = tuple(panel.sites[at] for at in last)
    return Lots(splits, names, score(remainder), score(design.exposure[:, :, 0]))


def _without_figures(panel: Panel, design: Design) -> str:
    return " and ".join(sorted(panel.sites[at] for at in design.empty))


def randomised(lots: Lots | NotComputable, *, alpha: float) -> Inference | NotComputable:
    """p over all assignments, ties counted as at least as large, and the interval by inverting the test."""
    return all_randomised([lots], alpha=alpha)[0]


def all_randomised(every: Sequence[Lots | NotComputable], *, alpha: float) -> list[Inference | NotComputable]:
    """The same of many: those over the same assignments are summed together."""
    found: list[Inference | NotComputable] = [
        NOT_VARYING if isinstance(each, Lots) else each for each in every
    ]
    places: dict[Assignments, list[int]] = {}
    for at, each in enumerate(every):
        if isinstance(each, Lots) and each.vary:
            places.setdefault(each.assignments, []).append(at)
    for assignments, where in places.items():
        lots = [each for at in where if isinstance(each := every[at], Lots)]
        for at, judged in zip(where, _judged(assignments, lots, alpha), strict=True):
            found[at] = judged
    return found


def _judged(assignments: Assignments, lots: Sequence[Lots], alpha: float) -> Iterator[Inference]:
    if isinstance(assignments, Splits) and unequal(assignments):
        for each in lots:
            yield _inference(
                assignments, (welch := each.welch(assignments)).interval(alpha), p_under(welch, 0.0)
            )
        return
    figures = np.stack([each.figures for each in lots])
    mirrored = assignments.mirrored(np.concatenate([figures, [each.exposure for each in lots]]))
    sums = assignments.halves(figures) if mirrored else each_row(assignments, figures)
    for each, real, row in zip(lots, assignments.real(figures), sums, strict=True):
        least = abs(real) - TIE * float(np.abs(each.figures).sum())
        interval = inverted(each, row, float(real), mirrored=mirrored, alpha=alpha)
        yield _inference(assignments, interval, np.count_nonzero(np.abs(row) >= least) / len(row))


def _inference(assignments: Assignments, interval: Interval | NotComputable, p: float) -> Inference:
    how = (
        "none"
        if not unequal(assignments)
        else "differences by Welch's t at its own degrees of freedom, as arms differ in size"
    )
    return Inference(
        method="Randomisation test",
        factor=f"{how}: the test is {'exact' if assignments.exact else 'simulated'}",
        reference=assignments.words,
        p=p,
        interval=interval,
        assumes=(AS_IF, SHARP, SAME_EVERYWHERE),
    )

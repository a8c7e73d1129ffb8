"""The triple difference: by how much the effect differs along a moderator, and the effect in either half."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.design import partialled
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.effect import Effect, effect
from ithrive.evaluation.estimates import Estimate, estimates
from ithrive.evaluation.moderators.dealt import dealt
from ithrive.evaluation.moderators.values import AS_MEASURED, MEDIAN, Values, values_of
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.robust import Clustered
from ithrive.evaluation.staggered.effects import without

ESTIMATOR = (
    "Triple difference by fixed effects of sites and waves, with the moderator's own course over the waves"
)
ALIKE = (
    "Without implementation, the arms would have changed alike at every value of the moderator, whatever its"
    " own course."
)
NO_DIFFERENCE = "A finding in one half and none in the other is not itself a difference: see the difference."


@dataclass(frozen=True, slots=True)
class Half:
    """The effect among sites on one side of the cut."""

    label: str
    accelerators: int
    comparisons: int
    estimate: Estimate | NotComputable
    exact: Inference | NotComputable


@dataclass(frozen=True, slots=True)
class Moderation:
    """By how much the effect is larger for one unit more of the moderator.

    With `split` “median” the unit is the upper half (above `cut`) against the rest. `difference` holds CR2
    with Satterthwaite's degrees of freedom; `dealt` is over deals of the moderator, exact or simulated.
    """

    outcome: str
    moderator: str
    estimator: str
    split: str
    cut: float
    accelerators: int
    comparisons: int
    difference: Estimate | NotComputable
    dealt: Inference | NotComputable
    halves: tuple[Half, ...]
    assumes: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """What a reader may take from the halves and their difference."""
        told = "; ".join(f"{half.label}: {_words(half.estimate)}" for half in self.halves)
        return f"{told}. Difference: {_words(self.difference)}. {NO_DIFFERENCE}"


def moderation(
    panel: Panel,
    outcome: str,
    known: Mapping[str, float],
    *,
    moderator: str = "moderator",
    split: str = MEDIAN,
    cut: float | None = None,
    alpha: float = 0.05,
    draws: Draws = STANDARD,
) -> Moderation | NotComputable:
    """Whether the effect on one outcome differs along a moderator measured before the start.

    `known` gives the value of each site; both sites of a pair take their accelerator's. `split` is “median”
    (above the median of accelerators, or above `cut`) or “as measured”. Sites without a value are left out
    and named. ValueError for another split.
    """
    if split not in (MEDIAN, AS_MEASURED):
        raise ValueError(f"split is {split!r}, not {MEDIAN!r} or {AS_MEASURED!r}.")
    alone = panel.only([outcome])
    found = values_of(alone, known, cut)
    if isinstance(found, NotComputable):
        return found
    used = found.used(split)
    return Moderation(
        outcome=outcome,
        moderator=moderator,
        estimator=ESTIMATOR,
        split=split,
        cut=found.cut,
        accelerators=int(found.panel.accelerator.sum()),
        comparisons=int((~found.panel.accelerator).sum()),
        difference=_difference(found.panel, used, alpha),
        dealt=dealt(found, outcome, used, alpha=alpha, draws=draws),
        halves=tuple(_half(found, upper, alpha, draws) for upper in (True, False)),
        assumes=(ALIKE,),
        left_out=found.left_out,
    )


def _difference(panel: Panel, used: Floats, alpha: float) -> Estimate | NotComputable:
    there = ~np.isnan(panel.figures[0])
    sites, waves = there.shape
    along = used - used.mean()
    nuisance = np.zeros((sites, waves, sites + 2 * waves))
    nuisance[np.arange(sites), :, np.arange(sites)] = 1.0
    for wave in range(waves):
        nuisance[:, wave, sites + wave] = 1.0
        nuisance[:, wave, sites + waves + wave] = along
    exposure = np.stack([panel.treated, panel.treated * along[:, None]], axis=2) * there[..., None]
    weights = np.where(there, panel.weights, 0.0)
    design = partialled(nuisance * there[..., None], exposure, weights / weights[there].mean())
    if isinstance(design, NotComputable):
        return NotComputable(
            "The difference cannot be told apart: it needs both arms, before and after, at more than one"
            " value of the moderator."
        )
    return estimates(Clustered(design), design.remainder(panel.figures[0]), alpha=alpha)[1]


def _half(found: Values, upper: bool, alpha: float, draws: Draws) -> Half:
    panel = without(found.panel, found.upper != upper)
    counts = [int((panel.accelerator == arm).sum()) for arm in (True, False)]
    label = f"above {found.cut:.4g}" if upper else f"{found.cut:.4g} or less"
    if min(counts) < 2:
        few = NotComputable("Either arm needs two sites in this half.")
        return Half(label, counts[0], counts[1], few, few)
    told = effect(panel, panel.outcomes[0], alpha=alpha, draws=draws.many, seed=draws.seed)
    return Half(label, counts[0], counts[1], told.estimate, _exact(told))


def _exact(told: Effect) -> Inference | NotComputable:
    return told.pair_swaps if isinstance(told.pair_swaps, Inference) else told.splits


def _words(estimate: Estimate | NotComputable) -> str:
    if isinstance(estimate, NotComputable):
        return f"none ({estimate.reason.rstrip('.')})"
    judged = estimate.cr2
    if isinstance(judged, NotComputable) or not isinstance(judged.interval, Interval):
        return f"{estimate.value:.4g}"
    return f"{estimate.value:.4g} ({judged.interval.low:.4g} to {judged.interval.high:.4g})"

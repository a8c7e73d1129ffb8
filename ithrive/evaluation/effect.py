"""The effect on an outcome with every judgement of it, always together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.bootstrap import bootstrapped
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.estimates import PARALLEL, Estimate, estimates
from ithrive.evaluation.event_study import EventStudy, event_study
from ithrive.evaluation.family import family_wise
from ithrive.evaluation.panel import Dropped, Panel
from ithrive.evaluation.randomisation import Lots, both_lots, randomised
from ithrive.evaluation.robust import Clustered
from ithrive.evaluation.sensitivity import Sensitivity, sensitivity
from ithrive.evaluation.shared import Shared

ALPHA = 0.05
ESTIMATOR = "Difference in differences by two-way fixed effects of sites and waves"
STAGGERED = (
    "Sites began at different waves: the estimate also compares sites that began with sites that began"
    " earlier, and is right only if the effect is the same at every site and grows no further."
)


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect on one outcome. What cannot be worked out says why in its place.

    `estimate` is in the outcome's unit, or a difference of natural logarithms where `scale` says so.
    `without_part` names sites and waves with a single figure: their own effect explains it, so the estimate
    does not rest on it. `swap_lots` and `split_lots` are what a family of outcomes is judged by.
    """

    outcome: str
    scale: str
    estimator: str
    accelerators: int
    comparisons: int
    waves: int
    figures: int
    estimate: Estimate | NotComputable
    changes: Estimate | NotComputable
    pair_swaps: Inference | NotComputable
    splits: Inference | NotComputable
    bootstrap: Inference | NotComputable
    sensitivity: Sensitivity | NotComputable
    events: EventStudy | NotComputable
    assumes: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    without_part: tuple[str, ...]
    swap_lots: Lots | NotComputable
    split_lots: Lots | NotComputable


def effects(
    panel: Panel, *, alpha: float = ALPHA, draws: int = STANDARD.many, seed: int = STANDARD.seed
) -> tuple[Effect, ...]:
    """The effect on every outcome of a panel, in its order. See `effect`."""
    shared = Shared()
    return tuple(
        effect(panel, outcome, alpha=alpha, draws=draws, seed=seed, shared=shared)
        for outcome in panel.outcomes
    )


def effect(
    panel: Panel,
    outcome: str,
    *,
    alpha: float = ALPHA,
    draws: int = STANDARD.many,
    seed: int = STANDARD.seed,
    shared: Shared | None = None,
) -> Effect:
    """The effect on one outcome: estimate, CR0 to CR2, exact tests, bootstrap, event study, sensitivity.

    Intervals hold 1 - `alpha`. The bootstrap takes `draws` draws from `seed`, and so do the randomisation
    tests where assignments are too many to list. `shared` saves work between outcomes and changes no result.
    The order of rows, the names of sites and the other outcomes of the panel change no result.
    """
    shared, drawn = shared or Shared(), Draws(draws, seed)
    alone = panel.only([outcome])
    clustered = shared.exposed(alone) if alone.treated[:, 0].sum() < alone.accelerator.sum() else None
    if clustered is None:
        clustered = NotComputable("No accelerator site has a wave before its start.")
    swaps, splits = both_lots(alone, clustered, drawn)
    swapped = randomised(swaps, alpha=alpha)
    estimate = _estimate(alone, clustered, alpha)
    return Effect(
        outcome=outcome,
        scale="logarithm of outcome over offset" if panel.logged else "as given",
        estimator=ESTIMATOR + (", weighted" if panel.weighted else ""),
        accelerators=int(alone.accelerator.sum()),
        comparisons=int((~alone.accelerator).sum()),
        waves=len(alone.waves),
        figures=int((~np.isnan(alone.figures)).sum()),
        estimate=estimate,
        changes=_changes(alone, shared, alpha),
        pair_swaps=swapped,
        splits=randomised(splits, alpha=alpha),
        bootstrap=_bootstrap(alone, clustered, estimate, alpha, drawn),
        sensitivity=swapped if isinstance(swapped, NotComputable) else sensitivity(swaps, alpha=alpha),
        events=event_study(alone, shared, alpha=alpha, draws=drawn),
        assumes=(PARALLEL,) if alone.common_start is not None else (PARALLEL, STAGGERED),
        dropped=alone.dropped,
        without_part=_without_part(alone),
        swap_lots=swaps,
        split_lots=splits,
    )


def family(found: Sequence[Effect]) -> dict[str, float | NotComputable]:
    """Family-wise p of each outcome over pair swaps where the panel has pairs, otherwise over splits.

    The family is exactly `found`: name it before looking.
    """
    swaps = {each.outcome: each.swap_lots for each in found}
    if any(isinstance(lots, Lots) for lots in swaps.values()):
        return family_wise(swaps)
    return family_wise({each.outcome: each.split_lots for each in found})


def change_scores(panel: Panel, outcome: str) -> Floats:
    """Each site's mean after the common start less its mean before; NaN where it lacks either.

    Raises ValueError for a panel without a common start.
    """
    start = panel.common_start
    if start is None:
        raise ValueError("Change scores need a common start.")
    figures = panel.outcome(outcome)
    means = []
    for part in (figures[:, :start], figures[:, start:]):
        there = ~np.isnan(part)
        count = there.sum(axis=1)
        total = np.where(there, part, 0.0).sum(axis=1)
        means.append(np.where(count > 0, total / np.maximum(count, 1), np.nan))
    return np.asarray(means[1] - means[0])


def _without_part(panel: Panel) -> tuple[str, ...]:
    there = ~np.isnan(panel.figures[0])
    sites, waves = (np.flatnonzero(there.sum(axis=axis) == 1) for axis in (1, 0))
    named = [*(f"site {panel.sites[at]}" for at in sites), *(f"wave {panel.waves[at]}" for at in waves)]
    return tuple(sorted(named))


def _estimate(panel: Panel, clustered: Clustered | NotComputable, alpha: float) -> Estimate | NotComputable:
    if isinstance(clustered, NotComputable):
        return clustered
    return estimates(clustered, clustered.design.remainder(panel.figures[0]), alpha=alpha)[0]


def _changes(panel: Panel, shared: Shared, alpha: float) -> Estimate | NotComputable:
    """The difference in mean change scores, judged as any estimate: for two groups CR2 is Welch's."""
    if panel.common_start is None:
        return NotComputable("Sites began at different waves, so they have no change in common.")
    if panel.weighted:
        return NotComputable("Weights by site and wave do not say how much a site's change should weigh.")
    scores = change_scores(panel, panel.outcomes[0])
    if np.isnan(scores).any():
        return NotComputable("Some site has no figure before or none after the start.")
    clustered = shared.two_groups(panel)
    assert isinstance(clustered, Clustered)  # both arms have sites
    return estimates(clustered, clustered.design.remainder(scores[:, None]), alpha=alpha)[0]


def _bootstrap(
    panel: Panel,
    clustered: Clustered | NotComputable,
    estimate: Estimate | NotComputable,
    alpha: float,
    draws: Draws,
) -> Inference | NotComputable:
    if isinstance(clustered, NotComputable) or isinstance(estimate, NotComputable):
        return NotComputable("There is no estimate to judge.")
    if isinstance(estimate.cr1, NotComputable):
        return estimate.cr1
    remainder = clustered.design.remainder(panel.figures[0])
    error = estimate.cr1.standard_error
    assert error is not None
    return bootstrapped(clustered.design, remainder, estimate.value, error, alpha=alpha, draws=draws)

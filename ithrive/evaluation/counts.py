"""Counts as they are, noughts among them: fixed-effects Poisson regression with an offset.

Counts need not be Poisson: the estimate is right where the mean is (Gourieroux, Monfort & Trognon 1984). CR2
with Satterthwaite degrees of freedom judges the last weighted fit, under a working model in which variances
are proportional to means (as clubSandwich does for such models). The exact tests take what sites and waves
leave of the counts under no effect, which no assignment changes.
"""

from dataclasses import dataclass, replace

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats, Marks
from ithrive.evaluation.design import Design, partialled
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.estimates import Estimate, estimates
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.randomisation import Lots, pair_lots, randomised, split_lots
from ithrive.evaluation.robust import Clustered

ESTIMATOR = "Poisson regression with fixed effects of sites and waves, and an offset"
MULTIPLIED = "Without implementation, rates of both arms would have been multiplied alike from wave to wave."
NOT_LINEAR = NotComputable("The test is not inverted: an effect multiplies counts. See the CR2 interval.")
MOST_TURNS = 10_000
CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class CountEffect:
    """`estimate` is the difference of natural logarithms of rates, `ratio` the same as a ratio.

    `noughts` counts cells without an event; they have a part. `without_part` names sites and waves that
    never had one: nothing can change their rate of nought. `dispersion` is 1 for Poisson counts.
    """

    outcome: str
    estimator: str
    events: int
    noughts: int
    dispersion: float
    estimate: Estimate | NotComputable
    ratio: float
    ratio_interval: Interval | NotComputable
    pair_swaps: Inference | NotComputable
    splits: Inference | NotComputable
    assumes: tuple[str, ...]
    without_part: tuple[str, ...]


def count_effect(
    panel: Panel, outcome: str, offsets: Floats, *, alpha: float = 0.05, draws: Draws = STANDARD
) -> CountEffect | NotComputable:
    """The effect on a count. `offsets` is sites x waves in the panel's order, above nought beside a count.

    NotComputable with weights, with negative counts, or where no event came before or after the start.
    """
    counts = panel.outcome(outcome)
    there = ~np.isnan(counts) & ~np.isnan(offsets)
    if panel.weighted or panel.logged:
        return NotComputable("Counts are taken as they are: without weights and not as logarithms.")
    if (counts[there] < 0).any() or (offsets[there] <= 0).any():
        return NotComputable("Counts must be nought or more, and offsets above nought.")
    both = replace(panel, outcomes=(outcome, "offset"), figures=np.stack([counts, offsets]))
    return _judged(both.only([outcome, "offset"]), outcome, alpha, draws)


def _judged(panel: Panel, outcome: str, alpha: float, draws: Draws) -> CountEffect | NotComputable:
    seen: Marks = np.asarray(~np.isnan(panel.figures).any(axis=0))
    counts, offsets = (
        np.where(seen, figures, one) for figures, one in zip(panel.figures, (0, 1), strict=True)
    )
    there = seen & (counts.sum(axis=1) > 0)[:, None] & (counts.sum(axis=0) > 0)
    arms, begun = panel.accelerator[:, None], panel.treated[panel.accelerator].any(axis=0)
    for arm in (arms, ~arms):
        if not counts[arm & begun].sum() or not counts[arm & ~begun].sum():
            return NotComputable("One arm has no event before or after the start, so there is no ratio.")
    exposure = (panel.treated & there)[..., None].astype(np.float64)
    means = _fitted(counts, offsets, there, exposure[..., 0])
    null = _fitted(counts, offsets, there, np.zeros(there.shape))
    if means is None or null is None:
        return NotComputable("The regression does not settle: some counts of nought leave it without a fit.")
    design = _design(there, exposure, means)
    if isinstance(design, NotComputable):
        return design
    working = np.where(there, np.log(means / offsets) + (counts - means) / means, 0.0)
    estimate = estimates(Clustered(design), design.remainder(working * np.sqrt(means)), alpha=alpha)[0]
    # A site or wave without any event has no part in the estimate; by lot its rest is nought.
    rest = np.where(there, counts - null, 0.0)
    lots = replace(design, weights=np.asarray(seen, np.float64))
    swaps, splits = (_by_lot(find(panel, lots, rest, draws), alpha) for find in (pair_lots, split_lots))
    return CountEffect(
        outcome=outcome,
        estimator=ESTIMATOR,
        events=int(counts.sum()),
        noughts=int((counts[seen] == 0).sum()),
        dispersion=float(((counts - means)[there] ** 2 / means[there]).sum() / _left(there)),
        estimate=estimate,
        ratio=float(np.exp(estimate.value)),
        ratio_interval=_ratios(estimate.cr2),
        pair_swaps=swaps,
        splits=splits,
        assumes=(MULTIPLIED,),
        without_part=_without_part(panel, seen, there),
    )


def _without_part(panel: Panel, seen: Marks, there: Marks) -> tuple[str, ...]:
    sites = seen.any(axis=1) & ~there.any(axis=1)
    waves = seen.any(axis=0) & ~there.any(axis=0)
    names = [f"site {panel.sites[at]}" for at in np.flatnonzero(sites)]
    return tuple(sorted([*names, *(f"wave {panel.waves[at]}" for at in np.flatnonzero(waves))]))


def _left(there: Marks) -> int:
    """Figures less what sites, waves and the effect take."""
    return max(int(there.sum()) - int(there.any(axis=1).sum()) - int(there.any(axis=0).sum()), 1)


def _design(there: Marks, exposure: Floats, means: Floats) -> Design | NotComputable:
    """Rows times the root of their mean, so that equal variances are the working model."""
    sites, waves = there.shape
    nuisance = np.zeros((sites, waves, sites + waves))
    nuisance[np.arange(sites), :, np.arange(sites)] = 1.0
    nuisance[:, np.arange(waves), sites + np.arange(waves)] = 1.0
    root = np.sqrt(np.where(there, means, 0.0))[..., None]
    return partialled(nuisance * root, exposure * root, there.astype(np.float64))


def _fitted(counts: Floats, offsets: Floats, there: Marks, begun: Floats) -> Floats | None:
    """The means, 1 where there is no figure, or None where they never settle. `begun` is 1 where exposed.

    By turns sites, waves and exposed cells are scaled to their own sum of counts: each turn makes the
    likelihood larger, and where nothing changes any more it is largest (iterative proportional fitting).
    """
    means = np.where(there, offsets, 0.0)
    for _ in range(MOST_TURNS):
        before = means
        for axis in (1, 0):
            sums = means.sum(axis=axis, keepdims=True)
            means = means * (
                np.where(there, counts, 0.0).sum(axis=axis, keepdims=True) / np.where(sums > 0, sums, 1.0)
            )
        if begun.any():
            means = np.where(begun > 0, means * ((counts * begun).sum() / (means * begun).sum()), means)
        if np.abs(means - before).max() <= CLOSE * counts.max():
            return np.where(there, means, 1.0)
    return None


def _by_lot(lots: Lots | NotComputable, alpha: float) -> Inference | NotComputable:
    if isinstance(lots, NotComputable):
        return lots
    found = randomised(replace(lots, exposure=np.zeros(len(lots.units))), alpha=alpha)
    if isinstance(found, NotComputable):
        return found
    return replace(found, interval=NOT_LINEAR, assumes=found.assumes[:2])


def _ratios(judged: Inference | NotComputable) -> Interval | NotComputable:
    if isinstance(judged, NotComputable) or isinstance(judged.interval, NotComputable):
        return NotComputable("There is no interval of the logarithm.")
    return Interval(float(np.exp(judged.interval.low)), float(np.exp(judged.interval.high)))

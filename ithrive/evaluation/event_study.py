"""The effect wave by wave, each against the wave before the start, and whether they are nought together."""

from collections.abc import Sequence
from dataclasses import dataclass

from ithrive.evaluation.answers import Inference, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.estimates import APART, FACTORS, NO_VARIATION, PARALLEL, Estimate, estimates
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.randomisation import all_randomised, both_lots
from ithrive.evaluation.robust import Clustered
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.tails import f_p

ONE_BASELINE = NotComputable(
    "There is one wave before the start, so nothing shows whether the arms had moved alike before."
)


@dataclass(frozen=True, slots=True)
class WaveEffect:
    """The difference at one wave less the difference at the reference wave."""

    wave: str
    before: bool
    estimate: Estimate
    pair_swaps: Inference | NotComputable
    splits: Inference | NotComputable


@dataclass(frozen=True, slots=True)
class JointTest:
    """Several waves tested together: HTZ's F on two degrees of freedom."""

    f: float
    upper_df: int
    lower_df: float
    p: float
    method: str = "Hotelling's T-squared approximation (HTZ) with cluster-robust CR2, clustered by site"
    factor: str = FACTORS["CR2"]
    reference: str = "F on upper_df and lower_df degrees of freedom"
    assumes: tuple[str, ...] = (PARALLEL, APART)


@dataclass(frozen=True, slots=True)
class EventStudy:
    """`reference` is the last wave before the start."""

    reference: str
    waves: tuple[WaveEffect, ...]
    after: JointTest | NotComputable
    before: JointTest | NotComputable


def event_study(
    panel: Panel, shared: Shared, *, alpha: float, draws: Draws = STANDARD
) -> EventStudy | NotComputable:
    """The event study of a panel's only outcome, for sites that all began at one wave."""
    start = panel.common_start
    if start is None:
        return NotComputable(
            "Sites began at different waves; an event study by two-way fixed effects would compare sites"
            " that began with sites that began earlier."
        )
    clustered = shared.events(panel)
    if isinstance(clustered, NotComputable):
        return clustered
    remainder = clustered.design.remainder(panel.figures[0])
    others = [at for at in range(len(panel.waves)) if at != start - 1]
    each = estimates(clustered, remainder, alpha=alpha)
    swaps, splits = _by_lot(panel, shared, others, alpha, draws)
    waves = [
        WaveEffect(panel.waves[at], at < start, estimate, swapped, split)
        for at, estimate, swapped, split in zip(others, each, swaps, splits, strict=True)
    ]
    after = tuple(which for which, at in enumerate(others) if at >= start)
    before = tuple(which for which, at in enumerate(others) if at < start)
    return EventStudy(
        reference=panel.waves[start - 1],
        waves=tuple(waves),
        after=_joint(clustered, remainder, after, each),
        before=_joint(clustered, remainder, before, each) if before else ONE_BASELINE,
    )


def _by_lot(
    panel: Panel, shared: Shared, others: Sequence[int], alpha: float, draws: Draws
) -> list[list[Inference | NotComputable]]:
    """Over pair swaps, then over splits: the test of each wave, which looks at it and the reference alone."""
    assert panel.common_start is not None  # or there is no event study
    two = [panel.between(panel.common_start - 1, at) for at in others]
    lots = [both_lots(each, shared.exposed(each), draws) for each in two]
    return [all_randomised(way, alpha=alpha) for way in zip(*lots, strict=True)]


def _joint(
    clustered: Clustered, remainder: Floats, which: tuple[int, ...], each: Sequence[Estimate]
) -> JointTest | NotComputable:
    if all(each[wave].cr2 == NO_VARIATION for wave in which):
        return NO_VARIATION  # no lack of sites: there is nothing to test
    coefficients = clustered.design.coefficients(remainder)
    found = clustered.joint(which, coefficients, clustered.design.residuals(remainder))
    return found if isinstance(found, NotComputable) else JointTest(*found, p=f_p(*found))

"""The effect wave by wave, each against the wave before the start, and whether they are nought together."""

from dataclasses import dataclass

from ithrive.evaluation.answers import Inference, NotComputable
from ithrive.evaluation.estimates import Estimate, estimates
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.randomisation import pair_lots, randomised, split_lots
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


@dataclass(frozen=True, slots=True)
class EventStudy:
    """`reference` is the last wave before the start."""

    reference: str
    waves: tuple[WaveEffect, ...]
    after: JointTest | NotComputable
    before: JointTest | NotComputable


def event_study(panel: Panel, shared: Shared, *, alpha: float) -> EventStudy | NotComputable:
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
    waves = [
        _wave(panel, shared, at, start, estimate, alpha) for at, estimate in zip(others, each, strict=True)
    ]
    after = tuple(which for which, at in enumerate(others) if at >= start)
    before = tuple(which for which, at in enumerate(others) if at < start)
    return EventStudy(
        reference=panel.waves[start - 1],
        waves=tuple(waves),
        after=_joint(clustered, panel, after),
        before=_joint(clustered, panel, before) if before else ONE_BASELINE,
    )


def _wave(panel: Panel, shared: Shared, at: int, start: int, estimate: Estimate, alpha: float) -> WaveEffect:
    """The exact tests of one wave look at it and the reference wave alone."""
    two = panel.between(start - 1, at)
    clustered = shared.exposed(two)
    name, before = panel.waves[at], at < start
    if isinstance(clustered, NotComputable):
        return WaveEffect(name, before, estimate, clustered, clustered)
    remainder = clustered.design.remainder(two.figures[0])
    ways = [find(two, clustered.design, remainder) for find in (pair_lots, split_lots)]
    swaps, splits = (
        lots if isinstance(lots, NotComputable) else randomised(lots, alpha=alpha) for lots in ways
    )
    return WaveEffect(name, before, estimate, swaps, splits)


def _joint(clustered: Clustered, panel: Panel, which: tuple[int, ...]) -> JointTest | NotComputable:
    remainder = clustered.design.remainder(panel.figures[0])
    coefficients = clustered.design.coefficients(remainder)
    found = clustered.joint(which, coefficients, clustered.design.residuals(remainder))
    return found if isinstance(found, NotComputable) else JointTest(*found, p=f_p(*found))

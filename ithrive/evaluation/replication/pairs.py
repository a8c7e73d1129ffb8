"""What each matched pair alone says of the effect, and how surely."""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.panel import Panel


@dataclass(frozen=True, eq=False)
class PairEffects:
    """Each pair's difference in changes with the variance of its own error; what was left out says why."""

    names: tuple[str, ...]
    effects: Floats
    variances: Floats
    left_out: tuple[tuple[str, str], ...]


def pair_effects(panel: Panel, outcome: str) -> PairEffects | NotComputable:
    """For each pair: the mean difference between its sites after its accelerator began, less that before.

    Waves in which either site has no figure have no part. The error comes from how differences scatter
    around their means before and after, pooled over pairs, since a single baseline says nothing of its own.
    It takes waves to be independent: where they are not it is too small, and what sites differ by is then
    counted as larger, which makes a prediction wider, not narrower.
    NotComputable where the panel names no pairs, or no pair has two waves on one side of its start.
    """
    if not panel.pairs:
        return NotComputable("The panel names no pairs.")
    figures = panel.outcome(outcome)
    kept: list[tuple[str, Floats, Floats]] = []
    left_out: list[tuple[str, str]] = []
    for accelerator, comparison in panel.matched():
        name, start = panel.pairs[accelerator], panel.starts[accelerator]
        apart = figures[accelerator] - figures[comparison]
        before, after = (part[~np.isnan(part)] for part in (apart[:start], apart[start:]))
        if len(before) and len(after):
            kept.append((name, before, after))
        else:
            side = "before" if not len(before) else "after"
            left_out.append((name, f"No wave {side} the start has figures of both sites."))
    spread = _pooled(kept)
    if isinstance(spread, NotComputable):
        return spread
    return PairEffects(
        tuple(name for name, _, _ in kept),
        np.array([after.mean() - before.mean() for _, before, after in kept]),
        np.array([spread * (1 / len(before) + 1 / len(after)) for _, before, after in kept]),
        tuple(left_out),
    )


def _pooled(kept: list[tuple[str, Floats, Floats]]) -> float | NotComputable:
    sides = [side for _, before, after in kept for side in (before, after)]
    df = sum(len(side) - 1 for side in sides)
    if df < 1:
        return NotComputable("No pair has two waves on one side of its start, so no error can be told.")
    return float(sum(((side - side.mean()) ** 2).sum() for side in sides) / df)

"""One dose and one change for each site: the first of the two stages."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats, Marks
from ithrive.evaluation.panel import Panel

FEWEST = 5
Arms = Literal["accelerators", "both"]


@dataclass(frozen=True, eq=False)
class SiteFigures:
    """For each site its mean dose after the start, its change in the outcome, and its arm."""

    sites: tuple[str, ...]
    doses: Floats
    changes: Floats
    accelerator: Marks
    left_out: tuple[tuple[str, str], ...]

    def without(self, at: int) -> "SiteFigures":
        """The same without one site."""
        keep = np.arange(len(self.sites)) != at
        sites = tuple(name for name, kept in zip(self.sites, keep, strict=True) if kept)
        return SiteFigures(sites, self.doses[keep], self.changes[keep], self.accelerator[keep], self.left_out)


def site_figures(panel: Panel, outcome: str, doses: Floats, *, arms: Arms) -> SiteFigures | NotComputable:
    """`doses` sites x waves as `lagged` gives them, in the panel's order of sites.

    An accelerator's change is its mean from its start on less its mean before; a comparison site's is split
    where most accelerators began. NotComputable with fewer than five sites, or doses that are all alike.
    """
    figures = panel.outcome(outcome)
    starts = np.where(panel.accelerator, panel.starts, _usual_start(panel))
    asked = np.flatnonzero(panel.accelerator) if arms == "accelerators" else np.arange(len(panel.sites))
    kept, left_out = [], []
    for at in asked:
        before, after = figures[at, : starts[at]], figures[at, starts[at] :]
        given = doses[at, starts[at] :][~np.isnan(after)]
        reason = _why_left_out(before, after, given)
        if reason:
            left_out.append((panel.sites[at], reason))
        else:
            kept.append((at, np.nanmean(given), np.nanmean(after) - np.nanmean(before)))
    if len(kept) < FEWEST:
        return NotComputable(f"{len(kept)} sites have a dose and a change; at least {FEWEST} are needed.")
    places, mean_doses, changes = (np.array(each) for each in zip(*kept, strict=True))
    found = SiteFigures(
        tuple(panel.sites[at] for at in places),
        mean_doses,
        changes,
        panel.accelerator[places],
        tuple(left_out),
    )
    if not within_arms(found, found.doses).any():
        return NotComputable("All sites had the same dose, so it explains nothing.")
    return found


def within_arms(found: SiteFigures, figures: Floats) -> Floats:
    """Figures less the mean of their arm: arms differ by more than their dose."""
    rest = np.array(figures, dtype=np.float64)
    for arm in (found.accelerator, ~found.accelerator):
        if arm.any():
            rest[arm] -= rest[arm].mean()
    return np.where(np.abs(rest) > 1e-12 * np.abs(figures).max(), rest, 0.0)


def _usual_start(panel: Panel) -> int:
    starts, counts = np.unique(panel.starts[panel.accelerator], return_counts=True)
    return int(starts[np.argmax(counts)])


def _why_left_out(before: Floats, after: Floats, given: Floats) -> str:
    if np.isnan(before).all():
        return "It has no figure before the start."
    if np.isnan(after).all():
        return "It has no figure after the start."
    return "No assessment came before its figures." if np.isnan(given).all() else ""

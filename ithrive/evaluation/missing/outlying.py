"""Quarters that stand out from their own site's others: flagged, and kept unless the protocol
says otherwise."""

from dataclasses import dataclass, replace

import numpy as np

from ithrive.evaluation.panel import Panel

FAR = 3.5  # Iglewicz & Hoaglin 1993: a modified z beyond which a figure is worth a look
TO_DEVIATION = 0.6745  # the median absolute deviation of a normal, in standard deviations
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Outlying:
    """One figure that stands out: by how many robust standard deviations from its site's median."""

    outcome: str
    site: str
    wave: str
    figure: float
    deviations: float


def outlying(panel: Panel) -> tuple[Outlying, ...]:
    """Every figure beyond 3.5 modified z from the median of its site's figures on its side of the start.

    Before and after are apart, lest an effect be taken for an oddity. Sides with fewer than five figures,
    or whose figures are mostly the same, are not judged.
    """
    found = []
    for which, outcome in enumerate(panel.outcomes):
        for at, site in enumerate(panel.sites):
            for side in (slice(None, panel.starts[at]), slice(panel.starts[at], None)):
                figures = panel.figures[which, at, side]
                waves = panel.waves[side]
                found += [
                    Outlying(outcome, site, waves[place], float(figures[place]), far)
                    for place, far in _far(figures)
                ]
    return tuple(found)


def without(panel: Panel, found: tuple[Outlying, ...]) -> Panel:
    """The panel with those figures left out; say so beside the result."""
    figures = panel.figures.copy()
    for each in found:
        place = panel.outcomes.index(each.outcome), panel.sites.index(each.site), panel.waves.index(each.wave)
        figures[place] = np.nan
    return replace(panel, figures=figures)


def _far(figures: np.ndarray) -> list[tuple[int, float]]:
    there = figures[~np.isnan(figures)]
    if len(there) < FEWEST:
        return []
    middle = float(np.median(there))
    usual = float(np.median(np.abs(there - middle)))
    if usual == 0:
        return []
    far = TO_DEVIATION * (figures - middle) / usual
    return [(int(at), float(far[at])) for at in np.flatnonzero(np.abs(far) > FAR)]

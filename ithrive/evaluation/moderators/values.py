"""Which value of the moderator each site has, and which half of the sites it puts the site in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats, Marks
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.staggered.effects import without

MEDIAN, AS_MEASURED = "median", "as measured"


@dataclass(frozen=True, eq=False)
class Values:
    """The sites that have a part, their values in the panel's order, and which are in the upper half."""

    panel: Panel
    values: Floats
    upper: Marks
    cut: float
    left_out: tuple[tuple[str, str], ...]

    def used(self, split: str) -> Floats:
        """What the effect is told apart by: 1 in the upper half with `median`, otherwise the value itself."""
        return self.upper.astype(np.float64) if split == MEDIAN else self.values


def values_of(panel: Panel, known: Mapping[str, float], cut: float | None) -> Values | NotComputable:
    """Both sites of a pair take the value of the accelerator: implementation happened there.

    The cut is the median over accelerators unless given; a value above it is in the upper half.
    """
    values = np.array([_value(panel, at, known) for at in range(len(panel.sites))])
    lost = _without(panel, np.isnan(values))
    left_out = [(panel.sites[at], "It has no value of the moderator.") for at in np.flatnonzero(lost)]
    kept = without(panel, lost)
    if not kept.accelerator.any() or kept.accelerator.all():
        return NotComputable("No accelerator and comparison sites have a value of the moderator.")
    found = values[~lost]
    if np.ptp(found[kept.accelerator]) == 0:
        return NotComputable("The moderator is the same in every accelerator site.")
    middle = float(np.median(found[kept.accelerator])) if cut is None else cut
    return Values(kept, found, found > middle, middle, tuple(sorted(left_out)))


def _without(panel: Panel, missing: Marks) -> Marks:
    """A pair goes as one: its other site would have nothing to be compared with."""
    gone = {panel.pairs[at] for at in np.flatnonzero(missing)} if panel.pairs else set()
    return np.array(
        [bool(missing[at]) or bool(gone and panel.pairs[at] in gone) for at in range(len(missing))]
    )


def _value(panel: Panel, at: int, known: Mapping[str, float]) -> float:
    if not panel.pairs:
        return float(known.get(panel.sites[at], np.nan))
    accelerators = panel.matched()[:, 0]
    (own,) = (each for each in accelerators if panel.pairs[each] == panel.pairs[at])
    return float(known.get(panel.sites[own], np.nan))

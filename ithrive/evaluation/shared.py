"""What outcomes with figures at the same sites and waves have in common is worked out once."""

from dataclasses import dataclass, field

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.design import partialled, two_way
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.robust import Clustered

NO_BEFORE = NotComputable("No wave lies before the start, so there is nothing to compare with.")


@dataclass(frozen=True, eq=False)
class Shared:
    """Designs by who was seen when. Give the same one to every outcome of a panel."""

    _known: dict[tuple[object, ...], Clustered | NotComputable] = field(default_factory=dict)

    def exposed(self, panel: Panel) -> Clustered | NotComputable:
        """Difference in differences: one exposure, on from each site's start."""
        return self._of(panel, "exposed", panel.treated[..., None].astype(np.float64))

    def events(self, panel: Panel) -> Clustered | NotComputable:
        """Event study of a common start: one exposure for each wave but the last before the start."""
        start = panel.common_start
        if not start:
            return NO_BEFORE
        others = [at for at in range(len(panel.waves)) if at != start - 1]
        each = np.eye(len(panel.waves))[:, others]
        return self._of(panel, "events", panel.accelerator[:, None, None] * each[None])

    def _of(self, panel: Panel, kind: str, exposure: Floats) -> Clustered | NotComputable:
        there = ~np.isnan(panel.figures[0])
        key = (kind, there.shape, there.tobytes(), panel.starts.tobytes(), panel.weights.tobytes())
        if key not in self._known:
            design = two_way(there, exposure, panel.weights)
            self._known[key] = design if isinstance(design, NotComputable) else Clustered(design)
        return self._known[key]

    def two_groups(self, panel: Panel) -> Clustered | NotComputable:
        """One figure for each site: an intercept, and whether the site is an accelerator."""
        key = ("groups", panel.starts.tobytes())
        if key not in self._known:
            sites = (len(panel.sites), 1, 1)
            began = panel.accelerator.reshape(sites).astype(np.float64)
            design = partialled(np.ones(sites), began, np.ones(sites[:2]))
            self._known[key] = design if isinstance(design, NotComputable) else Clustered(design)
        return self._known[key]

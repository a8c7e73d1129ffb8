"""The arms' difference before and after the start, with its variance: what a drift is told from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.staggered.cells import cells_of
from ithrive.evaluation.staggered.combining import combined
from ithrive.evaluation.staggered.effects import SINGLE, by_start, without


@dataclass(frozen=True, eq=False)
class Coefficients:
    """Differences before (in order) and after the start against the last wave before it.

    `df` gives the degrees of freedom of any weights on them.
    """

    values: Floats
    variance: Floats
    after: int
    method: str
    factor: str
    df: Callable[[Floats], float]

    @property
    def before(self) -> int:
        return len(self.values) - self.after

    @property
    def steps(self) -> Floats:
        """From each wave to the next, up to the reference wave whose difference is nought."""
        return np.diff(np.append(self.values[: self.before], 0.0))


def coefficients(panel: Panel) -> Coefficients | NotComputable:
    """Those of a panel's only outcome: of the event study, or of effects by time since starts that differ."""
    return _common(panel) if panel.common_start is not None else _staggered(panel)


def _common(panel: Panel) -> Coefficients | NotComputable:
    clustered = Shared().events(panel)
    if isinstance(clustered, NotComputable):
        return clustered
    design = clustered.design
    remainder = design.remainder(panel.figures[0])
    return Coefficients(
        values=design.coefficients(remainder),
        variance=clustered.variance(design.residuals(remainder)),
        after=len(panel.waves) - int(panel.common_start or 0),
        method="cluster-robust CR2, clustered by site",
        factor="Bell and McCaffrey's adjustment of each site",
        df=clustered.df_of,
    )


def _staggered(panel: Panel) -> Coefficients | NotComputable:
    """Effects by time since the start; the variance allows for few sites of each start."""
    if panel.weighted:
        return NotComputable("Weights by site and wave do not say how much a site's change should weigh.")
    alone = without(panel, panel.starts == 0)
    cells = cells_of(alone)
    if isinstance(cells, NotComputable):
        return cells
    by_time = combined(cells, alone.starts).by_time
    if sorted([*by_time, -1]) != list(range(min(*by_time, -1), max(by_time) + 1)):
        return NotComputable("Some time since the start has no figures, so no drift can be followed.")
    own = np.array([each.own for each in by_time.values()])
    if (np.unique(alone.starts, return_counts=True)[1] == 1).any():
        return SINGLE

    def df(direction: Floats) -> float:
        variances, free = by_start(direction @ own, alone.starts)
        return float(variances.sum() ** 2 / (variances**2 / free).sum())

    return Coefficients(
        values=np.array([each.value for each in by_time.values()]),
        variance=_variance(own, alone),
        after=sum(time >= 0 for time in by_time),
        method="variance by start",
        factor="n / (n - 1) among the sites of each start",
        df=df,
    )


def _variance(own: Floats, panel: Panel) -> Floats:
    total = np.zeros((len(own), len(own)))
    for start in np.unique(panel.starts):
        scores = own[:, panel.starts == start]
        total += scores.shape[1] * np.cov(scores, ddof=1)
    return total

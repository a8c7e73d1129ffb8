"""Beside the headline: a mixed model of every site's figures at every wave, with the dose before each."""

from dataclasses import dataclass, replace

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.mixed import MixedModel, mixed_model
from ithrive.evaluation.panel import Panel

ADDS_UP = "One unit more of dose changes the outcome by as much, wherever on the scale it is added."


@dataclass(frozen=True, slots=True)
class DoseOverWaves:
    """The change in the outcome for one unit more of dose. `own_slopes`: whether each site had its own.

    `rows` counts the figures used; `without_dose` those before any assessment.
    """

    slope: float
    inference: Inference | NotComputable
    own_slopes: bool
    rows: int
    without_dose: int


def dose_over_waves(
    panel: Panel, outcome: str, doses: Floats, *, alpha: float = 0.05
) -> DoseOverWaves | NotComputable:
    """`doses` sites x waves as `lagged` gives them. Waves are fixed; sites vary, and so may their slopes."""
    figures = panel.outcome(outcome)
    there = ~np.isnan(figures)
    used = there & ~np.isnan(doses)
    site, wave = np.nonzero(used)
    if len(np.unique(site)) < 5:
        return NotComputable(f"{len(np.unique(site))} sites have figures with a dose before; 5 are needed.")
    dose = doses[used]
    if np.ptp(dose) == 0:
        return NotComputable("All doses are the same, so they explain nothing.")
    waves = (wave[:, None] == np.unique(wave)[None, :]).astype(np.float64)
    fixed = np.column_stack([dose, waves])
    fitted, own_slopes = _fitted(fixed, dose, site.astype(np.int64), figures[used])
    if isinstance(fitted, NotComputable):
        return fitted
    return DoseOverWaves(
        float(fitted.coefficients[0]),
        fitted.inference(0, alpha=alpha, assumes=(ADDS_UP,)),
        own_slopes,
        int(used.sum()),
        int((there & ~used).sum()),
    )


def corrected(found: DoseOverWaves, reliability: float) -> DoseOverWaves | NotComputable:
    """The slope had doses been measured without error: raters' error makes it look flatter by `reliability`.

    Reliability is the share of the variance of doses that is not error, for scores agreed by k raters
    ICC(2,k) (Shrout & Fleiss 1979; Fuller 1987, section 1.1). The reliability itself is taken as known.
    """
    if not 0 < reliability <= 1:
        return NotComputable(f"A reliability of {reliability:g} is none: it lies above 0 and up to 1.")
    judged = found.inference
    if isinstance(judged, Inference) and isinstance(judged.interval, Interval):
        interval = Interval(judged.interval.low / reliability, judged.interval.high / reliability)
        assert judged.standard_error is not None  # a mixed model has one
        judged = replace(judged, interval=interval, standard_error=judged.standard_error / reliability)
    return replace(found, slope=found.slope / reliability, inference=judged)


def _fitted(
    fixed: Floats, dose: Floats, site: np.ndarray, figures: Floats
) -> tuple[MixedModel | NotComputable, bool]:
    level = np.ones((len(dose), 1))
    both = mixed_model(fixed, np.column_stack([level, dose - dose.mean()]), site, figures)
    if isinstance(both, MixedModel) and not isinstance(both.df(0), NotComputable):
        return both, True
    return mixed_model(fixed, level, site, figures), False

"""One estimate and its model-based judgements: CR0, CR1 and CR2, named lest one be taken for another."""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.robust import Clustered, rounding
from ithrive.evaluation.tails import normal_p, normal_reach, student_p, student_reach

PARALLEL = "Without implementation, accelerator and comparison sites would have changed alike on average."
APART = "Sites are independent of each other."
LARGE = "Sites are many: with about twenty this is too sure of itself and is here for comparison only."
NO_VARIATION = NotComputable("Nothing varies beyond what sites, waves and the effect explain.")
FACTORS = {
    "CR0": "none",
    "CR1": "G / (G - 1)",
    "CR2": "Bell and McCaffrey's adjustment of each site",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its cluster-robust judgements."""

    value: float
    cr0: Inference | NotComputable
    cr1: Inference | NotComputable
    cr2: Inference | NotComputable


def estimates(clustered: Clustered, remainder: Floats, *, alpha: float) -> list[Estimate]:
    """One for each exposure. `remainder` is what the design's sites and waves leave of the figures."""
    values = clustered.design.coefficients(remainder)
    residuals = clustered.design.residuals(remainder)
    spread = {factor: np.diag(clustered.variance(residuals, factor)) for factor in FACTORS}
    least = rounding(remainder)

    def judged(factor: str, which: int) -> Inference | NotComputable:
        variance = float(spread[factor][which])
        if variance <= least:
            return NO_VARIATION
        df = {"CR0": None, "CR1": clustered.sites - 1.0, "CR2": float(clustered.df[which])}[factor]
        return _judged(float(values[which]), float(np.sqrt(variance)), factor, df, alpha)

    return [
        Estimate(float(value), *(judged(factor, which) for factor in FACTORS))
        for which, value in enumerate(values)
    ]


def _judged(value: float, error: float, factor: str, df: float | None, alpha: float) -> Inference:
    reach = (student_reach(df, alpha) if df else normal_reach(alpha)) * error
    return Inference(
        method=f"Cluster-robust {factor}, clustered by site",
        factor=FACTORS[factor],
        reference=f"Student's t on {df:.2f} degrees of freedom" if df else "the normal distribution",
        p=student_p(value / error, df) if df else normal_p(value / error),
        interval=Interval(value - reach, value + reach),
        assumes=(PARALLEL, APART) if factor == "CR2" else (PARALLEL, APART, LARGE),
        standard_error=error,
        df=df,
    )

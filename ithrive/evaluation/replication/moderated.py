"""Whether pairs differ along something measured before: one moderator of the effects of single pairs."""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.replication.synthesis import knapp_hartung, tau_squared
from ithrive.evaluation.tails import student_p, student_reach

FEWEST = 4


@dataclass(frozen=True, slots=True)
class Moderated:
    """By how much the effect differs for one unit more of the moderator. `tau2` is what remains."""

    slope: float
    standard_error: float
    df: float
    p: float
    interval: Interval
    tau2: float
    method: str = "Random-effects regression by REML, Knapp-Hartung standard error"


def moderated(
    effects: Floats, variances: Floats, moderator: Floats, *, alpha: float = 0.05
) -> Moderated | NotComputable:
    """`effects`, `variances` above nought and `moderator`: one for each pair.

    NotComputable with fewer than four pairs, or a moderator that is the same in all.
    """
    if len(effects) < FEWEST:
        return NotComputable(f"{len(effects)} pairs are too few for a slope; at least {FEWEST} are needed.")
    if not (variances > 0).all():
        return NotComputable(
            "Some pair's figures do not vary, so its difference has no error to weigh it by."
        )
    if np.ptp(moderator) == 0:
        return NotComputable("The moderator is the same in every pair.")
    columns = np.stack([np.ones(len(effects)), moderator - moderator.mean()], axis=1)
    between = tau_squared(effects, variances, columns)
    coefficients, covariance = knapp_hartung(effects, variances + between, columns)
    slope, error, df = float(coefficients[1]), float(np.sqrt(covariance[1, 1])), len(effects) - 2.0
    reach = student_reach(df, alpha) * error
    p = student_p(slope / error, df) if error > 0 else 0.0
    return Moderated(slope, error, df, p, Interval(slope - reach, slope + reach), between)

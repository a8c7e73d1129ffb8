"""One answer from several completed sets of figures, no surer than what is missing allows.

Rubin 1987, with the degrees of freedom of Barnard & Rubin 1999: with twenty sites the classical ones would be
larger than those of complete data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Interval
from ithrive.evaluation.tails import student_p, student_reach


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean estimate; `missing_information` is the share of its variance that is due to imputing."""

    value: float
    standard_error: float
    df: float
    p: float
    interval: Interval
    missing_information: float
    sets: int


def pooled(
    estimates: Sequence[float], errors: Sequence[float], *, complete_df: float, alpha: float = 0.05
) -> Pooled:
    """`estimates` and standard `errors` of the same quantity, one for each completed set.

    `complete_df` are the degrees of freedom had nothing been missing. Raises ValueError for fewer than two
    sets, or errors that are nought.
    """
    sets = len(estimates)
    if sets < 2 or min(errors) <= 0:
        raise ValueError("Pooling needs two completed sets or more, each with an error above nought.")
    within = float(np.mean(np.square(errors)))
    added = (1 + 1 / sets) * float(np.var(estimates, ddof=1))
    total = within + added
    share = added / total
    value, error = float(np.mean(estimates)), total**0.5
    df = _barnard_rubin(share, sets, complete_df)
    reach = student_reach(df, alpha) * error
    interval = Interval(value - reach, value + reach)
    return Pooled(value, error, df, student_p(value / error, df), interval, share, sets)


def _barnard_rubin(share: float, sets: int, complete: float) -> float:
    observed = (complete + 1) / (complete + 3) * complete * (1 - share)
    return 1 / (share**2 / (sets - 1) + 1 / observed)

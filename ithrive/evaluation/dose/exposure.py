"""How much implementation a site had had by the time its figures were counted."""

from typing import Literal

import numpy as np

from ithrive.evaluation.arrays import Floats

Form = Literal["level", "change"]


def lagged(assessed: Floats, *, lag: int, form: Form = "level") -> Floats:
    """The dose that goes with each wave's figures: what was assessed last, at least `lag` waves before.

    `assessed` is sites x waves: an agreed score or a progress where there was an assessment, NaN elsewhere.
    With `change` it is that score less the site's first one. NaN where nothing was assessed early enough: a
    dose must come before what it is to explain. Raises ValueError for a negative lag.
    """
    if lag < 0:
        raise ValueError(f"A lag of {lag} would let the outcome come before its dose.")
    last = np.full(assessed.shape, np.nan)
    known = np.full(len(assessed), np.nan)
    first = np.full(len(assessed), np.nan)
    for wave in range(assessed.shape[1]):
        if wave >= lag:
            now = assessed[:, wave - lag]
            known = np.where(np.isnan(now), known, now)
            first = np.where(np.isnan(first), now, first)
        last[:, wave] = known - first if form == "change" else known
    return last

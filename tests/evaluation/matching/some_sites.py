"""Sites for tests of matching."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.matching import Candidates


def drawn(sites: int = 30, treated: int = 6, covariates: int = 3, seed: int = 1) -> Candidates:
    values = np.random.default_rng(seed).normal(size=(sites, covariates))
    return of(values, range(treated))


def of(
    values: Floats | Sequence[Sequence[float]],
    treated: Iterable[int],
    strata: Mapping[str, Sequence[str]] | None = None,
) -> Candidates:
    figures = np.asarray(values, dtype=float)
    began = set(treated)
    return Candidates.of(
        [f"site {at:02}" for at in range(len(figures))],
        figures,
        [at in began for at in range(len(figures))],
        covariates=[f"covariate {at}" for at in range(figures.shape[1])],
        strata=strata,
    )

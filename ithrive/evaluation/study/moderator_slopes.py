"""The slope of single pairs' effects on a moderator, also where some sites' value of it is missing."""

from dataclasses import replace

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.missing import completed, pooled
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.replication import Moderated, PairEffects, moderated
from ithrive.problems import BadInput


def slope(protocol: Protocol, pairs: PairEffects, values: Floats, *, split: str) -> Moderated | NotComputable:
    """`values` of the moderator, one a pair, NaN where missing; `split` “median” or “as-measured”.

    Where the protocol says multiple imputation, gaps are filled several ways, by what pairs with like effects
    have, and the slopes pooled. Otherwise, or where too few values are known, pairs without one are left out.
    """
    known = ~np.isnan(values)
    there = _fitted(protocol, pairs, values, known, split)
    if known.all() or protocol.missing.covariates != "multiple-imputation":
        return there
    settings = protocol.missing.imputations, protocol.analysis.seed
    table = np.column_stack([values, pairs.effects])
    try:
        made = completed(("moderator", "effect"), table, sets=settings[0], seed=settings[1])
    except BadInput:
        return there
    each = [_fitted(protocol, pairs, one[:, 0], np.ones_like(known), split) for one in made.sets]
    usable = [one for one in each if isinstance(one, Moderated) and one.standard_error > 0]
    if len(usable) < len(each):
        return there
    return _pooled(usable, int((~known).sum()), protocol.analysis.alpha)


def _fitted(
    protocol: Protocol, pairs: PairEffects, values: Floats, used: np.ndarray, split: str
) -> Moderated | NotComputable:
    there = values[used]
    if split == "median" and len(there):
        there = (there > np.median(there)).astype(np.float64)
    return moderated(pairs.effects[used], pairs.variances[used], there, alpha=protocol.analysis.alpha)


def _pooled(each: list[Moderated], gaps: int, alpha: float) -> Moderated:
    one = pooled(
        [found.slope for found in each],
        [found.standard_error for found in each],
        complete_df=each[0].df,
        alpha=alpha,
    )
    return replace(
        each[0],
        slope=one.value,
        standard_error=one.standard_error,
        df=one.df,
        p=one.p,
        interval=one.interval,
        tau2=float(np.mean([found.tau2 for found in each])),
        method=f"{each[0].method}; {gaps} missing values of the moderator completed in {one.sets} ways,"
        " pooled by Rubin's rules with Barnard and Rubin's degrees of freedom",
    )

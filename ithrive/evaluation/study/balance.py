"""How alike the arms were before: covariates of the study's sites, and of candidates where they are given."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.matching import BALANCED, CovariateBalance, Sample
from ithrive.evaluation.matching.balance import balance_between
from ithrive.evaluation.missing import Completed, completed
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study.data import Covariates
from ithrive.evaluation.study.results import BalanceResult
from ithrive.evaluation.study.sources import Sources
from ithrive.problems import BadInput

NONE_GIVEN = NotComputable("No covariates were given (covariates.csv).")


def balance_result(
    protocol: Protocol, covariates: Covariates | None, sources: Sources
) -> BalanceResult | NotComputable:
    """Balance between the arms. Gaps are completed several times, or sites with gaps left out, as the
    protocol says; over completed tables the mean of each number is told.
    """
    if covariates is None:
        return NONE_GIVEN
    names, table, mine, others, left_out = _table(protocol, covariates)
    made = _completed(protocol, covariates, table)
    if isinstance(made, NotComputable):
        return made
    if not (mine.any() and others.any()):
        return NotComputable("An arm has no site with every covariate.")
    each = [balance_between(covariates.names, one, (mine, 1 - mine), (mine, others)) for one in made.sets]
    found = tuple(map(_mean, zip(*each, strict=True)))
    candidates = len(names) - int(mine.sum() + others.sum())
    return BalanceResult(
        source=sources.bound(
            "balance",
            sites=f"{int(mine.sum())} accelerator, {int(others.sum())} comparison, {candidates} other sites",
            waves="before the study",
            method="Standardised differences, variance ratios and eCDF",
            of="covariates",
        ),
        candidates=candidates,
        covariates=found,
        filled=made.filled,
        sets=len(made.sets),
        left_out=left_out,
        sentence=_sentence(found),
    )


def _completed(protocol: Protocol, covariates: Covariates, table: Floats) -> Completed | NotComputable:
    if not np.isnan(table).any():
        return Completed((table,), tuple((name, 0) for name in covariates.names))
    try:
        return completed(
            covariates.names, table, sets=protocol.missing.imputations, seed=protocol.analysis.seed
        )
    except BadInput as error:
        return NotComputable(str(error))


def _table(
    protocol: Protocol, covariates: Covariates
) -> tuple[tuple[str, ...], Floats, Floats, Floats, tuple[str, ...]]:
    """Sites in an order that names do not decide, their figures, and which are in which arm."""
    arms = {each.id: each.arm for each in protocol.sites}
    every: Mapping[str, tuple[float | None, ...]] = {**covariates.sites, **covariates.others}
    left_out: tuple[str, ...] = ()
    if protocol.missing.covariates == "complete-sites":
        left_out = tuple(sorted(site for site, figures in every.items() if None in figures))
    kept = sorted(
        (tuple(np.inf if each is None else each for each in every[site]), site)
        for site in every
        if site not in left_out
    )
    names = tuple(site for _, site in kept)
    table = np.array([figures for figures, _ in kept], dtype=np.float64).reshape(len(names), -1)
    table[np.isinf(table)] = np.nan
    mine = np.array([float(arms.get(site) == "accelerator") for site in names])
    others = np.array([float(arms.get(site) == "comparison") for site in names])
    return names, table, mine, others, left_out


def _mean(each: tuple[CovariateBalance, ...]) -> CovariateBalance:
    """One covariate's balance over completed tables: the mean of each number."""
    return replace(
        each[0],
        before=_mean_sample(tuple(one.before for one in each)),
        after=_mean_sample(tuple(one.after for one in each)),
    )


def _mean_sample(samples: tuple[Sample, ...]) -> Sample:
    def mean(name: str) -> float:
        return float(np.mean([getattr(one, name) for one in samples]))

    ratios = [one.ratio for one in samples if one.ratio is not None]
    return Sample(
        mean("accelerator"),
        mean("others"),
        mean("difference"),
        float(np.mean(ratios)) if ratios else None,
        mean("ecdf_mean"),
        mean("ecdf_max"),
    )


def _sentence(found: tuple[CovariateBalance, ...]) -> str:
    worst = max(found, key=lambda each: (abs(each.after.difference), each.covariate))
    near = sum(abs(each.after.difference) <= BALANCED for each in found)
    return (
        f"The arms differ by at most {abs(worst.after.difference):.2f} standard deviations,"
        f" in {worst.covariate}; {near} of {len(found)} covariates lie within {BALANCED:g}."
    )

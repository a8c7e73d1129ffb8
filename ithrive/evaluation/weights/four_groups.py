"""Weights that make four samples alike: accelerator and comparison, before and after.

For surveys that ask different people each time (Stuart et al. 2014, Health Services and Outcomes Research
Methodology 14, 166-182): each person weighs as much as their like in the first group would, P(first group)
over P(own group). With twenty sites there is nothing to estimate such chances from: match sites instead.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats, Marks, Wholes
from ithrive.evaluation.weights.multinomial import chances

GROUPS = ("accelerator before", "accelerator after", "comparison before", "comparison after")
PEOPLE_A_COLUMN = 10  # fewer people a group and column than this, and chances are guesses


@dataclass(frozen=True, eq=False)
class FourGroupWeights:
    """One weight a person, each group's adding up to its number of people.

    `effective` is how many equally weighted people each group is worth; `apart_before` and `apart_after` are
    the largest standardised mean difference of each covariate over the six pairs of groups. `trimmed` weights
    were cut back to the largest allowed.
    """

    weights: Floats
    effective: tuple[tuple[str, float], ...]
    apart_before: tuple[tuple[str, float], ...]
    apart_after: tuple[tuple[str, float], ...]
    trimmed: int


def four_group_weights(
    names: tuple[str, ...],
    covariates: Floats,
    accelerator: Marks,
    after: Marks,
    *,
    unit: Literal["person", "site"] = "person",
    trim_above: float = 0.99,
) -> FourGroupWeights | NotComputable:
    """`covariates` people x k without gaps; `accelerator` and `after` say in which group each person is.

    Weights above the quantile `trim_above` of all are cut back to it (1 for none). NotComputable for sites,
    for groups too small for their covariates, and where a covariate separates groups.
    """
    group = (2 * ~accelerator + after).astype(np.int64)
    reason = _why_not(covariates, group, unit)
    if reason:
        return NotComputable(reason)
    spread = covariates.std(axis=0)
    scaled = (covariates - covariates.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    likely = chances(np.column_stack([np.ones(len(group)), scaled]), group)
    if isinstance(likely, NotComputable):
        return likely
    raw = likely[:, 0] / likely[np.arange(len(group)), group]
    most = float(np.quantile(raw, trim_above))
    weights = _to_size(np.minimum(raw, most), group)
    return FourGroupWeights(
        weights,
        tuple((name, _effective(weights[group == at])) for at, name in enumerate(GROUPS)),
        _apart(names, covariates, group, np.ones(len(group))),
        _apart(names, covariates, group, weights),
        int((raw > most).sum()),
    )


def _why_not(covariates: Floats, group: Wholes, unit: str) -> str:
    if unit == "site":
        return (
            "A few sites cannot show how likely each was to be in its group."
            " Match sites (ithrive study match), and weigh people."
        )
    if np.isnan(covariates).any():
        return "Some people lack a covariate. Leave it out, or complete it first."
    needed = PEOPLE_A_COLUMN * (covariates.shape[1] + 1)
    counts = np.bincount(group, minlength=4)
    small = [f"{name} ({count})" for name, count in zip(GROUPS, counts, strict=True) if count < needed]
    return (
        f"Too few people for {covariates.shape[1]} covariates: {', '.join(small)}; {needed} are needed."
        * bool(small)
    )


def _to_size(weights: Floats, group: Wholes) -> Floats:
    sums = np.bincount(group, weights=weights)
    return np.asarray(weights * (np.bincount(group) / sums)[group])


def _effective(weights: Floats) -> float:
    """Kish 1965: the square of the sum over the sum of squares."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def _apart(
    names: tuple[str, ...], covariates: Floats, group: Wholes, weights: Floats
) -> tuple[tuple[str, float], ...]:
    """Differences of weighted means in the standard deviation of the first group, unweighted."""
    means = np.stack(
        [np.average(covariates[group == at], axis=0, weights=weights[group == at]) for at in range(4)]
    )
    spread = covariates[group == 0].std(axis=0, ddof=1)
    largest = np.max([np.abs(means[one] - means[other]) for one, other in combinations(range(4), 2)], axis=0)
    return tuple(
        (name, float(apart / wide) if wide > 0 else 0.0)
        for name, apart, wide in zip(names, largest, spread, strict=True)
    )

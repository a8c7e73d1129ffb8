"""Sites matched: who with whom, how far apart, who found nobody and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ithrive.evaluation.arrays import Floats, Marks
from ithrive.evaluation.matching.candidates import PLACE, Candidates
from ithrive.evaluation.matching.distances import Method, distances, pooled_deviation
from ithrive.evaluation.matching.optimal import assign
from ithrive.evaluation.matching.propensity import linear_score
from ithrive.problems import BadInput, Problem

# What a caliper may be laid on beside a covariate.
SCORE = "propensity"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to match. Calipers are in standard deviations within the groups; `exact` names strata."""

    method: Method = "mahalanobis"
    k: int = 1
    exact: tuple[str, ...] = ()
    calipers: Mapping[str, float] = field(default_factory=dict)
    penalty: float = 1.0

    @property
    def words(self) -> str:
        parts = {
            "mahalanobis": "Mahalanobis distance",
            "rank-mahalanobis": "Mahalanobis distance of ranks",
            "propensity": f"Propensity score (ridge {self.penalty:g})",
        }[self.method]
        within = [f"{name} within {width:g} SD" for name, width in sorted(self.calipers.items())]
        same = [f"same {column}" for column in self.exact]
        return ", ".join((parts, *([f"{self.k} for each"] if self.k > 1 else []), *same, *within))


@dataclass(frozen=True, slots=True)
class MatchedSet:
    """One accelerator site and the sites it is compared with, the nearest first."""

    site: str
    others: tuple[str, ...]
    distances: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An accelerator site that found nobody, and why."""

    site: str
    because: str


@dataclass(frozen=True, eq=False)
class Match:
    """The best match in one way. `margin` is what the next best would add to `total`: see `Assignment`."""

    candidates: Candidates
    way: Way
    sets: tuple[MatchedSet, ...]
    unmatched: tuple[Unmatched, ...]
    total: float
    margin: float | None

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every accelerator site with each of its others."""
        return frozenset((each.site, other) for each in self.sets for other in each.others)


def match(candidates: Candidates, way: Way = Way()) -> Match:
    """The match that leaves fewest accelerator sites without, and among such the one of least total distance.

    A set is whole or not made: with `k` = 2 a site gets two others or none. Raises BadInput where a stratum
    has no candidate, where nobody at all can be matched, or where the distance cannot be worked out.
    """
    if way.k < 1:
        raise BadInput(Problem(PLACE, f"{way.k} others for each site is no match.", "Ask for 1 or more."))
    allowed = _same(candidates, way) & candidates.open[~candidates.accelerator]
    _refuse_empty_strata(candidates, way, allowed)
    near = allowed & _within(candidates, way)
    apart = distances(candidates, way.method, way.penalty)
    found = assign(apart, near, way.k)
    mine, others = _names(candidates)
    sets = tuple(
        MatchedSet(
            mine[at], tuple(others[each] for each in got), tuple(float(apart[at, each]) for each in got)
        )
        for at, got in enumerate(found.columns)
        if got
    )
    if not sets:
        mend = "Widen the calipers, ask for fewer others, or add candidates."
        raise BadInput(Problem(PLACE, "No accelerator site can be matched.", mend))
    without = tuple(
        Unmatched(mine[at], _why(near[at].sum(), way.k)) for at, got in enumerate(found.columns) if not got
    )
    return Match(candidates, way, _by_name(sets), without, found.total, found.margin)


def _by_name(sets: tuple[MatchedSet, ...]) -> tuple[MatchedSet, ...]:
    return tuple(sorted(sets, key=lambda each: each.site))


def _names(candidates: Candidates) -> tuple[list[str], list[str]]:
    began = candidates.accelerator
    mine = [site for site, yes in zip(candidates.sites, began, strict=True) if yes]
    return mine, [site for site, yes in zip(candidates.sites, began, strict=True) if not yes]


def _same(candidates: Candidates, way: Way) -> Marks:
    """Accelerator sites x others: alike in every column of exact matching."""
    began = candidates.accelerator
    alike = np.ones((int(began.sum()), int((~began).sum())), dtype=bool)
    for column in way.exact:
        if column not in candidates.strata:
            known = ", ".join(candidates.strata) or "none"
            what = f"There is no column “{column}” to match exactly on."
            raise BadInput(Problem(PLACE, what, f"Those there are: {known}."))
        entries = np.array(candidates.strata[column])
        alike &= entries[began][:, None] == entries[~began]
    return alike


def _within(candidates: Candidates, way: Way) -> Marks:
    """Accelerator sites x others: within every caliper."""
    began = candidates.accelerator
    near = np.ones((int(began.sum()), int((~began).sum())), dtype=bool)
    for name, width in way.calipers.items():
        if not width > 0:
            raise BadInput(
                Problem(PLACE, f"The caliper of {name} is {width:g}.", "Give a width above nought.")
            )
        values = _calipered(candidates, name, way.penalty)
        deviation = pooled_deviation(candidates, values)
        near &= np.abs(values[began][:, None] - values[~began]) <= width * deviation * (1 + 1e-12)
    return near


def _calipered(candidates: Candidates, name: str, penalty: float) -> Floats:
    if name == SCORE:
        return linear_score(candidates, penalty)
    if name not in candidates.covariates:
        known = ", ".join((*candidates.covariates, SCORE))
        raise BadInput(
            Problem(PLACE, f"There is no covariate “{name}” for a caliper.", f"Choose from: {known}.")
        )
    return np.asarray(candidates.values[:, candidates.covariates.index(name)])


def _refuse_empty_strata(candidates: Candidates, way: Way, allowed: Marks) -> None:
    began = candidates.accelerator
    problems = []
    for at in np.flatnonzero(~allowed.any(axis=1)):
        site = np.flatnonzero(began)[at]
        kind = ", ".join(f"{column} {candidates.strata[column][site]}" for column in way.exact)
        what = f"{candidates.sites[site]} has no candidate" + (f" with {kind}." if kind else " left.")
        problems.append(Problem(PLACE, what, "Match exactly on less, or add candidates there."))
    if problems:
        raise BadInput(problems)


def _why(near: int, k: int) -> str:
    if not near:
        return "No candidate lies within the calipers."
    if near < k:
        return f"Only {near} of {k} candidates lie within the calipers."
    return "Its candidates are better used by other sites."

"""Every way in which the sites could have been divided, and the sum of figures that each would give.

Each assignment is a column of `sums`. Up to `MOST` of them are listed, beyond that drawn with a fixed seed.
All splits are summed by meeting in the middle: the subsets of either half of the sites once, then every
two that together choose enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np

from ithrive.evaluation.arrays import TIE, Floats
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.subsets import subset_sums

MOST = 1_000_000
AT_ONCE = 1 << 20  # sums held at a time, where rows are worked out together: 8 MB


@dataclass(frozen=True, slots=True)
class Swaps:
    """Either site of each of `pairs` pairs could have been the accelerator: a sign for each pair."""

    pairs: int
    draws: Draws = STANDARD

    @property
    def exact(self) -> bool:
        return 1 << self.pairs <= MOST

    @property
    def count(self) -> int:
        return 1 << self.pairs if self.exact else self.draws.many + 1

    @property
    def words(self) -> str:
        if self.exact:
            return f"all {self.count:,} swaps within {self.pairs} pairs"
        return f"{self.draws.many:,} random swaps within {self.pairs} pairs {self.draws.words}"

    def sums(self, figures: Floats) -> Floats:
        """figures: m x pairs. m x assignments, the real first: sums with each pair's sign turned or not."""
        if not self.exact:
            return np.asarray(figures @ _signs(self.pairs, self.draws).T)
        return _turned(figures, first=0)

    def mirrored(self, figures: Floats) -> bool:
        """Whether every assignment has another with the opposite sum."""
        return self.exact

    def halves(self, figures: Floats) -> Iterator[Floats]:
        """Row by row, one of every two assignments with opposite sums: those that leave one pair be."""
        for rows in _batches(figures, self.count // 2):
            yield from _turned(rows, first=1)

    def real(self, figures: Floats) -> Floats:
        """m: the sums under the real assignment."""
        return np.asarray(figures.sum(axis=1))


@dataclass(frozen=True, slots=True)
class Splits:
    """Any `treated` of the `sites` sites could have been the accelerators. The real ones stand last."""

    sites: int
    treated: int
    draws: Draws = STANDARD

    @property
    def exact(self) -> bool:
        return comb(self.sites, self.treated) <= MOST

    @property
    def count(self) -> int:
        return comb(self.sites, self.treated) if self.exact else self.draws.many + 1

    @property
    def words(self) -> str:
        whole = f"choices of {self.treated} accelerator sites from {self.sites}"
        if self.exact:
            return f"all {self.count:,} {whole}"
        return f"{self.draws.many:,} random {whole} {self.draws.words}"

    def sums(self, figures: Floats) -> Floats:
        """figures: m x sites. m x assignments: the sum over the sites that each assignment chooses."""
        if not self.exact:
            return np.asarray(figures @ _choices(self.sites, self.treated, self.draws).T)
        return np.stack(list(_chosen(figures, self.treated)))

    def mirrored(self, figures: Floats) -> bool:
        """Whether choosing all the other sites gives the opposite sum: arms alike, figures about nought."""
        nought = np.abs(figures.sum(axis=1)) <= TIE * np.abs(figures).sum(axis=1)
        return self.exact and 2 * self.treated == self.sites and bool(nought.all())

    def halves(self, figures: Floats) -> Iterator[Floats]:
        """Row by row, one of every two assignments with opposite sums: those that choose the first site."""
        return _chosen(figures[:, 1:], self.treated - 1, also=figures[:, :1])

    def real(self, figures: Floats) -> Floats:
        """m: the sums under the real assignment."""
        return np.asarray(figures[:, self.sites - self.treated :].sum(axis=1))


Assignments = Swaps | Splits


def each_row(assignments: Assignments, figures: Floats) -> Iterator[Floats]:
    """The rows of `assignments.sums(figures)`, few of them held at once."""
    if isinstance(assignments, Splits) and assignments.exact:
        yield from _chosen(figures, assignments.treated)
        return
    for rows in _batches(figures, assignments.count):
        yield from assignments.sums(rows)


def _batches(figures: Floats, count: int) -> Iterator[Floats]:
    rows = max(1, AT_ONCE // max(count, 1))
    return (figures[first : first + rows] for first in range(0, len(figures), rows))


def _turned(figures: Floats, first: int) -> Floats:
    """Sums with the sign of each pair from the `first` on turned or not; none turned stands first."""
    sums = figures.sum(axis=1, keepdims=True)
    for turned in range(first, figures.shape[1]):
        sums = np.concatenate([sums, sums - 2 * figures[:, [turned]]], axis=1)
    return np.asarray(sums)


def _chosen(figures: Floats, treated: int, also: Floats | None = None) -> Iterator[Floats]:
    """Row by row the sums over every choice of `treated` columns, and over the columns of `also` too."""
    sites = figures.shape[1]
    if 2 * treated > sites + 1:  # few are left out: sum those
        rest = figures.sum(axis=1) + (0.0 if also is None else also.sum(axis=1))
        yield from (whole - sums for whole, sums in zip(rest, _chosen(figures, sites - treated), strict=True))
        return
    half = sites // 2
    left, right = subset_sums(figures[:, :half], treated), subset_sums(figures[:, half:], treated)
    if also is not None:
        left = [sums + also for sums in left]
    met = [(left[size], right[treated - size]) for size in range(len(left)) if treated - size < len(right)]
    for row in range(len(figures)):
        sums, done = np.empty(comb(sites, treated)), 0
        for one, other in met:
            many = (one.shape[1], other.shape[1])
            into = sums[done : done + many[0] * many[1]].reshape(many)
            np.add(one[row][:, None], other[row], out=into)
            done += into.size
        yield sums


@lru_cache(maxsize=2)
def _signs(pairs: int, draws: Draws) -> Floats:
    """Draws x pairs; the real assignment first."""
    drawn = np.random.default_rng(draws.seed).integers(0, 2, size=(draws.many, pairs)) * 2.0 - 1
    return np.concatenate([np.ones((1, pairs)), drawn])


@lru_cache(maxsize=2)
def _choices(sites: int, treated: int, draws: Draws) -> Floats:
    """Draws x sites; the real assignment, whose sites stand last, first."""
    real = np.repeat([0.0, 1.0], [sites - treated, treated])
    rng = np.random.default_rng(draws.seed)
    return np.concatenate([real[None, :], rng.permuted(np.tile(real, (draws.many, 1)), axis=1)])

"""Every way in which the sites could have been divided, and the sum of figures that each would give.

Each assignment is a column of `sums`. Up to `MOST` of them are listed, beyond that drawn with a fixed seed.
All splits are summed by meeting in the middle: the subsets of either half of the sites once, then every
two that together choose enough.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np

from ithrive.evaluation.arrays import Floats, Wholes

MOST = 1_000_000
DRAWS = 19_999  # with 200 sites, 32 MB
SEED = 2015


@dataclass(frozen=True, slots=True)
class Swaps:
    """Either site of each of `pairs` pairs could have been the accelerator: a sign for each pair."""

    pairs: int

    @property
    def exact(self) -> bool:
        return 1 << self.pairs <= MOST

    @property
    def count(self) -> int:
        return 1 << self.pairs if self.exact else DRAWS + 1

    @property
    def words(self) -> str:
        if self.exact:
            return f"all {self.count:,} swaps within {self.pairs} pairs"
        return f"{DRAWS:,} random swaps within {self.pairs} pairs (seed {SEED}) and the real one"

    def sums(self, figures: Floats) -> Floats:
        """figures: m x pairs. m x assignments, the real first: sums with each pair's sign turned or not."""
        if not self.exact:
            return np.asarray(figures @ _signs(self.pairs).T)
        sums = figures.sum(axis=1, keepdims=True)
        for turned in range(self.pairs):
            sums = np.concatenate([sums, sums - 2 * figures[:, [turned]]], axis=1)
        return np.asarray(sums)

    def real(self, figures: Floats) -> Floats:
        """m: the sums under the real assignment."""
        return np.asarray(figures.sum(axis=1))


@dataclass(frozen=True, slots=True)
class Splits:
    """Any `treated` of the `sites` sites could have been the accelerators. The real ones stand last."""

    sites: int
    treated: int

    @property
    def exact(self) -> bool:
        return comb(self.sites, self.treated) <= MOST

    @property
    def count(self) -> int:
        return comb(self.sites, self.treated) if self.exact else DRAWS + 1

    @property
    def words(self) -> str:
        whole = f"choices of {self.treated} accelerator sites from {self.sites}"
        if self.exact:
            return f"all {self.count:,} {whole}"
        return f"{DRAWS:,} random {whole} (seed {SEED}) and the real one"

    def sums(self, figures: Floats) -> Floats:
        """figures: m x sites. m x assignments: the sum over the sites that each assignment chooses."""
        if not self.exact:
            return np.asarray(figures @ _choices(self.sites, self.treated).T)
        half = self.sites // 2
        left, right = _by_size(figures[:, :half]), _by_size(figures[:, half:])
        sums, done = np.empty((len(figures), self.count)), 0
        for size in range(self.treated + 1):
            if size < len(left) and self.treated - size < len(right):
                one, other = left[size][:, :, None], right[self.treated - size][:, None, :]
                met = (one.shape[1], other.shape[2])
                into = sums[:, done : done + met[0] * met[1]]
                np.add(one, other, out=into.reshape(len(figures), *met))
                done += met[0] * met[1]
        return sums

    def real(self, figures: Floats) -> Floats:
        """m: the sums under the real assignment."""
        return np.asarray(figures[:, self.sites - self.treated :].sum(axis=1))


Assignments = Swaps | Splits


def _by_size(figures: Floats) -> list[Floats]:
    """The sums of all subsets of some sites, apart by how many sites a subset holds."""
    sums = np.zeros((len(figures), 1))
    for site in range(figures.shape[1]):
        sums = np.concatenate([sums, sums + figures[:, [site]]], axis=1)
    return [sums[:, each] for each in _sizes(figures.shape[1])]


@lru_cache(maxsize=8)
def _sizes(sites: int) -> tuple[Wholes, ...]:
    size = np.zeros(1, dtype=np.int64)
    for _ in range(sites):
        size = np.concatenate([size, size + 1])
    return tuple(np.flatnonzero(size == each).astype(np.int64) for each in range(sites + 1))


@lru_cache(maxsize=2)
def _signs(pairs: int) -> Floats:
    """Draws x pairs; the real assignment first."""
    drawn = np.random.default_rng(SEED).integers(0, 2, size=(DRAWS, pairs)) * 2.0 - 1
    return np.concatenate([np.ones((1, pairs)), drawn])


@lru_cache(maxsize=2)
def _choices(sites: int, treated: int) -> Floats:
    """Draws x sites; the real assignment, whose sites stand last, first."""
    real = np.repeat([0.0, 1.0], [sites - treated, treated])
    rng = np.random.default_rng(SEED)
    return np.concatenate([real[None, :], rng.permuted(np.tile(real, (DRAWS, 1)), axis=1)])

"""The sums of all small subsets of some figures."""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from ithrive.evaluation.arrays import Floats, Wholes


def subset_sums(figures: Floats, largest: int) -> list[Floats]:
    """figures: m x n. The sums of all subsets of at most `largest` columns, apart by how many they hold.

    Each is m x subsets; the first holds the empty subset.
    """
    sums = np.zeros((len(figures), 1))
    for column, kept in enumerate(_kept(figures.shape[1], largest)):
        sums = np.concatenate([sums, sums + figures[:, [column]]], axis=1)
        if kept is not None:
            sums = sums[:, kept]
    order, ends = _by_size(figures.shape[1], largest)
    sums = sums[:, order]
    return [sums[:, first:last] for first, last in pairwise(ends)]


@lru_cache(maxsize=8)
def _kept(columns: int, largest: int) -> tuple[Wholes | None, ...]:
    """Which sums to keep as each column comes in: those of subsets not too large. None where all are kept."""
    size, kept = np.zeros(1, dtype=np.int64), []
    for _ in range(columns):
        size = np.concatenate([size, size + 1])
        small = np.flatnonzero(size <= largest).astype(np.int64)
        kept.append(small if len(small) < len(size) else None)
        size = size[small]
    return tuple(kept)


@lru_cache(maxsize=8)
def _by_size(columns: int, largest: int) -> tuple[Wholes, tuple[int, ...]]:
    """The order that puts smaller subsets first, and where each size ends."""
    size = np.zeros(1, dtype=np.int64)
    for kept in _kept(columns, largest):
        size = np.concatenate([size, size + 1])
        size = size if kept is None else size[kept]
    ends = (0, *np.cumsum(np.bincount(size)).tolist())
    return np.argsort(size, kind="stable").astype(np.int64), ends

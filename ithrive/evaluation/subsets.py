"""The sums of all small subsets of some figures."""

from itertools import pairwise

import numpy as np

from ithrive.evaluation.arrays import Floats


def subset_sums(figures: Floats, largest: int) -> list[Floats]:
    """figures: m x n. The sums of all subsets of at most `largest` columns, apart by how many they hold.

    Each is m x subsets; the first holds the empty subset. Subsets too large are left out as they arise, so
    that few of many columns cost little.
    """
    sums, size = np.zeros((len(figures), 1)), np.zeros(1, dtype=np.int64)
    for column in range(figures.shape[1]):
        sums = np.concatenate([sums, sums + figures[:, [column]]], axis=1)
        size = np.concatenate([size, size + 1])
        if column >= largest:
            small = size <= largest
            sums, size = sums[:, small], size[small]
    sums = sums[:, np.argsort(size, kind="stable")]
    ends = (0, *np.cumsum(np.bincount(size)).tolist())
    return [sums[:, first:last] for first, last in pairwise(ends)]

"""Slow, plain twins: every match tried, every figure by its definition."""

from itertools import combinations, permutations

import numpy as np

from ithrive.evaluation.arrays import Floats, Marks


def best_by_trying(distance: Floats, allowed: Marks, k: int) -> tuple[int, float]:
    """How many rows the best match serves, and its total: every way to give rows `k` columns is tried."""
    best = (0, 0.0)

    def go(row: int, free: frozenset[int], served: int, total: float) -> None:
        nonlocal best
        if row == len(distance):
            if served > best[0] or (served == best[0] and total < best[1]):
                best = (served, total)
            return
        go(row + 1, free, served, total)
        for chosen in combinations(sorted(c for c in free if allowed[row, c]), k):
            go(row + 1, free - set(chosen), served + 1, total + float(distance[row, list(chosen)].sum()))

    go(0, frozenset(range(distance.shape[1])), 0, 0.0)
    return best


def totals_of_every_match(distance: Floats) -> list[float]:
    """The totals of all matches that serve every row, the least first."""
    rows, columns = distance.shape
    return sorted(
        float(distance[range(rows), list(chosen)].sum()) for chosen in permutations(range(columns), rows)
    )


def greedy(distance: Floats) -> float:
    """The total of taking the nearest pair that is left, again and again."""
    left, total = distance.copy(), 0.0
    for _ in range(min(distance.shape)):
        row, column = np.unravel_index(left.argmin(), left.shape)
        total += left[row, column]
        left[row], left[:, column] = np.inf, np.inf
    return total

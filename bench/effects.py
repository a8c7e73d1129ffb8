"""The whole evaluation of 12 outcomes, 20 sites and 9 quarters, against the tightest NumPy.

The floor knows that the panel is balanced, starts once and misses nothing, and gives bare p-values.
Ours reads any panel, adds intervals to every test, and says what each rests on.
"""

import resource
import time
from collections.abc import Callable
from itertools import combinations
from typing import TypeVar

import numpy as np

from ithrive.evaluation import Panel, effects, family
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.bootstrap import webb

OUTCOMES, SITES, WAVES = 12, 20, 9
RUNS = 5

Result = TypeVar("Result")


def main() -> None:
    """Prints milliseconds of processor time, warm, and the largest memory."""
    rng = np.random.default_rng(2015)
    figures = rng.normal(size=(OUTCOMES, SITES, WAVES)) + 3 * rng.normal(size=(OUTCOMES, SITES, 1))
    panel = Panel(
        sites=tuple(f"site {at:02}" for at in range(SITES)),
        waves=tuple(map(str, range(WAVES))),
        outcomes=tuple(f"outcome {at:02}" for at in range(OUTCOMES)),
        figures=figures,
        starts=np.repeat([1, WAVES], SITES // 2),
        pairs=tuple(f"pair {at % 10}" for at in range(SITES)),
        weights=np.ones((SITES, WAVES)),
    )
    floor, bare = _spent(lambda: _floor(figures))
    ours, found = _spent(lambda: effects(panel))
    together, _ = _spent(lambda: family(found))
    agree = all(
        np.isclose(each.splits.p, p) for each, p in zip(found, bare, strict=True) if hasattr(each.splits, "p")
    )
    print(f"tight NumPy floor, p-values only: {floor * 1000:.0f} ms (exact p the same: {agree})")
    print(f"effects(), with every interval: {ours * 1000:.0f} ms, {ours / floor:.1f} times the floor")
    print(f"family() of {OUTCOMES} outcomes over 1,024 swaps: {together * 1000:.1f} ms")
    print(f"largest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (at most 150)")


def _floor(figures: Floats) -> list[float]:
    """Change scores, t tests, Webb draws and exact tests of every wave; p over splits of each outcome."""
    half, draws = SITES // 2, webb(SITES)
    each = []
    for panel in figures:
        waves = panel[:, 1:] - panel[:, :1]
        changes = np.column_stack([waves.mean(axis=1), waves])
        changes -= changes.mean(axis=0)
        apart = changes[:half].mean(axis=0) - changes[half:].mean(axis=0)
        spread = changes[:half].var(axis=0, ddof=1) + changes[half:].var(axis=0, ddof=1)
        _ = apart / np.sqrt(spread / half)
        _wild(changes[:, 0], draws)
        signed = changes[:half, 0] - changes[half:, 0]
        _ = (np.abs(_SIGNS @ signed) >= abs(signed.sum()) - 1e-9).mean()
        p = [_split_p(changes[:, at], abs(changes[:half, at].sum())) for at in range(WAVES)]
        each.append(p[0])
    return each


def _wild(changes: Floats, draws: Floats) -> None:
    half = SITES // 2
    drawn = draws * changes
    means = drawn[:, :half].mean(axis=1), drawn[:, half:].mean(axis=1)
    squares = (drawn[:, :half] ** 2).sum(axis=1), (drawn[:, half:] ** 2).sum(axis=1)
    spread = sum(square - half * mean**2 for square, mean in zip(squares, means, strict=True))
    _ = (np.abs((means[0] - means[1]) / np.sqrt(spread)) >= 1.0).mean()


def _split_p(scores: Floats, real: float) -> float:
    """All splits, by sorted sums of the subsets of either ten and a binary search."""
    half, count, total = SITES // 2, 0, 0
    left, right = _SUBSETS @ scores[:half], _SUBSETS @ scores[half:]
    for size in range(half + 1):
        sums = np.sort(right[half - size == _SIZES])
        mine = left[size == _SIZES]
        count += int(np.searchsorted(sums, -real + 1e-9 - mine, side="right").sum())
        count += int((len(sums) - np.searchsorted(sums, real - 1e-9 - mine, side="left")).sum())
        total += len(sums) * len(mine)
    return count / total


def _subsets(sites: int) -> Floats:
    rows = np.zeros((2**sites, sites))
    chosen = (one for size in range(sites + 1) for one in combinations(range(sites), size))
    for row, each in enumerate(chosen):
        rows[row, list(each)] = 1
    return rows


_SUBSETS = _subsets(SITES // 2)
_SIZES = _SUBSETS.sum(axis=1).astype(int)
_SIGNS = 2 * _SUBSETS - 1


def _spent(task: Callable[[], Result]) -> tuple[float, Result]:
    """The least processor seconds of several runs, after one to warm up."""
    result = task()
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        result = task()
        spent.append(time.process_time() - start)
    return min(spent), result


if __name__ == "__main__":
    main()

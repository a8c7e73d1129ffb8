"""The whole evaluation of 12 outcomes, 20 sites and 9 quarters, against the tightest NumPy.

The floor knows that the panel is balanced, starts once and misses nothing, and gives bare p-values.
Ours takes any panel, adds intervals to every test, and says what each rests on. Then the same by public
tools in an environment of their own, and a study too large for exact tests.
"""

import os
import resource
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

# One thread, for the public tools too: numpy reads the variables when it is imported.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import numpy as np

from bench.matching import floor as best_match
from bench.public_environment import EXACT, public_tools
from ithrive.evaluation import Inference, Panel, effects, family
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.bootstrap import webb
from ithrive.evaluation.matching import Candidates, match

OUTCOMES, SITES, WAVES = 12, 20, 9
SCALE = 100, 200, 40
RUNS = 5
_BEGAN = np.arange(210) < 10

Result = TypeVar("Result")


def main() -> None:
    """Prints milliseconds of processor time, warm, and the largest memory; then the same by public tools."""
    figures, covariates = _figures(OUTCOMES, SITES, WAVES), _covariates()
    panel = _panel(figures)
    floor, bare = _spent(lambda: (_floor(figures), best_match(covariates, _BEGAN))[0])
    evaluated, found = _spent(lambda: effects(panel))
    together, _ = _spent(lambda: family(found))
    candidates = _candidates(covariates)
    matched, _ = _spent(lambda: match(candidates))
    agree = all(
        isinstance(each.splits, Inference) and np.isclose(each.splits.p, p)
        for each, p in zip(found, bare, strict=True)
    )
    ours = evaluated + together + matched
    print(f"tight NumPy floor, p-values only: {floor * 1000:.0f} ms (exact p the same: {agree})")
    print(
        f"ours: effects() with every interval {evaluated * 1000:.0f} ms, family() {together * 1000:.1f} ms,"
        f" match() {matched * 1000:.1f} ms: {ours / floor:.1f} times the floor (at most 3)"
    )
    print(f"largest memory: {_memory():.0f} MB (at most 150)")
    _beside(figures, covariates, ours)
    _scale()


def _beside(figures: Floats, covariates: Floats, ours: float) -> None:
    with TemporaryDirectory() as folder:
        found = public_tools(Path(folder), figures, covariates)
    whole = 0.0
    for step, tools in found.items():
        told = ", ".join(f"{name} {_told(took)}" for name, took in tools.items())
        print(f"  {step}: {told}")
        times = WAVES if step == EXACT else 1  # each wave of the event study is tried as the effect is
        whole += times * min((each for each in tools.values() if isinstance(each, float)), default=0.0)
    print("best public mix, exact tests of every wave too:", end=" ")
    print(f"{whole / 1000:.1f} s, {whole / 1000 / ours:.0f} times ours")


def _told(took: float | str) -> str:
    return took if isinstance(took, str) else f"{took:,.0f} ms"


def _scale() -> None:
    outcomes, sites, waves = SCALE
    panel = _panel(_figures(outcomes, sites, waves))
    start = time.process_time()
    found = effects(panel)
    seconds, swaps = time.process_time() - start, found[0].pair_swaps
    assert isinstance(swaps, Inference)
    print(
        f"{sites} sites, {waves} waves, {outcomes} outcomes: {seconds:.0f} s, over {swaps.reference};",
        end=" ",
    )
    print(f"largest memory {_memory():.0f} MB")


def _figures(outcomes: int, sites: int, waves: int) -> Floats:
    rng = np.random.default_rng(2015)
    return rng.normal(size=(outcomes, sites, waves)) + 3 * rng.normal(size=(outcomes, sites, 1))


def _panel(figures: Floats) -> Panel:
    outcomes, sites, waves = figures.shape
    return Panel(
        sites=tuple(f"site {at:03}" for at in range(sites)),
        waves=tuple(map(str, range(waves))),
        outcomes=tuple(f"outcome {at:03}" for at in range(outcomes)),
        figures=figures,
        starts=np.repeat([1, waves], sites // 2),
        pairs=tuple(f"pair {at % (sites // 2)}" for at in range(sites)),
        weights=np.ones((sites, waves)),
    )


def _covariates() -> Floats:
    return np.random.default_rng(2015).normal(size=(len(_BEGAN), 6))


def _candidates(covariates: Floats) -> Candidates:
    names = [f"site {at:03}" for at in range(len(covariates))]
    return Candidates.of(names, covariates, _BEGAN, covariates=[f"covariate {at}" for at in range(6)])


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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

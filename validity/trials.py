"""The four trials: size, coverage and power, many outcomes at many looks."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy import stats

from ithrive.evaluation import change_scores
from ithrive.evaluation.looks import Looks, sequential
from validity.designs import DESIGNS, Design, study
from validity.judging import ALPHA, drift, holds, judgements, swaps_of

LOOKS = tuple(range(1, 9))
OUTCOMES = 12
BATCH = 250
SOME = 400  # how many studies also get all 184,756 splits, and bounds on drift
EFFECT = -0.75


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the Monte Carlo standard error of the share."""

    times: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.times / self.of

    @property
    def error(self) -> float:
        share = self.times / self.of
        return 100 * (share * (1 - share) / self.of) ** 0.5


def in_batches(
    trial: Callable[[str, int, int], tuple[Counter[str], Counter[str]]], code: str, sets: int, processes: int
) -> dict[str, Share]:
    """Every batch has a seed of its own, so that neither their order nor the number of processes matters."""
    times: Counter[str] = Counter()
    of: Counter[str] = Counter()
    with ProcessPoolExecutor(processes) as pool:
        batches = [(code, batch, min(BATCH, sets - batch * BATCH)) for batch in range(-(-sets // BATCH))]
        for hit, tried in pool.map(trial, *zip(*batches, strict=True)):
            times.update(hit)
            of.update(tried)
    return {name: Share(times[name], of[name]) for name in of}


def size(code: str, batch: int, sets: int) -> tuple[Counter[str], Counter[str]]:
    """How often each judgement finds an effect where there is none."""
    design, rng = _seeded("size", code, batch)
    times: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for at in range(sets):
        some, made = batch * BATCH + at < SOME, study(design, rng)
        found = judgements(made, splits=some or not design.paired) | (drift(made) if some else {})
        for name, judged in found.items():
            times[name] += judged.p <= ALPHA
            of[name] += 1
    return times, of


def coverage(code: str, batch: int, sets: int) -> tuple[Counter[str], Counter[str]]:
    """How often each interval holds the mean effect, where sites' own effects differ around it."""
    design, rng = _seeded("coverage", code, batch)
    times: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for _ in range(sets):
        effects = EFFECT + 0.5 * rng.normal(size=20)
        for name, found in judgements(study(design, rng, effect=effects), splits=not design.paired).items():
            times[name] += holds(found, EFFECT)
            of[name] += 1
    return times, of


def power(code: str, batch: int, sets: int) -> tuple[Counter[str], Counter[str]]:
    """How often a planted effect is found; beside ours the paired t-test, the best valid one in design A."""
    design, rng = _seeded("power", code, batch)
    times: Counter[str] = Counter()
    for _ in range(sets):
        made = study(design, rng, effect=EFFECT)
        scores = change_scores(made, made.outcomes[0])
        times["Paired t-test"] += stats.ttest_rel(scores[:10], scores[10:]).pvalue <= ALPHA
        for name, found in judgements(made, splits=False).items():
            times[name] += found.p <= ALPHA
    return times, Counter(dict.fromkeys([*times, "Pair swaps, exact"], sets))


def looking(code: str, batch: int, sets: int) -> tuple[Counter[str], Counter[str]]:
    """Twelve outcomes without any effect looked at after each of eight waves: how often is any one found?"""
    design, rng = _seeded("looks", code, batch)
    times: Counter[str] = Counter()
    for _ in range(sets):
        made = study(design, rng, outcomes=OUTCOMES)
        lots = [swaps_of(made, design.before + wave) for wave in LOOKS]
        shares = [wave / LOOKS[-1] for wave in LOOKS]
        exact = sequential(lots, shares, function="obrien-fleming", alpha=ALPHA)
        last = sequential(lots[-1:], [1.0], function="last-look-only", alpha=ALPHA)
        assert isinstance(exact, Looks)
        assert isinstance(last, Looks)
        times["Exact sequential test, any look"] += bool(exact.crossed)
        times["Exact family-wise test, last look"] += bool(last.crossed)
        naive = [_any_t_test(made.figures[:, :, : design.before + wave], design.before) for wave in LOOKS]
        times["t-test of each outcome, any look"] += any(naive)
        times["t-test of each outcome, last look"] += naive[-1]
    return times, Counter(dict.fromkeys(times, sets))


def _any_t_test(figures: np.ndarray, start: int) -> bool:
    scores = figures[:, :, start:].mean(axis=2) - figures[:, :, :start].mean(axis=2)
    return bool((stats.ttest_ind(scores[:, :10], scores[:, 10:], axis=1).pvalue <= ALPHA).any())


def _seeded(trial: str, code: str, batch: int) -> tuple[Design, np.random.Generator]:
    design = next(each for each in DESIGNS if each.code == code)
    words = [ord(letter) for letter in trial + code]
    return design, np.random.default_rng([2026, batch, *words])

"""Agreement between raters for 1,000 rounds: all in one pass, one round after another, and by statsmodels.

statsmodels knows weighted kappa only, so it is asked for that alone: linear and quadratic, for each pair of
raters, for each level and overall. Ours gives all six statistics with their intervals.
"""

import os
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TypeVar

# Before NumPy is imported. Processor time is counted, and idle threads of its own would count as work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from ithrive.assessments.agreement import agreement, agreement_of_many
from ithrive.assessments.agreement.grid import FEWEST_STATEMENTS, grid
from ithrive.assessments.agreement.kappa import LINEAR, QUADRATIC, weighted_kappa
from ithrive.assessments.estimates import Estimate
from ithrive.assessments.ratings import Rating
from ithrive.framework.ideas import Level
from ithrive.framework.instrument import Instrument, Statement

ROUNDS, STATEMENTS, RATERS = 1_000, 60, 3
LEVELS = ("macro", "meso", "micro")
SEED = 2015

Result = TypeVar("Result")
Rounds = Sequence[Sequence[Rating]]


def main() -> None:
    """Prints processor seconds for the same rounds, the ratios, and whether the numbers are the same."""
    instrument, rounds = an_instrument(), made_up(an_instrument())
    agreement(rounds[0], instrument)
    together, reports = spent(lambda: agreement_of_many(rounds, instrument))
    apart, one_by_one = spent(lambda: [agreement(each, instrument) for each in rounds])
    print(
        f"all statistics: {ROUNDS:,} rounds in one pass {together:.2f} s; one by one {apart:.2f} s", end="; "
    )
    print(f"{apart / together:.1f} times; {'same' if list(reports) == one_by_one else 'OTHER'} numbers")
    theirs, kappas = spent(lambda: by_statsmodels(rounds, instrument))
    ours, _ = spent(lambda: kappas_only(rounds, instrument))
    furthest = max(
        abs(estimate.value - kappa)
        for report, kappa in zip(reports, kappas, strict=True)
        if isinstance(estimate := report.overall.kappa_quadratic, Estimate)
    )
    print(f"kappas only: one pass {ours:.2f} s; statsmodels once per round {theirs:.2f} s", end="; ")
    print(f"{theirs / ours:.0f} times (at least 10); furthest apart {furthest:.0e}")
    print(f"all statistics in one pass against statsmodels' kappas alone: {theirs / together:.1f} times")


def by_statsmodels(rounds: Rounds, instrument: Instrument) -> list[float]:
    """The mean over pairs of raters, as one would write it; the last one is quadratic and overall."""
    return [kappas_of_round(each, instrument)[-1] for each in rounds]


def kappas_of_round(ratings: Sequence[Rating], instrument: Instrument) -> list[float]:
    scores = {(each.rater, each.statement): each.score for each in ratings}
    raters = sorted({each.rater for each in ratings})
    parts = [
        [each.code for each in instrument.statement if level in (each.level, None)]
        for level in (*LEVELS, None)
    ]
    return [
        float(np.mean([kappa(scores, pair, part, weights) for pair in combinations(raters, 2)]))
        for part in parts
        for weights in ("linear", "quadratic")
    ]


def kappa(scores: dict, pair: tuple[str, str], statements: Sequence[str], weights: str) -> float:
    both = [
        [scores[rater, code] - 1 for rater in pair]
        for code in statements
        if all(scores.get((rater, code)) for rater in pair)
    ]
    table, _ = to_table(both, bins=np.arange(5) - 0.5)
    return float(cohens_kappa(table, wt=weights).kappa)


def kappas_only(rounds: Rounds, instrument: Instrument) -> list[object]:
    whole = grid(rounds, instrument)
    rows = [
        [number for number, each in enumerate(instrument.statement) if level in (each.level, None)]
        for level in (*LEVELS, None)
    ]
    return [
        weighted_kappa(whole.at(each).scores, power, fewest=FEWEST_STATEMENTS)
        for each in rows
        for power in (LINEAR, QUADRATIC)
    ]


def an_instrument() -> Instrument:
    return Instrument(
        code="bench",
        version="1",
        title="For the benchmark",
        licence="MIT",
        level=tuple(Level(code=each, name=each, purpose=each) for each in LEVELS),
        statement=tuple(
            Statement(
                code=f"s{number}",
                level=LEVELS[number % len(LEVELS)],
                principle=f"Principle {number}",
                text="Text.",
                anchors=("One.", "Two.", "Three.", "Four."),
                question="What happens?",
            )
            for number in range(STATEMENTS)
        ),
    )


def made_up(instrument: Instrument) -> Rounds:
    """Rounds whose raters see the same thing, sometimes a step off; one rating in twenty is missing."""
    chance = np.random.default_rng(SEED)
    truth = chance.integers(1, 5, size=(ROUNDS, STATEMENTS, 1))
    scores = np.clip(truth + chance.integers(-1, 2, size=(ROUNDS, STATEMENTS, RATERS)), 1, 4)
    scores[chance.random(scores.shape) < 0.05] = 0
    return [
        [
            Rating(statement.code, f"rater {rater}", int(score) or None)
            for statement, row in zip(instrument.statement, of_round, strict=True)
            for rater, score in enumerate(row)
        ]
        for of_round in scores
    ]


def spent(task: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of one run."""
    start = time.process_time()
    result = task()
    return time.process_time() - start, result


if __name__ == "__main__":
    main()

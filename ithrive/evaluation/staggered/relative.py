"""What a drift would leave of an effect if its steps were no larger than some times those seen before.

Bounds by relative magnitudes of Rambachan & Roth 2023 (Review of Economic Studies 90(5), section 2.4.1):
without the effect no step of the arms' difference after the start would exceed so many times the largest
one before it. For the step that was in truth the largest, and its direction, the effect lies between two
blends of coefficients: the mean effect less and plus as many of that step as could have added up. Which
step that is nobody knows, so the ordinary intervals of every step's two blends are put together (their
lemma 2.2). That holds its level whichever it is, without the conditional test of their software, and is a
little wider.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.staggered.coefficients import Coefficients
from ithrive.evaluation.tails import student_p, student_reach

TIMES = (0.5, 1.0, 1.5, 2.0)
LARGEST = 1e6
STEPPING = (
    "Without implementation, the difference between the arms would have moved from wave to wave by at most so"
    " many times its largest step before the start."
)


@dataclass(frozen=True, slots=True)
class WithinSteps:
    """The mean effect if steps after the start were at most `times` the largest before it."""

    times: float
    judged: Inference


@dataclass(frozen=True, slots=True)
class Relative:
    """`largest_step` is the largest seen before the start.

    `breakdown` is the least number of times at which the interval holds nought; nought if it does already
    where the arms would not have drifted at all.
    """

    estimate: float
    largest_step: float
    bounds: tuple[WithinSteps, ...]
    breakdown: float
    assumes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        if self.breakdown == 0:
            return "Chance could explain this even if the arms would not have drifted apart at all."
        return (
            f"This stands unless the arms would have moved apart, from one wave to the next, by"
            f" {self.breakdown:.3g} times their largest step before the start or more."
        )


def relative(found: Coefficients, *, alpha: float) -> Relative:
    """The bounds from coefficients with at least one step before the start."""
    mean = np.concatenate([np.zeros(found.before), np.full(found.after, 1 / found.after)])
    return Relative(
        estimate=float(mean @ found.values),
        largest_step=float(np.abs(found.steps).max()),
        bounds=tuple(_within(found, mean, times, alpha) for times in TIMES),
        breakdown=_breakdown(found, mean, alpha),
        assumes=(STEPPING,),
    )


def _blends(found: Coefficients, mean: Floats, times: float) -> Iterator[Floats]:
    """The mean effect less and plus what drift may have added to it, for each step in turn."""
    # A step after the start moves every wave from its own on.
    added = times * float(np.abs(np.cumsum(mean[found.before :][::-1])).sum())
    for at in range(found.before):
        step = np.zeros(len(mean))
        step[at : at + 2] = -1, 1
        step[found.before :] = 0.0  # the reference wave is nought and has no coefficient
        yield mean - added * step
        yield mean + added * step


def _within(found: Coefficients, mean: Floats, times: float, alpha: float) -> WithinSteps:
    each = [_judged(found, blend) for blend in _blends(found, mean, times)]
    low = min(value - student_reach(df, alpha) * error for value, error, df in each)
    high = max(value + student_reach(df, alpha) * error for value, error, df in each)
    degrees = sorted(df for _, _, df in each)
    return WithinSteps(
        times,
        Inference(
            method=f"Intervals of {len(each)} blends put together, {found.method}",
            factor=found.factor,
            reference=f"Student's t on {degrees[0]:.2f} to {degrees[-1]:.2f} degrees of freedom",
            p=_p(each),
            interval=Interval(low, high),
            assumes=(STEPPING,),
        ),
    )


def _judged(found: Coefficients, blend: Floats) -> tuple[float, float, float]:
    error = float(np.sqrt(blend @ found.variance @ blend))
    return float(blend @ found.values), error, found.df(blend)


def _p(each: list[tuple[float, float, float]]) -> float:
    """The least alpha at which all blends lie to one side of nought."""

    def beyond(side: int) -> float:
        tails = [(student_p(value / error, df), side * value > 0) for value, error, df in each]
        return max(p if that else 1.0 for p, that in tails)

    return min(beyond(1), beyond(-1))


def _breakdown(found: Coefficients, mean: Floats, alpha: float) -> float:
    """By doubling and halving: the interval grows with the number of times, without end."""

    def holds(times: float) -> bool:
        return _p([_judged(found, blend) for blend in _blends(found, mean, times)]) > alpha

    if holds(0.0):
        return 0.0
    low, high = 0.0, 1.0
    while not holds(high) and high < LARGEST:
        low, high = high, 2 * high
    while high - low > 1e-4 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high

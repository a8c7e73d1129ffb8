"""What a drift between the arms would leave of an effect: bounds after Rambachan & Roth 2023."""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.estimates import NO_VARIATION
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.staggered.bent import Bending, shortest
from ithrive.evaluation.staggered.coefficients import Coefficients, coefficients
from ithrive.evaluation.staggered.relative import Relative, relative
from ithrive.evaluation.tails import folded_student_p, folded_student_reach

FEWEST_BEFORE = 2
NOTHING = 1e-20  # of the size of figures, squared: rounding, not variation
BENDS = (0.0, 0.5, 1.0, 2.0)  # of the largest bend seen before the start
BENDING = (
    "Without implementation, the difference between the arms would have bent by at most M from wave to wave."
)


@dataclass(frozen=True, slots=True)
class Bound:
    """The mean effect after the start if the arms' difference may bend by at most `m` from wave to wave."""

    m: float
    estimate: float
    judged: Inference


@dataclass(frozen=True, slots=True)
class Honest:
    """`largest_bend` is the largest change of slope seen before the start, or why none can be seen.

    `breakdown` is the least m at which the interval holds nought; nought if it does already for a straight
    difference. `relative` bounds the steps of the drift, not how it bends.
    """

    outcome: str
    estimand: str
    waves_before: int
    bounds: tuple[Bound, ...]
    largest_bend: float | NotComputable
    breakdown: float
    relative: Relative
    assumes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        if self.breakdown == 0:
            return "Already a straight drift between the arms, as before the start, could explain this."
        return (
            f"This stands unless the difference between the arms would have bent by {self.breakdown:.4g} or"
            " more from one wave to the next."
        )


def honest(panel: Panel, outcome: str, *, alpha: float = 0.05) -> Honest | NotComputable:
    """Bounds on the mean effect after the start, in the outcome's unit. Rambachan & Roth 2023.

    With a common start from the event study and CR2; otherwise from Callaway and Sant'Anna's effects by time
    since the start. NotComputable with fewer than two waves before the start, or where nothing varies.
    """
    alone = panel.only([outcome])
    found = coefficients(alone)
    return found if isinstance(found, NotComputable) else bounds(found, outcome, alpha=alpha)


def bounds(found: Coefficients, outcome: str, *, alpha: float) -> Honest | NotComputable:
    """The bounds from coefficients however they were come by."""
    if found.before < FEWEST_BEFORE - 1:
        return NotComputable("It needs two waves or more before the start; one says nothing of a drift.")
    if np.diag(found.variance).min() <= NOTHING * float(np.abs(found.values).max()) ** 2:
        return NO_VARIATION
    bending = Bending(_as_if_alike(found), np.full(found.after, 1 / found.after))
    bend = float(np.abs(np.diff(found.steps)).max()) if found.before > 1 else None
    each = [_bound(found, bending, share * bend, alpha) for share in BENDS] if bend else []
    each = each or [_bound(found, bending, 0.0, alpha)]
    return Honest(
        outcome=outcome,
        estimand="mean effect after the start, against the last wave before it",
        waves_before=found.before + 1,
        bounds=tuple(each),
        largest_bend=NotComputable("A bend shows from three waves on.") if bend is None else bend,
        breakdown=_breakdown(found, bending, alpha),
        relative=relative(found, alpha=alpha),
        assumes=(BENDING,),
    )


def _as_if_alike(found: Coefficients) -> Floats:
    """A variance to choose weights by: of waves that vary alike and by themselves, on average as ours.

    Weights chosen by what a few sites' variance happens to be make their own error look small: with twenty
    sites and nine waves before the start, intervals for no drift missed in a fifth of studies instead of 5%.
    """
    many = len(found.values)
    alike = np.eye(many) + 1.0  # each wave against the same reference wave
    return np.asarray(alike * (np.trace(found.variance) / np.trace(alike)))


@dataclass(frozen=True, slots=True)
class _Blend:
    """What is left of the mean effect at some m: its value, its error and its largest bias, in errors."""

    value: float
    error: float
    biased: float
    df: float

    @property
    def p(self) -> float:
        return folded_student_p(self.value / self.error, self.biased, self.df)


def _blend(found: Coefficients, bending: Bending, m: float, alpha: float) -> _Blend:
    sums = shortest(bending, m, alpha)
    direction = bending.direction(sums)
    error = float(np.sqrt(direction @ found.variance @ direction))
    return _Blend(float(direction @ found.values), error, m * bending.bias(sums) / error, found.df(direction))


def _bound(found: Coefficients, bending: Bending, m: float, alpha: float) -> Bound:
    one = _blend(found, bending, m, alpha)
    reach = folded_student_reach(one.biased, one.df, alpha) * one.error
    return Bound(
        m,
        one.value,
        Inference(
            method=f"Interval of fixed length, {found.method}",
            factor=found.factor,
            reference=f"Student's t on {one.df:.2f} degrees of freedom, moved by the largest bias",
            p=one.p,
            interval=Interval(one.value - reach, one.value + reach),
            assumes=(BENDING,),
            standard_error=one.error,
            df=one.df,
        ),
    )


def _breakdown(found: Coefficients, bending: Bending, alpha: float) -> float:
    """By doubling and halving: with m the interval grows without end, so some m holds nought."""

    def holds(m: float) -> bool:
        return _blend(found, bending, m, alpha).p > alpha

    if holds(0.0):
        return 0.0
    low, high = 0.0, float(np.sqrt(np.diag(found.variance).max()))
    while not holds(high):
        low, high = high, 2 * high
    while high - low > 1e-4 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high

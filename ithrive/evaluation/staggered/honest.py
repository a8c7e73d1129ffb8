"""What a drift between the arms would leave of an effect: smoothness bounds after Rambachan & Roth 2023."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.staggered.bent import Bending, shortest
from ithrive.evaluation.staggered.cells import cells_of
from ithrive.evaluation.staggered.combining import combined
from ithrive.evaluation.staggered.effects import SINGLE, by_start, without
from ithrive.evaluation.tails import folded_student_p, folded_student_reach

FEWEST_BEFORE = 2
BENDS = (0.0, 0.5, 1.0, 2.0)  # of the largest bend seen before the start
BENDING = (
    "Without implementation, the difference between the arms would have bent by at most M from wave to wave."
)
RELATIVE = NotComputable(
    "Bounds relative to the largest step before the start need a hybrid of conditional and least-favourable"
    " tests (Andrews, Roth and Pakes). Shortcuts for it have given wrong conclusions, so none is given."
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
    difference. `relative` says why bounds by relative magnitudes are not given.
    """

    outcome: str
    estimand: str
    waves_before: int
    bounds: tuple[Bound, ...]
    largest_bend: float | NotComputable
    breakdown: float
    relative: NotComputable
    assumes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        if self.breakdown == 0:
            return "Already a straight drift between the arms, as before the start, could explain this."
        return (
            f"This stands unless the difference between the arms would have bent by {self.breakdown:.4g} or"
            " more from one wave to the next."
        )


@dataclass(frozen=True, eq=False)
class Coefficients:
    """Differences before (in order) and after the start against the last wave before it.

    `df` gives the degrees of freedom of any weights on them.
    """

    values: Floats
    variance: Floats
    after: int
    method: str
    factor: str
    df: Callable[[Floats], float]


def honest(panel: Panel, outcome: str, *, alpha: float = 0.05) -> Honest | NotComputable:
    """Smoothness bounds on the mean effect after the start, in the outcome's unit. Rambachan & Roth 2023.

    With a common start from the event study and CR2; otherwise from Callaway and Sant'Anna's effects by time
    since the start. NotComputable with fewer than two waves before the start, or too few sites.
    """
    alone = panel.only([outcome])
    found = _common(alone) if alone.common_start is not None else _staggered(alone)
    return found if isinstance(found, NotComputable) else bounds(found, outcome, alpha=alpha)


def bounds(found: Coefficients, outcome: str, *, alpha: float) -> Honest | NotComputable:
    """The bounds from coefficients however they were come by."""
    before = len(found.values) - found.after
    if before < FEWEST_BEFORE - 1:
        return NotComputable("It needs two waves or more before the start; one says nothing of a drift.")
    if np.linalg.matrix_rank(found.variance, hermitian=True) < len(found.values):
        return NotComputable(f"The sites are too few to judge {len(found.values)} waves together.")
    bending = Bending(found.variance, np.full(found.after, 1 / found.after))
    steps = np.diff(np.append(found.values[:before], 0.0))
    bend = float(np.abs(np.diff(steps)).max()) if len(steps) > 1 else None
    each = [_bound(found, bending, share * bend, alpha) for share in BENDS] if bend else []
    each = each or [_bound(found, bending, 0.0, alpha)]
    return Honest(
        outcome=outcome,
        estimand="mean effect after the start, against the last wave before it",
        waves_before=before + 1,
        bounds=tuple(each),
        largest_bend=NotComputable("A bend shows from three waves on.") if bend is None else bend,
        breakdown=_breakdown(found, bending, alpha),
        relative=RELATIVE,
        assumes=(BENDING,),
    )


def _bound(found: Coefficients, bending: Bending, m: float, alpha: float) -> Bound:
    sums = shortest(bending, m, alpha)
    direction, error = bending.direction(sums), bending.error(sums)
    estimate, df = float(direction @ found.values), found.df(direction)
    biased = m * bending.bias(sums) / error
    reach = folded_student_reach(biased, df, alpha) * error
    return Bound(
        m,
        estimate,
        Inference(
            method=f"Shortest interval of fixed length, {found.method}",
            factor=found.factor,
            reference=f"Student's t on {df:.2f} degrees of freedom, moved by the largest bias",
            p=folded_student_p(estimate / error, biased, df),
            interval=Interval(estimate - reach, estimate + reach),
            assumes=(BENDING,),
            standard_error=error,
            df=df,
        ),
    )


def _breakdown(found: Coefficients, bending: Bending, alpha: float) -> float:
    """By doubling and halving: with m the interval grows without end, so some m holds nought."""

    def holds(m: float) -> bool:
        interval = _bound(found, bending, m, alpha).judged.interval
        assert isinstance(interval, Interval)
        return interval.low <= 0 <= interval.high

    if holds(0.0):
        return 0.0
    low, high = 0.0, float(np.sqrt(np.diag(found.variance).max()))
    while not holds(high):
        low, high = high, 2 * high
    while high - low > 1e-4 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _common(panel: Panel) -> Coefficients | NotComputable:
    clustered = Shared().events(panel)
    if isinstance(clustered, NotComputable):
        return clustered
    design = clustered.design
    remainder = design.remainder(panel.figures[0])
    return Coefficients(
        values=design.coefficients(remainder),
        variance=clustered.variance(design.residuals(remainder)),
        after=len(panel.waves) - int(panel.common_start or 0),
        method="cluster-robust CR2, clustered by site",
        factor="Bell and McCaffrey's adjustment of each site",
        df=clustered.df_of,
    )


def _staggered(panel: Panel) -> Coefficients | NotComputable:
    """Effects by time since the start; the variance allows for few sites of each start."""
    if panel.weighted:
        return NotComputable("Weights by site and wave do not say how much a site's change should weigh.")
    alone = without(panel, panel.starts == 0)
    cells = cells_of(alone)
    if isinstance(cells, NotComputable):
        return cells
    by_time = combined(cells, alone.starts).by_time
    if sorted([*by_time, -1]) != list(range(min(*by_time, -1), max(by_time) + 1)):
        return NotComputable("Some time since the start has no figures, so no drift can be followed.")
    own = np.array([each.own for each in by_time.values()])
    if (np.unique(alone.starts, return_counts=True)[1] == 1).any():
        return SINGLE

    def df(direction: Floats) -> float:
        variances, free = by_start(direction @ own, alone.starts)
        return float(variances.sum() ** 2 / (variances**2 / free).sum())

    return Coefficients(
        values=np.array([each.value for each in by_time.values()]),
        variance=_variance(own, alone),
        after=sum(time >= 0 for time in by_time),
        method="variance by start",
        factor="n / (n - 1) among the sites of each start",
        df=df,
    )


def _variance(own: Floats, panel: Panel) -> Floats:
    total = np.zeros((len(own), len(own)))
    for start in np.unique(panel.starts):
        scores = own[:, panel.starts == start]
        total += scores.shape[1] * np.cov(scores, ddof=1)
    return total

"""The effect where sites began at different waves: group-time effects, put together and judged."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats, Wholes
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.estimates import APART, LARGE, PARALLEL
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.randomisation import SAME_EVERYWHERE
from ithrive.evaluation.staggered.by_lot import BY_LOT, Deals, deals, judged_by_lot
from ithrive.evaluation.staggered.cells import NEVER, NOT_YET, Cells, cells_of, dealt_effects
from ithrive.evaluation.staggered.combining import Combined, combined
from ithrive.evaluation.tails import normal_p, normal_reach, student_p, student_reach

ESTIMATOR = "Group-time effects of Callaway and Sant'Anna, without covariates"
COMPARED = {NEVER: "sites that never began", NOT_YET: "sites that had not begun yet or never did"}
NO_ANTICIPATION = "Nothing changed in a site before it began."
ALONE = (
    "Some start has a single site: nothing says how far such sites differ, and this error leaves that out."
)
SINGLE = NotComputable(
    "Some start has a single site, so nothing says how far sites with that start differ; go by the lot."
)
BROKEN = NotComputable(
    "A site that had begun before the first wave is left out and its pair is broken; starts were dealt within"
    " pairs, so dealing them to all sites would tell of a chance that nobody had. Leave the pair out, or name"
    " no pairs."
)


@dataclass(frozen=True, slots=True)
class GroupTime:
    """The effect at one wave on the sites that began at `group`. The error is the influence function's."""

    group: str
    wave: str
    before: bool
    estimate: float
    standard_error: float
    treated: int
    compared: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Effects put together. `influence` agrees with the reference software and suits many sites.

    `small_sample` allows for few sites, `by_lot` deals the starts again.
    """

    label: str
    estimate: float
    influence: Inference | NotComputable
    small_sample: Inference | NotComputable
    by_lot: Inference | NotComputable


@dataclass(frozen=True, slots=True)
class Staggered:
    """`simple` weighs each site-wave after a start alike; `time`, `group`, `wave` are means of their tables.

    `left_out` names sites that had begun before the first wave.
    """

    outcome: str
    estimator: str
    compared: str
    cells: tuple[GroupTime, ...]
    simple: Aggregate
    time: Aggregate
    group: Aggregate
    wave: Aggregate
    by_time: tuple[Aggregate, ...]
    by_group: tuple[Aggregate, ...]
    by_wave: tuple[Aggregate, ...]
    assumes: tuple[str, ...]
    left_out: tuple[str, ...]


Judge = Callable[[str, Combined], Aggregate]
Lots = Callable[[Combined], Inference | NotComputable]


def staggered(
    panel: Panel,
    outcome: str,
    *,
    compared: str = NEVER,
    alpha: float = 0.05,
    draws: Draws = STANDARD,
) -> Staggered | NotComputable:
    """Group-time effects on one outcome, in its unit (or differences of logarithms where it is logged).

    `compared` is “never” (sites that never began) or “not yet” (those and sites that begin later). Sites with
    figures at a wave and at the last wave before the start have a part in that wave. Callaway & Sant'Anna
    2021. NotComputable with weights, or without any wave on both sides of a start. ValueError for another
    word in `compared`.
    """
    if compared not in COMPARED:
        raise ValueError(f"compared is {compared!r}, not one of {', '.join(COMPARED)}.")
    if panel.weighted:
        return NotComputable("Weights by site and wave do not say how much a site's change should weigh.")
    whole = panel.only([outcome])
    early = whole.starts == 0
    alone = without(whole, early)
    cells = cells_of(alone, compared=compared)
    if isinstance(cells, NotComputable):
        return cells
    dealt = BROKEN if whole.pairs and not alone.pairs else deals(alone, draws)
    judge = _judge(alone, cells, dealt, compared, alpha)
    return _told(alone, cells, compared, judge, tuple(sorted(np.array(whole.sites)[early].tolist())))


def without(panel: Panel, gone: np.ndarray) -> Panel:
    """The panel less some sites. Where a pair loses one site of two, pairs are named no more."""
    kept = np.flatnonzero(~gone)
    pairs = tuple(panel.pairs[at] for at in kept) if panel.pairs else ()
    if any(pairs.count(pair) != 2 for pair in pairs):
        pairs = ()
    return replace(
        panel,
        sites=tuple(panel.sites[at] for at in kept),
        figures=panel.figures[:, kept],
        starts=panel.starts[kept],
        pairs=pairs,
        weights=panel.weights[kept],
    )


def _told(panel: Panel, cells: Cells, compared: str, judge: Judge, left_out: tuple[str, ...]) -> Staggered:
    found = combined(cells, panel.starts)
    names = panel.waves
    return Staggered(
        outcome=panel.outcomes[0],
        estimator=ESTIMATOR,
        compared=COMPARED[compared],
        cells=_cells(panel, cells),
        simple=judge("all site-waves after a start", found.simple),
        time=judge("mean over waves since the start", found.time),
        group=judge("mean over sites by start", found.group),
        wave=judge("mean over waves", found.wave),
        by_time=tuple(judge(f"{each:+d}", one) for each, one in found.by_time.items()),
        by_group=tuple(judge(f"began at {names[each]}", one) for each, one in found.by_group.items()),
        by_wave=tuple(judge(f"at {names[each]}", one) for each, one in found.by_wave.items()),
        assumes=(PARALLEL, NO_ANTICIPATION),
        left_out=left_out,
    )


def _cells(panel: Panel, cells: Cells) -> tuple[GroupTime, ...]:
    errors = np.sqrt((cells.scores**2).sum(axis=2))
    return tuple(
        GroupTime(
            panel.waves[cells.groups[group]],
            panel.waves[wave],
            bool(wave < cells.groups[group]),
            float(cells.effects[group, wave]),
            float(errors[group, wave]),
            int(cells.treated[group, wave]),
            int(cells.compared[group, wave]),
        )
        for group, wave in np.argwhere(~np.isnan(cells.effects))
    )


def _judge(panel: Panel, cells: Cells, dealt: Deals | NotComputable, compared: str, alpha: float) -> Judge:
    by_lot = dealt if isinstance(dealt, NotComputable) else _lots(panel, cells, dealt, compared, alpha)

    def judge(label: str, one: Combined) -> Aggregate:
        return Aggregate(
            label,
            one.value,
            _influence(one, panel.starts, alpha),
            _small_sample(one, panel.starts, alpha),
            by_lot if isinstance(by_lot, NotComputable) else by_lot(one),
        )

    return judge


def _lots(panel: Panel, cells: Cells, dealt: Deals, compared: str, alpha: float) -> Lots:
    """What judges any combination by lot: every deal's effects are worked out once."""
    begun = panel.treated.astype(np.float64)
    under = [
        dealt_effects(each, dealt.starts, cells.groups, compared=compared).reshape(len(dealt.starts), -1)
        for each in (panel.figures[0], np.where(np.isnan(panel.figures[0]), np.nan, begun))
    ]

    def by_lot(one: Combined) -> Inference | NotComputable:
        used = np.flatnonzero(one.weights)
        weights = one.weights.ravel()[used]
        sums, exposed = (each[:, used] @ weights for each in under)
        return judged_by_lot(
            sums,
            exposed,
            words=dealt.words,
            exact=dealt.exact,
            alpha=alpha,
            assumes=(*BY_LOT, SAME_EVERYWHERE),
        )

    return by_lot


def _influence(one: Combined, starts: Wholes, alpha: float) -> Inference | NotComputable:
    error = float(np.sqrt((one.scores**2).sum()))
    if error <= 1e-12 * abs(one.value):
        return NotComputable("Nothing varies between sites of one start.")
    reach = normal_reach(alpha) * error
    single = (ALONE,) if (np.unique(starts, return_counts=True)[1] == 1).any() else ()
    return Inference(
        method="Influence function, by site",
        factor="none",
        reference="the normal distribution",
        p=normal_p(one.value / error),
        interval=Interval(one.value - reach, one.value + reach),
        assumes=(PARALLEL, NO_ANTICIPATION, APART, LARGE, *single),
        standard_error=error,
    )


def _small_sample(one: Combined, starts: Wholes, alpha: float) -> Inference | NotComputable:
    """Each start's sites vary about their own mean: variances by start, degrees of freedom by Welch."""
    variances, df = by_start(one.own, starts)
    if (df == 0).any():
        return SINGLE
    variance = float(variances.sum())
    if variance <= 1e-24 * one.value**2:
        return NotComputable("Nothing varies between sites of one start.")
    error = float(np.sqrt(variance))
    degrees = variance**2 / float((variances**2 / df).sum())
    reach = student_reach(degrees, alpha) * error
    return Inference(
        method="Variance by start",
        factor="n / (n - 1) among the sites of each start",
        reference=f"Student's t on {degrees:.2f} degrees of freedom (Welch and Satterthwaite)",
        p=student_p(one.value / error, degrees),
        interval=Interval(one.value - reach, one.value + reach),
        assumes=(PARALLEL, NO_ANTICIPATION, APART),
        standard_error=error,
        df=degrees,
    )


def by_start(own: Floats, starts: Wholes) -> tuple[Floats, Floats]:
    """Of each start with a part in it: its share of the variance and its degrees of freedom."""
    variances, df = [], []
    for start in np.unique(starts):
        scores = own[starts == start]
        many = len(scores)
        variances.append(many * scores.var(ddof=1) if many > 1 else np.nan)
        df.append(many - 1.0)
    return np.array(variances), np.array(df)

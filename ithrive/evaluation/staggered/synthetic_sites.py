"""Synthetic difference in differences for each accelerator site, judged by all placebos, and their mean."""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import Floats, Marks, Wholes
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.staggered.by_lot import BY_LOT, deals, judged_by_lot
from ithrive.evaluation.staggered.synthetic import FEWEST_BEFORE, Blend, Others, without_one
from ithrive.evaluation.tails import student_p, student_reach

ESTIMATOR = "Synthetic difference in differences, one site at a time"
LIKE_BEFORE = (
    "The blend of comparison sites that moved like the site before would have moved like it afterwards too,"
    " had it not begun."
)
ANY_SITE = "Any comparison site could as well have been the one that began."
FEWEST_OTHERS = 3
MOST_DEALS = 1_024  # each deal works out every site's weights anew


@dataclass(frozen=True, slots=True)
class SiteEffect:
    """The effect on one site. `weights` are what comparison sites and waves before weigh, where not nought.

    `placebo` puts every comparison site in its place. With ten of them p is at least 1/11.
    """

    site: str
    start: str
    estimate: float
    placebo: Inference | NotComputable
    compared: int
    site_weights: tuple[tuple[str, float], ...]
    wave_weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The effects on single sites and their plain mean. `left_out` names each site without one, and why."""

    outcome: str
    estimator: str
    sites: tuple[SiteEffect, ...]
    estimate: float
    jackknife: Inference | NotComputable
    by_lot: Inference | NotComputable
    assumes: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class _One:
    """What one site's effect is worked out on: rows of figures, `waves` and `others` by their positions."""

    at: int
    waves: Wholes
    others: Wholes
    start: int
    table: Floats
    blend: Blend

    @property
    def own(self) -> Floats:
        return np.asarray(self.table[-1])


def synthetic(
    panel: Panel, outcome: str, *, alpha: float = 0.05, draws: Draws = STANDARD
) -> Synthetic | NotComputable:
    """The effect on each accelerator site, in the outcome's unit. Arkhangelsky et al. 2021.

    A site's own missing waves have no part; comparison sites need figures at all the others. NotComputable
    with weights, or where no site has two waves before its start, one after, and three comparison sites.
    """
    if panel.weighted:
        return NotComputable("Weights by site and wave do not say how much a site's change should weigh.")
    alone = panel.only([outcome])
    tried = [(at, _one(alone, int(at))) for at in np.flatnonzero(alone.accelerator)]
    found = [one for _, one in tried if isinstance(one, _One)]
    left_out = [(alone.sites[at], one.reason) for at, one in tried if isinstance(one, NotComputable)]
    if not found:
        return NotComputable(f"No site can be told beside a blend of others. {min(left_out)[1]}")
    return Synthetic(
        outcome=outcome,
        estimator=ESTIMATOR,
        sites=tuple(sorted((_told(alone, one, alpha) for one in found), key=lambda each: each.site)),
        estimate=float(np.mean([one.blend.effect for one in found])),
        jackknife=_jackknife(alone, found, alpha),
        by_lot=_by_lot(alone, left_out, alpha, draws),
        assumes=(LIKE_BEFORE,),
        left_out=tuple(sorted(left_out)),
    )


def _one(panel: Panel, at: int) -> _One | NotComputable:
    there: Marks = ~np.isnan(panel.figures[0])
    waves = np.flatnonzero(there[at])
    start = int((waves < panel.starts[at]).sum())
    others = np.flatnonzero(~panel.accelerator & there[:, waves].all(axis=1))
    if start < FEWEST_BEFORE or start == len(waves):
        return NotComputable(
            f"It needs figures at {FEWEST_BEFORE} waves before its start and at one after it."
        )
    if len(others) < FEWEST_OTHERS:
        return NotComputable(
            f"{len(others)} comparison sites have figures at all its waves; it needs {FEWEST_OTHERS}."
        )
    table = panel.figures[0][np.ix_(np.append(others, at), waves)]
    return _One(at, waves, others, start, table, Others.of(table[:-1], start).blend(table[-1]))


def _told(panel: Panel, one: _One, alpha: float) -> SiteEffect:
    return SiteEffect(
        site=panel.sites[one.at],
        start=panel.waves[panel.starts[one.at]],
        estimate=one.blend.effect,
        placebo=_placebo(one, alpha),
        compared=len(one.others),
        site_weights=_named(panel.sites, one.others, one.blend.sites),
        wave_weights=_named(panel.waves, one.waves, one.blend.waves),
    )


def _named(names: tuple[str, ...], places: Wholes, weights: Floats) -> tuple[tuple[str, float], ...]:
    """Names with their weights, the heaviest first."""
    pairs = [(names[at], float(weight)) for at, weight in zip(places, weights, strict=False) if weight > 0]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _placebo(one: _One, alpha: float) -> Inference | NotComputable:
    others, effect = one.table[:-1], one.blend.effect
    placebos = np.array(
        [
            Others.of(np.delete(others, at, axis=0), one.start).blend(row).effect
            for at, row in enumerate(others)
        ]
    )
    error, many = float(placebos.std()), len(placebos)
    if error <= 1e-12 * float(np.abs(one.table).max()):
        return NotComputable("Comparison sites moved exactly alike, so placebos do not vary.")
    reach = student_reach(many - 1.0, alpha) * error
    return Inference(
        method="All placebos",
        factor="none; the error is the placebos' standard deviation",
        reference=f"{many} placebos, one for each comparison site, and the site itself; the interval by"
        f" Student's t on {many - 1} degrees of freedom",
        p=float((1 + np.count_nonzero(np.abs(placebos) >= abs(effect) * (1 - 1e-9))) / (1 + many)),
        interval=Interval(effect - reach, effect + reach),
        assumes=(LIKE_BEFORE, ANY_SITE),
        standard_error=error,
        df=many - 1.0,
    )


def _jackknife(panel: Panel, found: list[_One], alpha: float) -> Inference | NotComputable:
    """Algorithm 3 of the paper: the mean without each site in turn, weights kept."""
    effects = np.array([one.blend.effect for one in found])
    if len(effects) < 2:
        return NotComputable("One site alone says nothing of how far effects differ between sites.")
    total, df = effects.sum(), len(effects) - 1.0
    without = [(total - effect) / df for effect in effects]
    less = np.tile(effects, (len(panel.sites), 1))
    for column, one in enumerate(found):
        less[one.others, column] = without_one(one.table[:-1], one.own, one.start, one.blend)
    used = sorted({int(at) for one in found for at in one.others})
    without += [float(less[at].mean()) for at in used]
    if np.isnan(without).any():
        return NotComputable("One comparison site alone carries the blend of some site.")
    many = len(without)
    error = float(np.sqrt((many - 1) / many * ((np.array(without) - np.mean(without)) ** 2).sum()))
    if error <= 1e-12 * abs(float(effects.mean())):
        return NotComputable("The mean is the same without any one site.")
    reach, mean = student_reach(df, alpha) * error, float(effects.mean())
    return Inference(
        method="Jackknife over sites, weights kept",
        factor="(n - 1) / n",
        reference=f"Student's t on {df:.0f} degrees of freedom, one less than accelerator sites",
        p=student_p(mean / error, df),
        interval=Interval(mean - reach, mean + reach),
        assumes=(LIKE_BEFORE, "Sites are independent of each other."),
        standard_error=error,
        df=df,
    )


def _by_lot(
    panel: Panel, left_out: list[tuple[str, str]], alpha: float, draws: Draws
) -> Inference | NotComputable:
    if not panel.pairs:
        return NotComputable("The panel names no pairs, and every deal would need all weights anew.")
    if left_out or np.isnan(panel.figures[0]).any():
        return NotComputable("Some figure is missing, so sites cannot be swapped within pairs.")
    dealt = deals(panel, draws, most=MOST_DEALS)
    sums = np.array([_mean(panel.figures[0], starts) for starts in dealt.starts])
    return judged_by_lot(sums, None, words=dealt.words, exact=dealt.exact, alpha=alpha, assumes=BY_LOT)


def _mean(figures: Floats, starts: Wholes) -> float:
    never = starts == figures.shape[1]
    effects = []
    for start in np.unique(starts[~never]):
        others = Others.of(figures[never], int(start))
        effects += [others.blend(site).effect for site in figures[starts == start]]
    return float(np.mean(effects))

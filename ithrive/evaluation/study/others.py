"""The effect by other ways than two-way fixed effects, each where the design asks for it."""

from dataclasses import replace

import numpy as np

from ithrive.evaluation.answers import Inference, NotComputable
from ithrive.evaluation.counts import CountEffect, count_effect
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.protocol import Analysis, Outcome
from ithrive.evaluation.staggered import Honest, Staggered, Synthetic, honest, staggered, synthetic
from ithrive.evaluation.study.other_results import (
    CountResult,
    DriftResult,
    OtherEstimate,
    StaggeredResult,
    SyntheticResult,
)
from ithrive.evaluation.study.prepared import NONE, Prepared
from ithrive.evaluation.study.scope import Scope
from ithrive.periods import Quarter

TOGETHER = NotComputable("All sites began together, so the main effect and its event study say it.")
NEGLIGIBLE = 1e-6
PRIMARY_ALONE = NotComputable("Single sites are told for primary outcomes.")


def staggered_result(
    panel: Panel | NotComputable, outcome: Outcome, analysis: Analysis, scope: Scope
) -> StaggeredResult:
    source = scope.bound("staggered", "Group-time effects of Callaway and Sant'Anna")
    if isinstance(panel, NotComputable):
        return StaggeredResult(source, panel)
    if panel.common_start is not None:
        return StaggeredResult(source, TOGETHER)
    return StaggeredResult(source, staggered(panel, outcome.id, alpha=analysis.alpha, draws=analysis.drawn))


def synthetic_result(
    panel: Panel | NotComputable, outcome: Outcome, analysis: Analysis, scope: Scope
) -> SyntheticResult:
    source = scope.bound("synthetic", "Synthetic difference in differences, one site at a time")
    if isinstance(panel, NotComputable):
        return SyntheticResult(source, panel)
    if outcome.family != "primary":
        return SyntheticResult(source, PRIMARY_ALONE)
    found = synthetic(panel, outcome.id, alpha=analysis.alpha, draws=analysis.drawn)
    return SyntheticResult(source, found if isinstance(found, NotComputable) else _told_weights(found))


def _told_weights(found: Synthetic) -> Synthetic:
    """Without weights that are nought but for rounding, which come and go with the order of sums."""
    return replace(
        found,
        sites=tuple(
            replace(each, site_weights=_heavy(each.site_weights), wave_weights=_heavy(each.wave_weights))
            for each in found.sites
        ),
    )


def _heavy(weights: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    return tuple((name, weight) for name, weight in weights if weight > NEGLIGIBLE)


def drift_result(panel: Panel | NotComputable, outcome: Outcome, alpha: float, scope: Scope) -> DriftResult:
    source = scope.bound("drift", "Bounds on bends and on steps after Rambachan and Roth")
    found = panel if isinstance(panel, NotComputable) else honest(panel, outcome.id, alpha=alpha)
    return DriftResult(source, found, _drift_words(found))


def _drift_words(found: Honest | NotComputable) -> str:
    return f"{found.sentence} {found.relative.sentence}" if isinstance(found, Honest) else found.reason


def count_result(ready: Prepared, analysis: Analysis, scope: Scope) -> CountResult | None:
    """The count as it is. The main effect is on logarithms, to which noughts had to get a half."""
    if ready.outcome.model != "count":
        return None
    source = scope.bound("counts", "Poisson regression with fixed effects and an offset")
    if isinstance(ready.panel, NotComputable):
        return CountResult(source, ready.panel)
    counts, offsets = (_numbers(ready, ready.panel, what) for what in ("cell", "over"))
    raw = replace(ready.panel, figures=counts[None], logged=False)
    return CountResult(
        source, count_effect(raw, ready.outcome.id, offsets, alpha=analysis.alpha, draws=analysis.drawn)
    )


def _numbers(ready: Prepared, panel: Panel, what: str) -> np.ndarray:
    """Counts, or what they are counted out of, where the panel has a figure; NaN elsewhere."""

    def number(site: str, wave: str) -> float:
        cell = getattr(ready.figures.get((site, Quarter.parse(wave)), NONE), what)
        return np.nan if cell is None or cell.number is None else float(cell.number)

    numbers = np.array([[number(site, wave) for wave in panel.waves] for site in panel.sites])
    return np.where(np.isnan(panel.figures[0]), np.nan, numbers)


def other_estimates(
    apart: StaggeredResult, single: SyntheticResult, counts: CountResult | None
) -> tuple[OtherEstimate, ...]:
    """Every other way to the one effect, in a row for a table beside it."""
    found = []
    if isinstance(apart.found, Staggered):
        whole = apart.found.simple
        name = f"{apart.found.estimator}, {whole.label}"
        found.append(_other(apart.source, name, whole.estimate, whole.small_sample, whole.by_lot))
    if isinstance(single.found, Synthetic):
        one = single.found
        found.append(_other(single.source, one.estimator, one.estimate, one.jackknife, one.by_lot))
    if counts is not None and isinstance(counts.found, CountEffect):
        told = counts.found.estimate
        if not isinstance(told, NotComputable):
            found.append(
                _other(counts.source, counts.found.estimator, told.value, told.cr2, counts.found.pair_swaps)
            )
    return tuple(found)


def _other(
    source: str, name: str, estimate: float, model: Inference | NotComputable, lot: Inference | NotComputable
) -> OtherEstimate:
    """Judged by the model where that can be; otherwise by lot."""
    judged = model if isinstance(model, Inference) else lot
    if isinstance(judged, NotComputable):
        return OtherEstimate(source, name, estimate, None, judged, judged, ())
    return OtherEstimate(
        source, name, estimate, judged.standard_error, judged.interval, judged.p, judged.assumes
    )

"""Whether more implementation went with more change: the dose-response of one outcome."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.dose import (
    DoseOverWaves,
    Reliability,
    Shape,
    SiteFigures,
    Without,
    corrected,
    dose_over_waves,
    lagged,
    leave_one_out,
    shape,
    site_figures,
    two_stage,
)
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.protocol import Dose, Outcome, Protocol
from ithrive.evaluation.study.as_json import rounded
from ithrive.evaluation.study.data import StudyData
from ithrive.evaluation.study.figures import AT
from ithrive.evaluation.study.outcome_results import DosePoint, DoseResult
from ithrive.evaluation.study.scope import Scope
from ithrive.periods import Quarter

SEARCHED = 5  # significant digits of what a search finds: its last ones depend on the order of sums
NO_RELIABILITY = NotComputable("Nobody gave the reliability of the agreed scores.")
WORDS = {"assessment": "agreed score", "implementation": "share of implementation steps done"}


def dose_results(
    protocol: Protocol, outcome: Outcome, panel: Panel | NotComputable, data: StudyData, scope: Scope
) -> tuple[DoseResult, ...]:
    """One for each dose that the protocol names for this outcome; none if it names none."""
    dose = protocol.dose
    if dose is None or (dose.outcomes and outcome.id not in dose.outcomes):
        return ()
    each = {"assessment": data.assessed.overall, "implementation": data.progress}
    names = ("assessment", "implementation") if dose.source == "both" else (dose.source,)
    return tuple(_result(protocol, dose, name, each[name], panel, data, scope) for name in names)


def _result(
    protocol: Protocol,
    dose: Dose,
    name: str,
    measured: Mapping[AT, float],
    panel: Panel | NotComputable,
    data: StudyData,
    scope: Scope,
) -> DoseResult:
    source = scope.bound(
        f"dose/{name}",
        "Two-stage slope judged by permutation, interval by inverting it; beside it a mixed model of"
        " accelerator sites' figures since their start, less their own mean before",
        of="assessments" if name == "assessment" else "progress",
    )
    words = f"{WORDS[name]}, {dose.form}, {_lag(dose.lag)}"
    if isinstance(panel, NotComputable):
        return _nothing(source, words, panel)
    given = doses(protocol, panel, measured, dose)
    if np.isnan(given).all():
        return _nothing(source, words, NotComputable("No dose was measured early enough at any site."))
    of_sites = site_figures(panel, panel.outcomes[0], given, arms="accelerators")
    of_both = site_figures(panel, panel.outcomes[0], given, arms="both")
    alpha, drawn = protocol.analysis.alpha, protocol.analysis.drawn
    model = dose_over_waves(changes(panel), panel.outcomes[0], given, alpha=alpha)
    reliability = data.assessed.reliability if name == "assessment" else None
    fitted = shape(of_sites, drawn) if isinstance(of_sites, SiteFigures) else of_sites
    return DoseResult(
        source=source,
        dose=words,
        headline=two_stage(of_sites, drawn, alpha=alpha) if isinstance(of_sites, SiteFigures) else of_sites,
        both_arms=two_stage(of_both, drawn, alpha=alpha) if isinstance(of_both, SiteFigures) else of_both,
        model=rounded(model, digits=SEARCHED),
        reliability=NO_RELIABILITY if reliability is None else reliability,
        corrected=rounded(_corrected(model, reliability), digits=SEARCHED),
        shape=fitted,
        shape_sentence=fitted.sentence if isinstance(fitted, Shape) else fitted.reason,
        without=_by_name(leave_one_out(of_sites, drawn)) if isinstance(of_sites, SiteFigures) else (),
        points=_points(of_both if isinstance(of_both, SiteFigures) else of_sites),
        left_out=tuple(sorted(of_sites.left_out)) if isinstance(of_sites, SiteFigures) else (),
    )


def _lag(waves: int) -> str:
    return "in the same wave" if waves == 0 else f"{waves} wave{'' if waves == 1 else 's'} before"


def doses(protocol: Protocol, panel: Panel, measured: Mapping[AT, float], dose: Dose) -> Floats:
    """Sites x waves of a panel: the dose before each, over all quarters of the protocol."""
    quarters = protocol.quarters
    assessed = np.array(
        [[measured.get((site, quarter), np.nan) for quarter in quarters] for site in panel.sites]
    )
    level = lagged(assessed, lag=dose.lag, form="change" if dose.form == "change" else "level")
    kept = [quarters.index(Quarter.parse(wave)) for wave in panel.waves]
    return np.asarray(level[:, kept])


def changes(panel: Panel) -> Panel:
    """Accelerator sites' figures since their start, each less the site's own mean before; NaN elsewhere.

    A dose can only tell once implementation has begun; had figures before it a part, the start itself would
    be taken for an effect of the dose.
    """
    before = np.where(panel.treated, np.nan, panel.figures[0])
    there = ~np.isnan(before)
    count = there.sum(axis=1)
    mean = np.where(there, before, 0.0).sum(axis=1) / np.maximum(count, 1)
    since = np.where(panel.treated & (count > 0)[:, None], panel.figures[0] - mean[:, None], np.nan)
    return replace(panel, figures=since[None])


def _corrected(
    model: DoseOverWaves | NotComputable, reliability: Reliability | None
) -> DoseOverWaves | NotComputable:
    if isinstance(model, NotComputable):
        return model
    return NO_RELIABILITY if reliability is None else corrected(model, reliability.value)


def _by_name(without: tuple[Without, ...]) -> tuple[Without, ...]:
    return tuple(sorted(without, key=lambda each: each.site))


def _points(found: SiteFigures | NotComputable) -> tuple[DosePoint, ...]:
    if isinstance(found, NotComputable):
        return ()
    return tuple(
        DosePoint(site, "accelerator" if began else "comparison", float(dose), float(change))
        for site, began, dose, change in sorted(
            zip(found.sites, found.accelerator, found.doses, found.changes, strict=True)
        )
    )


def _nothing(source: str, words: str, reason: NotComputable) -> DoseResult:
    return DoseResult(
        source=source,
        dose=words,
        headline=reason,
        both_arms=reason,
        model=reason,
        reliability=NO_RELIABILITY,
        corrected=reason,
        shape=reason,
        shape_sentence=reason.reason,
        without=(),
        points=(),
        left_out=(),
    )

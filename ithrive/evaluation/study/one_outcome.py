"""One outcome, whole: everything a run says of it."""

from dataclasses import dataclass

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.effect import Effect
from ithrive.evaluation.protocol import Outcome, Protocol, Standing
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.study.data import StudyData
from ithrive.evaluation.study.dose_results import dose_results
from ithrive.evaluation.study.effects import EffectAsked, effect_result, event_result, variants
from ithrive.evaluation.study.others import (
    count_result,
    drift_result,
    other_estimates,
    staggered_result,
    synthetic_result,
)
from ithrive.evaluation.study.outcome_results import OutcomeResult
from ithrive.evaluation.study.pairs_results import moderator_results, pairs_of, replication_result
from ithrive.evaluation.study.prepared import Prepared
from ithrive.evaluation.study.received import arm_means, missing_result, series
from ithrive.evaluation.study.scope import Scope, sites_in_words, waves_in_words
from ithrive.evaluation.study.sentences import effect_sentence
from ithrive.evaluation.study.sources import Sources
from ithrive.framework import framework
from ithrive.measures import measures
from ithrive.periods import Quarter


@dataclass(frozen=True, eq=False)
class Run:
    """What all outcomes of one run share. `crossed` are those that crossed at a look, None without looks."""

    protocol: Protocol
    standing: Standing
    data: StudyData
    last: Quarter
    sources: Sources
    shared: Shared
    crossed: frozenset[str] | None = None


def outcome_result(
    run: Run, ready: Prepared, core: Effect | NotComputable, family_p: float | NotComputable
) -> OutcomeResult:
    """The results of one outcome that is prepared, with the core's effect and its p within the family."""
    protocol, outcome, panel = run.protocol, ready.outcome, ready.panel
    scope = Scope(
        run.sources, outcome.id, sites_in_words(panel), waves_in_words(panel), run.data.mergers, run.last
    )
    asked = EffectAsked(protocol, ready, core, family_p, scope)
    effect, pairs = effect_result(asked), pairs_of(panel, outcome)
    title, unit = named(outcome)
    alpha = protocol.analysis.alpha
    apart = staggered_result(panel, outcome, protocol.analysis, scope)
    single = synthetic_result(panel, outcome, protocol.analysis, scope)
    counts = count_result(ready, protocol.analysis, scope)
    return OutcomeResult(
        id=outcome.id,
        title=title,
        measure=outcome.measure,
        figure=outcome.figure or measures()[outcome.measure].headline.code,
        grouping=outcome.grouping or "",
        unit=unit,
        model=outcome.model,
        scale="as given" if outcome.model == "gaussian" else "logarithm",
        better=outcome.better,
        family=outcome.family,
        sentence=effect_sentence(
            outcome,
            title,
            unit,
            effect,
            label=run.standing.label,
            alpha=alpha,
            crossed=_crossed(run, outcome),
        ),
        means=arm_means(protocol, ready, scope),
        series=series(protocol, ready, scope),
        effect=effect,
        events=event_result(asked),
        others=other_estimates(apart, single, counts),
        staggered=apart,
        synthetic=single,
        drift=drift_result(panel, outcome, alpha, scope),
        counts=counts,
        variants=variants(asked, run.shared),
        moderators=moderator_results(protocol, panel, pairs, run.data, scope),
        doses=dose_results(protocol, outcome, panel, run.data, scope),
        replication=replication_result(pairs, outcome, unit, alpha, scope),
        missing=missing_result(protocol, ready, run.last, scope),
        outlying=ready.outlying,
        notes=ready.notes,
    )


def _crossed(run: Run, outcome: Outcome) -> bool | None:
    judged = run.crossed is not None and outcome.family == "primary"
    return outcome.id in (run.crossed or ()) if judged else None


def named(outcome: Outcome) -> tuple[str, str]:
    """What people call an outcome, and the unit of its figures as they are shown."""
    measure = measures()[outcome.measure]
    shown = {each.code: each for each in measure.shown}[outcome.figure or measure.headline.code]
    grouping = framework().grouping(outcome.grouping) if outcome.grouping else None
    return f"{shown.title} ({grouping.name})" if grouping else shown.title, str(shown.unit)

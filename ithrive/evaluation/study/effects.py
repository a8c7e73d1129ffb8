"""The effect on one outcome, its event study and its variants, as results."""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.effect import Effect, effect
from ithrive.evaluation.event_study import EventStudy
from ithrive.evaluation.family import family_wise
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.protocol import Analysis, Outcome, Protocol
from ithrive.evaluation.randomisation import Lots
from ithrive.evaluation.sensitivity import Sensitivity
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.study.outcome_results import EffectResult, EventResult, Percent, Variant, WaveResult
from ithrive.evaluation.study.prepared import Choices, Prepared, prepared
from ithrive.evaluation.study.scope import Scope
from ithrive.evaluation.study.sentences import in_percent
from ithrive.evaluation.study.units import over_all_pairs
from ithrive.periods import Quarter

Families = dict[str, dict[str, float | NotComputable]]


def found(
    panel: Panel | NotComputable, outcome: Outcome, *, analysis: Analysis, shared: Shared
) -> Effect | NotComputable:
    """The core's effect on the outcome of a panel, judged and drawn as the protocol says."""
    if isinstance(panel, NotComputable):
        return panel
    return effect(
        panel,
        outcome.id,
        alpha=analysis.alpha,
        draws=analysis.draws,
        seed=analysis.seed,
        shared=shared,
    )


def lots_of(protocol: Protocol, found: Effect | NotComputable) -> Lots | NotComputable:
    """What the protocol's assignment adds up."""
    if isinstance(found, NotComputable):
        return found
    return found.swap_lots if protocol.analysis.assignment == "pair-swaps" else found.split_lots


def judged_together(
    protocol: Protocol, found: dict[str, Effect | NotComputable]
) -> dict[str, dict[str, float | NotComputable]]:
    """Family-wise p of the outcomes of each family that the protocol names."""
    families: Families = {}
    for family in ("primary", "secondary"):
        members = [each.id for each in protocol.outcomes if each.family == family]
        lots = {name: lots_of(protocol, found[name]) for name in members}
        if members:
            families[family] = family_wise(over_all_pairs(protocol, lots))
    return families


@dataclass(frozen=True, eq=False)
class EffectAsked:
    """What an effect is told with: its outcome prepared, the core's answer, its p within the family."""

    protocol: Protocol
    prepared: Prepared
    found: Effect | NotComputable
    family_p: float | NotComputable
    scope: Scope


def effect_result(asked: EffectAsked) -> EffectResult:
    if isinstance(asked.found, NotComputable):
        return _none(asked, asked.found)
    core, estimate = asked.found, asked.found.estimate
    swaps = asked.protocol.analysis.assignment == "pair-swaps"
    told = NotComputable("There is no effect to be sensitive.")
    sensitive = told if isinstance(estimate, NotComputable) else core.sensitivity
    return EffectResult(
        source=asked.scope.bound("effect", core.estimator),
        estimator=core.estimator,
        accelerators=core.accelerators,
        comparisons=core.comparisons,
        waves=core.waves,
        figures=core.figures,
        estimate=estimate if isinstance(estimate, NotComputable) else estimate.value,
        percent=_percent(asked.prepared.outcome, core),
        cr2=estimate if isinstance(estimate, NotComputable) else estimate.cr2,
        primary=core.pair_swaps if swaps else core.splits,
        pair_swaps=core.pair_swaps,
        splits=core.splits,
        bootstrap=core.bootstrap,
        family_p=asked.family_p,
        sensitivity=sensitive,
        sensitivity_sentence=sensitive.sentence if isinstance(sensitive, Sensitivity) else sensitive.reason,
        changes=core.changes if isinstance(core.changes, NotComputable) else core.changes.value,
        assumes=core.assumes,
    )


def _none(asked: EffectAsked, reason: NotComputable) -> EffectResult:
    return EffectResult(
        source=asked.scope.bound("effect", "none: it cannot be worked out"),
        estimator="none",
        accelerators=0,
        comparisons=0,
        waves=0,
        figures=0,
        estimate=reason,
        percent=None,
        cr2=reason,
        primary=reason,
        pair_swaps=reason,
        splits=reason,
        bootstrap=reason,
        family_p=reason,
        sensitivity=reason,
        sensitivity_sentence=reason.reason,
        changes=reason,
        assumes=(),
    )


def _percent(outcome: Outcome, core: Effect) -> Percent | None:
    if outcome.model == "gaussian" or isinstance(core.estimate, NotComputable):
        return None
    judged = core.estimate.cr2
    within = judged if isinstance(judged, NotComputable) else judged.interval
    return Percent(in_percent(core.estimate.value), _percents(within))


def _percents(interval: Interval | NotComputable) -> Interval | NotComputable:
    if isinstance(interval, NotComputable):
        return interval
    return Interval(in_percent(interval.low), in_percent(interval.high))


def event_result(asked: EffectAsked) -> EventResult | NotComputable:
    if isinstance(asked.found, NotComputable):
        return asked.found
    events = asked.found.events
    if isinstance(events, NotComputable):
        return events
    return EventResult(
        source=asked.scope.bound("events", "Event study by two-way fixed effects, CR2 and HTZ"),
        reference=_wave(asked.protocol, events.reference),
        waves=tuple(_waves(asked, events)),
        before=events.before,
        after=events.after,
    )


def _waves(asked: EffectAsked, events: EventStudy) -> list[WaveResult]:
    swaps = asked.protocol.analysis.assignment == "pair-swaps"
    return [
        WaveResult(
            source=asked.scope.bound(
                f"events/{each.wave}",
                f"Difference at {each.wave} less that at {events.reference}",
                waves=f"{each.wave} and {events.reference}",
            ),
            wave=_wave(asked.protocol, each.wave),
            quarter=each.wave,
            before=each.before,
            estimate=each.estimate.value,
            cr2=each.estimate.cr2,
            exact=each.pair_swaps if swaps else each.splits,
        )
        for each in events.waves
    ]


def _wave(protocol: Protocol, quarter: str) -> int:
    return Quarter.parse(quarter) - protocol.waves.baseline


def variants(asked: EffectAsked, shared: Shared) -> tuple[Variant, ...]:
    """The effect under other choices than the protocol's, where they change what it rests on."""
    return tuple(
        variant
        for name, what, why, choices in _others(asked)
        if (variant := _variant(asked, shared, name, what, why, choices)) is not None
    )


def _others(asked: EffectAsked) -> list[tuple[str, str, str, Choices]]:
    flags, leave = asked.protocol.flags, asked.protocol.missing.outliers == "leave-out"
    others = []
    if any(not flag.leave_out for flag in flags):
        words = ", ".join(flag.what for flag in flags)
        others.append(("no-flags", "Without flagged quarters", f"Flagged: {words}.", Choices(flags=True)))
    if any(flag.leave_out for flag in flags):
        others.append(
            (
                "all-flags",
                "With flagged quarters",
                "Nothing that is flagged is left out.",
                Choices(flags=False),
            )
        )
    if leave:
        others.append(
            ("outliers", "With outlying quarters", "What stands out is kept.", Choices(outliers=False))
        )
    else:
        others.append(
            (
                "no-outliers",
                "Without outlying quarters",
                "What stands out is left out.",
                Choices(outliers=True),
            )
        )
    return others


def _variant(
    asked: EffectAsked, shared: Shared, name: str, what: str, why: str, choices: Choices
) -> Variant | None:
    main = asked.prepared
    other = prepared(
        asked.protocol,
        main.outcome,
        main.figures,
        mergers=asked.scope.mergers,
        choices=choices,
        last=asked.scope.last,
    )
    if _same(main.panel, other.panel):
        return None
    core = found(other.panel, main.outcome, analysis=asked.protocol.analysis, shared=shared)
    judged = _judged(core)
    estimate = core if isinstance(core, NotComputable) else core.estimate
    return Variant(
        source=asked.scope.bound(f"variant/{name}", f"{what}: as the effect otherwise"),
        what=what,
        why=why,
        estimate=estimate if isinstance(estimate, NotComputable) else estimate.value,
        interval=judged if isinstance(judged, NotComputable) else judged.interval,
        p=judged if isinstance(judged, NotComputable) else judged.p,
        left_out=main.used - other.used,
    )


def _judged(core: Effect | NotComputable) -> Inference | NotComputable:
    if isinstance(core, NotComputable):
        return core
    return core.estimate if isinstance(core.estimate, NotComputable) else core.estimate.cr2


def _same(one: Panel | NotComputable, other: Panel | NotComputable) -> bool:
    if isinstance(one, NotComputable) or isinstance(other, NotComputable):
        return one == other
    return one.sites == other.sites and np.array_equal(one.figures, other.figures, equal_nan=True)

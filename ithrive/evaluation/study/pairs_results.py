"""What single pairs say of one outcome: what a new site may expect, and what makes an effect larger."""

from dataclasses import replace

import numpy as np

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.moderators import moderation
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.protocol import Moderator, Outcome, Protocol
from ithrive.evaluation.replication import (
    PairEffects,
    Synthesis,
    pair_effects,
    synthesis,
    will_it_work_here,
)
from ithrive.evaluation.study.data import StudyData
from ithrive.evaluation.study.moderator_slopes import slope
from ithrive.evaluation.study.outcome_results import ModeratorResult, ReplicationResult
from ithrive.evaluation.study.scope import Scope
from ithrive.evaluation.study.sentences import difference_unit, in_percent

Pairs = PairEffects | NotComputable


def pairs_of(panel: Panel | NotComputable, outcome: Outcome) -> Pairs:
    return panel if isinstance(panel, NotComputable) else pair_effects(panel, outcome.id)


def replication_result(
    pairs: Pairs, outcome: Outcome, unit: str, alpha: float, scope: Scope
) -> ReplicationResult:
    """The pairs put together, and what a new site may expect in a sentence."""
    if isinstance(pairs, NotComputable):
        source = scope.bound("replication", "none: it cannot be worked out")
        return ReplicationResult(source, pairs, pairs.reason, ())
    found = synthesis(pairs.names, pairs.effects, pairs.variances, alpha=alpha)
    method = found.method if isinstance(found, Synthesis) else "none: it cannot be worked out"
    return ReplicationResult(
        source=scope.bound("replication", method, sites=f"{len(pairs.names)} pairs"),
        found=_by_name(found),
        sentence=_sentence(found, outcome, unit),
        left_out=tuple(sorted(pairs.left_out)),
    )


def _sentence(found: Synthesis | NotComputable, outcome: Outcome, unit: str) -> str:
    if isinstance(found, NotComputable):
        return found.reason
    if outcome.model != "gaussian":
        told = Interval(in_percent(found.prediction.low), in_percent(found.prediction.high))
        return will_it_work_here(replace(found, prediction=told), unit="percent", better=outcome.better)
    return will_it_work_here(found, unit=difference_unit(unit), better=outcome.better)


def _by_name(found: Synthesis | NotComputable) -> Synthesis | NotComputable:
    """The same with its pairs in the order of their names."""
    if isinstance(found, NotComputable):
        return found
    order = sorted(range(len(found.names)), key=lambda at: found.names[at])
    return replace(
        found,
        names=tuple(found.names[at] for at in order),
        effects=tuple(found.effects[at] for at in order),
        errors=tuple(found.errors[at] for at in order),
    )


def moderator_results(
    protocol: Protocol, panel: Panel | NotComputable, pairs: Pairs, data: StudyData, scope: Scope
) -> tuple[ModeratorResult, ...]:
    """By how much the effect of a pair differs with what its accelerator site was like before."""
    return tuple(
        _moderator(protocol, each, panel, pairs, data, scope)
        for each in sorted(protocol.moderators, key=lambda each: each.id)
    )


def _moderator(
    protocol: Protocol,
    moderator: Moderator,
    panel: Panel | NotComputable,
    pairs: Pairs,
    data: StudyData,
    scope: Scope,
) -> ModeratorResult:
    source = scope.bound(
        f"moderator/{moderator.id}",
        "Effects of single pairs on the moderator of their accelerator site, by REML and Knapp-Hartung;"
        " triple difference of all sites",
        of="moderators",
    )
    if isinstance(pairs, NotComputable) or isinstance(panel, NotComputable):
        reason = pairs if isinstance(pairs, NotComputable) else NotComputable("There is no panel.")
        return ModeratorResult(
            source, moderator.id, moderator.title, moderator.split, 0, reason, reason, reason.reason
        )
    values = _values(protocol, moderator, pairs, data)
    known = ~np.isnan(values)
    found = slope(protocol, pairs, values, split=moderator.split)
    known_of = {
        site: value for site in panel.sites if (value := _value(protocol, moderator, site, data)) is not None
    }
    triple = moderation(
        panel,
        panel.outcomes[0],
        known_of,
        moderator=moderator.id,
        split=moderator.split.replace("-", " "),
        alpha=protocol.analysis.alpha,
        draws=protocol.analysis.drawn,
    )
    return ModeratorResult(
        source,
        moderator.id,
        moderator.title,
        moderator.split,
        int(known.sum()),
        found,
        triple,
        triple.reason if isinstance(triple, NotComputable) else triple.sentence,
    )


def _values(protocol: Protocol, moderator: Moderator, pairs: PairEffects, data: StudyData) -> Floats:
    """One for each pair, NaN where nothing is known of its accelerator site."""
    sites = {str(each.pair): each.id for each in protocol.arm("accelerator")}
    given = [_value(protocol, moderator, sites[name], data) for name in pairs.names]
    return np.array([np.nan if each is None else each for each in given])


def _value(protocol: Protocol, moderator: Moderator, site: str, data: StudyData) -> float | None:
    """The moderator of a site as it was given; otherwise as it was assessed at its wave."""
    if (site, moderator.id) in data.moderators:
        return data.moderators[site, moderator.id]
    measured = {"assessment": data.assessed.overall, "implementation": data.progress}
    return measured.get(moderator.source, {}).get((site, protocol.waves.baseline + moderator.wave))

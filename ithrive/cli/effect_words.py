"""What `ithrive effect` prints: lines for a person, one object for a program."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import MappingProxyType

from ithrive.cli.effect_beside import Beside
from ithrive.cli.effect_beside_words import beside_lines
from ithrive.cli.effect_figures import judged_words, number_words, p_words, short_words
from ithrive.evaluation import (
    Effect,
    Estimate,
    EventStudy,
    Inference,
    JointTest,
    NotComputable,
    WaveEffect,
)

Family = Mapping[str, float | NotComputable]
# What is there for judging a family, not for reading.
WORKINGS = {"swap_lots", "split_lots"}
NOTHING: Mapping[str, Beside] = MappingProxyType({})


def as_text(
    found: Sequence[Effect], together: Family, alpha: float, beside: Mapping[str, Beside] = NOTHING
) -> str:
    """A paragraph for each outcome, those that have only a count last."""
    lines = {each.outcome: [*_outcome(each, together, alpha)] for each in found}
    for outcome, one in beside.items():
        lines.setdefault(outcome, [f"{outcome}: it has counts of nought, so no logarithms; see its counts."])
        lines[outcome] += beside_lines(one)
    return "\n\n".join("\n".join(each) for each in lines.values())


def _outcome(found: Effect, together: Family, alpha: float) -> Iterator[str]:
    yield f"{found.outcome}: {_headline(found.estimate)}"
    yield (
        f"  {found.estimator}; {found.accelerators} accelerator and {found.comparisons} comparison sites,"
        f" {found.waves} waves, {found.figures} figures; scale: {found.scale}."
    )
    yield f"  Intervals hold {1 - alpha:.4g}. p is two-sided."
    yield from _judgements(found)
    if len(together) > 1:
        yield f"  Among all {len(together)} outcomes: {p_words(together[found.outcome])}"
    yield f"  Hidden differences: {_reason(found.sensitivity) or getattr(found.sensitivity, 'sentence', '')}"
    yield from _waves(found.events)
    yield from (f"  Assumes: {each}" for each in _assumptions(found))
    if found.without_part:
        yield f"  Without a part in the estimate, having a single figure: {', '.join(found.without_part)}."
    if found.dropped:
        named = "; ".join(f"{each.site} at wave {each.wave}" for each in found.dropped)
        yield f"  Left out, having no figure: {len(found.dropped)} ({named})."


def _headline(estimate: Estimate | NotComputable) -> str:
    reason = _reason(estimate)
    return (
        f"no estimate. {reason}"
        if reason
        else f"estimate {number_words(getattr(estimate, 'value', math.nan))}"
    )


def _judgements(found: Effect) -> Iterator[str]:
    if isinstance(found.estimate, Estimate):
        for judged in (found.estimate.cr2, found.estimate.cr1, found.estimate.cr0):
            yield f"  {judged_words(judged, 'Cluster-robust')}"
    yield f"  {judged_words(found.pair_swaps, 'Randomisation over pair swaps')}"
    yield f"  {judged_words(found.splits, 'Randomisation over all splits')}"
    yield f"  {judged_words(found.bootstrap, 'Wild cluster bootstrap-t')}"
    if isinstance(found.changes, NotComputable):
        yield f"  Change scores: {found.changes.reason}"
    else:
        apart = judged_words(found.changes.cr2, "Cluster-robust CR2")
        yield f"  Change scores: {number_words(found.changes.value)}. {apart}"


def _waves(events: EventStudy | NotComputable) -> Iterator[str]:
    if isinstance(events, NotComputable):
        yield f"  Wave by wave: {events.reason}"
        return
    yield f"  Wave by wave, against wave {events.reference}:"
    yield from (f"    {_wave(each)}" for each in events.waves)
    yield f"    All waves after the start together: {_joint(events.after)}"
    yield f"    All waves before it together: {_joint(events.before)}"


def _wave(each: WaveEffect) -> str:
    when = " (before)" if each.before else ""
    swaps, splits = (
        judged.reason if isinstance(judged, NotComputable) else p_words(judged.p)
        for judged in (each.pair_swaps, each.splits)
    )
    value, cr2 = number_words(each.estimate.value), short_words(each.estimate.cr2)
    return f"{each.wave}{when}: {value}; CR2 {cr2}; swaps {swaps}; splits {splits}"


def _joint(test: JointTest | NotComputable) -> str:
    if isinstance(test, NotComputable):
        return test.reason
    degrees = f"{test.upper_df} and {test.lower_df:.2f} degrees of freedom"
    return f"F {number_words(test.f)} on {degrees}, {p_words(test.p)}"


def _assumptions(found: Effect) -> list[str]:
    """Every assumption once, in the order in which they come up."""
    judged = [found.pair_swaps, found.splits, found.bootstrap]
    if isinstance(found.estimate, Estimate):
        judged.insert(0, found.estimate.cr2)
    each = [words for one in judged if isinstance(one, Inference) for words in one.assumes]
    return list(dict.fromkeys([*found.assumes, *each]))


def _reason(answer: object) -> str:
    return answer.reason if isinstance(answer, NotComputable) else ""


def as_json(
    found: Sequence[Effect], together: Family, alpha: float, beside: Mapping[str, Beside] = NOTHING
) -> str:
    """One object; what cannot be worked out is {"not_computable": reason}, an infinite end a null."""
    told = {
        "alpha": alpha,
        "effects": [_plain(each) for each in found],
        "family": {outcome: _plain(p) for outcome, p in together.items()},
        "beside": {outcome: _plain(one) for outcome, one in beside.items()},
    }
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)


def _plain(answer: object) -> object:
    if isinstance(answer, NotComputable):
        return {"not_computable": answer.reason}
    if is_dataclass(answer):
        names = [each.name for each in fields(answer) if each.name not in WORKINGS]
        return {name: _plain(getattr(answer, name)) for name in names}
    if isinstance(answer, tuple):
        return [_plain(each) for each in answer]
    return None if isinstance(answer, float) and math.isinf(answer) else answer

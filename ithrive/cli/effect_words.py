"""What `ithrive effect` prints: lines for a person, one object for a program."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from ithrive.evaluation import (
    Effect,
    Estimate,
    EventStudy,
    Inference,
    Interval,
    JointTest,
    NotComputable,
    WaveEffect,
)

Family = Mapping[str, float | NotComputable]
# What is there for judging a family, not for reading.
WORKINGS = {"swap_lots", "split_lots"}


def as_text(found: Sequence[Effect], together: Family, alpha: float) -> str:
    """A paragraph for each outcome."""
    return "\n\n".join("\n".join(_outcome(each, together, alpha)) for each in found)


def _outcome(found: Effect, together: Family, alpha: float) -> Iterator[str]:
    yield f"{found.outcome}: {_headline(found.estimate)}"
    yield (
        f"  {found.estimator}; {found.accelerators} accelerator and {found.comparisons} comparison sites,"
        f" {found.waves} waves, {found.figures} figures; scale: {found.scale}."
    )
    yield f"  Intervals hold {1 - alpha:.4g}. p is two-sided."
    yield from _judgements(found)
    if len(together) > 1:
        yield f"  Among all {len(together)} outcomes: {_said(together[found.outcome], 'p')}"
    yield f"  Hidden differences: {_reason(found.sensitivity) or getattr(found.sensitivity, 'sentence', '')}"
    yield from _waves(found.events)
    yield from (f"  Assumes: {each}" for each in _assumptions(found))
    if found.dropped:
        named = "; ".join(f"{each.site} at wave {each.wave}" for each in found.dropped)
        yield f"  Left out, having no figure: {len(found.dropped)} ({named})."


def _headline(estimate: Estimate | NotComputable) -> str:
    reason = _reason(estimate)
    return f"no estimate. {reason}" if reason else f"estimate {_number(getattr(estimate, 'value', math.nan))}"


def _judgements(found: Effect) -> Iterator[str]:
    if isinstance(found.estimate, Estimate):
        for judged in (found.estimate.cr2, found.estimate.cr1, found.estimate.cr0):
            yield f"  {_judged(judged, 'Cluster-robust')}"
    yield f"  {_judged(found.pair_swaps, 'Randomisation over pair swaps')}"
    yield f"  {_judged(found.splits, 'Randomisation over all splits')}"
    yield f"  {_judged(found.bootstrap, 'Wild cluster bootstrap-t')}"
    if isinstance(found.changes, NotComputable):
        yield f"  Change scores: {found.changes.reason}"
    else:
        yield f"  Change scores: {_number(found.changes.value)}. {_judged(found.changes.cr2, '')}"


def _judged(judged: Inference | NotComputable, name: str) -> str:
    if isinstance(judged, NotComputable):
        return f"{name}: {judged.reason}"
    error = "" if judged.standard_error is None else f", standard error {_number(judged.standard_error)}"
    return (
        f"{judged.method}: {_said(judged.p, 'p')}{error}, interval {_interval(judged.interval)};"
        f" against {judged.reference}; small-sample factor: {judged.factor}."
    )


def _interval(interval: Interval | NotComputable) -> str:
    if isinstance(interval, NotComputable):
        return f"none ({interval.reason.rstrip('.')})"
    return f"{_number(interval.low)} to {_number(interval.high)}"


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
    cr2, swaps, splits = (
        judged.reason if isinstance(judged, NotComputable) else _said(judged.p, "p")
        for judged in (each.estimate.cr2, each.pair_swaps, each.splits)
    )
    return f"{each.wave}{when}: {_number(each.estimate.value)}; CR2 {cr2}; swaps {swaps}; splits {splits}"


def _joint(test: JointTest | NotComputable) -> str:
    if isinstance(test, NotComputable):
        return test.reason
    degrees = f"{test.upper_df} and {test.lower_df:.2f} degrees of freedom"
    return f"F {_number(test.f)} on {degrees}, {_said(test.p, 'p')}"


def _assumptions(found: Effect) -> list[str]:
    """Every assumption once, in the order in which they come up."""
    judged = [found.pair_swaps, found.splits, found.bootstrap]
    if isinstance(found.estimate, Estimate):
        judged.insert(0, found.estimate.cr2)
    each = [words for one in judged if isinstance(one, Inference) for words in one.assumes]
    return list(dict.fromkeys([*found.assumes, *each]))


def _reason(answer: object) -> str:
    return answer.reason if isinstance(answer, NotComputable) else ""


def _said(p: float | NotComputable, name: str) -> str:
    return p.reason if isinstance(p, NotComputable) else f"{name} {p:.4g}"


def _number(number: float) -> str:
    return f"{number:.6g}"


def as_json(found: Sequence[Effect], together: Family, alpha: float) -> str:
    """One object; what cannot be worked out is {"not_computable": reason}, an infinite end a null."""
    told = {
        "alpha": alpha,
        "effects": [_plain(each) for each in found],
        "family": {outcome: _plain(p) for outcome, p in together.items()},
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

"""Totals of a profile, by level and overall: on the instrument's own scale and from 0 to 100."""

from dataclasses import dataclass

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.movement import Movement, Step, TotalChange
from ithrive.assessments.profile import Part
from ithrive.framework.instrument import Total
from ithrive.web.assessments.presenters.figures import (
    NOTHING,
    between,
    on_own_scale,
    scale_of,
    signed,
)


@dataclass(frozen=True, slots=True)
class TotalRow:
    name: str
    own: str
    scale: str
    own_range: str
    percent: str
    percent_range: str
    since_last: str
    since_baseline: str
    left_out: str


def total_rows(step: Step) -> tuple[TotalRow, ...]:
    """The totals of each level, and overall last."""
    found = step.profile
    rows = [(level.name, level.code, found.levels[level.code]) for level in found.instrument.level]
    return tuple(
        _total_row(name, part, step, _total(step.since_last, code), _total(step.since_baseline, code))
        for name, code, part in [*rows, ("Overall", "", found.overall)]
    )


def total_words(part: Part, way: Total) -> str:
    """One sentence on a level: its total on both scales, and how far its raters leave it open."""
    if isinstance(part.total, NotComputable):
        return part.total.reason
    whole = part.total
    name = "Mean" if way is Total.MEAN else "Total"
    return (
        f"{name} {on_own_scale(whole.own.value, way)} on the instrument’s scale from {scale_of(whole, way)}; "
        f"{whole.percent.value:.0f} on a scale from 0 to 100 (by the raters’ own scores: "
        f"{between(whole.percent)})."
    )


def change_words(found: TotalChange | NotComputable | None) -> str:
    """A change on the scale from 0 to 100, or that there is none to give."""
    if found is None:
        return NOTHING
    return "not compared" if isinstance(found, NotComputable) else signed(found.percent)


def _total(movement: Movement | None, level: str) -> TotalChange | NotComputable | None:
    if movement is None:
        return None
    return movement.levels.get(level) if level else movement.overall


def _total_row(
    name: str,
    part: Part,
    step: Step,
    since_last: TotalChange | NotComputable | None,
    since_baseline: TotalChange | NotComputable | None,
) -> TotalRow:
    moved = change_words(since_last), change_words(since_baseline)
    if isinstance(part.total, NotComputable):
        return TotalRow(name, part.total.reason, NOTHING, NOTHING, NOTHING, NOTHING, *moved, _left_out(part))
    way, whole = step.profile.instrument.total, part.total
    own_range = f"{on_own_scale(whole.own.low, way)} to {on_own_scale(whole.own.high, way)}"
    return TotalRow(
        name,
        on_own_scale(whole.own.value, way),
        scale_of(whole, way),
        own_range,
        f"{whole.percent.value:.0f}",
        between(whole.percent),
        *moved,
        _left_out(part),
    )


def _left_out(part: Part) -> str:
    unrated = len(part.cannot_rate)
    said = [f"{unrated} cannot be rated"] if unrated else []
    said += [f"{len(part.missing)} without an agreed score"] if part.missing else []
    return ", ".join(said) or "none"

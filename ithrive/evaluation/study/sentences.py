"""The effect on an outcome in plain words, and never more surely than it is known."""

from math import expm1, inf

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.numbers import level, number
from ithrive.evaluation.protocol import Outcome
from ithrive.evaluation.study.outcome_results import EffectResult

FURTHEST = 700.0  # beyond it the exponential is no number


def effect_sentence(
    outcome: Outcome,
    title: str,
    unit: str,
    found: EffectResult,
    *,
    label: str,
    alpha: float,
    crossed: bool | None = None,
) -> str:
    """What the effect is, between what bounds, how often chance alone would give it, and what that is worth.

    `label` is “confirmatory” or “exploratory”; the second is said first. `crossed`: whether it crossed at a
    look, None where no look judges it.
    """
    said = _exploratory(label)
    if isinstance(found.estimate, NotComputable):
        return f"{said}{title}: no effect can be worked out. {found.estimate.reason}"
    size, within = _size(found, unit, alpha)
    return (
        f"{said}{title}: {size} where THRIVE was implemented than without it{within}."
        f" {_chance(found.primary, found.family_p)} {_worth(outcome, found, alpha, crossed)}"
    )


def difference_unit(unit: str) -> str:
    """The unit of a difference: two percentages differ by percentage points."""
    return "percentage points" if unit == "percent" else unit


def in_percent(logarithm: float) -> float:
    """A difference of natural logarithms as a change in percent."""
    return 100 * expm1(logarithm) if logarithm < FURTHEST else inf


def _exploratory(label: str) -> str:
    return "" if label == "confirmatory" else f"{label.capitalize()}. "


def _size(found: EffectResult, unit: str, alpha: float) -> tuple[str, str]:
    assert not isinstance(found.estimate, NotComputable)
    value = found.percent.value if found.percent else found.estimate
    bounds = found.percent.interval if found.percent else _interval(found.cr2)
    words = " percent" if found.percent else f" {difference_unit(unit)}"
    way = "more" if value > 0 else "less"
    within = (
        f" ({level(alpha)} interval {number(bounds.low)} to {number(bounds.high)})"
        if isinstance(bounds, Interval)
        else ""
    )
    return f"{number(abs(value))}{words} {way}", within


def _interval(judged: Inference | NotComputable) -> Interval | NotComputable:
    return judged if isinstance(judged, NotComputable) else judged.interval


def _chance(judged: Inference | NotComputable, family_p: float | NotComputable) -> str:
    if isinstance(judged, NotComputable):
        return f"No exact test can be made: {judged.reason}"
    together = (
        "" if isinstance(family_p, NotComputable) else f", and {family_p:.3f} over its family of outcomes"
    )
    return f"As if by lot, p is {judged.p:.3f}{together}."


def _worth(outcome: Outcome, found: EffectResult, alpha: float, crossed: bool | None) -> str:
    p = found.family_p
    if crossed is False:
        return "It crossed no boundary at the looks taken so far."
    if isinstance(p, NotComputable) or isinstance(found.estimate, NotComputable):
        return "Whether that is more than chance cannot be said for the family of outcomes."
    if p > alpha and not crossed:
        return "Chance alone could explain it."
    if outcome.better == "neither":
        return "That is more than chance would often give."
    good = (found.estimate > 0) == (outcome.better == "higher")
    which = "an improvement" if good else "a change for the worse"
    return f"That is {which}, more than chance would often give."

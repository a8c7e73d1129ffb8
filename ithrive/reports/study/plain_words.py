"""What was found in words that everybody understands, and how sure one may be of it."""

from enum import StrEnum
from math import isfinite

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.numbers import number
from ithrive.evaluation.study import OutcomeResult, StudyResults
from ithrive.reports.pictures.effect_scale import EffectScale, effect_scale

STRONG_SHARE = 5  # strong signs keep to a fifth of the chance that the protocol allows


class Certainty(StrEnum):
    """How sure one may be that a difference is more than chance."""

    STRONG = "Strong signs"
    GOOD = "Good signs"
    HINT = "A hint"
    UNCLEAR = "No clear sign"
    UNKNOWN = "Cannot be told"


def certainty(results: StudyResults, outcome: OutcomeResult) -> Certainty:
    """From what was found of the outcome's family. An exploratory analysis gives no more than a hint."""
    family = next((each for each in results.families if outcome.id in each.outcomes), None)
    p = outcome.effect.family_p
    if isinstance(outcome.effect.estimate, NotComputable) or family is None:
        return Certainty.UNKNOWN
    if outcome.id not in family.found:
        return Certainty.UNKNOWN if isinstance(p, NotComputable) else Certainty.UNCLEAR
    if results.standing.label != "confirmatory":
        return Certainty.HINT
    strong = isinstance(p, float) and p <= family.alpha / STRONG_SHARE and not results.looks
    return Certainty.STRONG if strong else Certainty.GOOD


def meanings(alpha: float) -> tuple[tuple[Certainty, str], ...]:
    """Each word with what it stands for."""
    usual, strict = (f"{100 * share:.3g} in 100" for share in (alpha, alpha / STRONG_SHARE))
    by_lot = "Had THRIVE made no difference to any outcome of the family, drawing the sites by lot would give"
    return (
        (Certainty.STRONG, f"{by_lot} a difference as clear as this in at most {strict} draws."),
        (Certainty.GOOD, f"{by_lot} a difference as clear as this in at most {usual} draws."),
        (Certainty.HINT, "As good signs, but the analysis was not fixed before the figures were seen."),
        (
            Certainty.UNCLEAR,
            "Chance alone could explain it. That is not the same as showing that nothing changed.",
        ),
        (Certainty.UNKNOWN, "There are too few figures, or none, to work it out."),
    )


def direction(results: StudyResults, outcome: OutcomeResult) -> str:
    """Improvement, worsening or change, only where there are signs of one."""
    found, effect = certainty(results, outcome), outcome.effect.estimate
    if found in (Certainty.UNCLEAR, Certainty.UNKNOWN) or isinstance(effect, NotComputable):
        return "–"
    if outcome.better == "neither":
        return "a rise" if effect > 0 else "a fall"
    return "an improvement" if (effect > 0) == (outcome.better == "higher") else "a change for the worse"


def plain_sentence(results: StudyResults, outcome: OutcomeResult) -> str:
    """One outcome for a reader who knows no statistics: what changed, by how much, how sure."""
    effect, found = outcome.effect.estimate, certainty(results, outcome)
    label = "" if results.standing.label == "confirmatory" else "Exploratory. "
    if isinstance(effect, NotComputable) or found is Certainty.UNKNOWN:
        return f"{label}{outcome.title}: we cannot tell, because there were not enough figures."
    scale = effect_scale(outcome)
    if found is Certainty.UNCLEAR:
        return f"{label}{outcome.title}: no clear sign of a difference. {_anything(outcome, scale)}"
    meaning = direction(results, outcome)
    return (
        f"{label}{outcome.title}: {found.value.lower()} of {meaning}. Where THRIVE was put in place it was"
        f" about {_amount(scale.of(effect), outcome, scale)} than we would expect without it."
        f" {_likely(outcome, scale)}"
    ).rstrip()


def _likely(outcome: OutcomeResult, scale: EffectScale) -> str:
    ends = _ends(outcome, scale)
    if ends is None:
        return ""
    return f"The true difference is likely to lie between {_range(*ends, outcome, scale)}."


def _anything(outcome: OutcomeResult, scale: EffectScale) -> str:
    """Few sites cannot show much by lot, however clear the figures look to a model: the lot decides."""
    ends = _ends(outcome, scale)
    if ends is None or not ends[0] < 0 < ends[1]:
        return "There may be one, but with so few sites chance alone could explain what was seen."
    return f"The figures would fit anything between {_range(*ends, outcome, scale)}."


def _ends(outcome: OutcomeResult, scale: EffectScale) -> tuple[float, float] | None:
    judged = outcome.effect.cr2
    interval = judged if isinstance(judged, NotComputable) else judged.interval
    if not isinstance(interval, Interval):
        return None
    shown = scale.interval(interval)
    return (shown.low, shown.high) if isfinite(shown.low) and isfinite(shown.high) else None


def _range(low: float, high: float, outcome: OutcomeResult, scale: EffectScale) -> str:
    if low < 0 < high:
        return f"{_amount(low, outcome, scale)} and {_amount(high, outcome, scale)}"
    near, far = sorted((low, high), key=abs)
    return f"{roughly(near)} and {_amount(far, outcome, scale)}"


def _amount(value: float, outcome: OutcomeResult, scale: EffectScale) -> str:
    """“7.4 days less”, “8.6 more in every 100”, “2.4 percent less”."""
    way = "more" if value > 0 else "less"
    if not scale.logarithm and outcome.unit == "percent":
        return f"{roughly(value)} {way} in every 100"
    return f"{roughly(value)} {scale.unit} {way}"


def roughly(value: float) -> str:
    """The size in two significant digits; from a hundred in whole numbers.

    >>> roughly(-7.38), roughly(0.0634), roughly(123.4)
    ('7.4', '0.063', '123')
    """
    size = abs(value)
    return f"{size:,.0f}" if size >= 99.5 else number(size) if size < 1e-4 else f"{size:.2g}"

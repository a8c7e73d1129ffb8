"""How judgements and gaps are written in a report."""

from collections.abc import Iterable
from datetime import date, datetime

from ithrive.evaluation.answers import Inference, NotComputable
from ithrive.evaluation.numbers import number
from ithrive.reports.pictures.effect_scale import NONE, EffectScale

STATES = {"value": "with a figure", "zero": "nought"}


def p_value(value: float | NotComputable | None) -> str:
    """Three decimals; below a thousandth that is said and no more."""
    if value is None or isinstance(value, NotComputable):
        return NONE
    return "below 0.001" if value < 0.001 else f"{value:.3f}"


def judgement_row(
    name: str, judged: Inference | NotComputable, scale: EffectScale
) -> tuple[str, str, str, str, str]:
    """Name, standard error with its df, interval, p, and what it is judged against or why it cannot be."""
    if isinstance(judged, NotComputable):
        return name, "–", NONE, NONE, judged.reason
    error = "–" if judged.standard_error is None else number(judged.standard_error)
    if judged.df is not None:
        error = f"{error} (df {judged.df:.1f})"
    against = f"{judged.reference}; {judged.factor}"
    return name, error, scale.between(judged.interval), p_value(judged.p), against


def reason(found: object) -> str:
    return found.reason if isinstance(found, NotComputable) else ""


def by_state(states: Iterable[tuple[str, int]]) -> str:
    """Cells counted by their state: “66 with a figure, 2 not submitted”."""
    return ", ".join(f"{count:,} {STATES.get(state, state)}" for state, count in states if count) or "none"


def moment(text: str) -> str:
    """A moment as people write it: “18 March 2024, 14:00 UTC”."""
    return f"{datetime.fromisoformat(text):%-d %B %Y, %H:%M %Z}"


def day(text: str) -> str:
    """A day as people write it: “18 March 2024”."""
    return f"{date.fromisoformat(text):%-d %B %Y}"


def counted(count: int, one: str, many: str = "") -> str:
    """“1 site”, “2 sites”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

"""How numbers, judgements and gaps are written in a report."""

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.reports.pictures.picture import number

NONE = "not computable"


def figure(value: float | NotComputable | None) -> str:
    return NONE if isinstance(value, NotComputable) else number(value)


def between(interval: Interval | NotComputable) -> str:
    if isinstance(interval, NotComputable):
        return NONE
    return f"{number(interval.low)} to {number(interval.high)}"


def p_value(value: float | NotComputable | None) -> str:
    """Three decimals; below a thousandth that is said and no more."""
    if value is None or isinstance(value, NotComputable):
        return NONE
    return "below 0.001" if value < 0.001 else f"{value:.3f}"


def judgement_row(name: str, judged: Inference | NotComputable) -> tuple[str, str, str, str, str]:
    """Name, standard error with its df, interval, p, and what it is judged against or why it cannot be."""
    if isinstance(judged, NotComputable):
        return name, "–", NONE, NONE, judged.reason
    error = "–" if judged.standard_error is None else number(judged.standard_error)
    if judged.df is not None:
        error = f"{error} (df {judged.df:.1f})"
    return name, error, between(judged.interval), p_value(judged.p), f"{judged.reference}; {judged.factor}"


def reason(found: object) -> str:
    return found.reason if isinstance(found, NotComputable) else ""

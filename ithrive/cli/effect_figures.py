"""How `ithrive effect` writes a number, an interval and a judgement."""

from ithrive.evaluation import Inference, Interval, NotComputable


def judged_words(judged: Inference | NotComputable, name: str) -> str:
    """A judgement whole, or under `name` the reason why there is none."""
    if isinstance(judged, NotComputable):
        return f"{name}: {judged.reason}"
    error = "" if judged.standard_error is None else f", standard error {number_words(judged.standard_error)}"
    return (
        f"{judged.method}: {p_words(judged.p)}{error}, interval {interval_words(judged.interval)};"
        f" against {judged.reference}; small-sample factor: {judged.factor}."
    )


def short_words(judged: Inference | NotComputable) -> str:
    """A judgement in a row of a table: its interval and p."""
    if isinstance(judged, NotComputable):
        return judged.reason
    return f"{interval_words(judged.interval)}, {p_words(judged.p)}"


def interval_words(interval: Interval | NotComputable) -> str:
    if isinstance(interval, NotComputable):
        return f"none ({interval.reason.rstrip('.')})"
    return f"{number_words(interval.low)} to {number_words(interval.high)}"


def p_words(p: float | NotComputable) -> str:
    return p.reason if isinstance(p, NotComputable) else f"p {p:.4g}"


def number_words(number: float) -> str:
    return f"{number:.6g}"

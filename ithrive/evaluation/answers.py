"""What an analysis gives back: a judgement with everything it rests on, or the reason there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotComputable:
    """The reason why something cannot be worked out, in a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Interval:
    """The values of the effect that the figures do not contradict. An end may be infinite."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Inference:
    """One way to judge an estimate, whole: how, against what, with which result, assuming what.

    `standard_error` and `df` are None where the method has none. `p` is two-sided.
    """

    method: str
    factor: str
    reference: str
    p: float
    interval: Interval | NotComputable
    assumes: tuple[str, ...]
    standard_error: float | None = None
    df: float | None = None

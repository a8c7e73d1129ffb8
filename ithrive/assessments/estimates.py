"""A figure with its interval, or the reason why there is none. Never a bare NaN."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with a 95% interval. Where no interval can be given, both ends are None and `note` says why."""

    value: float
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotComputable:
    """Nothing can be said, and `reason` says why in a sentence for people."""

    reason: str

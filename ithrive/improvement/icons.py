"""The icons of NHS Making Data Count: what a measure does now, and whether it will reach its target."""

from enum import StrEnum

from ithrive.measures import Direction


class Variation(StrEnum):
    """The class of the last point. High or low is the side, improvement or concern what that means."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT_HIGH = "improvement, high"
    IMPROVEMENT_LOW = "improvement, low"
    CONCERN_HIGH = "concern, high"
    CONCERN_LOW = "concern, low"
    NEUTRAL_HIGH = "neither good nor bad, high"
    NEUTRAL_LOW = "neither good nor bad, low"


class Assurance(StrEnum):
    """Where the target lies to the limits at the last point."""

    PASSES = "consistently passes the target"
    FAILS = "consistently fails the target"
    HIT_AND_MISS = "hits and misses the target"


_MEANING = {
    (Direction.HIGHER, 1): Variation.IMPROVEMENT_HIGH,
    (Direction.HIGHER, -1): Variation.CONCERN_LOW,
    (Direction.LOWER, 1): Variation.CONCERN_HIGH,
    (Direction.LOWER, -1): Variation.IMPROVEMENT_LOW,
    (Direction.NEITHER, 1): Variation.NEUTRAL_HIGH,
    (Direction.NEITHER, -1): Variation.NEUTRAL_LOW,
}


def variation(direction: int, better: Direction) -> Variation:
    """The icon for a point marked high (1), low (-1) or not at all (0)."""
    return _MEANING.get((better, direction), Variation.COMMON_CAUSE)


def assurance(target: float | None, lower: float, upper: float, better: Direction) -> Assurance | None:
    """The icon for a target between limits; None without a target, a better way, or limits. On a limit is hit
    and miss.

    A limit that is not there (NaN: rare events have no lower one) is never passed.
    """
    if target is None or better is Direction.NEITHER or (lower != lower and upper != upper):
        return None
    if target > upper:
        return Assurance.FAILS if better is Direction.HIGHER else Assurance.PASSES
    if target < lower:
        return Assurance.PASSES if better is Direction.HIGHER else Assurance.FAILS
    return Assurance.HIT_AND_MISS

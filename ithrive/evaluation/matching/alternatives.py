"""Other reasonable matches of the same sites, so that nobody need trust one choice of distance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ithrive.evaluation.matching.balance import balance, largest_difference
from ithrive.evaluation.matching.distances import METHODS
from ithrive.evaluation.matching.matches import SCORE, Match, Way, match
from ithrive.problems import BadInput

CALIPER = 0.2  # standard deviations of the score, as is usual (Austin 2011)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One other match beside the chosen one. Totals of different distances cannot be compared.

    `kept` counts pairs that the chosen match has too. Without a match, `why_not` says the reason, and the
    figures are None.
    """

    way: Way
    matched: int
    total: float | None
    largest_difference: float | None
    kept: int
    why_not: str = ""


def alternatives(chosen: Match, ways: Iterable[Way] | None = None) -> tuple[Alternative, ...]:
    """The chosen match first, then each other way, in the order given or that of `reasonable`."""
    others = [way for way in (reasonable(chosen.way) if ways is None else ways) if way != chosen.way]
    return tuple(_beside(chosen, way) for way in (chosen.way, *others))


def reasonable(way: Way) -> tuple[Way, ...]:
    """The same demands with every distance, with and without a caliper on the score, and with two for one."""
    return (
        *(replace(way, method=method) for method in METHODS),
        replace(way, calipers={**way.calipers, SCORE: CALIPER}),
        replace(way, calipers={}),
        replace(way, k=2 if way.k == 1 else 1),
    )


def _beside(chosen: Match, way: Way) -> Alternative:
    try:
        found = chosen if way == chosen.way else match(chosen.candidates, way)
    except BadInput as refusal:
        return Alternative(way, 0, None, None, 0, refusal.problems[0].what)
    left = largest_difference(balance(found))
    return Alternative(way, len(found.sets), found.total, left, len(found.pairs & chosen.pairs))

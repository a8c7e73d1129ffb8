"""How often something dated comes from areas like one, and how long they stay in a phase."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import ceil

from ithrive.framework.approach import Approach
from ithrive.implementation.alike import ENOUGH_AREAS, time_by_which, times
from ithrive.implementation.evidence import Evidence
from ithrive.implementation.progress import DAYS_A_WEEK, Progress


@dataclass(frozen=True, slots=True)
class Rules:
    """What the warning goes by. The handbook's page on the stall warning says why these are the defaults.

    `quiet_share` and `stalled_share`: the share of silences among areas like it that were over by then.
    `quiet_steps` and `stalled_steps`: while there are too few silences to compare with, how often the usual
    length of the step in hand. `shortest`: weeks of silence that are never worth a word. `lead_grace` and
    `round_grace`: weeks allowed. `two_signs`: whether a quiet area with a second sign counts as stalled.
    """

    quiet_share: float = 0.95
    stalled_share: float = 0.99
    quiet_steps: float = 1.0
    stalled_steps: float = 2.0
    long_share: float = 0.9
    shortest: int = 6
    lead_grace: int = 6
    round_grace: int = 4
    two_signs: bool = True
    enough_silences: int = 30


RULES = Rules()


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """The silences of some areas, in weeks: those that ended and those still going on.

    `phases` holds, by the phase's code, the weeks that areas took, and for which others are still in it.
    """

    areas: int
    ended: tuple[float, ...]
    going_on: tuple[float, ...]
    phases: Mapping[str, tuple[list[float], list[float]]]


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual among areas like one.

    `quiet` and `stalled` are silences in weeks; None where there are too few areas or silences to tell, or
    too few of them ended. `long_in` gives, for each phase that enough areas have finished, the weeks by
    which nine in ten had (or another share: `Rules.long_share`).
    """

    areas: int
    quiet: float | None = None
    stalled: float | None = None
    long_in: Mapping[str, float] = field(default_factory=dict)


def rhythm(alike: Iterable[Progress], approach: Approach) -> Rhythm:
    """The rhythm of areas: those like the one that is looked at, itself left out."""
    areas = [each for each in alike if each.evidence]
    return Rhythm(
        len(areas),
        tuple(weeks for area in areas for weeks in _silences(area.evidence)),
        tuple(_weeks(area.evidence[-1].on, area.today) for area in areas if not area.finished),
        {phase.code: times(areas, phase.code) for phase in approach.phases},
    )


def _silences(evidence: tuple[Evidence, ...]) -> Iterator[float]:
    days = sorted({each.on for each in evidence})
    return (_weeks(before, after) for before, after in pairwise(days))


def _weeks(since: date, until: date) -> float:
    return (until - since).days / DAYS_A_WEEK


def usual(found: Rhythm, rules: Rules = RULES) -> Usual:
    """What is usual, from the rhythm of areas like one."""
    long_in = {}
    for phase, (finished, still) in found.phases.items():
        by_then = time_by_which(rules.long_share, finished, still)
        if by_then is not None and len(finished) >= ENOUGH_AREAS:
            long_in[phase] = by_then
    if found.areas < ENOUGH_AREAS or len(found.ended) < rules.enough_silences:
        return Usual(found.areas, long_in=long_in)
    quiet, stalled = (
        time_by_which(share, found.ended, found.going_on)
        for share in (rules.quiet_share, rules.stalled_share)
    )
    return Usual(found.areas, quiet, stalled, long_in)


def silence_allowed(step_weeks: int, usual: Usual, rules: Rules = RULES) -> tuple[int, int]:
    """Whole weeks of silence after which an area is quiet, and after which it is stalled.

    What areas like it show; where they show too little, the weeks that the step in hand usually takes.
    """
    quiet = rules.quiet_steps * step_weeks if usual.quiet is None else usual.quiet
    stalled = rules.stalled_steps * step_weeks if usual.stalled is None else usual.stalled
    first = max(rules.shortest, ceil(quiet))
    return first, max(first, ceil(stalled))

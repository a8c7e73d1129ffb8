"""How long areas like one took over a phase. Who is like it is given as a list, by whoever asks."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ithrive.implementation.progress import PhaseProgress, Progress

# Fewer areas than this and a median is one or two areas' luck.
ENOUGH_AREAS = 5


@dataclass(frozen=True, slots=True)
class TimesTaken:
    """Weeks that areas took over a phase.

    `median` counts areas that are still in it as having taken at least as long as they have; it is None
    while fewer than half can be expected to have finished. `shortest` and `longest` are of those finished.
    """

    finished: int
    still_in_it: int
    median: float | None
    shortest: float
    longest: float


@dataclass(frozen=True, slots=True)
class NotEnoughAreas:
    """No comparison, and why not. `areas` have begun the phase, `finished` of them finished it."""

    areas: int
    finished: int
    needed: int

    def __str__(self) -> str:
        found = f"{self.finished} like it have finished the phase"
        return f"Not enough areas to compare: {found}, and {self.needed} are needed."


def begun_within(others: Iterable[Progress], area: Progress, weeks: int) -> tuple[Progress, ...]:
    """One rule for who is like an area: those that began at most so many weeks before or after it."""
    if area.begun_on is None:
        return ()
    near = timedelta(weeks=weeks)
    return tuple(
        other
        for other in others
        if other.area != area.area and other.begun_on and abs(other.begun_on - area.begun_on) <= near
    )


def times_taken(
    alike: Iterable[Progress], phase: str, *, needed: int = ENOUGH_AREAS
) -> TimesTaken | NotEnoughAreas:
    """How long these areas took over a phase, in weeks."""
    finished, still = times(alike, phase)
    if len(finished) < needed:
        return NotEnoughAreas(len(finished) + len(still), len(finished), needed)
    median = time_by_which(0.5, finished, still)
    return TimesTaken(len(finished), len(still), median, min(finished), max(finished))


def times(alike: Iterable[Progress], phase: str) -> tuple[list[float], list[float]]:
    """Weeks that areas took over a phase, and weeks for which those still in it have been."""
    found = [each for area in alike for each in area.phases if each.code == phase]
    return _weeks(each for each in found if each.finished), _weeks(each for each in found if each.open)


def _weeks(phases: Iterable[PhaseProgress]) -> list[float]:
    return [phase.weeks for phase in phases if phase.weeks is not None]


def time_by_which(share: float, finished: Sequence[float], still: Sequence[float]) -> float | None:
    """The time by which this share is expected to have finished; None where it cannot be seen yet.

    The product-limit estimate of Kaplan and Meier (1958): leaving out those still in it would make the slow
    look quicker than they are. One that stopped being watched at a time is counted as at risk until then.
    """
    left, ends = 1.0, Counter(finished)
    watched = sorted([*finished, *still])
    for time in sorted(ends):
        at_risk = len(watched) - bisect_left(watched, time)
        left *= 1 - ends[time] / at_risk
        if left <= 1 - share + _ROUNDING:
            return time
    return None


_ROUNDING = 1e-12  # so that two of four is half

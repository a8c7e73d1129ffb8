"""An area beside areas like it, in sentences that never name another area."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from statistics import median

from ithrive.implementation import NotEnoughAreas, PhaseProgress, Progress, times_taken
from ithrive.implementation.alike import ENOUGH_AREAS

WHO = "member areas that began within a year of this one"


def beside_in_steps(area: Progress, alike: Sequence[Progress]) -> str:
    """How many steps areas like it have reached."""
    if area.begun_on is None:
        return ""
    if len(alike) < ENOUGH_AREAS:
        return f"Too few {WHO} to compare with ({len(alike)})."
    reached = [_reached(each) for each in alike]
    return f"Half of the {len(alike)} {WHO} have reached {_plain(median(reached))} steps or more."


def beside_in_time(phase: PhaseProgress, alike: Sequence[Progress]) -> str:
    """How long areas like it took over a phase. Empty while the phase was not begun."""
    if phase.weeks is None:
        return ""
    found = times_taken(alike, phase.code)
    if isinstance(found, NotEnoughAreas):
        return f"Too few areas like it have finished this phase to compare ({found.finished})."
    areas = found.finished + found.still_in_it
    if found.median is None:
        return f"Of {areas} areas like it that began this phase, fewer than half can be seen to finish yet."
    return f"Of {areas} areas like it that began this phase, half took {ceil(found.median)} weeks or fewer."


def reached_of(area: Progress) -> str:
    """“7 of 15 steps reached, 1 skipped”."""
    skipped = sum(phase.skipped for phase in area.phases)
    counted = len(area.steps) - skipped
    return f"{_reached(area)} of {counted} steps reached" + (f", {skipped} skipped" if skipped else "")


def _reached(area: Progress) -> int:
    return sum(phase.reached for phase in area.phases)


def short_day(day: date) -> str:
    """“3 Mar 2026”, where a column of days must stay narrow."""
    return f"{day.day} {day:%b %Y}"


def _plain(number: float) -> str:
    return f"{number:g}"

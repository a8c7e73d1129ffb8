"""The stakeholder map: how much each organisation can move the change, and how close the work with it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ithrive.areas.timeline import plain_day

LOW, MIDDLE, HIGH = 1, 2, 3
INFLUENCE = {LOW: "little influence", MIDDLE: "some influence", HIGH: "much influence"}
ENGAGEMENT = {LOW: "not yet engaged", MIDDLE: "in conversation", HIGH: "taking part"}


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """An organisation or group. `influence` and `engagement` from 1 to 3, as seen on `noted_on`."""

    name: str
    sector: str
    influence: int
    engagement: int
    noted_on: date


def why_not_stakeholder(stakeholder: Stakeholder, today: date) -> str | None:
    """The reason why a stakeholder cannot be put on the map, or None if it can."""
    if not stakeholder.name.strip():
        return "Give the name of the organisation or group."
    if stakeholder.influence not in INFLUENCE or stakeholder.engagement not in ENGAGEMENT:
        return "Choose influence and engagement from 1 to 3."
    if stakeholder.noted_on > today:
        return "Give the day on which this was seen, not one in the future."
    return None


Square = tuple[int, int]  # influence, engagement


def stakeholder_map(stakeholders: Iterable[Stakeholder]) -> dict[Square, tuple[Stakeholder, ...]]:
    """All nine squares, the most influential first, each with its stakeholders by name."""
    found = sorted(stakeholders, key=lambda each: each.name)
    return {
        (influence, engagement): tuple(
            each for each in found if (each.influence, each.engagement) == (influence, engagement)
        )
        for influence in (HIGH, MIDDLE, LOW)
        for engagement in (LOW, MIDDLE, HIGH)
    }


def to_win_over(stakeholders: Iterable[Stakeholder]) -> tuple[str, ...]:
    """A sentence for each that can move much and is not engaged yet, those waiting longest first."""
    waiting = [each for each in stakeholders if (each.influence, each.engagement) == (HIGH, LOW)]
    return tuple(
        f"{each.name} has {INFLUENCE[HIGH]} and is {ENGAGEMENT[LOW]} (as seen on {plain_day(each.noted_on)})."
        " Agree who will speak with them first."
        for each in sorted(waiting, key=lambda each: (each.noted_on, each.name))
    )

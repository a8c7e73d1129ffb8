"""What the demonstration's areas recorded of their work: pure, from their roles and the day alone.

Some went quiet and some stalled, as in life: their story stops some weeks before the day it is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ithrive.areas.membership import COUNTED, Membership
from ithrive.framework.approach import Step, approach
from ithrive.implementation import Evidence, Part, PlannedAction, Post, Shows, Stakeholder
from ithrive.implementation.stakeholders import HIGH
from ithrive.web.implementation.actions import ChosenPriority, Records
from ithrive.web.overview.demonstration.plan_words import (
    BEGAN,
    GIVEN_NAMES,
    NOTED,
    PANEL,
    PRIORITIES,
    RETURNED_WHY,
    SKIPPED_WHY,
    STAKEHOLDERS,
    SURNAMES,
)
from ithrive.web.overview.demonstration.seed import dice

NOTE_EVERY, NOTE_OFTEN = 5, 2  # weeks, about
MIDDLE = 0.78  # of the usual way, gaps between steps counted in
WORKED_ON = timedelta(days=480)  # no priority stays open for longer
SKIPPED, RETURNED, STALLED, QUIET, WITHOUT_LEAD = 0.06, 0.07, 0.13, 0.12, 0.12
SECTORS = ("commissioning", "nhs-provider", "local-authority", "voluntary", "education")


@dataclass(frozen=True, slots=True)
class Told:
    """One area as its story begins: its code, when it joined, until when it wrote things down."""

    code: str
    joined: date
    until: date
    pace: float
    roll: Random
    lead: str = ""

    @property
    def notes_every(self) -> int:
        return NOTE_OFTEN if self.lead else NOTE_EVERY


def plans(roles: Sequence[Membership], today: date, leads: dict[str, str]) -> Iterator[tuple[str, Records]]:
    """The records of every area that takes part or pauses, by code. `leads`: who is known to lead where."""
    for code in sorted({role.code for role in roles if role.ends is None}):
        own = [role for role in roles if role.code == code]
        joined = min((role.starts for role in own if role.role in COUNTED and role.starts), default=None)
        left = next((role.starts for role in own if role.ends is None and role.role not in COUNTED), None)
        if joined:
            yield code, _records(_told(code, joined, left, today, leads.get(code, "")))


def _told(code: str, joined: date, left: date | None, today: date, lead: str) -> Told:
    roll = dice(f"plan {code}")
    fate, silence, pace = roll.random(), roll.randint(35, 75), roll.uniform(0.9, 2.3)
    if lead:  # whom visitors of the demonstration sign in as: still at work, in the middle of things
        usual = sum(step.usual_weeks for step in approach().steps)
        pace = (today - joined).days / 7 / (MIDDLE * usual)
        return Told(code, joined, today - timedelta(days=9), pace, roll, lead)
    weeks = silence if fate < STALLED else silence // 2 if fate < STALLED + QUIET else roll.randint(0, 4)
    until = min(left, today) if left else today - timedelta(weeks=weeks)
    return Told(code, joined, until, pace, roll)


def _records(told: Told) -> Records:
    evidence = tuple(_evidence(told))
    return Records(
        evidence, tuple(_posts(told)), tuple(_stakeholders(told)), tuple(_priorities(told, evidence))
    )


def _evidence(told: Told) -> Iterator[Evidence]:
    """Step after step in the usual order, with notes on the way, until the story ends."""
    on = told.joined + timedelta(weeks=told.roll.randint(1, 6))
    for step in approach().steps:
        if told.roll.random() < SKIPPED:
            if on <= told.until:
                yield Evidence(told.code, step.code, Shows.SKIPPED, on, told.roll.choice(SKIPPED_WHY))
            continue
        for each in _at_work_on(step, on, told):
            on = each.on
            if on > told.until:
                return
            yield each
        on += timedelta(days=told.roll.randint(3, 24))


def _at_work_on(step: Step, begins: date, told: Told) -> Iterator[Evidence]:
    roll = told.roll
    lasts = max(2.0, step.usual_weeks * told.pace * roll.uniform(0.7, 1.3))
    ends = begins + timedelta(weeks=lasts)
    on = begins
    yield Evidence(told.code, step.code, Shows.BEGUN, on, BEGAN.get(step.code, "first meeting about it"))
    while (on := on + timedelta(days=int(7 * told.notes_every * roll.uniform(0.4, 1.6)))) < ends:
        yield Evidence(told.code, step.code, Shows.BEGUN, on, roll.choice(NOTED))
    output = step.outputs[0]
    yield Evidence(told.code, step.code, Shows.REACHED, ends, f"{output[0].lower()}{output[1:]}"[:300])
    if roll.random() < RETURNED:
        again = ends + timedelta(weeks=roll.randint(3, 8))
        yield Evidence(told.code, step.code, Shows.RETURNED, again, roll.choice(RETURNED_WHY))
        done = again + timedelta(weeks=roll.randint(4, 9))
        yield Evidence(told.code, step.code, Shows.REACHED, done, "agreed anew with every sector")


def _posts(told: Told) -> Iterator[Post]:
    roll, starts = told.roll, told.joined
    handed_over = starts + timedelta(days=roll.randint(400, 1400))
    without = not told.lead and roll.random() < WITHOUT_LEAD
    first = _name(roll)
    if handed_over < told.until:
        yield Post(Part.LEAD, first, "nhs-provider", starts, handed_over)
        if not without:
            yield Post(Part.LEAD, told.lead or _name(roll), "local-authority", handed_over)
    else:
        yield Post(Part.LEAD, told.lead or first, "nhs-provider", starts)
    yield Post(Part.CHAIR, _name(roll), "commissioning", starts + timedelta(weeks=4))
    for sector in roll.sample(SECTORS, roll.randint(3, 5)):
        yield Post(Part.STEERING, _name(roll), sector, starts + timedelta(weeks=roll.randint(2, 30)))
    for sector in roll.sample(SECTORS, roll.randint(0, 3)):
        yield Post(Part.CHAMPION, _name(roll), sector, starts + timedelta(weeks=roll.randint(20, 90)))


def _stakeholders(told: Told) -> Iterator[Stakeholder]:
    roll = told.roll
    for name, sector, influence in roll.sample(STAKEHOLDERS, roll.randint(5, 8)):
        seen = told.until - timedelta(days=roll.randint(20, 700))
        close = roll.randint(1, 3)
        if told.lead and name == PANEL:  # it says what to work on first: see wishes.py
            close = HIGH
        yield Stakeholder(name, sector, influence, close, max(seen, told.joined))


def _priorities(told: Told, evidence: Sequence[Evidence]) -> Iterator[ChosenPriority]:
    """Chosen once the area prioritised; each with actions done, open and now and then overdue."""
    chosen = next((each.on for each in evidence if each.step == "redesign-and-planning"), None)
    if chosen is None:
        return
    chosen = max(chosen, told.until - WORKED_ON)
    for title, because, actions in told.roll.sample(PRIORITIES, 2 + (told.roll.random() < 0.5)):
        on = chosen + timedelta(days=told.roll.randint(0, 40))
        if on <= told.until:
            yield ChosenPriority(title, because, on, actions=tuple(_actions(actions, on, told)))


def _actions(
    titles: Sequence[tuple[str, str]], chosen: date, told: Told
) -> Iterator[tuple[PlannedAction, str]]:
    """The last of a priority's actions is still to do; the others were done, while the area was at work."""
    roll = told.roll
    for place, (title, step) in enumerate(titles):
        owner = told.lead if told.lead and place else _name(roll)
        due = chosen + timedelta(weeks=roll.randint(6, 20) * (place + 1))
        done = due + timedelta(days=roll.randint(-20, 15))
        if place < len(titles) - 1 and chosen < done <= told.until:
            yield PlannedAction(title, owner, due, done, roll.choice(NOTED)), step
        else:
            late = roll.randint(-12, 70)
            yield PlannedAction(title, owner, told.until + timedelta(days=late)), step


def _name(roll: Random) -> str:
    return f"{roll.choice(GIVEN_NAMES)} {roll.choice(SURNAMES)}"

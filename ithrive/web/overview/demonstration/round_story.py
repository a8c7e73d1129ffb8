"""Which assessment rounds the demonstration held, and how each went: pure, from the roles and the day alone.

A round tells the same whenever it is told: only what had not happened by today is still to come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from random import Random

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import MemberRole, Membership
from ithrive.assessments.life import Purpose, State
from ithrive.assessments.schedule import Window, windows
from ithrive.web.overview.demonstration.community import JOINING, LEADING
from ithrive.web.overview.demonstration.seed import dice

STUDY = "thornmere-study"
FIRST_DUE = date(2022, 3, 1)
FARTHEST = 60  # rounds: thirty years, longer than anybody looks at a demonstration
OTHERS = 12  # members outside the study that hold rounds too
AGREED_AFTER = timedelta(days=21)
SLIPPED = timedelta(weeks=27)  # a little more than from one round to the next
# Day due, area, whether it was shared with others.
REFLECTIONS = (
    (date(2024, 6, 3), LEADING, True),
    (date(2025, 6, 2), LEADING, False),
    (date(2025, 12, 1), JOINING, False),
)


@dataclass(frozen=True, slots=True)
class RoundTold:
    """One round. `number` counts the area's rounds from 0; days are None where the thing did not happen."""

    code: str
    role: MemberRole
    number: int
    window: Window
    purpose: Purpose
    study: str
    held_on: date | None
    missed_on: date | None
    shared: bool = False
    today: date = date.max
    waits: bool = False  # scores are locked, and a second person has not signed yet

    @property
    def state(self) -> State:
        if self.waits:
            return State.LOCKED
        if self.held_on:
            return State.SIGNED_OFF if self.signed_off_on else State.MODERATING
        if self.missed_on:
            return State.MISSED
        return State.OPEN if self.window.opens <= self.today else State.SCHEDULED

    @property
    def signed_off_on(self) -> date | None:
        if self.waits or self.held_on is None or self.held_on + AGREED_AFTER > self.today:
            return None
        return self.held_on + AGREED_AFTER

    @property
    def agreed(self) -> bool:
        return self.waits or self.signed_off_on is not None


def rounds_told(gazetteer: Gazetteer, roles: Sequence[Membership], today: date) -> Iterator[RoundTold]:
    """The study's rounds, those of some members outside it (the last of whom let one slip), three private
    reflections, and one round of Ada's area that always waits for a visitor to give the second signature."""
    named = {
        area.names[-1].name: area.code for (kind, _), area in gazetteer.local_areas.items() if _own(kind)
    }
    for role in roles:
        if role.role in {MemberRole.ACCELERATOR, MemberRole.COMPARISON}:
            yield from _rounds(role, STUDY, today, always=role.code == named[LEADING])
    *others, last = _others(roles, named[JOINING], today)
    for role in others:
        yield from _rounds(role, "", today, always=role.code == named[JOINING])
    yield from (_slipped(told) for told in _rounds(last, "", today, always=True))
    for number, (due, name, shared) in enumerate(REFLECTIONS):
        if due + AGREED_AFTER <= today:
            window = windows(due, 1)[0]
            yield RoundTold(
                named[name], MemberRole.MEMBER, 4 + number, window, Purpose.REFLECTION, "", due, None,
                shared, today,
            )  # fmt: skip
    yield _waiting(named[LEADING], today)


def _waiting(code: str, today: date) -> RoundTold:
    window = windows(today - timedelta(days=7), 1)[0]
    return RoundTold(
        code, MemberRole.ACCELERATOR, 10, window, Purpose.EVALUATED, "", today - timedelta(days=3), None,
        today=today, waits=True,
    )  # fmt: skip


def _slipped(told: RoundTold) -> RoundTold:
    """One member's latest round was never held, whatever the day: its warning shows an overdue round."""
    missed_on = told.window.missed_from
    if missed_on <= told.today - SLIPPED:
        return told
    return replace(told, held_on=None, missed_on=missed_on if missed_on <= told.today else None)


def _own(kind: str) -> bool:
    return kind == "local-area"


def _others(roles: Sequence[Membership], joining: str, today: date) -> list[Membership]:
    """Members that are so today, Cam's own area first among them."""
    members = [each for each in roles if each.role is MemberRole.MEMBER and each.ends is None]
    standing = [each for each in members if each.holds_on(min(today, date(2025, 9, 1)))]
    ours = [each for each in standing if each.code == joining]
    rest = [each for each in standing if each.code != joining]
    return [*ours, *dice("rounds outside the study").sample(rest, OTHERS - len(ours))]


def _rounds(role: Membership, study: str, today: date, *, always: bool) -> Iterator[RoundTold]:
    """Every round whose window opened by today, and the next. `always`: this area misses none."""
    begun = list(takewhile(lambda each: each.opens <= today, windows(FIRST_DUE, FARTHEST)))
    due = [each for each in windows(FIRST_DUE, len(begun) + 1) if role.holds_on(each.due)]
    for number, window in enumerate(due):
        roll = dice(f"round {role.code} {window.due}")
        told = RoundTold(
            role.code, role.role, number, window, Purpose.EVALUATED, study, None, None, today=today
        )
        yield _held(told, roll, always=always or number == 0)


def _held(told: RoundTold, roll: Random, *, always: bool) -> RoundTold:
    """On time as a rule; one in eight late, one in sixteen missed."""
    fate = roll.random()
    if not always and fate < 1 / 16:
        missed_on = told.window.missed_from
        return replace(told, missed_on=missed_on if missed_on <= told.today else None)
    late = fate > 7 / 8
    last = told.window.closes
    held_on = (
        last + timedelta(days=roll.randint(3, 40)) if late else last - timedelta(days=roll.randint(0, 40))
    )
    return replace(told, held_on=held_on if held_on <= told.today else None)

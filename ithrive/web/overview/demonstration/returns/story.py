"""Which returns the demonstration's areas owed, and how each came: pure, from their roles and the day alone.

A quarter tells the same whenever it is told: only what had not happened by today is still to come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ithrive.areas.membership import COUNTED, MemberRole, Membership
from ithrive.evaluation.demonstration import RETROSPECTIVE
from ithrive.periods import Quarter, quarters
from ithrive.returns.schedule import CLOSES_AFTER, DUE_AFTER
from ithrive.web.overview.demonstration.round_story import STUDY
from ithrive.web.overview.demonstration.seed import dice

# The study's first wave is eight quarters before its baseline; members outside it began to send later.
FIRST, OTHERS_FIRST = Quarter(2022, 2), Quarter(2025, 4)
BASELINE = FIRST + RETROSPECTIVE
STUDY_ROLES = (MemberRole.ACCELERATOR, MemberRole.COMPARISON)
# How many of a hundred returns never came: comparison sites have less reason to send them.
NEVER_CAME = {MemberRole.ACCELERATOR: 0.03, MemberRole.MEMBER: 0.05, MemberRole.COMPARISON: 0.06}
LATE = 0.12
SIGNED_AFTER = timedelta(days=5)
# The return that is due always can still be sent, on whatever day the demonstration is looked at.
STILL = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class ReturnTold:
    """One return. `submitted_on` is None where it never came, or has not come yet."""

    code: str
    quarter: Quarter
    study: str
    due_on: date
    closes_on: date
    submitted_on: date | None

    @property
    def wave(self) -> int:
        """Its place, counted from the first wave of the study."""
        return self.quarter - FIRST

    @property
    def signed_off_on(self) -> date | None:
        return self.submitted_on + SIGNED_AFTER if self.submitted_on else None


def returns_told(roles: Sequence[Membership], today: date, *, due: str, queried: str) -> Iterator[ReturnTold]:
    """Every return owed for a quarter that is over. `due` and `queried` are the codes of two areas whose last
    one can still be sent: the one has not, and the other sends it today and is asked about it."""
    last = Quarter.of(today) + -1
    for role in sorted(roles, key=lambda each: (each.code, each.starts or date.min)):
        in_study = role.role in STUDY_ROLES
        if not in_study and role.role not in COUNTED:
            continue
        for quarter in quarters(FIRST if in_study else OTHERS_FIRST, last):
            if role.holds_on(quarter.starts):
                told = _told(
                    role, quarter, STUDY if in_study else "", today, sure=role.code in (due, queried)
                )
                still_open = quarter == last and role.code in (due, queried)
                yield _due_now(told, today) if still_open else told


def _told(role: Membership, quarter: Quarter, study: str, today: date, *, sure: bool) -> ReturnTold:
    roll = dice(f"return {role.code} {quarter.starts}")
    due_on, closes_on = quarter.ends + DUE_AFTER, quarter.ends + CLOSES_AFTER
    came = None if roll.random() < NEVER_CAME[role.role] and not sure else _came(due_on, roll)
    if came and came + SIGNED_AFTER >= today:  # it is signed off at noon, which may be still to come
        came = None
    return ReturnTold(role.code, quarter, study, due_on, closes_on, came)


def _came(due_on: date, roll: Random) -> date:
    if roll.random() < LATE:
        return due_on + timedelta(days=roll.randint(2, 20))
    return due_on - timedelta(days=roll.randint(0, 24))


def _due_now(told: ReturnTold, today: date) -> ReturnTold:
    due_on = max(told.due_on, today + STILL)
    closes_on = max(told.closes_on, due_on + (CLOSES_AFTER - DUE_AFTER))
    return ReturnTold(told.code, told.quarter, told.study, due_on, closes_on, None)

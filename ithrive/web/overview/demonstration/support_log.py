"""What the demonstration's programme gave its areas: pure, from the roles alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ithrive.areas.membership import COUNTED, MemberRole, Membership
from ithrive.areas.support import SupportGiven, SupportKind
from ithrive.web.overview.demonstration.cast import COACHES, coaches_of
from ithrive.web.overview.demonstration.seed import dice

EACH_QUARTER = 9
# What was given, for how many days, and what for.
OCCASIONS = (
    (SupportKind.COACHING, "0.5", "Coaching for the core implementation team"),
    (SupportKind.COACHING, "1", "Working through the local model with the team"),
    (SupportKind.WORKSHOP, "1", "Mapping the system together against the five groupings"),
    (SupportKind.WORKSHOP, "0.5", "Choosing priorities after the self-assessment"),
    (SupportKind.TRAINING, "1", "Training: shared decision making"),
    (SupportKind.TRAINING, "2", "Training: using outcomes to guide conversations"),
    (SupportKind.CONSULTANCY, "1.5", "Advice on commissioning across sectors"),
    (SupportKind.EVENT, "1", "Community of Practice event"),
    (SupportKind.CALL, "0.25", "Quarterly call: progress, risks and next steps"),
)


def support_log(
    roles: Sequence[Membership], first: date, today: date, names: Mapping[str, str]
) -> Iterator[SupportGiven]:
    """Some nine entries a quarter until today. A quarter tells the same whenever it is told.

    `names`: of areas, by code; who has coaches of its own hears from no other.
    """
    for year in range(first.year, today.year + 1):
        for month in (1, 4, 7, 10):
            for entry in _quarter(roles, date(year, month, 1), names):
                if first <= entry.on <= today:
                    yield entry


def _quarter(roles: Sequence[Membership], begins: date, names: Mapping[str, str]) -> Iterator[SupportGiven]:
    roll = dice(f"support {begins}")
    for _ in range(EACH_QUARTER):
        on = begins + timedelta(days=roll.randint(0, 89))
        taking_part = [role for role in roles if role.role in COUNTED and role.holds_on(on)]
        if taking_part:
            helped = roll.choices(taking_part, [_pull(role) for role in taking_part])[0]
            yield _given(helped, on, coaches_of(names.get(helped.code, "")), roll)


def _pull(role: Membership) -> int:
    """Accelerators were helped most; some members hear little, as in life."""
    return 6 if role.role is MemberRole.ACCELERATOR else 1 + int(role.code[-1]) % 3


def _given(role: Membership, on: date, coaches: Sequence[str], roll: Random) -> SupportGiven:
    kind, days, purpose = roll.choice(OCCASIONS)
    # By all areas from the same dice, so that one area's coaches change no other.
    drawn = roll.choice(COACHES)
    coach = drawn if drawn in coaches else coaches[0]
    return SupportGiven(role.code, on, kind, Decimal(days), coach, purpose)

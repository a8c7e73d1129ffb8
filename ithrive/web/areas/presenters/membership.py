"""The words of an area's membership page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas.membership import MemberRole
from ithrive.areas.timeline import joined_while_comparison, plain_day
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.areas.own_pages import address_of
from ithrive.web.areas.standing import as_value

NOT_KNOWN = "Not known"
STILL = "Still holds"


@dataclass(frozen=True, slots=True)
class RoleShown:
    number: int
    role: str
    starts: str
    ends: str
    note: str
    confidential: bool
    may_change: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class MembershipPage:
    title: str
    roles: tuple[RoleShown, ...]
    may_begin: bool
    contaminated: str
    back: str


def membership_page(
    area: LocalArea, roles: Sequence[Membership], may_set: Iterable[MemberRole]
) -> MembershipPage:
    """`roles` are those the person may know of, in order of time; `may_set` those they may change."""
    allowed = frozenset(may_set)
    joined = joined_while_comparison([as_value(row) for row in roles])
    return MembershipPage(
        title=f"Membership of {area.name}",
        roles=tuple(_shown(row, allowed) for row in roles),
        may_begin=bool(allowed),
        contaminated=_contaminated(area, joined) if joined else "",
        back=address_of(area),
    )


def _shown(row: Membership, allowed: frozenset[MemberRole]) -> RoleShown:
    role = MemberRole(row.role)
    return RoleShown(
        number=row.pk,
        role=role.capitalize(),
        starts=plain_day(row.starts) if row.starts else NOT_KNOWN,
        ends=plain_day(row.ends) if row.ends else STILL,
        note=row.note,
        confidential=role is MemberRole.COMPARISON,
        may_change=role in allowed,
        may_end=role in allowed and row.ends is None,
    )


def _contaminated(area: LocalArea, joined: date) -> str:
    since = f"since {plain_day(joined)}" if joined > date.min else "at a time whose start is not known"
    return (
        f"{area.name} takes part in the programme {since} while it is a comparison site. From then on its "
        "figures no longer show what happens without the programme. Decide with the study's protocol."
    )

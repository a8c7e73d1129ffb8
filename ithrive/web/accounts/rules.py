"""Who may appoint whom, and what may become of roles and invitations: each rule says why not."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from ithrive.web.rights import AREA_ROLES, Held, Right, Role, has_right

# An invitation lies in somebody's letters: long enough for a holiday, short enough not to be found later.
INVITATION_LASTS = timedelta(days=14)

# What those who may invite to an area can appoint people to; all else is for administrators.
APPOINTED_BY_LEADS = frozenset({Role.MEMBER, Role.CONTRIBUTOR})


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


# Why an invitation in this state cannot be accepted; each says how to go on.
CLOSED = {
    InvitationState.ACCEPTED: "This invitation was used already. Sign in instead.",
    InvitationState.WITHDRAWN: "This invitation was withdrawn. Ask the person who sent it for a new one.",
    InvitationState.EXPIRED: "This invitation has expired. Ask the person who sent it for a new one.",
}


def why_not_place(role: Role, area: int | None) -> str | None:
    """Area roles are held in an area, and only they."""
    if role in AREA_ROLES and area is None:
        return f"The role “{role.label}” is held in a local area. Choose the area."
    if role not in AREA_ROLES and area is not None:
        return f"The role “{role.label}” is held everywhere, not in one area."
    return None


def why_not_appoint(role: Role, area: int | None, held: Iterable[Held]) -> str | None:
    """Why someone who holds these roles may not give, offer or end a role in an area (None: everywhere)."""
    roles = tuple(held)
    if has_right(Right.ADMINISTER, roles):
        return None
    if area is None or not has_right(Right.INVITE_TO_AREA, roles, area):
        return "Only an administrator, or the lead of the area, may do this."
    if role not in APPOINTED_BY_LEADS:
        return f"Only an administrator may appoint someone to the role “{role.label}”."
    return None


def why_not_invite(
    role: Role, area: int | None, held: Iterable[Held], *, holds_it: bool = False, invited: bool = False
) -> str | None:
    """Why the holder of these roles may not invite: to a wrong place, beyond their rights, or twice.

    `holds_it`: the invited person holds the role already; `invited`: an open invitation offers it to them.
    """
    reason = why_not_place(role, area) or why_not_appoint(role, area, held)
    if reason:
        return reason
    if holds_it:
        return "This person holds the role already."
    if invited:
        return "This person was invited to the role already. Send that invitation again, or withdraw it."
    return None


def invitation_state(
    *, accepted: datetime | None, withdrawn: datetime | None, expires: datetime, now: datetime
) -> InvitationState:
    if accepted:
        return InvitationState.ACCEPTED
    if withdrawn:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if expires <= now else InvitationState.OPEN


def why_not_resend(state: InvitationState) -> str | None:
    if state in {InvitationState.ACCEPTED, InvitationState.WITHDRAWN}:
        return f"This invitation was {state.value}, so it cannot be sent again. Invite the person anew."
    return None


def why_not_withdraw(state: InvitationState) -> str | None:
    if state is InvitationState.ACCEPTED:
        return "This invitation was accepted. End the role instead."
    if state is InvitationState.WITHDRAWN:
        return "This invitation was withdrawn already."
    return None


def why_not_give(
    role: Role,
    area: int | None,
    starts: date,
    ends: date | None,
    same_role: Iterable[tuple[date, date | None]],
) -> str | None:
    """`same_role`: from when until when the person holds this role in this area already."""
    reason = why_not_place(role, area)
    if reason:
        return reason
    if ends is not None and ends <= starts:
        return "The last day of a role must come after its first. Choose a later end, or none."
    if any(overlap(starts, ends, *times) for times in same_role):
        return "This person holds the role at that time already."
    return None


def why_not_end(*, on: date, today: date, ends: date | None, only_administrator: bool) -> str | None:
    """`only_administrator`: nobody else with an open account is an administrator without an end."""
    if ends is not None and ends <= today:
        return "This role has ended already."
    if on < today:
        return "A role can end today or later, not in the past."
    if only_administrator:
        return "This is the only administrator. Make someone else an administrator first."
    return None


def overlap(starts: date, ends: date | None, other_starts: date, other_ends: date | None) -> bool:
    """Whether two times have a day in common; an end is the first day that no longer counts."""
    return (other_ends is None or starts < other_ends) and (ends is None or other_starts < ends)

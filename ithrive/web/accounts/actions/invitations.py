"""Inviting people to a role, by a letter whose link works once and for fourteen days."""

import secrets
from collections.abc import Callable
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions.people import new_person
from ithrive.web.accounts.actions.permission import held_by, refuse
from ithrive.web.accounts.actions.roles import add_role
from ithrive.web.accounts.letters import send_invitation
from ithrive.web.accounts.models import Invitation, Person, RoleHeld
from ithrive.web.accounts.rules import (
    CLOSED,
    INVITATION_LASTS,
    why_not_appoint,
    why_not_invite,
    why_not_resend,
    why_not_withdraw,
)
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author, mention, record
from ithrive.web.rights import Role

# From the token in a letter's link to the address of the page that accepts it.
LinkTo = Callable[[str], str]


@transaction.atomic
def invite(
    *, email: str, role: Role, area: LocalArea | None = None, link_to: LinkTo, by: Author
) -> Invitation:
    """Offer a role by email. The letter leaves after the commit; we keep only its token's digest."""
    email = email.lower()
    where = area.pk if area else None
    offered = Invitation.objects.select_for_update().filter(email=email, role=role, area=area)
    holds_it = RoleHeld.objects.filter(person__email=email, role=role, area=area).exclude(
        ends__lte=timezone.localdate()
    )
    open_already = any(each.state(timezone.now()) == "open" for each in offered)
    refuse(why_not_invite(role, where, held_by(by), holds_it=holds_it.exists(), invited=open_already))
    inviter = by if isinstance(by, Person) else None
    invitation = Invitation(email=email, role=role, area=area, invited_by=inviter)
    _send(invitation, link_to)
    _tell(invitation, "invite", "was sent, for the role", by)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, link_to: LinkTo, by: Author) -> None:
    """Another letter and another fourteen days; the link of the letter before stops working."""
    standing = _locked(invitation)
    refuse(why_not_appoint(Role(standing.role), standing.area_id, held_by(by)))
    refuse(why_not_resend(standing.state(timezone.now())))
    standing.invited_by = by if isinstance(by, Person) else None
    _send(standing, link_to)
    _tell(standing, "resend an invitation", "was sent again, for the role", by)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Author) -> None:
    standing = _locked(invitation)
    refuse(why_not_appoint(Role(standing.role), standing.area_id, held_by(by)))
    refuse(why_not_withdraw(standing.state(timezone.now())))
    standing.withdrawn_at = timezone.now()
    standing.save()
    _tell(standing, "withdraw an invitation", "was withdrawn, for the role", by)


@transaction.atomic
def accept_as_newcomer(*, invitation: Invitation, name: str, password: str | None) -> Person:
    """A new account and its role. Who holds the letter holds the address, so it counts as verified."""
    standing = _locked(invitation)
    refuse(why_not_accept(standing))
    person = new_person(email=standing.email, name=name, password=password)
    _accept(standing, person)
    return person


@transaction.atomic
def accept_as_known(*, invitation: Invitation, person: Person) -> None:
    """A further role for someone with an account."""
    standing = _locked(invitation)
    refuse(why_not_accept(standing))
    if person.email != standing.email:
        raise NotAllowed(f"This invitation is for {standing.email}. Sign in with that address.")
    _accept(standing, person)


def why_not_accept(invitation: Invitation) -> str | None:
    """Closed, or the one who sent it could not send it today."""
    reason = CLOSED.get(invitation.state(timezone.now()))
    if reason:
        return reason
    if why_not_appoint(Role(invitation.role), invitation.area_id, held_by(invitation.invited_by)):
        return "Whoever sent this invitation may no longer do so. Ask your area lead for a new one."
    return None


def invitation_for(token: str) -> Invitation | None:
    """The invitation whose letter carries this token."""
    found = Invitation.objects.select_related("area", "invited_by")
    return found.filter(token_digest=digest_of(token)).first()


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _accept(invitation: Invitation, person: Person) -> None:
    invitation.accepted_at = timezone.now()
    invitation.save()
    add_role(person=person, role=Role(invitation.role), area=invitation.area, by=person)


def _send(invitation: Invitation, link_to: LinkTo) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest_of(token)
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + INVITATION_LASTS
    invitation.save()
    # robust: the invitation stands even if the post is down; it can be sent again.
    transaction.on_commit(lambda: send_invitation(invitation, link_to(token)), robust=True)


def _tell(invitation: Invitation, action: str, happened: str, by: Author) -> None:
    record(
        by=by,
        action=action,
        subject=invitation.subject,
        summary=f"{mention(invitation.subject)} {happened} {invitation.in_words()}",
        area=invitation.area_id,
    )


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update().get(pk=invitation.pk)

"""Accounts: made by commands and by accepting an invitation, closed when someone leaves."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions.permission import held_by, refuse
from ithrive.web.accounts.actions.roles import is_only_administrator
from ithrive.web.accounts.models import Person
from ithrive.web.history.record import Author, mention, record
from ithrive.web.rights import Right, has_right


@transaction.atomic
def new_person(*, email: str, name: str, password: str | None, by: Author | None = None) -> Person:
    """An account whose address is taken as verified. `by`: None if the person makes it themselves."""
    if Person.objects.filter(email=email.lower()).exists():
        raise NotAllowed(f"There is an account for {email} already. Sign in instead.")
    person = Person.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record(
        by=by or person,
        action="open an account",
        subject=person.subject,
        summary=f"{mention(person.subject)} has an account",
    )
    return person


@transaction.atomic
def rename(*, person: Person, name: str, by: Author) -> None:
    if person.name == name:
        return
    person.name = name
    person.save(update_fields=["name"])
    record(
        by=by,
        action="change a name",
        subject=person.subject,
        summary=f"{mention(person.subject)} has a new name",
    )


@transaction.atomic
def close_account(*, person: Person, by: Author) -> None:
    """The person can no longer sign in, and is signed out everywhere. Roles and history stay as they are."""
    refuse(_why_not_administer(by))
    standing = Person.objects.select_for_update().get(pk=person.pk)
    if by == standing:
        raise NotAllowed("You cannot close your own account. Ask another administrator.")
    if is_only_administrator(standing):
        raise NotAllowed("This is the only administrator. Make someone else an administrator first.")
    if not standing.is_active:
        raise NotAllowed("This account is closed already.")
    _set_active(standing, False, by, "close an account", "can no longer sign in")
    for session in UserSession.objects.filter(user=standing):
        session.end()


@transaction.atomic
def reopen_account(*, person: Person, by: Author) -> None:
    refuse(_why_not_administer(by))
    standing = Person.objects.select_for_update().get(pk=person.pk)
    if standing.is_active:
        raise NotAllowed("This account is open.")
    _set_active(standing, True, by, "reopen an account", "can sign in again")


def _set_active(person: Person, active: bool, by: Author, action: str, happened: str) -> None:
    person.is_active = active
    person.save(update_fields=["is_active"])
    record(
        by=by,
        action=action,
        subject=person.subject,
        summary=f"{mention(person.subject)} {happened}",
        before={"open": not active},
        after={"open": active},
    )


def _why_not_administer(by: Author) -> str | None:
    allowed = has_right(Right.ADMINISTER, held_by(by))
    return None if allowed else "Only an administrator may do this."

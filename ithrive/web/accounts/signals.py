"""What people change about their own sign-in happens inside allauth; here it gets its line of history."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from ithrive.web.accounts.models import Person
from ithrive.web.history.record import mention, record

KINDS = {
    Authenticator.Type.TOTP: "an authenticator app",
    Authenticator.Type.WEBAUTHN: "a passkey or security key",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def listen() -> None:
    """Called once, when the site starts."""
    second_factor.authenticator_added.connect(authenticator_added)
    second_factor.authenticator_removed.connect(authenticator_removed)
    account.email_changed.connect(email_changed)
    account.password_changed.connect(password_changed)
    account.password_set.connect(password_changed)
    account.password_reset.connect(password_changed)


def authenticator_added(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    tell(user, "add a second factor", f"added {KINDS[authenticator.type]}")
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        # Setting it up proved it a moment ago: asking again would only ask to wait for the next code.
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def authenticator_removed(user: Person, authenticator: Authenticator, **_: Any) -> None:
    tell(user, "remove a second factor", f"removed {KINDS[authenticator.type]}")


def email_changed(user: Person, **_: Any) -> None:
    tell(user, "change an email address", "changed their email address")


def password_changed(user: Person, **_: Any) -> None:
    tell(user, "change a password", "changed their password")


def tell(person: Person, action: str, happened: str) -> None:
    with transaction.atomic():
        summary = f"{mention(person.subject)} {happened}"
        record(by=person, action=action, subject=person.subject, summary=summary)

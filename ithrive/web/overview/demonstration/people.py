"""Brings a person of the demonstration into the database, able to sign in."""

from collections.abc import Sequence
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from ithrive.web.accounts.models import Person, RoleHeld
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author, record
from ithrive.web.overview.demonstration.cast import PASSPHRASE, Acted


def enter(acted: Acted, areas: Sequence[LocalArea], *, since: date, by: Author) -> Person:
    """Make the person, their verified address, their roles and, where they need one, their authenticator."""
    person = Person.objects.create(email=acted.email, name=acted.name, password=make_password(PASSPHRASE))
    EmailAddress.objects.create(user=person, email=acted.email, verified=True, primary=True)
    if acted.has_authenticator:
        TOTP.activate(person, acted.secret)
    everywhere: list[LocalArea | None] = [None]
    for area in areas or everywhere:
        RoleHeld.objects.create(person=person, role=acted.role, area=area, starts=since)
        where = f" in {area.name}" if area else ""
        record(
            by=by,
            action="give role",
            subject=f"person {person.reference}",
            summary=f"{acted.name} became {acted.role.label.lower()}{where}.",
            area=area.pk if area else None,
        )
    return person

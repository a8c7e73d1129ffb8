"""Brings a person of the demonstration into the database, able to sign in."""

from collections.abc import Sequence
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP

from ithrive.web.accounts.actions import give_role, new_person
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.overview.demonstration.cast import PASSPHRASE, Acted


def enter(acted: Acted, areas: Sequence[LocalArea], *, since: date, by: Author) -> None:
    """Make the person, their roles and, where they need one, their authenticator."""
    person = new_person(email=acted.email, name=acted.name, password=PASSPHRASE, by=by)
    if acted.has_authenticator:
        TOTP.activate(person, acted.secret)
    everywhere: list[LocalArea | None] = [None]
    for area in areas or everywhere:
        give_role(person=person, role=acted.role, area=area, starts=since, by=by)

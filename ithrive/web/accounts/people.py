"""Finding people, the roles they hold and the invitations sent to them."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from ithrive.web.accounts.models import Invitation, Person, RoleHeld
from ithrive.web.accounts.reach import roles_on
from ithrive.web.areas.models import LocalArea


def people_found(words: str, on: date) -> QuerySet[Person]:
    """Everyone whose name or address holds all these words, each with the roles they hold on the day."""
    found = Person.objects.order_by("name", "pk")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    current = roles_on(on).select_related("area")
    return found.prefetch_related(Prefetch("roles", queryset=current, to_attr="current_roles"))


def person_of(reference: str) -> Person:
    person = Person.objects.filter(reference=reference).first()
    if person is None:
        raise Http404
    return person


def roles_of(person: Person) -> list[RoleHeld]:
    """All roles, past and to come too, the latest first."""
    return list(person.roles.select_related("area__country").order_by("-starts", "-pk"))


def role_held(number: int) -> RoleHeld:
    held = RoleHeld.objects.select_related("person", "area__country").filter(pk=number).first()
    if held is None:
        raise Http404
    return held


def who_works_in(area: LocalArea, on: date) -> list[RoleHeld]:
    """The roles held in an area on a day or later, by name; closed accounts left out."""
    held = RoleHeld.objects.filter(Q(ends=None) | Q(ends__gt=on), area=area, person__is_active=True)
    return list(held.select_related("person", "area").order_by("person__name", "starts"))


def invitations(area: LocalArea | None = None) -> QuerySet[Invitation]:
    """Those that may still be accepted or sent again: to an area, or (None) all."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    if area is not None:
        waiting = waiting.filter(area=area)
    return waiting.select_related("area__country", "invited_by")


def invitation_of(number: int) -> Invitation:
    invitation = Invitation.objects.select_related("area__country").filter(pk=number).first()
    if invitation is None:
        raise Http404
    return invitation


def account_of(email: str) -> Person | None:
    return Person.objects.filter(email=email.lower()).first()


def today() -> date:
    return timezone.localdate()

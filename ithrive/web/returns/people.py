"""Who is asked about the returns of an area."""

from collections.abc import Iterable
from datetime import date

from ithrive.web.accounts.models import Person, RoleHeld
from ithrive.web.accounts.reach import roles_on
from ithrive.web.areas.models import LocalArea
from ithrive.web.rights import Role


def to_ring(areas: Iterable[LocalArea | int], today: date) -> dict[int, list[Person]]:
    """Who to ring about the returns of areas: their leads, else whoever may fill in. One query."""
    leads: dict[int, list[Person]] = {}
    others: dict[int, list[Person]] = {}
    for role in _roles(areas, today):
        (leads if role.role == Role.LEAD else others).setdefault(_area(role), []).append(role.person)
    return others | leads


def senders_of(areas: Iterable[LocalArea | int], today: date) -> dict[int, list[Person]]:
    """Everybody who may fill in the returns of areas, each once. One query."""
    found: dict[int, dict[int, Person]] = {}
    for role in _roles(areas, today):
        found.setdefault(_area(role), {})[role.person_id] = role.person
    return {area: list(people.values()) for area, people in found.items()}


def _roles(areas: Iterable[LocalArea | int], today: date) -> Iterable[RoleHeld]:
    numbers = [each if isinstance(each, int) else each.pk for each in areas]
    held = roles_on(today).filter(
        area__in=numbers, role__in=[Role.LEAD, Role.CONTRIBUTOR], person__is_active=True
    )
    return held.select_related("person").order_by("person__name", "pk")


def _area(role: RoleHeld) -> int:
    assert role.area_id is not None  # both roles are held in an area
    return role.area_id

"""Who is asked about the returns of an area."""

from collections.abc import Iterable
from datetime import date

from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import roles_on
from ithrive.web.areas.models import LocalArea
from ithrive.web.rights import Role


def to_ring(areas: Iterable[LocalArea | int], today: date) -> dict[int, list[Person]]:
    """Who to ring about the returns of areas: their leads, else whoever may fill in. One query."""
    numbers = [each if isinstance(each, int) else each.pk for each in areas]
    held = roles_on(today).filter(
        area__in=numbers, role__in=[Role.LEAD, Role.CONTRIBUTOR], person__is_active=True
    )
    leads: dict[int, list[Person]] = {}
    others: dict[int, list[Person]] = {}
    for role in held.select_related("person").order_by("person__name", "pk"):
        assert role.area_id is not None  # both are held in an area
        (leads if role.role == Role.LEAD else others).setdefault(role.area_id, []).append(role.person)
    return others | leads

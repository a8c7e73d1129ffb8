"""The areas in which somebody works themselves: what they are offered first."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import held_on
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.rights import Right


def my_areas(request: AreaRequest, today: date) -> QuerySet[LocalArea]:
    """The areas in which the person holds a role on a day, by name."""
    own = request.areas.having(Right.SEE_AREA).select_related("country")
    return own.filter(pk__in=_numbers(request.user, today)).order_by("name")


def _numbers(person: Person | AnonymousUser, today: date) -> list[int]:
    if not isinstance(person, Person):
        return []
    return [each.area for each in held_on(today, person) if each.area is not None]

"""`request.areas`: what the person who asks may reach today."""

from collections.abc import Callable
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from ithrive.areas.membership import MemberRole
from ithrive.web.accounts.models import Person, RoleHeld
from ithrive.web.accounts.refusals import SecondFactorNeeded, SignInNeeded
from ithrive.web.areas.models import LocalArea, Membership, Support
from ithrive.web.rights import NEEDS_SECOND_FACTOR, Held, Right, Role, areas_with, has_right, why_not


class PersonsReach:
    """A `Reach` (see `web/areas/reach.py`) worked out from the roles a person holds on a day."""

    def __init__(
        self, person: Person | AnonymousUser, on: date, *, proved_second_factor: Callable[[], bool]
    ) -> None:
        self.person = person
        self.on = on
        self.proved_second_factor = proved_second_factor

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The roles held on the day; one query, and only when somebody asks."""
        if not isinstance(self.person, Person) or not self.person.is_active:
            return ()
        return held_on(self.on, self.person)

    def may(self, right: Right, area: LocalArea | None = None) -> bool:
        return has_right(right, self.held, area.pk if area else None)

    def require(self, right: Right, area: LocalArea | None = None) -> None:
        """Pass, or raise: sign-in for nobody, 404 for a stranger to the area, the second factor, 403."""
        if not self.person.is_authenticated:
            raise SignInNeeded
        if self.may(right, area):
            if right in NEEDS_SECOND_FACTOR and not self.proved_second_factor():
                raise SecondFactorNeeded(right)
            return
        # A stranger learns nothing of an area's own pages, not even that they exist.
        if area is not None and not self.may(Right.SEE_AREA, area):
            raise Http404
        raise PermissionDenied(why_not(right, self.held, area.pk if area else None, second_factor=True))

    def public(self) -> QuerySet[LocalArea]:
        return LocalArea.objects.all()

    def having(self, right: Right) -> QuerySet[LocalArea]:
        where = areas_with(right, self.held)
        return LocalArea.objects.all() if where is None else LocalArea.objects.filter(pk__in=where)

    def memberships(self, on: date | None = None) -> QuerySet[Membership]:
        known = Membership.objects.select_related("area")
        where = areas_with(Right.SEE_COMPARISON, self.held)
        if where is not None:
            known = known.exclude(Q(role=MemberRole.COMPARISON) & ~Q(area__in=where))
        if on is not None:
            known = known.filter(Q(starts=None) | Q(starts__lte=on), Q(ends=None) | Q(ends__gt=on))
        return known

    def support(self) -> QuerySet[Support]:
        where = areas_with(Right.SEE_AREA, self.held)
        log = Support.objects.select_related("area")
        return log if where is None else log.filter(area__in=where)


def held_on(day: date, person: Person) -> tuple[Held, ...]:
    """The roles of one person that hold on a day."""
    roles = roles_on(day).filter(person=person).values_list("role", "area_id")
    return tuple(Held(Role(role), area) for role, area in roles)


def roles_on(day: date) -> QuerySet[RoleHeld]:
    """The roles that hold on a day, of everybody."""
    return RoleHeld.objects.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)

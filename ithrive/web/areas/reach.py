"""How a view reaches local areas: through the person who asks, never through a model's manager."""

from datetime import date
from typing import Protocol

from django.db.models import QuerySet
from django.http import HttpRequest

from ithrive.web.areas.models import LocalArea, Membership, Support
from ithrive.web.rights import Right


class Reach(Protocol):
    """What a person may reach, on the day of the request. `accounts` gives every request one."""

    def may(self, right: Right, area: LocalArea | None = None) -> bool:
        """Whether the person has a right: in an area, or (None) everywhere."""

    def require(self, right: Right, area: LocalArea | None = None) -> None:
        """Do nothing if the person may; otherwise raise what turns into sign-in, second factor or refusal."""

    def public(self) -> QuerySet[LocalArea]:
        """Every local area, for what anyone may know of it (name, dates, public role)."""

    def having(self, right: Right) -> QuerySet[LocalArea]:
        """The local areas in which the person has a right."""

    def memberships(self, on: date | None = None) -> QuerySet[Membership]:
        """The memberships the person may know of, on a day or ever: comparison sites only for evaluators."""

    def support(self) -> QuerySet[Support]:
        """The support log of the areas whose own pages the person may see."""


class AreaRequest(HttpRequest):
    """A request that has been given its reach."""

    areas: Reach

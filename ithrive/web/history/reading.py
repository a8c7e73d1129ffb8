"""Which lines of history somebody may read. The lines on comparison sites are for evaluators alone."""

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from ithrive.web.history.models import Change

EVERYWHERE = None


def readable(
    areas: Collection[int] | None, confidential_in: Collection[int] | None = frozenset()
) -> QuerySet[Change]:
    """The lines for somebody who may read the history of these areas (None: everything).

    `confidential_in`: the areas (None: all) in which they may know of comparison sites. Who may know of
    them may read those lines, even without a right to the rest of the history.
    """
    known = Q() if areas is EVERYWHERE else Q(area__in=areas)
    secret = Q() if confidential_in is EVERYWHERE else Q(area__in=confidential_in)
    return Change.objects.filter(known & Q(confidential_to="") | secret & ~Q(confidential_to=""))


def changes_about(area_id: int, *, may_see_confidential: bool) -> QuerySet[Change]:
    """What changed in one area, the latest first, for somebody who may read its history."""
    return readable([area_id], [area_id] if may_see_confidential else [])


def names_of(references: Collection[str]) -> dict[str, str]:
    """The names of those authors who still have an account, by reference."""
    people = get_user_model()._default_manager.filter(reference__in=set(references))
    return dict(people.values_list("reference", "name"))

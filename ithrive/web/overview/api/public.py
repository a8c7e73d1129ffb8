"""What anyone may know: the same for everybody who asks, so that answers may be kept and passed on."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from ithrive.areas import membership
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.places import LocalArea
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.areas.gazetteers import Revision, gazetteer_of, revision_of
from ithrive.web.areas.models import Membership
from ithrive.web.areas.standing import as_value


def country(slug: str) -> tuple[Revision, Gazetteer]:
    revision = revision_of(slug)
    return revision, gazetteer_of(revision)


def roles(revision: Revision, on: date | None = None) -> QuerySet[Membership]:
    """The roles of a country's areas, as somebody who is not signed in may know them, on a day or ever."""
    nobody = PersonsReach(AnonymousUser(), timezone.localdate(), proved_second_factor=lambda: False)
    known = nobody.memberships(on).filter(area__country=revision.country)
    return known.order_by("area__kind", "area__code", "starts", "id")


def role_values(revision: Revision) -> tuple[membership.Membership, ...]:
    return tuple(as_value(row) for row in roles(revision))


def local_area(gazetteer: Gazetteer, kind: str, code: str) -> LocalArea:
    area = gazetteer.local_areas.get((kind, code))
    if area is None:
        raise Http404(f"{gazetteer.country.name} has no area of kind {kind} with the code {code}.")
    return area

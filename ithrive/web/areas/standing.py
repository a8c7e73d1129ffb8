"""Reading an area's roles and its life from the database, as the plain values that the rules take."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F, Min, Q

from ithrive.areas import membership, timeline
from ithrive.areas.membership import MemberRole
from ithrive.areas.support import SupportGiven, SupportKind
from ithrive.web.areas.models import Country, Geography, Link, LocalArea, Membership, Support


def as_value(row: Membership) -> membership.Membership:
    return membership.Membership(
        row.area.code, MemberRole(row.role), row.area.kind, row.starts, row.ends, row.note
    )


def as_given(row: Support) -> SupportGiven:
    return SupportGiven(row.area.code, row.on, SupportKind(row.kind), row.days, row.given_by, row.purpose)


def life_of(area: LocalArea) -> timeline.Life:
    return lives([area])[area.pk]


def lives(areas: Iterable[LocalArea]) -> Mapping[int, timeline.Life]:
    """When each area existed, by its number, with the names of what it became; three queries in all.

    An area of the earliest geography of its kind may be older than what was loaded: its start is not known.
    """
    asked = list(areas)
    became = _became({area.pk for area in asked if area.ends})
    first = _first_days({area.country_id for area in asked})
    return {
        area.pk: timeline.Life(
            area.name,
            _known_start(area, first.get((area.country_id, area.kind))),
            area.ends,
            tuple(became[area.pk]),
        )
        for area in asked
    }


def _known_start(area: LocalArea, first: date | None) -> date | None:
    # No geography of its kind is loaded any longer: then nothing older is either.
    return area.starts if first is None or area.starts > first else None


def _became(ended: set[int]) -> dict[int, list[str]]:
    """The names of the areas that took the place of an ended one: where its people then lived."""
    of_its_kind = Q(to_place__geography__kind=F("from_place__geography__kind"))
    of_the_kind_that_followed = Q(to_place__geography__follows=F("from_place__geography__key"))
    links = (
        Link.objects.filter(
            of_its_kind | of_the_kind_that_followed,
            from_place__local_area__in=ended,
            from_place__geography__ends=F("to_place__geography__starts"),
        )
        .exclude(to_place__local_area=F("from_place__local_area"))
        .order_by("-share_of_from", "to_place__name")
        .values_list("from_place__local_area", "to_place__name")
    )
    became: dict[int, list[str]] = defaultdict(list)
    for area, name in links:
        became[area].append(name)
    return became


def _first_days(countries: set[int]) -> dict[tuple[int, str], date]:
    rows = (
        Geography.objects.filter(country__in=countries)
        .order_by()
        .values_list("country", "kind")
        .annotate(first=Min("starts"))
    )
    return {(country, kind): first for country, kind, first in rows}


def by_code(country: Country, codes: Iterable[str]) -> Mapping[str, list[LocalArea]]:
    """The country's local areas with these codes; a code may belong to more than one kind of area."""
    found: dict[str, list[LocalArea]] = defaultdict(list)
    for area in LocalArea.objects.filter(country=country, code__in=set(codes)).order_by("kind"):
        found[area.code].append(area)
    return found

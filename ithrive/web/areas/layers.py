"""The layers of a spread map, from what the reader may know of."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Sum

from ithrive.areas import spread
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import Membership
from ithrive.areas.support import SupportKind, SupportTotal
from ithrive.web.areas.models import LocalArea, Support
from ithrive.web.areas.reach import Reach
from ithrive.web.areas.standing import as_value
from ithrive.web.rights import Right

ROLE, SUPPORT, LAST_CONTACT = "role", "support", "last-contact"

WHY_NOT_LAST_CONTACT = (
    "The last contact is shown to people who work with an area. Sign in with such a role to see it."
)


def choices(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """What a map of the country can show, by key, in words."""
    return [
        (ROLE, "Role in the Community of Practice"),
        (SUPPORT, "Direct support given"),
        (LAST_CONTACT, "Last support given"),
        *((each.key, spread.attribute_title(each)) for each in gazetteer.attributes),
    ]


def why_not(show: str, areas: Reach) -> str | None:
    """The reason why this reader cannot have a layer, or None."""
    if show == LAST_CONTACT and not areas.having(Right.SEE_AREA).exists():
        return WHY_NOT_LAST_CONTACT
    return None


def layer_of(areas: Reach, gazetteer: Gazetteer, *, show: str, geography: str, on: date) -> spread.Layer:
    """One layer on a day, on the areas of a geography."""
    slug = gazetteer.country.slug
    if show == SUPPORT:
        return spread.support_layer(gazetteer, days_given(slug, on), geography=geography, on=on)
    if show == LAST_CONTACT:
        contacts, seen = last_contacts(areas, slug, on)
        return spread.last_contact_layer(gazetteer, contacts, geography=geography, on=on, seen=seen)
    for attribute in gazetteer.attributes:
        if attribute.key == show:
            return spread.attribute_layer(gazetteer, attribute, geography=geography)
    return spread.role_layer(gazetteer, memberships_of(areas, slug), geography=geography, on=on)


def memberships_of(areas: Reach, slug: str) -> Sequence[Membership]:
    """Every membership of a country, ever, that the reader may know of; one query."""
    return [as_value(row) for row in areas.memberships().filter(area__country__slug=slug)]


def days_given(slug: str, on: date) -> dict[spread.AreaKey, float]:
    """Days of direct support in the year up to a day, by area: public, unlike what it was for and by whom."""
    rows = (
        Support.objects.filter(area__country__slug=slug, on__gt=on - spread.YEAR, on__lte=on)
        .order_by()
        .values_list("area__kind", "area__code")
        .annotate(total=Sum("days", default=Decimal()))
    )
    return {(kind, code): float(total) for kind, code, total in rows}


def last_contacts(
    areas: Reach, slug: str, on: date
) -> tuple[dict[spread.AreaKey, date], frozenset[spread.AreaKey] | None]:
    """The last support up to a day where the reader may see the log, and where that is (None: everywhere)."""
    rows = (
        areas.support()
        .filter(area__country__slug=slug, on__lte=on)
        .order_by()
        .values_list("area__kind", "area__code")
        .annotate(last=Max("on"))
    )
    contacts = {(kind, code): last for kind, code, last in rows}
    if areas.may(Right.SEE_AREA):
        return contacts, None
    own = areas.having(Right.SEE_AREA).filter(country__slug=slug).values_list("kind", "code")
    return contacts, frozenset(own)


def support_totals(areas: Reach, area: LocalArea) -> tuple[SupportTotal, ...]:
    """How often and how long an area was supported, by kind."""
    rows = (
        areas.support()
        .filter(area=area)
        .order_by("kind")
        .values_list("kind")
        .annotate(times=Count("id"), days=Sum("days"))
    )
    return tuple(SupportTotal(SupportKind(kind), times, days) for kind, times, days in rows)

"""Which region each local area lies in: the one in which most of its people live."""

from collections.abc import Iterable, Mapping
from datetime import date

from ithrive.areas.gazetteer import Gazetteer
from ithrive.web.areas import gazetteers
from ithrive.web.areas.models import LocalArea

REGION = "region"


def regions(areas: Iterable[LocalArea], on: date) -> Mapping[int, str]:
    """The region's name by the area's number; areas without one are left out. One query, whatever their
    number: the rest is in memory."""
    asked = list(areas)
    countries = {each.country: each for each in gazetteers.countries()}
    found: dict[int, str] = {}
    for country in {area.country_id for area in asked} & set(countries):
        gazetteer = gazetteers.gazetteer_of(countries[country])
        names = gazetteer.remembered((REGION, on), lambda held=gazetteer: _names(held, on))  # type: ignore[misc]
        for area in asked:
            if area.country_id == country and (area.kind, area.code) in names:
                found[area.pk] = names[area.kind, area.code]
    return found


def _names(gazetteer: Gazetteer, on: date) -> dict[tuple[str, str], str]:
    """By kind and code. A kind whose name speaks of regions is one: `region`, `nhs-region`."""
    kinds = [kind for kind in gazetteer.kinds if REGION in kind]
    shares: dict[tuple[str, str], tuple[float, str]] = {}
    for (lower, upper), links in gazetteer.links_between.items():
        of, region = gazetteer.geography_by_key[lower], gazetteer.geography_by_key[upper]
        if region.kind not in kinds or of.kind in kinds or not (region.holds_on(on) and of.holds_on(on)):
            continue
        names = gazetteer.places_by_geography[upper]
        for link in links:
            mine = (link.share_of_from, names[link.to_code].name)
            key = (of.kind, link.from_code)
            shares[key] = max(shares.get(key, (0.0, "")), mine)
    return {key: name for key, (_, name) in shares.items()}

"""The places of a study's sites: who lives there, what they are like, what became of them."""

from collections.abc import Mapping

from ithrive.areas.gazetteer import Gazetteer
from ithrive.evaluation.protocol import Protocol
from ithrive.measures import Cell
from ithrive.periods import Quarter
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.models import Link, LocalArea
from ithrive.web.overview.people_there import people_nearest

PEOPLE = "Children and young people"


def people(protocol: Protocol, areas: Mapping[str, LocalArea]) -> dict[tuple[str, Quarter], Cell]:
    """The children of each site in each quarter, of the nearest year known; none where none is loaded."""
    found: dict[tuple[str, Quarter], Cell] = {}
    by_year: dict[tuple[str, str, int], Mapping[str, int]] = {}
    for site, area in areas.items():
        gazetteer = gazetteer_of(area.country.slug)
        for quarter in protocol.quarters:
            geography = gazetteer.geography_on(area.kind, quarter.starts)
            if geography is None:
                continue
            key = (area.country.slug, geography.key, quarter.year)
            if key not in by_year:
                by_year[key] = _people_in(gazetteer, geography.key, quarter.year)
            count = by_year[key].get(area.code)
            if count is not None:
                found[site, quarter] = Cell.of(count)
    return found


def _people_in(gazetteer: Gazetteer, geography: str, year: int) -> Mapping[str, int]:
    there = people_nearest(gazetteer, geography, year)
    return there.by_code if there else {}


def covariates(
    gazetteer: Gazetteer, geography: str, year: int
) -> tuple[tuple[str, ...], dict[str, tuple[float | None, ...]]]:
    """Names, and by code the figures of every area of a geography; None where one is not known."""
    living = _people_in(gazetteer, geography, year)
    known = {
        (each.attribute, each.code): each.value for each in gazetteer.values if each.geography == geography
    }
    keys = [each.key for each in gazetteer.attributes]
    titles = tuple(each.title for each in gazetteer.attributes)
    values: dict[str, tuple[float | None, ...]] = {
        code: (living.get(code), *(known.get((key, code)) for key in keys))
        for code in gazetteer.places_by_geography.get(geography, {})
    }
    return (PEOPLE, *titles), values


def successors(area: LocalArea) -> list[tuple[str, float]]:
    """The areas that took up an area's people when it ended, each with the share it took."""
    if area.ends is None:
        return []
    links = Link.objects.filter(from_place__local_area=area).exclude(to_place__local_area=area)
    after = links.filter(to_place__geography__starts=area.ends)
    rows = after.order_by("to_place__local_area__code").values_list(
        "to_place__local_area__code", "share_of_from"
    )
    return [(code, share) for code, share in rows]

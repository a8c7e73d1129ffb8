"""Everything known of one country's areas through time, as plain values.

A gazetteer is made by reading official files (`manifest`, `loading`), by the demonstration, or by the
website from its database. Every rule on areas takes one and changes nothing in it.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ithrive.areas.places import Country, Geography, LocalArea, Name, Place

if TYPE_CHECKING:  # shapely is slow to import, and only boundaries need it
    from shapely.geometry.base import BaseGeometry

Answer = TypeVar("Answer")
MOST_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of the gazetteer came from: shown wherever its figures are shown."""

    title: str
    kind: str  # boundaries, codes, lineage, small-areas, population, attribute
    publisher: str
    licence: str
    vintage: str
    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Link:
    """How much of one area lies in another.

    `share_of_from` of the people of the first live in the second, and make up `share_of_to` of it.
    Mergers, splits and nesting are all the same fact. `basis` says whose shares they are.
    """

    from_geography: str
    from_code: str
    to_geography: str
    to_code: str
    share_of_from: float
    share_of_to: float
    basis: str


@dataclass(frozen=True, slots=True)
class Population:
    """People in one area at the middle of one year; `persons[age]` is the count of that single age."""

    geography: str
    code: str
    mid_year: int
    persons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something measured of areas: a deprivation score, spend on mental health."""

    key: str
    title: str
    unit: str
    vintage: str
    higher_means: str = ""  # plain words: "more deprived"


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """One area's value of an attribute. None is "not available", never zero."""

    attribute: str
    geography: str
    code: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Boundary:
    """An area's outline on the ground, in metres (national grid) so that it can be drawn as it is."""

    geography: str
    code: str
    outline: "BaseGeometry"


@dataclass(frozen=True)
class Gazetteer:
    """The areas of one country through time."""

    country: Country
    geographies: tuple[Geography, ...]
    places: tuple[Place, ...]
    links: tuple[Link, ...] = ()
    populations: tuple[Population, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    values: tuple[AttributeValue, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    sources: tuple[Source, ...] = field(default=())

    @cached_property
    def geography_by_key(self) -> dict[str, Geography]:
        return {geography.key: geography for geography in self.geographies}

    @cached_property
    def places_by_geography(self) -> dict[str, dict[str, Place]]:
        found: dict[str, dict[str, Place]] = {geography.key: {} for geography in self.geographies}
        for place in self.places:
            found[place.geography][place.code] = place
        return found

    @cached_property
    def links_between(self) -> dict[tuple[str, str], tuple[Link, ...]]:
        """The links by the pair of geographies they join, as they were recorded."""
        found: dict[tuple[str, str], list[Link]] = {}
        for link in self.links:
            found.setdefault((link.from_geography, link.to_geography), []).append(link)
        return {pair: tuple(links) for pair, links in found.items()}

    @cached_property
    def populations_by_year(self) -> dict[int, dict[str, dict[str, Population]]]:
        """Mid-year, then geography, then code, to the population recorded."""
        found: dict[int, dict[str, dict[str, Population]]] = {}
        for each in self.populations:
            found.setdefault(each.mid_year, {}).setdefault(each.geography, {})[each.code] = each
        return found

    def remembered(self, key: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """What was worked out under this key before; otherwise work it out now. Nobody may change it."""
        found: Answer | None = self._remembered.get(key)
        if found is not None:
            return found
        answer = work_out()
        # Ages come from addresses that anyone can write, so what is kept has a limit.
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = answer
        return answer

    @cached_property
    def _remembered(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Each kind of area, in the order in which the geographies name them."""
        return tuple(dict.fromkeys(geography.kind for geography in self.geographies))

    def geography_on(self, kind: str, day: date) -> Geography | None:
        """The geography of a kind that held on a day."""
        for geography in self.geographies:
            if geography.kind == kind and geography.holds_on(day):
                return geography
        return None

    def places_on(self, kind: str, day: date) -> Sequence[Place]:
        """The areas of a kind as they were on a day; empty where no geography of the kind held."""
        geography = self.geography_on(kind, day)
        return tuple(self.places_by_geography[geography.key].values()) if geography else ()

    @cached_property
    def local_areas(self) -> dict[tuple[str, str], LocalArea]:
        """Every local area by (kind, code), with the names it had and the days between which it lived.

        An area lives from the first geography of its kind that has its code to the end of the last.
        """
        standings: dict[tuple[str, str], list[tuple[Geography, Place]]] = {}
        for geography in sorted(self.geographies, key=lambda each: each.starts):
            for place in self.places_by_geography[geography.key].values():
                standings.setdefault((geography.kind, place.code), []).append((geography, place))
        return {key: _local_area(key, standing) for key, standing in standings.items()}


def _local_area(key: tuple[str, str], standing: list[tuple[Geography, Place]]) -> LocalArea:
    names: list[Name] = []
    for geography, place in standing:
        if names and (names[-1].name, names[-1].ods_code) == (place.name, place.ods_code):
            names[-1] = Name(place.name, place.ods_code, names[-1].starts, geography.ends)
        else:
            names.append(Name(place.name, place.ods_code, geography.starts, geography.ends))
    kind, code = key
    return LocalArea(kind, code, tuple(names), names[0].starts, names[-1].ends)

"""Gazetteers built from the database, kept by each process until the country is loaded again.

A page asks once for the country's revision, which is one small query; everything else about the
country comes from memory.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import DatabaseError
from django.http import Http404
from shapely.geometry import shape

from ithrive.areas import places
from ithrive.areas.gazetteer import (
    Attribute,
    AttributeValue,
    Boundary,
    Gazetteer,
    Link,
    Population,
    Source,
)
from ithrive.web.areas import models
from ithrive.web.areas.drawings import HEXAGONS, LAND, Drawn, as_drawn

KEPT_COUNTRIES = 4
# A hundred kilobytes each, at most.
KEPT_DRAWINGS = 64


@dataclass(frozen=True, slots=True)
class Revision:
    """One country as it was last loaded: the key of everything a process keeps about it."""

    country: int
    slug: str
    name: str
    fictional: bool
    digest: str


def countries() -> Sequence[Revision]:
    """Every country that was loaded, real ones first, then by name."""
    rows = models.Country.objects.order_by("fictional", "name")
    return [_revision(row) for row in rows]


def revision_of(slug: str) -> Revision:
    """A country by its address; not found if it was never loaded."""
    row = models.Country.objects.filter(slug=slug).first()
    if row is None:
        raise Http404(f"No areas of a country called {slug} have been loaded.")
    return _revision(row)


def gazetteer_of(country: str | Revision) -> Gazetteer:
    """Everything known of a country's areas, without the boundaries, which pages do not need."""
    return _gazetteer(revision_of(country) if isinstance(country, str) else country)


def drawing_of(revision: Revision, geography: str, layout: str) -> Drawn | None:
    """A geography's outlines in a layout; None where it cannot be drawn so."""
    return _drawing(revision, geography, layout)


def boundaries_of(revision: Revision, geography: str) -> tuple[Boundary, ...]:
    """A geography's outlines on the ground, read anew each time: they are large and seldom wanted."""
    rows = models.Boundary.objects.filter(
        place__geography__country=revision.country, place__geography__key=geography
    ).order_by("id")
    return tuple(
        Boundary(geography, code, shape(json.loads(outline)))
        for code, outline in rows.values_list("place__local_area__code", "outline")
    )


def warm_up() -> None:
    """Read every country and the maps of its areas of today, so that no visitor waits for it.

    A server may start before its database is there or has tables: then the first visitor waits after all.
    """
    try:
        for revision in countries()[:KEPT_COUNTRIES]:
            for geography in gazetteer_of(revision).geographies:
                if geography.ends is None:
                    drawing_of(revision, geography.key, LAND)
                    drawing_of(revision, geography.key, HEXAGONS)
    except DatabaseError:
        return


def forget() -> None:
    """Drop what this process keeps: for tests, which write tables that no load would."""
    _gazetteer.cache_clear()
    _drawing.cache_clear()


def _revision(row: models.Country) -> Revision:
    return Revision(row.pk, row.slug, row.name, row.fictional, row.revision)


@lru_cache(maxsize=KEPT_DRAWINGS)
def _drawing(revision: Revision, geography: str, layout: str) -> Drawn | None:
    row = models.Drawing.objects.filter(
        geography__country=revision.country, geography__key=geography, layout=layout
    ).first()
    return Drawn(as_drawn(row.outlines), row.per_hexagon, row.unplaced) if row else None


@lru_cache(maxsize=KEPT_COUNTRIES)
def _gazetteer(revision: Revision) -> Gazetteer:
    country = revision.country
    return Gazetteer(
        country=places.Country(revision.slug, revision.name, revision.fictional),
        geographies=_geographies(country),
        places=_places(country),
        links=_links(country),
        populations=_populations(country),
        attributes=_attributes(country),
        values=_values(country),
        sources=_sources(country),
    )


def _geographies(country: int) -> tuple[places.Geography, ...]:
    rows = models.Geography.objects.filter(country=country).order_by("id")
    fields = rows.values_list("key", "kind", "title", "starts", "ends", "follows")
    return tuple(places.Geography(*row) for row in fields)


def _places(country: int) -> tuple[places.Place, ...]:
    rows = models.Place.objects.filter(geography__country=country).order_by("id")
    fields = rows.values_list("geography__key", "local_area__code", "name", "ods_code")
    return tuple(places.Place(key, code, name, ods or None) for key, code, name, ods in fields)


def _links(country: int) -> tuple[Link, ...]:
    rows = models.Link.objects.filter(from_place__geography__country=country).order_by("id")
    fields = rows.values_list(
        "from_place__geography__key",
        "from_place__local_area__code",
        "to_place__geography__key",
        "to_place__local_area__code",
        "share_of_from",
        "share_of_to",
        "basis",
    )
    return tuple(Link(*row) for row in fields)


def _populations(country: int) -> tuple[Population, ...]:
    rows = models.Population.objects.filter(place__geography__country=country).order_by("id")
    fields = rows.values_list("place__geography__key", "place__local_area__code", "mid_year", "persons")
    return tuple(Population(key, code, year, tuple(persons)) for key, code, year, persons in fields)


def _attributes(country: int) -> tuple[Attribute, ...]:
    rows = models.Attribute.objects.filter(country=country).order_by("id")
    return tuple(
        Attribute(*row) for row in rows.values_list("key", "title", "unit", "vintage", "higher_means")
    )


def _values(country: int) -> tuple[AttributeValue, ...]:
    rows = models.AttributeValue.objects.filter(attribute__country=country).order_by("id")
    fields = rows.values_list("attribute__key", "place__geography__key", "place__local_area__code", "value")
    return tuple(AttributeValue(*row) for row in fields)


def _sources(country: int) -> tuple[Source, ...]:
    rows = models.Source.objects.filter(country=country).order_by("id")
    fields = rows.values_list("title", "kind", "publisher", "licence", "vintage", "file", "sha256", "rows")
    return tuple(Source(*row) for row in fields)

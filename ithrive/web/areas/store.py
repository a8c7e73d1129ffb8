"""Writes a gazetteer into the database: everything or nothing, and nothing when it is there already."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import shapely
from django.db import transaction

from ithrive.areas import places
from ithrive.areas.gazetteer import Boundary, Gazetteer
from ithrive.areas.revision import revision
from ithrive.web.areas import models
from ithrive.web.areas.drawings import Prepared, as_kept, prepare
from ithrive.web.history.record import Author, record

BATCH = 500  # rows per insert: SQLite binds a limited number of values to one statement

PlaceKey = tuple[str, str]  # geography key, code


@dataclass(frozen=True, slots=True)
class Stored:
    """What a load came to: how many rows of each kind the country has, and whether this load changed them."""

    country: str
    changed: bool
    counts: Mapping[str, int]


def store(gazetteer: Gazetteer, *, by: Author) -> Stored:
    """Make the database hold this gazetteer as the only truth on its country's areas.

    Local areas that it no longer names stay, because memberships and history point at them.
    """
    digest = revision(gazetteer)
    slug = gazetteer.country.slug
    if _is_held(slug, digest):
        return Stored(gazetteer.country.name, changed=False, counts=_counts(gazetteer))
    # Drawing takes seconds, so it happens before the one write lock is taken.
    prepared = prepare(gazetteer)
    with transaction.atomic():
        if _is_held(slug, digest):  # somebody loaded the same meanwhile
            return Stored(gazetteer.country.name, changed=False, counts=_counts(gazetteer))
        _replace(gazetteer, digest, prepared)
        record(
            by=by,
            action="load areas",
            subject=f"country {slug}",
            summary=f"Loaded the areas of {gazetteer.country.name}.",
            after={"revision": digest, **_counts(gazetteer)},
        )
    return Stored(gazetteer.country.name, changed=True, counts=_counts(gazetteer))


def _is_held(slug: str, digest: str) -> bool:
    return models.Country.objects.filter(slug=slug, revision=digest).exists()


def _counts(gazetteer: Gazetteer) -> dict[str, int]:
    return {
        "geographies": len(gazetteer.geographies),
        "local areas": len(gazetteer.local_areas),
        "places": len(gazetteer.places),
        "links": len(gazetteer.links),
        "populations": len(gazetteer.populations),
        "attributes": len(gazetteer.attributes),
        "values": len(gazetteer.values),
        "boundaries": len(gazetteer.boundaries),
        "sources": len(gazetteer.sources),
    }


def _replace(gazetteer: Gazetteer, digest: str, prepared: Iterable[Prepared]) -> None:
    country = _country(gazetteer.country, digest)
    _clear(country)
    geographies = _geographies(country, gazetteer)
    stored = _places(geographies, _local_areas(country, gazetteer), gazetteer)
    _links(stored, gazetteer)
    _populations(stored, gazetteer)
    _attributes(country, stored, gazetteer)
    _boundaries(stored, gazetteer.boundaries)
    _sources(country, gazetteer)
    _drawings(geographies, prepared)


def _country(country: places.Country, digest: str) -> models.Country:
    stored, _ = models.Country.objects.update_or_create(
        slug=country.slug,
        defaults={"name": country.name, "fictional": country.fictional, "revision": digest},
    )
    return stored


def _clear(country: models.Country) -> None:
    """Delete the reference rows, leaves first, so that each deletion is one statement."""
    models.Link.objects.filter(from_place__geography__country=country).delete()
    models.Population.objects.filter(place__geography__country=country).delete()
    models.AttributeValue.objects.filter(attribute__country=country).delete()
    models.Attribute.objects.filter(country=country).delete()
    models.Boundary.objects.filter(place__geography__country=country).delete()
    models.Drawing.objects.filter(geography__country=country).delete()
    models.Place.objects.filter(geography__country=country).delete()
    models.Geography.objects.filter(country=country).delete()
    models.Source.objects.filter(country=country).delete()


def _geographies(country: models.Country, gazetteer: Gazetteer) -> dict[str, models.Geography]:
    rows = [models.Geography(country=country, **asdict(each)) for each in gazetteer.geographies]
    return {row.key: row for row in models.Geography.objects.bulk_create(rows, BATCH)}


def _local_areas(country: models.Country, gazetteer: Gazetteer) -> dict[tuple[str, str], models.LocalArea]:
    """Every local area by kind and code: those known before keep their number."""
    models.LocalArea.objects.bulk_create(
        [
            models.LocalArea(
                country=country,
                kind=area.kind,
                code=area.code,
                name=area.names[-1].name,
                ods_code=area.names[-1].ods_code or "",
                starts=area.starts,
                ends=area.ends,
            )
            for area in gazetteer.local_areas.values()
        ],
        BATCH,
        update_conflicts=True,
        unique_fields=["country", "kind", "code"],
        update_fields=["name", "ods_code", "starts", "ends"],
    )
    return {(each.kind, each.code): each for each in models.LocalArea.objects.filter(country=country)}


def _places(
    geographies: Mapping[str, models.Geography],
    local_areas: Mapping[tuple[str, str], models.LocalArea],
    gazetteer: Gazetteer,
) -> dict[PlaceKey, models.Place]:
    rows = [
        models.Place(
            geography=geographies[place.geography],
            local_area=local_areas[geographies[place.geography].kind, place.code],
            name=place.name,
            ods_code=place.ods_code or "",
        )
        for place in gazetteer.places
    ]
    models.Place.objects.bulk_create(rows, BATCH)
    return {(place.geography, place.code): row for place, row in zip(gazetteer.places, rows, strict=True)}


def _links(stored: Mapping[PlaceKey, models.Place], gazetteer: Gazetteer) -> None:
    models.Link.objects.bulk_create(
        (
            models.Link(
                from_place=stored[link.from_geography, link.from_code],
                to_place=stored[link.to_geography, link.to_code],
                share_of_from=link.share_of_from,
                share_of_to=link.share_of_to,
                basis=link.basis,
            )
            for link in gazetteer.links
        ),
        BATCH,
    )


def _populations(stored: Mapping[PlaceKey, models.Place], gazetteer: Gazetteer) -> None:
    models.Population.objects.bulk_create(
        (
            models.Population(
                place=stored[each.geography, each.code],
                mid_year=each.mid_year,
                persons=list(each.persons),
            )
            for each in gazetteer.populations
        ),
        BATCH,
    )


def _attributes(
    country: models.Country, stored: Mapping[PlaceKey, models.Place], gazetteer: Gazetteer
) -> None:
    rows = [models.Attribute(country=country, **asdict(each)) for each in gazetteer.attributes]
    by_key = {row.key: row for row in models.Attribute.objects.bulk_create(rows, BATCH)}
    models.AttributeValue.objects.bulk_create(
        (
            models.AttributeValue(
                attribute=by_key[each.attribute],
                place=stored[each.geography, each.code],
                value=each.value,
            )
            for each in gazetteer.values
        ),
        BATCH,
    )


def _boundaries(stored: Mapping[PlaceKey, models.Place], boundaries: Iterable[Boundary]) -> None:
    models.Boundary.objects.bulk_create(
        (
            models.Boundary(
                place=stored[each.geography, each.code],
                outline=json.dumps(shapely.geometry.mapping(each.outline), separators=(",", ":")),
            )
            for each in boundaries
        ),
        BATCH,
    )


def _sources(country: models.Country, gazetteer: Gazetteer) -> None:
    models.Source.objects.bulk_create(
        (models.Source(country=country, **asdict(each)) for each in gazetteer.sources), BATCH
    )


def _drawings(geographies: Mapping[str, models.Geography], prepared: Iterable[Prepared]) -> None:
    models.Drawing.objects.bulk_create(
        (
            models.Drawing(
                geography=geographies[each.geography],
                layout=each.layout,
                outlines=as_kept(each.drawn.outlines),
                per_hexagon=each.drawn.per_hexagon,
                unplaced=each.drawn.unplaced,
            )
            for each in prepared
        ),
        BATCH,
    )

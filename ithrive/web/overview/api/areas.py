"""Countries, geographies and areas."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.kin import Relative, kin_of
from ithrive.areas.places import LocalArea
from ithrive.web.areas.gazetteers import countries as all_countries
from ithrive.web.overview.api import public
from ithrive.web.overview.api.answers import ALSO_CSV, address_without_page, csv_answer
from ithrive.web.overview.api.words import REFUSALS, Day, Format, Page, Paged, Problems, Word, page_of

router = Router(tags=["areas"])
HERE = "/api/v1"


class Country(Schema):
    slug: str
    name: str
    fictional: bool = Field(description="Whether the country and all its figures are invented.")
    geographies: str = Field(description="The address of its geographies.")
    areas: str
    memberships: str
    coverage: str
    attributes: str


class Geography(Schema):
    key: str
    kind: str
    title: str
    starts: date
    ends: date | None = Field(description="The first day on which it no longer held.")
    areas: int = Field(description="How many areas it has.")
    boundaries: str = Field(description="The address of its boundaries as GeoJSON.")


class Area(Schema):
    kind: str
    code: str
    name: str = Field(description="What it was called on the day asked about.")
    ods_code: str | None
    starts: date
    ends: date | None
    role: str | None = Field(description="Its role in the Community of Practice on that day, if it had one.")
    link: str


class AreaList(Page):
    on: date
    areas: list[Area]


class NameThen(Schema):
    name: str
    ods_code: str | None
    starts: date
    ends: date | None


class RoleThen(Schema):
    role: str
    starts: date | None = Field(description="Null: the day is not known.")
    ends: date | None


class RelationTo(Schema):
    kind: str
    code: str
    name: str
    geography: str
    share_of_this: float = Field(description="Share of this area's people who live in the other.")
    share_of_other: float = Field(description="Share of the other area's people who live in this one.")
    basis: str = Field(description="Whose shares they are.")
    link: str


class WholeArea(Schema):
    kind: str
    code: str
    starts: date
    ends: date | None
    names: list[NameThen]
    geographies: list[str]
    predecessors: list[RelationTo]
    successors: list[RelationTo]
    beside: list[RelationTo] = Field(
        description="Areas of other kinds that share its people. They need not nest."
    )
    roles: list[RoleThen]


class AreasAsked(Paged):
    on: Day | None = Field(None, description="The day to ask about; today if left out.")
    kind: Word | None = Field(None, description="Only areas of this kind, such as ccg.")
    name: Word | None = Field(None, description="Only areas whose name has these letters in it.")
    role: Literal["accelerator", "member", "paused", "left"] | None = Field(
        None, description="Only areas in this role on the day."
    )
    format: Format = Field(Format.JSON, description="json, or csv for the whole list at once.")


@router.get("/countries", response={200: list[Country], 422: Problems}, summary="Every country")
def countries(request: HttpRequest) -> Any:
    return [
        {"slug": each.slug, "name": each.name, "fictional": each.fictional}
        | {part: f"{HERE}/{each.slug}/{part}" for part in COUNTRY_PARTS}
        for each in all_countries()
    ]


COUNTRY_PARTS = ("geographies", "areas", "memberships", "coverage", "attributes")


@router.get(
    "/{country}/geographies",
    response={200: list[Geography], **REFUSALS},
    summary="The sets of areas that cover a country, each for a time",
)
def geographies(request: HttpRequest, country: Path[Word]) -> Any:
    _, gazetteer = public.country(country)
    return [
        {
            "key": each.key,
            "kind": each.kind,
            "title": each.title,
            "starts": each.starts,
            "ends": each.ends,
            "areas": len(gazetteer.places_by_geography[each.key]),
            "boundaries": f"{HERE}/{country}/boundaries/{each.key}",
        }
        for each in gazetteer.geographies
    ]


@router.get(
    "/{country}/areas",
    response={200: AreaList, **REFUSALS},
    summary="Areas as they were on a day",
    openapi_extra=ALSO_CSV,
)
def areas(request: HttpRequest, country: Path[Word], asked: Query[AreasAsked]) -> Any:
    revision, gazetteer = public.country(country)
    on = asked.on or timezone.localdate()
    role_of = {(row.area.kind, row.area.code): row.role for row in public.roles(revision, on)}
    rows = [row for row in _areas_on(gazetteer, on, role_of) if _wanted(row, asked)]
    if asked.format is Format.CSV:
        return csv_answer(f"{country}-areas-{on}", list(Area.model_fields), rows)
    where, shown = page_of(rows, asked, address_without_page(request))
    return {**where, "on": on, "areas": shown}


@router.get(
    "/{country}/areas/{kind}/{code}",
    response={200: WholeArea, **REFUSALS},
    summary="One area: its names, relations and public roles through time",
)
def area(
    request: HttpRequest, country: Path[Word], kind: Path[Word], code: Path[Word]
) -> HttpResponse | dict[str, Any]:
    revision, gazetteer = public.country(country)
    found = public.local_area(gazetteer, kind, code)
    kin = kin_of(gazetteer, kind, code)
    roles = public.roles(revision).filter(area__kind=kind, area__code=code)
    return {
        "kind": found.kind,
        "code": found.code,
        "starts": found.starts,
        "ends": found.ends,
        "names": found.names,
        "geographies": [each.key for each in gazetteer.geographies if _has(gazetteer, each.key, found)],
        "predecessors": _related(gazetteer, kin.before),
        "successors": _related(gazetteer, kin.after),
        "beside": [each for near in kin.beside.values() for each in _related(gazetteer, near)],
        "roles": list(roles.values("role", "starts", "ends")),
    }


def _areas_on(gazetteer: Gazetteer, on: date, role_of: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind,
            "code": each.code,
            "name": name.name,
            "ods_code": name.ods_code,
            "starts": each.starts,
            "ends": each.ends,
            "role": role_of.get((each.kind, each.code)),
            "link": _link(gazetteer.country.slug, each.kind, each.code),
        }
        for each in gazetteer.local_areas.values()
        if (name := each.on(on))
    ]


def _wanted(row: dict[str, Any], asked: AreasAsked) -> bool:
    return (
        asked.kind in (None, row["kind"])
        and asked.role in (None, row["role"])
        and (asked.name is None or asked.name.casefold() in row["name"].casefold())
    )


def _has(gazetteer: Gazetteer, geography: str, area: LocalArea) -> bool:
    of_kind = gazetteer.geography_by_key[geography].kind == area.kind
    return of_kind and area.code in gazetteer.places_by_geography[geography]


def _related(gazetteer: Gazetteer, relatives: Iterable[Relative]) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.geography.kind,
            "code": each.code,
            "name": gazetteer.places_by_geography[each.geography.key][each.code].name,
            "geography": each.geography.key,
            "share_of_this": each.share_of_this,
            "share_of_other": each.share_of_that,
            "basis": each.basis,
            "link": _link(gazetteer.country.slug, each.geography.kind, each.code),
        }
        for each in relatives
    ]


def _link(country: str, kind: str, code: str) -> str:
    return f"{HERE}/{country}/areas/{kind}/{code}"

"""What is measured of areas: deprivation, rurality, spend, or whatever else was loaded."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Path, Query, Router, Schema

from ithrive.web.overview.api import public
from ithrive.web.overview.api.answers import ALSO_CSV, address_without_page, csv_answer
from ithrive.web.overview.api.areas import HERE
from ithrive.web.overview.api.words import REFUSALS, Format, Page, Paged, Word, page_of

router = Router(tags=["attributes"])


class Attribute(Schema):
    key: str
    title: str
    unit: str
    vintage: str
    higher_means: str
    values: str = Field(description="The address of its values.")


class Value(Schema):
    geography: str
    code: str
    name: str
    value: float | None = Field(description="Null: not available. Never a stand-in for zero.")


class ValueList(Page):
    attribute: str
    values: list[Value]


class ValuesAsked(Paged):
    geography: Word | None = Field(None, description="Only values of this geography.")
    format: Format = Field(Format.JSON, description="json, or csv for the whole list at once.")


@router.get(
    "/{country}/attributes",
    response={200: list[Attribute], **REFUSALS},
    summary="What is measured of a country's areas",
)
def attributes(request: HttpRequest, country: Path[Word]) -> Any:
    _, gazetteer = public.country(country)
    return [
        {
            "key": each.key,
            "title": each.title,
            "unit": each.unit,
            "vintage": each.vintage,
            "higher_means": each.higher_means,
            "values": f"{HERE}/{country}/attributes/{each.key}",
        }
        for each in gazetteer.attributes
    ]


@router.get(
    "/{country}/attributes/{key}",
    response={200: ValueList, **REFUSALS},
    summary="One attribute's value in every area",
    openapi_extra=ALSO_CSV,
)
def values(request: HttpRequest, country: Path[Word], key: Path[Word], asked: Query[ValuesAsked]) -> Any:
    _, gazetteer = public.country(country)
    if key not in {each.key for each in gazetteer.attributes}:
        raise Http404(f"{gazetteer.country.name} has no attribute {key}.")
    rows = [
        {
            "geography": each.geography,
            "code": each.code,
            "name": gazetteer.places_by_geography[each.geography][each.code].name,
            "value": each.value,
        }
        for each in gazetteer.values
        if each.attribute == key and asked.geography in (None, each.geography)
    ]
    if asked.format is Format.CSV:
        return csv_answer(f"{country}-{key}", list(Value.model_fields), rows)
    where, shown = page_of(rows, asked, address_without_page(request))
    return {**where, "attribute": key, "values": shown}

"""Released figures, the measures they are of, and what their codes mean."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from ithrive.measures import measures as every_measure
from ithrive.web.overview import release_files
from ithrive.web.overview.api.answers import ALSO_CSV, address_without_page, csv_answer
from ithrive.web.overview.api.areas import HERE
from ithrive.web.overview.api.words import REFUSALS, Asked, Format, Page, Paged, Problems, Word, page_of
from ithrive.web.overview.release_rows import COLUMNS, PublicRow
from ithrive.web.publications.models import Release as ReleaseRow
from ithrive.web.publications.queries import public_tables, released

router = Router(tags=["releases"])
PARQUET = "application/vnd.apache.parquet"


class FigureFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class Measure(Schema):
    id: str
    title: str
    sentence: str
    grouping: str = Field(description="The needs-based grouping it describes, or what else.")
    kind: str
    numerator: str
    denominator: str
    unit: str
    period: str
    direction: str
    levels: list[str] = Field(description="At which levels it may be shown.")
    official: list[str] = Field(description="Official measures that it is like.")
    caveats: list[str]
    status: str
    review_on: date
    definition: str = Field(description="The address of its page.")


class Code(Schema):
    list: str
    code: str
    means: str


class Release(Schema):
    reference: str
    title: str
    country: str
    quarters: list[str]
    measures: list[str]
    taken_at: datetime = Field(description="Figures are those signed off by then.")
    released_at: datetime
    licence: str
    figures: str = Field(description="The address of its figures.")
    page: str


class ReleaseList(Page):
    releases: list[Release]


class WholeRelease(Release):
    fictional: bool
    rule: str
    rule_says: str
    rules_of_measures: dict[str, str] = Field(description="Rare and sensitive measures have a stricter one.")
    hidden: int
    gap: float = Field(description="Share of the shields that might have been spared; 0: none, proved.")
    residual_risk: list[str]
    digest: str = Field(description="SHA-256 of all its rows.")
    columns: dict[str, str] = Field(description="What each column of its figures means.")


class Figure(Schema):
    """One row. A figure without a value says in `state` why; it is never nought."""

    quarter: str
    area_kind: str
    area: str
    area_name: str
    measure: str
    kind: str
    figure: str
    title: str
    grouping: str
    unit: str
    state: str
    value: int | None
    areas: int


class FigureList(Page):
    reference: str
    licence: str
    figures: list[Figure]


class MeasuresAsked(Asked):
    format: Format = Field(Format.JSON, description="json, or csv.")


class FiguresAsked(Paged):
    measure: Word | None = Field(None, description="Only figures of this measure, such as H3.")
    area: Word | None = Field(None, description="Only figures of the area with this code.")
    quarter: Word | None = Field(None, description="Only figures of this quarter, such as 2026/27 Q1.")
    grouping: Word | None = Field(None, description="Only figures of this needs-based grouping.")
    format: FigureFormat = Field(FigureFormat.JSON, description="json, or csv or parquet for all at once.")


ALSO_FILES = {
    "responses": {
        200: {
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                PARQUET: {"schema": {"type": "string", "format": "binary"}},
            }
        }
    }
}


@router.get(
    "/measures",
    response={200: list[Measure], 422: Problems},
    summary="The measures, as they are defined",
    openapi_extra=ALSO_CSV,
)
def measures(request: HttpRequest, asked: Query[MeasuresAsked]) -> Any:
    rows = [
        {
            **{name: getattr(each, name) for name in _PLAIN},
            "levels": [level.value for level in each.levels],
            "definition": f"/measures/{each.id}/",
        }
        for each in every_measure().values()
    ]
    return csv_answer("measures", list(Measure.model_fields), rows) if asked.format is Format.CSV else rows


_PLAIN = (
    "id", "title", "sentence", "grouping", "kind", "numerator", "denominator", "unit", "period", "direction",
    "official", "caveats", "status", "review_on",
)  # fmt: skip


@router.get(
    "/code-lists",
    response={200: list[Code], 422: Problems},
    summary="What the codes in released figures mean",
    openapi_extra=ALSO_CSV,
)
def code_lists(request: HttpRequest, asked: Query[MeasuresAsked]) -> Any:
    rows = release_files.code_lists()
    return csv_answer("code-lists", list(Code.model_fields), rows) if asked.format is Format.CSV else rows


@router.get(
    "/releases",
    response={200: ReleaseList, 422: Problems},
    summary="Every release of figures, the latest first",
)
def releases(request: HttpRequest, asked: Query[Paged]) -> Any:
    where, shown = page_of(list(released()), asked, address_without_page(request))
    return {**where, "releases": [_told(each) for each in shown]}


@router.get(
    "/releases/{reference}",
    response={200: WholeRelease, **REFUSALS},
    summary="One release: what it holds and how it was made safe",
)
def release(request: HttpRequest, reference: Path[Word]) -> Any:
    found = _released(reference)
    return release_files.metadata(found, list(public_tables(found))) | _told(found)


@router.get(
    "/releases/{reference}/figures",
    response={200: FigureList, **REFUSALS},
    summary="The figures of a release, small numbers hidden",
    openapi_extra=ALSO_FILES,
)
def figures(request: HttpRequest, reference: Path[Word], asked: Query[FiguresAsked]) -> Any:
    found = _released(reference)
    rows = [row for row in release_files.rows_of(found, asked.measure or "") if _wanted(row, asked)]
    if asked.format is FigureFormat.PARQUET:
        answer = HttpResponse(release_files.as_parquet(found, rows), content_type=PARQUET)
        answer["Content-Disposition"] = f'attachment; filename="{reference}.parquet"'
        return answer
    if asked.format is FigureFormat.CSV:
        told = [dict(zip(COLUMNS, row.to_list(), strict=True)) for row in rows]
        answer = csv_answer(reference, COLUMNS, told)
        # A CSV file has no room for its licence and rule: the address that tells them goes beside it.
        answer["Link"] = f'</api/v1/releases/{reference}>; rel="describedby"'
        return answer
    where, shown = page_of(rows, asked, address_without_page(request))
    listed = [dict(zip(COLUMNS, row.to_list(), strict=True)) for row in shown]
    return {**where, "reference": reference, "licence": settings.DATA_LICENCE, "figures": listed}


def _released(reference: str) -> ReleaseRow:
    found = released().filter(reference=reference).first()
    if found is None:
        raise Http404(f"There is no release {reference}.")
    return found


def _wanted(row: PublicRow, asked: FiguresAsked) -> bool:
    return (
        asked.area in (None, row.area)
        and asked.quarter in (None, row.quarter)
        and asked.grouping in (None, row.grouping)
    )


def _told(release: ReleaseRow) -> dict[str, Any]:
    return {
        "reference": release.reference,
        "title": release.title,
        "country": release.country.slug,
        "quarters": release.quarters,
        "measures": release.measures,
        "taken_at": release.taken_at,
        "released_at": release.released_at,
        "licence": settings.DATA_LICENCE,
        "figures": f"{HERE}/releases/{release.reference}/figures",
        "page": f"/releases/{release.reference}/",
    }

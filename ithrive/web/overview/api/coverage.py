"""Coverage: the share of children and young people who live in member areas, with its working."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from ithrive.areas import AgeBand, sentence, working_rows
from ithrive.areas import Coverage as Found
from ithrive.areas import coverage as coverage_of
from ithrive.web.overview.api import public
from ithrive.web.overview.api.answers import ALSO_CSV, csv_answer
from ithrive.web.overview.api.words import REFUSALS, Ages, Asked, Day, Format, Word

router = Router(tags=["coverage"])


class Line(Schema):
    """One area of the geography, member or not."""

    geography: str
    code: str
    name: str
    on: date
    ages: str
    mid_year: int
    population: int
    covered_share: float
    covered_people: int
    covered_people_at_most: int
    members: str = Field(description="Which member areas its people live in, and the share of each.")


class Coverage(Schema):
    country: str
    on: date
    ages: str
    geography: str
    mid_year: int = Field(description="The population is that of the middle of this year.")
    share: float = Field(description="Covered people as a share of all, 0 to 1.")
    share_at_most: float = Field(description="Larger only where overlaps are not known exactly.")
    covered: int
    population: int
    areas_counted: int
    sentence: str
    notes: list[str]
    working: list[Line] | None = Field(description="A line for each area; null unless asked for.")


class CoverageThen(Coverage):
    since: Coverage | None = Field(description="The same for the earlier day; null unless asked for.")


class CoverageAsked(Asked):
    on: Day | None = Field(None, description="The day to ask about; today if left out.")
    since: Day | None = Field(None, description="An earlier day to compare with.")
    ages: Ages = Field("0-17", description="Youngest and oldest age, both included.")
    geography: Word | None = Field(None, description="The geography to count on; the usual one if left out.")
    mid_year: int | None = Field(None, ge=1900, le=2200, description="Population of which year; the latest.")
    working: bool = Field(False, description="Whether to give a line for each area.")
    format: Format = Field(Format.JSON, description="json, or csv for the working alone.")


@router.get(
    "/{country}/coverage",
    response={200: CoverageThen, **REFUSALS},
    summary="The share of children and young people who live in member areas",
    openapi_extra=ALSO_CSV,
)
def coverage(request: HttpRequest, country: Path[Word], asked: Query[CoverageAsked]) -> Any:
    revision, gazetteer = public.country(country)
    roles, ages = public.role_values(revision), AgeBand.parse(asked.ages)

    def worked_out(on: date, geography: str | None) -> Found:
        return coverage_of(gazetteer, roles, on=on, ages=ages, geography=geography, mid_year=asked.mid_year)

    now = worked_out(asked.on or timezone.localdate(), asked.geography)
    if asked.format is Format.CSV:
        return csv_answer(f"{country}-coverage-{now.on}", list(Line.model_fields), working_rows(now))
    # Both days on one geography and one year's people, so that only membership can differ.
    then = worked_out(asked.since, now.geography.key) if asked.since else None
    return _told(now, asked) | {"since": _told(then, asked) if then else None}


def _told(found: Found, asked: CoverageAsked) -> dict[str, Any]:
    fields = (
        *("country", "on", "mid_year", "share", "share_at_most"),
        *("covered", "population", "areas_counted", "notes"),
    )
    return {field: getattr(found, field) for field in fields} | {
        "ages": found.ages.label,
        "geography": found.geography.key,
        "sentence": sentence(found),
        "working": working_rows(found) if asked.working else None,
    }

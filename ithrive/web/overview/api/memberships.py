"""The Community of Practice: which areas have what role, as far as the programme makes it public."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema

from ithrive.web.overview.api import public
from ithrive.web.overview.api.answers import ALSO_CSV, address_without_page, csv_answer
from ithrive.web.overview.api.words import REFUSALS, Day, Format, Page, Paged, Word, page_of

router = Router(tags=["membership"])


class Role(Schema):
    kind: str
    code: str
    name: str = Field(description="The last name that the area had.")
    role: str
    starts: date | None = Field(description="Null: the day is not known.")
    ends: date | None = Field(description="The first day on which the role no longer held.")
    note: str = Field(description="Where this is known from.")


class RoleList(Page):
    on: date | None
    memberships: list[Role]


class RolesAsked(Paged):
    on: Day | None = Field(None, description="Only roles held on this day; every role ever if left out.")
    role: Literal["accelerator", "member", "paused", "left"] | None = Field(
        None, description="Only this role."
    )
    kind: Word | None = Field(None, description="Only areas of this kind, such as ccg.")
    format: Format = Field(Format.JSON, description="json, or csv for the whole list at once.")


@router.get(
    "/{country}/memberships",
    response={200: RoleList, **REFUSALS},
    summary="Membership of the Community of Practice",
    openapi_extra=ALSO_CSV,
)
def memberships(request: HttpRequest, country: Path[Word], asked: Query[RolesAsked]) -> Any:
    revision, _ = public.country(country)
    known = public.roles(revision, asked.on)
    if asked.role:
        known = known.filter(role=asked.role)
    if asked.kind:
        known = known.filter(area__kind=asked.kind)
    rows = [
        {
            "kind": row.area.kind,
            "code": row.area.code,
            "name": row.area.name,
            "role": row.role,
            "starts": row.starts,
            "ends": row.ends,
            "note": row.note,
        }
        for row in known
    ]
    if asked.format is Format.CSV:
        return csv_answer(f"{country}-memberships", list(Role.model_fields), rows)
    where, shown = page_of(rows, asked, address_without_page(request))
    return {**where, "on": asked.on, "memberships": shown}

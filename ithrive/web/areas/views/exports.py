"""What a person may see, as CSV: the same columns as the lists that can be sent."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from ithrive.areas.member_list import COLUMNS as MEMBER_COLUMNS
from ithrive.areas.support_list import COLUMNS as SUPPORT_COLUMNS
from ithrive.tables import csv_text
from ithrive.web.areas.own_pages import country_at
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.standing import as_given
from ithrive.web.rights import Right


def memberships(request: AreaRequest, country: str) -> HttpResponse:
    """Every role that the person may know of: for anyone, the public ones."""
    place = country_at(request, country)
    roles = request.areas.memberships().filter(area__country=place).order_by("area__code", "starts", "id")
    rows = ((role.area.code, role.role, role.starts, role.ends, role.area.kind, role.note) for role in roles)
    return _file("memberships", MEMBER_COLUMNS, rows)


def support(request: AreaRequest, country: str) -> HttpResponse:
    """The support log of every area whose own pages the person may see."""
    place = country_at(request, country)
    if not request.areas.having(Right.SEE_AREA).exists():
        request.areas.require(Right.SEE_AREA)
    log = [as_given(row) for row in request.areas.support().filter(area__country=place).order_by("on", "id")]
    rows = ((each.on, each.code, each.kind, each.days, each.given_by, each.purpose) for each in log)
    return _file("support", SUPPORT_COLUMNS, rows)


def _file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    answer = HttpResponse(csv_text(headings, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer

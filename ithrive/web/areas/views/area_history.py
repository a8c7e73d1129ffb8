"""What changed in one area, and who changed it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from ithrive.web.areas.own_pages import address_of, area_at
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.components.parts import pagination
from ithrive.web.history.presenters import changes_table
from ithrive.web.history.reading import names_in, readable
from ithrive.web.rights import Right

PER_PAGE = 50


def history(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """The area's lines of history, newest first. Evaluators read those on comparison sites."""
    area = area_at(request, country, kind, code)
    may_read = request.areas.may(Right.READ_HISTORY, area)
    may_see_confidential = request.areas.may(Right.SEE_COMPARISON, area)
    if not may_see_confidential:
        request.areas.require(Right.READ_HISTORY, area)
    own = [area.pk] if request.areas.may(Right.SEE_REFLECTION, area) else []
    changes = readable([area.pk] if may_read else [], [area.pk] if may_see_confidential else [], own)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "area": area,
        "back": address_of(area),
        "count": page.paginator.count,
        "table": changes_table(page, names_in(page.object_list, request.areas)),
        "pagination": pagination(page.number, page.paginator.num_pages),
        "demonstration": area.country.fictional,
    }
    return render(request, "areas/area_history.html", words)

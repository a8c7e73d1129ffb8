"""The national board on screen and in a spreadsheet. A coach sees their own areas."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.tables import csv_text
from ithrive.tables.outgoing_workbook import xlsx_bytes
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep, for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.overview.board import (
    COLUMNS,
    SORTS,
    USUAL_SORT,
    Asked,
    BoardRow,
    board_page,
    board_rows,
    board_table,
    chosen,
)
from ithrive.web.overview.board_form import BoardForm
from ithrive.web.overview.regions import regions
from ithrive.web.overview.whereabouts import members, whereabouts
from ithrive.web.rights import Right


@require_safe
def board(request: AreaRequest) -> HttpResponse:
    """All areas by phase, with what asks for attention; filtered and sorted as the address says."""
    rows = _rows(request)
    form = BoardForm(request.GET, regions=sorted({row.region for row in rows if row.region}))
    asked = _asked(request, form)
    words = {
        "page": board_page(rows, asked),
        "filters": form,
        "sort": asked.sort,
        "breadcrumbs": breadcrumbs(("Home", "/")),
    }
    return for_this_reader(request, render(request, "overview/board.html", words))


@require_safe
def export(request: AreaRequest, ending: str) -> HttpResponse:
    """What the board shows, filtered and sorted alike, to take away."""
    rows = _rows(request)
    form = BoardForm(request.GET, regions=sorted({row.region for row in rows if row.region}))
    table = board_table(chosen(rows, _asked(request, form)))
    content = xlsx_bytes("Board", COLUMNS, table) if ending == "xlsx" else csv_text(COLUMNS, table)
    return file_to_keep(request, content, f"board-{timezone.localdate()}.{ending}")


def _rows(request: AreaRequest) -> list[BoardRow]:
    today = timezone.localdate()
    seen = request.areas.having(Right.SEE_BOARD)
    if not request.areas.may(Right.SEE_BOARD) and not seen.exists():
        request.areas.require(Right.SEE_BOARD)
    areas = list(seen.filter(pk__in=members(today)).select_related("country").order_by("name"))
    return board_rows(whereabouts(areas, today), regions(areas, today))


def _asked(request: AreaRequest, form: BoardForm) -> Asked:
    sort = request.GET.get("sort", USUAL_SORT)
    known = sort if sort.removeprefix("-") in SORTS else USUAL_SORT
    return Asked(**form.chosen(), sort=known)

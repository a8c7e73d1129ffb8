"""A chart to take away: the drawing with its title, list and sentence, or its figures as a table."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from ithrive.improvement import Chart
from ithrive.improvement.drawing import Sheet, chart_csv, chart_sheet
from ithrive.tables import csv_text
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep
from ithrive.web.improvement.drawings import drawn, picture
from ithrive.web.improvement.presenters import Drawing

ENDINGS = ("svg", "png", "csv")


def download_response(
    request: AreaRequest, ending: str, chart: Chart, title: str, *, unit: str = ""
) -> HttpResponse:
    """The chart as `svg`, `png` or `csv`, named for its title. The caller has asked who may see its figures.

    Raises Http404 for another ending.
    """
    sheet = chart_sheet(chart, title=title, unit=unit, alone=True)
    return _taken_away(request, ending, title, sheet, lambda: chart_csv(chart))


def drawing_response(request: AreaRequest, ending: str, drawing: Drawing) -> HttpResponse:
    """The same of another drawing: its file holds the figures as its page shows them, and no more."""
    sheet = drawing.sheet_of(alone=True)
    return _taken_away(
        request, ending, drawing.title, sheet, lambda: csv_text(drawing.headings, drawing.rows)
    )


def _taken_away(
    request: AreaRequest, ending: str, title: str, sheet: Sheet, table: Callable[[], str]
) -> HttpResponse:
    name = f"{slugify(title)[:80].rstrip('-') or 'chart'}.{ending}"
    if ending == "csv":
        return file_to_keep(request, table(), name)
    if ending == "svg":
        return file_to_keep(request, str(drawn(sheet)), name)
    if ending == "png":
        return file_to_keep(request, picture(sheet), name)
    raise Http404(f"A chart can be had as {', '.join(ENDINGS)}.")

"""A chart to take away: the drawing with its title, list and sentence, or its figures as a table."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from ithrive.improvement import Chart
from ithrive.improvement.drawing import chart_csv, chart_sheet
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep
from ithrive.web.improvement.drawings import drawn, picture

ENDINGS = ("svg", "png", "csv")


def download_response(
    request: AreaRequest, ending: str, chart: Chart, title: str, *, unit: str = ""
) -> HttpResponse:
    """The chart as `svg`, `png` or `csv`, named for its title. The caller has asked who may see its figures.

    Raises Http404 for another ending.
    """
    name = f"{slugify(title)[:80] or 'chart'}.{ending}"
    sheet = chart_sheet(chart, title=title, unit=unit, alone=True)
    if ending == "csv":
        return file_to_keep(request, chart_csv(chart), name)
    if ending == "svg":
        return file_to_keep(request, str(drawn(sheet)), name)
    if ending == "png":
        return file_to_keep(request, picture(sheet), name)
    raise Http404(f"A chart can be had as {', '.join(ENDINGS)}.")

"""Charts of one area for its own people: all measures at a glance, then one with all that belongs to it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.disclosure import rule
from ithrive.measures import Measure, Shown, grouping_codes, measures
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import area_at
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.implementation.paths import home_path
from ithrive.web.improvement.downloads import ENDINGS, download_response, drawing_response
from ithrive.web.improvement.presenters import ICON_KEY
from ithrive.web.improvement.queries import recorded_beside
from ithrive.web.overview.charts import reading
from ithrive.web.overview.charts.asked import Asked
from ithrive.web.overview.charts.beside_page import BESIDE
from ithrive.web.overview.charts.measure import chart_of, measure_charts
from ithrive.web.overview.charts.overview import overview
from ithrive.web.overview.charts.paths import chart_path, charts_path, download_path
from ithrive.web.overview.charts.series import is_for_one_area
from ithrive.web.returns.paths import area_returns_path
from ithrive.web.rights import Right

# The rule under which an area may see figures of others, none of which is named.
AMONG_PARTNERS = "partners"


@require_safe
def area_charts(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """The icon table of every measure."""
    area = _seen(request, country, kind, code)
    known = measures()
    links = {each: chart_path(area, each) for each in known}
    page = overview(known, reading.record_of(request.areas, area), recorded_beside(area, known), links)
    words = {
        "page": page,
        "icon_key": ICON_KEY,
        "returns": area_returns_path(area),
        "breadcrumbs": breadcrumbs(("Home", "/"), (area.name, home_path(area))),
    }
    return _page(request, area, "area", words)


@require_safe
def area_chart(request: AreaRequest, country: str, kind: str, code: str, measure: str) -> HttpResponse:
    """One measure: its chart, its groupings, areas like it, and everything that was sent and said."""
    area = _seen(request, country, kind, code)
    asked = _asked(request, area, measure)
    today, figure = timezone.localdate(), request.GET.get("figure", "")
    page = measure_charts(
        asked,
        reading.neighbours(area, measure, today),
        reading.reasons_beside(request.areas, area, measure),
        rule(AMONG_PARTNERS, today),
        downloads={
            drawing: [
                (ending.upper(), download_path(area, measure, f"{drawing}.{ending}", figure=figure))
                for ending in ENDINGS
            ]
            for drawing in ("chart", *BESIDE)
        },
        links={each.code: chart_path(area, measure, figure=each.code) for each in asked.measure.shown},
    )
    words = {
        "page": page,
        "notes": reverse("improvement:notes", args=[country, kind, code, measure]),
        "breadcrumbs": breadcrumbs(
            ("Home", "/"), (area.name, home_path(area)), ("Charts", charts_path(area))
        ),
    }
    return _page(request, area, "measure", words)


@require_safe
def download(
    request: AreaRequest, country: str, kind: str, code: str, measure: str, drawing: str, ending: str
) -> HttpResponse:
    """The chart, or the area beside others, as `svg`, `png` or `csv`."""
    area = _seen(request, country, kind, code)
    asked = _asked(request, area, measure)
    if not asked.record.quarters:
        raise Http404("There is no figure to draw yet.")
    if drawing == "chart":
        return _chart(request, asked, ending)
    today = timezone.localdate()
    draw = BESIDE.get(drawing)
    made = (
        draw(asked, reading.neighbours(area, measure, today), rule(AMONG_PARTNERS, today)) if draw else None
    )
    if made is None:
        raise Http404("There is no such drawing.")
    return drawing_response(request, ending, made)


def _chart(request: AreaRequest, asked: Asked, ending: str) -> HttpResponse:
    """The chart; of one grouping where the address names it."""
    grouping = request.GET.get("grouping", "")
    if grouping and grouping not in grouping_codes():
        raise Http404("There is no such grouping.")
    drawn = chart_of(asked, grouping)
    title = f"{asked.shown.title}, {drawn.series.name}: {asked.area}" if grouping else asked.title
    return download_response(request, ending, drawn, title, unit=asked.shown.unit.value)


def _seen(request: AreaRequest, country: str, kind: str, code: str) -> LocalArea:
    area = area_at(request, country, kind, code)
    request.areas.require(Right.SEE_RETURNS, area)
    return area


def _asked(request: AreaRequest, area: LocalArea, measure: str) -> Asked:
    found = measures().get(measure)
    if found is None or not is_for_one_area(found):
        raise Http404(f"There is no measure {measure} of single areas.")
    record = reading.record_of(request.areas, area, [measure])
    beside = recorded_beside(area, [measure])[measure]
    return Asked(found, _figure(found, request.GET.get("figure", "")), record, beside, area.name)


def _figure(measure: Measure, code: str) -> Shown:
    if not code:
        return measure.headline
    found = next((each for each in measure.shown if each.code == code), None)
    if found is None:
        raise Http404(f"{measure.id} shows no figure {code}.")
    return found


def _page(request: AreaRequest, area: LocalArea, name: str, words: dict[str, object]) -> HttpResponse:
    shown = {"area": area, "demonstration": area.country.fictional, **words}
    return for_this_reader(request, render(request, f"overview/charts/{name}.html", shown))

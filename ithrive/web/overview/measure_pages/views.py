"""The public pages of measures. They show no area's figures but released ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ithrive.measures import Measure, measures
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.overview.measure_pages.files import definition_file
from ithrive.web.overview.measure_pages.presenters import grouped, measure_page
from ithrive.web.overview.measure_pages.released import released_links


@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    words = {"groups": grouped(measures()), "breadcrumbs": breadcrumbs(("Home", "/"))}
    return render(request, "overview/measure_pages/list.html", words)


@require_safe
def measure(request: HttpRequest, measure: str) -> HttpResponse:
    found = _known(measure)
    words = {
        "page": measure_page(found),
        "released": released_links(found),
        "breadcrumbs": breadcrumbs(("Home", "/"), ("Measures", "/measures/")),
    }
    return render(request, "overview/measure_pages/measure.html", words)


@require_safe
def definition(request: AreaRequest, measure: str, ending: str) -> HttpResponse:
    """The definition as `yaml` or `json`."""
    if ending not in {"yaml", "json"}:
        raise Http404("A definition can be had as yaml or json.")
    found = _known(measure)
    return file_to_keep(request, definition_file(found, ending), f"{found.id}.{ending}")


def _known(measure: str) -> Measure:
    if measure not in measures():
        raise Http404(f"There is no measure {measure}.")
    return measures()[measure]

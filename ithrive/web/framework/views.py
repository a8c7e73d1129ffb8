"""The framework's public pages: nothing here depends on who asks."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ithrive.framework import Framework, PrincipleSet, framework
from ithrive.web.framework import presenters


def _framework() -> Framework:
    return framework(settings.ITHRIVE_FRAMEWORK_DIR)


def _principle_set(code: str) -> PrincipleSet:
    found = _framework().principle_set(code)
    if found is None:
        raise Http404("There is no such set of principles.")
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "framework/overview.html", {"page": presenters.overview_page(_framework())})


@require_safe
def young_people(request: HttpRequest) -> HttpResponse:
    return render(request, "framework/young_people.html", {"framework": _framework()})


@require_safe
def grouping(request: HttpRequest, code: str) -> HttpResponse:
    found = _framework().grouping(code)
    if found is None:
        raise Http404("There is no such needs-based grouping.")
    return render(request, "framework/grouping.html", {"page": presenters.grouping_page(_framework(), found)})


@require_safe
def principle_set(request: HttpRequest, code: str) -> HttpResponse:
    page = presenters.principle_set_page(_framework(), _principle_set(code))
    return render(request, "framework/principle_set.html", {"page": page})


@require_safe
def principle(request: HttpRequest, set_code: str, code: str) -> HttpResponse:
    principles = _principle_set(set_code)
    found = next((each for each in principles.principle if each.code == code), None)
    if found is None:
        raise Http404("There is no such principle in this set.")
    page = presenters.principle_page(_framework(), principles, found)
    return render(request, "framework/principle.html", {"page": page})

"""The public pages on the Approach to Implementation: nothing here depends on who asks."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ithrive.framework.approach import Approach, Phase
from ithrive.framework.approach import approach as approach_in
from ithrive.web.framework import approach_pages


def _approach() -> Approach:
    return approach_in(settings.ITHRIVE_FRAMEWORK_DIR)


def _phase(code: str) -> Phase:
    found = _approach().phase(code)
    if found is None:
        raise Http404("There is no such phase.")
    return found


@require_safe
def approach(request: HttpRequest) -> HttpResponse:
    page = approach_pages.approach_page(_approach())
    return render(request, "framework/approach.html", {"page": page})


@require_safe
def phase(request: HttpRequest, code: str) -> HttpResponse:
    page = approach_pages.phase_page(_approach(), _phase(code))
    return render(request, "framework/approach_phase.html", {"page": page})


@require_safe
def step(request: HttpRequest, phase_code: str, code: str) -> HttpResponse:
    found = next((each for each in _phase(phase_code).steps if each.code == code), None)
    if found is None:
        raise Http404("There is no such step in this phase.")
    page = approach_pages.step_page(_approach(), found)
    return render(request, "framework/approach_step.html", {"page": page})

"""Filling in a section of the return: a page that works without scripts, and saves as somebody types with."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ithrive.problems import NotAllowed
from ithrive.web.areas.own_pages import author
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.returns.access import version_to_fill
from ithrive.web.returns.actions import Saved, save_cells
from ithrive.web.returns.forms.cells import Posted, read_posted
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.paths import return_path, sections
from ithrive.web.returns.presenters.sections import Boxes, in_the_way, section_page
from ithrive.web.returns.versions import (
    cells_before,
    figures_in,
    findings_of,
    form_of,
    mark_of,
    seen_mark,
)


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: AreaRequest, number: int, section: str) -> HttpResponse:
    """The figures of one section, with last quarter's beside."""
    found, version = _at(request, number, section)
    posted, saved = Posted(), Saved()
    if request.method == "POST":
        posted = read_posted(request.POST.dict(), form_of(found).rows[sections(form_of(found))[section]])
        if posted.cells or posted.words:
            saved = save_cells(version=version, cells=posted.cells, words=posted.words, by=author(request))
        if not (posted.refused or saved.conflicts or saved.words_conflicts):
            messages.success(request, "Saved.")
            following = request.POST.get("next", "")
            onward = following if following in sections(form_of(found)) else ""
            return redirect(return_path(found, "fill", onward) if onward else return_path(found))
    return _page(request, found, version, section, posted, saved)


@require_POST
def save(request: AreaRequest, number: int, section: str) -> HttpResponse:
    """Save the line that a page's script sends, and answer in JSON.

    200 saved; 401 signed out; 403 not now; 409 somebody saved something else; 422 not like this.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"why": "You are signed out. Sign in again in another tab."}, status=401)
    try:
        found, version = _at(request, number, section)
        posted = read_posted(request.POST.dict(), form_of(found).rows[sections(form_of(found))[section]])
        if posted.refused:
            return JsonResponse({"why": " ".join(posted.refused.values())}, status=422)
        saved = save_cells(version=version, cells=posted.cells, words=posted.words, by=author(request))
    except NotAllowed as refusal:
        return JsonResponse({"why": str(refusal)}, status=403)
    for key, stands in saved.conflicts.items():
        told = {"why": in_the_way(stands), "code": key.text, "seen": mark_of(stands)}
        return JsonResponse(told, status=409)
    for measure, words in saved.words_conflicts.items():
        told = {
            "why": f"Somebody wrote “{words}” here meanwhile, and that stands.",
            "code": f"{measure}?",
            "seen": seen_mark(words),
        }
        return JsonResponse(told, status=409)
    marks = {key.text: mark_of(figure) for key, figure in saved.figures.items()}
    return JsonResponse({"seen": marks | {f"{m}?": seen_mark(words) for m, words in saved.words.items()}})


def _at(request: AreaRequest, number: int, section: str) -> tuple[QuarterlyReturn, Version]:
    """The return and the version under way, for somebody who may fill in this section now."""
    found, version = version_to_fill(request, number)
    if section not in sections(form_of(found)):
        raise Http404
    return found, version


def _page(
    request: AreaRequest,
    found: QuarterlyReturn,
    version: Version,
    section: str,
    posted: Posted,
    saved: Saved,
) -> HttpResponse:
    last, methods = cells_before(found)
    left = {
        key: typed for key, typed in posted.typed.items() if key in posted.refused or key in saved.conflicts
    }
    boxes = Boxes(
        figures_in(version), last, methods, findings_of(version), left, posted.refused, saved.conflicts,
        saved.words_conflicts,
    )  # fmt: skip
    page = section_page(found, form_of(found), section, boxes)
    words = {"page": page, "of": found, "demonstration": found.area.country.fictional}
    return for_this_reader(request, render(request, "returns/fill.html", words))

"""The log of direct support given to one area."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from ithrive.web.areas import actions
from ithrive.web.areas.forms import ErrorForm, SupportForm
from ithrive.web.areas.models import LocalArea, Support
from ithrive.web.areas.own_pages import address_of, area_at, area_form_page, author, changed, sent
from ithrive.web.areas.presenters.support import support_page
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.rights import Right

PRIVACY = "Write about the area's work, never about a child, a young person or a family."


def support(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """What the programme gave the area, newest first."""
    area = area_at(request, country, kind, code)
    request.areas.require(Right.SEE_AREA, area)
    log = request.areas.support().filter(area=area).order_by("-on", "-id")
    page = support_page(area, list(log), may_log=request.areas.may(Right.LOG_SUPPORT, area))
    return render(
        request, "areas/support.html", {"page": page, "area": area, "demonstration": area.country.fictional}
    )


def add(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Record one piece of support."""
    area = area_at(request, country, kind, code)
    request.areas.require(Right.LOG_SUPPORT, area)
    form = SupportForm(sent(request))
    return changed(
        request,
        form,
        lambda: actions.record_support(area=area, given=form.given_to(area), by=author(request)),
        said=f"The support given to {area.name} is recorded.",
        then=address_of(area, "support"),
    ) or _page(request, area, form, f"Record support given to {area.name}", PRIVACY)


def correct(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """Put an entry right."""
    area, row = _entry(request, country, kind, code, number)
    form = SupportForm(sent(request), initial=SupportForm.filled_with(row))
    return changed(
        request,
        form,
        lambda: actions.correct_support(row=row, given=form.given_to(area), by=author(request)),
        said="The entry is corrected. What stood before stays in the history.",
        then=address_of(area, "support"),
    ) or _page(request, area, form, f"Correct support given to {area.name}", PRIVACY)


def in_error(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """Take back an entry that was recorded in error."""
    area, row = _entry(request, country, kind, code, number)
    form = ErrorForm(sent(request))
    return changed(
        request,
        form,
        lambda: actions.remove_support(row=row, reason=form.cleaned_data["reason"], by=author(request)),
        said="The entry is taken back. The history keeps it.",
        then=address_of(area, "support"),
    ) or _page(request, area, form, f"Take back support given to {area.name}", f"Recorded: {row.purpose}")


def _entry(
    request: AreaRequest, country: str, kind: str, code: str, number: int
) -> tuple[LocalArea, Support]:
    area = area_at(request, country, kind, code)
    request.areas.require(Right.LOG_SUPPORT, area)
    return area, get_object_or_404(request.areas.support().filter(area=area), pk=number)


def _page(
    request: AreaRequest, area: LocalArea, form: SupportForm | ErrorForm, title: str, intro: str
) -> HttpResponse:
    return area_form_page(request, area, form, title, intro, back_to="support")

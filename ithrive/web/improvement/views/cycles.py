"""Tests of change of an area: what was tried, what was expected, what was found and decided."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ithrive.improvement import Decision
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import area_at, author, changed, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.forms import NHSForm
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.improvement import cycle_actions, queries
from ithrive.web.improvement.forms import CycleForm, ReasonForm, StudyForm
from ithrive.web.improvement.models import Cycle
from ithrive.web.improvement.presenters import cycle_page
from ithrive.web.rights import Right


def cycles(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Every test of change of an area, the latest first."""
    area = _area(request, country, kind, code, Right.SEE_RETURNS)
    shown = {
        "area": area,
        "cycles": [cycle_page(row) for row in queries.cycles_of(area)],
        "may_edit": request.areas.may(Right.EDIT_PLAN, area),
        "breadcrumbs": breadcrumbs(
            ("Home", "/"),
            (area.name, f"/home/{country}/{kind}/{code}/"),
            ("Charts", f"/charts/{country}/{kind}/{code}/"),
        ),
        "demonstration": area.country.fictional,
    }
    return for_this_reader(request, render(request, "improvement/cycles.html", shown))


def begin(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    area = _area(request, country, kind, code, Right.EDIT_PLAN)
    return _begin(request, area, None)


def follow(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """The next cycle of a test: it starts from what was found."""
    area, row = _row(request, country, kind, code, number)
    return _begin(request, area, row)


def _begin(request: AreaRequest, area: LocalArea, after: Cycle | None) -> HttpResponse:
    before = {"aim": after.aim, "change": after.change, "measure": after.measure} if after else {}
    form = CycleForm(sent(request), initial=before)

    def act() -> None:
        cycle_actions.begin_cycle(area=area, after=after, by=author(request), **form.cleaned_data)

    done = changed(request, form, act, said="The test is recorded.", then=_back(area))
    intro = f"After “{after.change}”, of which you found: {after.found}" if after else ""
    return done or _asking(request, area, form, "Record a test of change", intro)


def finish(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row = _row(request, country, kind, code, number)
    form = StudyForm(sent(request))

    def act() -> None:
        said = dict(form.cleaned_data)
        decision = Decision(said.pop("decision"))
        cycle_actions.finish_cycle(row=row, decision=decision, by=author(request), **said)

    done = changed(request, form, act, said="What was found is recorded.", then=_back(area))
    intro = f"“{row.change}”. You expected: {row.prediction}"
    return done or _asking(request, area, form, "Say what was found", intro)


def remove(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row = _row(request, country, kind, code, number)
    form = ReasonForm(sent(request))

    def act() -> None:
        cycle_actions.remove_cycle(row=row, reason=form.cleaned_data["reason"], by=author(request))

    done = changed(request, form, act, said="The test is taken back.", then=_back(area))
    return done or _asking(request, area, form, "Take back a test of change", f"Recorded: “{row.change}”.")


def _area(request: AreaRequest, country: str, kind: str, code: str, right: Right) -> LocalArea:
    area = area_at(request, country, kind, code)
    request.areas.require(right, area)
    return area


def _row(request: AreaRequest, country: str, kind: str, code: str, number: int) -> tuple[LocalArea, Cycle]:
    area = _area(request, country, kind, code, Right.EDIT_PLAN)
    return area, get_object_or_404(queries.cycles_of(area), pk=number)


def _back(area: LocalArea) -> str:
    return reverse("improvement:cycles", args=[area.country.slug, area.kind, area.code])


def _asking(
    request: AreaRequest, area: LocalArea, form: NHSForm, title: str, intro: str = ""
) -> HttpResponse:
    back = _back(area)
    words = {"page_title": title, "intro": intro, "back": back, "cancel": back}
    return form_page(request, form, demonstration=area.country.fictional, **words)

"""What the pages on one area's work share."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import area_at, form_page
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import Params
from ithrive.web.implementation.paths import home_path, page_path, work_path
from ithrive.web.rights import Right

PAGES = (
    ("steps", "Phases and steps"),
    ("plan", "Plan"),
    ("people", "People"),
    ("stakeholders", "Stakeholders"),
)


def area_seen(request: AreaRequest, country: str, kind: str, code: str) -> LocalArea:
    """The area of this address, for somebody who may read its own pages."""
    return _area(request, country, kind, code, Right.SEE_AREA)


def area_worked_on(request: AreaRequest, country: str, kind: str, code: str) -> LocalArea:
    """The area of this address, for somebody who may change its plan."""
    return _area(request, country, kind, code, Right.EDIT_PLAN)


def _area(request: AreaRequest, country: str, kind: str, code: str, right: Right) -> LocalArea:
    area = area_at(request, country, kind, code)
    request.areas.require(right, area)
    return area


def frame(area: LocalArea, here: str, *, may_edit: bool) -> dict[str, object]:
    """What stands around every page on an area's work: the way here, and the pages beside."""
    links = [
        {
            "text": text,
            "href": work_path(area) if key == "steps" else page_path(area, key),
            "current": key == here,
        }
        for key, text in PAGES
    ]
    return {
        "area": area,
        "may_edit": may_edit,
        "breadcrumbs": way_here(area),
        "beside": links,
        "home": home_path(area),
        "demonstration": area.country.fictional,
    }


def way_here(area: LocalArea) -> Params:
    steps = (("Home", "/"), (area.name, home_path(area)))
    return {"items": [{"text": text, "href": href} for text, href in steps]}


def page(request: AreaRequest, template: str, area: LocalArea, here: str, **words: Any) -> HttpResponse:
    """A page on an area's work, with the pages beside it."""
    around = frame(area, here, may_edit=request.areas.may(Right.EDIT_PLAN, area))
    return for_this_reader(request, render(request, template, {**around, **words}))


def asking(
    request: AreaRequest, area: LocalArea, form: forms.Form, title: str, back: str, **words: Any
) -> HttpResponse:
    """A form on an area's work."""
    said = {"page_title": title, "back": back, "cancel": back, "demonstration": area.country.fictional}
    return form_page(request, form, **said, **words)

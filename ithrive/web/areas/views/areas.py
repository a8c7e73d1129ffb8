"""The countries, the list of areas, and the page of one area."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.places import LocalArea, Name
from ithrive.areas.support import SupportTotal
from ithrive.web.areas import gazetteers, layers, models
from ithrive.web.areas.drawings import LAND
from ithrive.web.areas.filters import AreaListFilter
from ithrive.web.areas.own_pages import lists_of
from ithrive.web.areas.presenters import area as area_presenter
from ithrive.web.areas.presenters import area_list as list_presenter
from ithrive.web.areas.presenters.locator import locator
from ithrive.web.areas.presenters.paths import own_pages, way_here
from ithrive.web.areas.presenters.words import kind_title
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.areas.standing import as_value
from ithrive.web.rights import Right


@require_safe
def countries(request: AreaRequest) -> HttpResponse:
    cards = [list_presenter.country_card(gazetteers.gazetteer_of(each)) for each in gazetteers.countries()]
    return for_this_reader(request, render(request, "areas/countries.html", {"countries": cards}))


@require_safe
def area_list(request: AreaRequest, country: str) -> HttpResponse:
    gazetteer = gazetteers.gazetteer_of(country)
    form = _list_filter(request, gazetteer)
    number = request.GET.get("page", "")
    page = list_presenter.area_list(
        gazetteer,
        layers.memberships_of(request.areas, country),
        kind=form.answer("kind"),
        on=form.answer("on"),
        search=form.answer("q"),
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        query={"kind": form.answer("kind"), "on": form.answer("on").isoformat(), "q": form.answer("q")},
    )
    card = list_presenter.country_card(gazetteer)
    context = {
        "form": form,
        "page": page,
        "country": card,
        "lists": lists_of(request, country),
        "breadcrumbs": way_here(),
    }
    return for_this_reader(request, render(request, "areas/area_list.html", context))


def _list_filter(request: AreaRequest, gazetteer: Gazetteer) -> AreaListFilter:
    today = timezone.localdate()
    return AreaListFilter(
        request.GET,
        usual={"kind": list_presenter.usual_geography(gazetteer, today).kind, "on": today, "q": ""},
        choices={"kind": [(kind, kind_title(gazetteer, kind)) for kind in gazetteer.kinds]},
    )


@require_safe
def area(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    revision = gazetteers.revision_of(country)
    gazetteer = gazetteers.gazetteer_of(revision)
    row = request.areas.public().filter(country__slug=country, kind=kind, code=code).first()
    if row is None:
        raise Http404(f"There is no area {code} of this kind.")
    value = gazetteer.local_areas.get((kind, code)) or _no_longer_named(row)
    page = area_presenter.area_page(
        gazetteer,
        value,
        [as_value(each) for each in request.areas.memberships().filter(area=row)],
        today=timezone.localdate(),
        support=_support(request, row),
    )
    context = {
        "page": page,
        "locator": _locator(revision, page),
        "links": _links(request, row, page.path),
        "breadcrumbs": way_here(gazetteer.country),
    }
    return for_this_reader(request, render(request, "areas/area.html", context))


def _locator(revision: gazetteers.Revision, page: area_presenter.AreaPage) -> str:
    drawn = gazetteers.drawing_of(revision, page.standing, LAND)
    return locator(drawn.outlines, page.code, page.title, page.country) if drawn else ""


# The pages of an area, and the rights of which any opens them.
OWN_PAGES = {
    "membership": (Right.EDIT_MEMBERSHIP, Right.SEE_COMPARISON),
    "support": (Right.SEE_AREA,),
    "people": (Right.SEE_PEOPLE,),
    "history": (Right.READ_HISTORY, Right.SEE_COMPARISON),
}


def _links(request: AreaRequest, row: models.LocalArea, here: str) -> list[tuple[str, str]]:
    """The area's own pages that this person may open."""
    pages = own_pages(here)
    return [
        pages[page]
        for page, rights in OWN_PAGES.items()
        if any(request.areas.may(right, row) for right in rights)
    ]


def _no_longer_named(row: models.LocalArea) -> LocalArea:
    """An area that the latest load left out, as it was last known: memberships and history point at it."""
    name = Name(row.name, row.ods_code or None, row.starts, row.ends)
    return LocalArea(row.kind, row.code, (name,), row.starts, row.ends)


def _support(request: AreaRequest, row: models.LocalArea) -> tuple[SupportTotal, ...] | None:
    if not request.areas.may(Right.SEE_AREA, row):
        return None
    return layers.support_totals(request.areas, row)

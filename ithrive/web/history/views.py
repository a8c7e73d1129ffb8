"""The history of every change, for those who may read it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ithrive.web.components.parts import pagination
from ithrive.web.history import presenters
from ithrive.web.history.forms import ChangesForm
from ithrive.web.history.models import Change
from ithrive.web.history.reach import Reach
from ithrive.web.history.reading import names_in, names_of, readable
from ithrive.web.rights import Right

PER_PAGE = 50


class ReaderRequest(HttpRequest):
    areas: Reach


def index(request: ReaderRequest) -> HttpResponse:
    changes = readable(*_what_to_read(request.areas))
    form = _choices(changes, request)
    chosen = form.chosen()
    page = Paginator(changes.filter(**chosen), PER_PAGE).get_page(request.GET.get("page"))
    names = names_in(page.object_list, request.areas)
    table = presenters.changes_table(page, names, _area_names(request.areas, page))
    pages = pagination(page.number, page.paginator.num_pages, chosen)
    words = {"table": table, "pagination": pages, "pages": page.paginator.num_pages}
    words |= {"form": form, "count": page.paginator.count}
    return render(request, "history/index.html", words)


def _what_to_read(reach: Reach) -> tuple[list[int] | None, list[int] | None, list[int]]:
    """The areas whose history, whose comparison sites and whose private reflections may be read; None: all.
    Or a refusal."""
    history, secret = _areas(reach, Right.READ_HISTORY), _areas(reach, Right.SEE_COMPARISON)
    if history == [] and secret == []:
        reach.require(Right.READ_HISTORY)
    return history, secret, list(reach.having(Right.SEE_REFLECTION).values_list("pk", flat=True))


def _areas(reach: Reach, right: Right) -> list[int] | None:
    return None if reach.may(right) else list(reach.having(right).values_list("pk", flat=True))


def _choices(changes: QuerySet[Change], request: ReaderRequest) -> ChangesForm:
    """A form that offers only what occurs in the lines this person may read."""
    plain = changes.order_by()
    numbers = plain.exclude(area=None).values_list("area", flat=True).distinct()
    references = sorted(plain.values_list("by", flat=True).distinct())
    names = names_of(references)
    areas = request.areas.having(Right.SEE_AREA).filter(pk__in=list(numbers)).values_list("pk", "name")
    return ChangesForm(
        request.GET,
        areas=[(str(number), name) for number, name in areas],
        authors=[(each, presenters.author(each, names)) for each in references],
        actions=[
            (each, each.capitalize()) for each in sorted(plain.values_list("action", flat=True).distinct())
        ],
    )


def _area_names(reach: Reach, page: Any) -> dict[int, str]:
    numbers = {change.area for change in page if change.area}
    return dict(reach.having(Right.SEE_AREA).filter(pk__in=numbers).values_list("pk", "name"))

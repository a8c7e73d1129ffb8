"""What is due, an area's returns, the programme's board, and saying what is expected."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ithrive.periods import Quarter, quarters
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import area_at, author, changed, country_at, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep, for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.returns import actions, queries
from ithrive.web.returns.forms.steps import ExpectForm
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.people import to_ring
from ithrive.web.returns.presenters.board import Owed, board_csv, by_quarter, returns_table
from ithrive.web.returns.versions import received_on, with_versions
from ithrive.web.rights import Right

either = require_http_methods(["GET", "HEAD", "POST"])
BACK, AHEAD = 12, 8  # quarters offered before and after today's


@require_safe
def home(request: AreaRequest) -> HttpResponse:
    """What is due in the areas that this person may see."""
    if not request.areas.having(Right.SEE_RETURNS).exists():
        request.areas.require(Right.SEE_RETURNS)
    today = timezone.localdate()
    open_now = queries.returns(request.areas).filter(quarter_starts__lt=Quarter.of(today).starts)
    waiting = [
        each
        for each in _owed(open_now.filter(closes_on__gte=today).order_by("due_on", "area__name"))
        if received_on(each.versions) is None
    ]
    begun = _owed(queries.sent_and_not_finished(request.areas).order_by("due_on", "area__name"))
    words = {
        "due": returns_table("What is due", waiting, today, areas=True) if waiting else None,
        "begun": returns_table("Sent, and not finished", begun, today, areas=True) if begun else None,
        "areas": _own_areas(request),
        "board": request.areas.may(Right.EXPECT_RETURNS),
        "countries": _countries(request),
        "keys": request.areas.having(Right.SEND_RETURN).exists(),
        "breadcrumbs": breadcrumbs(("Home", "/")),
    }
    return for_this_reader(request, render(request, "returns/home.html", words))


@require_safe
def area(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Every return of one area that this person may know of."""
    where = area_at(request, country, kind, code)
    request.areas.require(Right.SEE_RETURNS, where)
    owed = _owed(queries.returns_of(request.areas, where))
    table = returns_table("Returns", owed, timezone.localdate(), areas=False) if owed else None
    words = {
        "area": where,
        "returns": table,
        "breadcrumbs": breadcrumbs(("Home", "/"), ("Returns", reverse("returns:home"))),
        "demonstration": where.country.fictional,
    }
    return for_this_reader(request, render(request, "returns/area.html", words))


@require_safe
def board(request: AreaRequest) -> HttpResponse:
    """Received of expected by quarter, and who to ring."""
    owed, people, today = _board(request)
    words = {
        "quarters": by_quarter(owed, people, today),
        "breadcrumbs": breadcrumbs(("Home", "/"), ("Returns", reverse("returns:home"))),
    }
    return for_this_reader(request, render(request, "returns/board.html", words))


@require_safe
def board_file(request: AreaRequest) -> HttpResponse:
    owed, people, today = _board(request)
    return file_to_keep(request, board_csv(owed, people, today), "returns-board.csv")


@either
def expect(request: AreaRequest, country: str) -> HttpResponse:
    """Say which areas owe figures for which quarters."""
    request.areas.require(Right.EXPECT_RETURNS)
    of = country_at(request, country)
    now = Quarter.of(timezone.localdate())
    form = ExpectForm(sent(request), offered=list(quarters(now + -BACK, now + AHEAD)))
    home_path = reverse("returns:home")
    return changed(
        request, form,
        lambda: actions.expect_returns(
            areas=_areas(request, country, form.codes()), quarters=form.quarters(), **form.weeks(),
            study=form.cleaned_data["study"], by=author(request)),
        said="The returns are expected.", then="returns:board",
    ) or form_page(
        request, form, page_title=f"Expect returns in {of.name}", button="Expect them",
        back=home_path, cancel=home_path, demonstration=of.fictional,
        intro="Areas see both deadlines: the day on which figures are due, and the last day on which they "
        "are taken. Returns that are expected already stay as they are.",
    )  # fmt: skip


def _areas(request: AreaRequest, country: str, codes: list[str]) -> list[LocalArea]:
    """The areas whose codes were typed; a refusal that names the codes that are no area's."""
    known = request.areas.having(Right.EXPECT_RETURNS).filter(country__slug=country, code__in=codes)
    areas = {each.code: each for each in known.select_related("country").order_by("starts")}
    if unknown := [code for code in codes if code not in areas]:
        raise NotAllowed(f"No area has the code {', '.join(unknown)}. Check the codes.")
    return [areas[code] for code in codes]


def _board(request: AreaRequest) -> tuple[list[Owed], dict[int, list[Person]], date]:
    request.areas.require(Right.EXPECT_RETURNS)
    today = timezone.localdate()
    found = queries.returns(request.areas).order_by("-quarter_starts", "area__name", "pk")
    owed = _owed(found)
    return owed, to_ring({each.of.area_id for each in owed}, today), today


def _owed(found: QuerySet[QuarterlyReturn]) -> list[Owed]:
    return [Owed(each, list(each.versions.all())) for each in with_versions(found)]


def _own_areas(request: AreaRequest) -> list[LocalArea]:
    """The person's own areas; of somebody who holds a role everywhere, none is theirs."""
    if request.areas.may(Right.SEE_RETURNS):
        return []
    return list(request.areas.having(Right.SEE_RETURNS).select_related("country"))


def _countries(request: AreaRequest) -> list[tuple[str, str]]:
    if not request.areas.may(Right.EXPECT_RETURNS):
        return []
    found = request.areas.having(Right.EXPECT_RETURNS).order_by("country__name")
    return list(found.values_list("country__name", "country__slug").distinct())

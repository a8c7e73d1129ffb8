"""The pages of one area that join its progress, plan, rounds and support; and the way to one's own area."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.presenters.paths import area_path, own_pages
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.evaluation.queries import own_sites
from ithrive.web.implementation import queries
from ithrive.web.implementation.own_page import area_seen, page
from ithrive.web.implementation.paths import home_path, page_path, work_path
from ithrive.web.overview import returns_due, rounds
from ithrive.web.overview.area_home import AHEAD, Happened, home_shown
from ithrive.web.overview.area_steps import alert_of, steps_page, where_it_is
from ithrive.web.overview.charts.paths import charts_path
from ithrive.web.overview.my_areas import my_areas
from ithrive.web.overview.whereabouts import whereabouts
from ithrive.web.returns.paths import area_returns_path
from ithrive.web.rights import Right

LOOKED = "looked-at-home"  # in the session: by area, on which day before today, and on which day last


@require_safe
def my_home(request: AreaRequest) -> HttpResponse:
    """To the home of one's own area; a list for those who have several."""
    areas = list(my_areas(request, timezone.localdate()))
    if len(areas) == 1:
        return redirect(home_path(areas[0]))
    if not areas:
        request.areas.require(Right.SEE_AREA)
    found = whereabouts(areas, timezone.localdate())
    rows = [(each.area.name, home_path(each.area), where_it_is(each), alert_of(each)) for each in found]
    words = {"rows": rows, "breadcrumbs": breadcrumbs(("Home", "/"))}
    return for_this_reader(request, render(request, "overview/my_areas.html", words))


@require_safe
def area_home(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Where we are, what is due, what changed, what is next."""
    area = area_seen(request, country, kind, code)
    today = timezone.localdate()
    looked = None if "month" in request.GET else _looked(request, area, today)
    shown = home_shown(
        whereabouts([area], today)[0], _happened(request, area, today), looked=looked, today=today
    )
    words = {
        "area": area,
        "page": shown,
        "looked": looked,
        "work": work_path(area),
        "links": _links(request, area),
        "plan": page_path(area, "plan"),
        "may_edit": request.areas.may(Right.EDIT_PLAN, area),
        "may_log": request.areas.may(Right.LOG_SUPPORT, area),
        "breadcrumbs": breadcrumbs(("Home", "/"), ("Areas", "/areas/")),
        "demonstration": area.country.fictional,
    }
    return for_this_reader(request, render(request, "overview/area_home.html", words))


@require_safe
def area_steps(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """The area's phases and steps, with the evidence each rests on."""
    area = area_seen(request, country, kind, code)
    found = whereabouts([area], timezone.localdate())[0]
    shown = steps_page(found, queries.evidence_of(area))
    return page(request, "overview/area_steps.html", area, "steps", page=shown)


def _happened(request: AreaRequest, area: LocalArea, today: date) -> Happened:
    waiting = rounds.due(request.areas, [area.pk], today + AHEAD)
    waiting += returns_due.due(request.areas, [area.pk], today)
    return Happened(
        priorities=list(queries.priorities_of(area)),
        posts=list(queries.posts_of(area)),
        support=list(request.areas.support().filter(area=area, on__lte=today).order_by("-on", "-pk")),
        due=[each for _, each in waiting],
        news=[*rounds.happenings(request.areas, area), *returns_due.happenings(request.areas, area)],
        plan=page_path(area, "plan"),
    )


def _links(request: AreaRequest, area: LocalArea) -> list[tuple[str, str]]:
    path = area_path(area.country.slug, area.kind, area.code)
    pages = own_pages(path)
    may = request.areas.may
    shown = [
        ("Phases and steps", work_path(area)),
        ("Plan", page_path(area, "plan")),
        ("People who carry the change", page_path(area, "people")),
        ("Stakeholder map", page_path(area, "stakeholders")),
    ]
    if may(Right.SEE_RETURNS, area):
        shown.append(("Charts of its figures", charts_path(area)))
    if may(Right.SEE_ROUNDS, area):
        shown.append(("Assessment rounds", f"/assessments{path}"))
    if may(Right.SEE_RETURNS, area):
        shown.append(("Quarterly returns", area_returns_path(area)))
        shown += _in_studies(request, area)
    shown.append(pages["support"])
    if may(Right.SEE_PEOPLE, area):
        shown.append(("Who has an account", pages["people"][1]))
    if may(Right.READ_HISTORY, area):
        shown.append(pages["history"])
    return [*shown, (f"About {area.name}: people, boundaries, role", path)]


def _in_studies(request: AreaRequest, area: LocalArea) -> list[tuple[str, str]]:
    """The area's own report in each study that this person may know it to be a site of."""
    return [
        (
            f"Its own figures in {site.study.name}",
            reverse("studies:own", args=[site.study.slug, area.country.slug, area.kind, area.code]),
        )
        for site in own_sites(request.areas).filter(area=area)
    ]


def _looked(request: AreaRequest, area: LocalArea, today: date) -> date | None:
    """The day before today on which the reader last looked at this home, as their session remembers.

    Days, not moments: whoever opens the page twice in a morning still sees what was new that morning.
    """
    seen = request.session.get(LOOKED, {})
    before, last = seen.get(str(area.pk), (None, None))
    if last != today.isoformat():
        before, last = last, today.isoformat()
        request.session[LOOKED] = {**seen, str(area.pk): (before, last)}
    day = date.fromisoformat(before) if before else None
    return day if day and day > today - timedelta(days=366) else None

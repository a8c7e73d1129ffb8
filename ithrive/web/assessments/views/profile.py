"""What a round found, and all rounds of an area."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.assessments.agreement import agreement
from ithrive.assessments.life import Purpose, State
from ithrive.web.areas.own_pages import address_of, area_at
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.assessments.access import round_for
from ithrive.web.assessments.models import Round
from ithrive.web.assessments.presenters import area_rounds as area_presenter
from ithrive.web.assessments.presenters import profile as presenter
from ithrive.web.assessments.presenters.rounds import rounds_address
from ithrive.web.assessments.profiles import pulse_of, ratings_behind, series_of, views_of
from ithrive.web.assessments.queries import instrument_of, raters_of, rounds_of
from ithrive.web.components.parts import Params, breadcrumbs
from ithrive.web.rights import Right


@require_safe
def area_rounds(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Every round of the area that the reader may know of, with movement over those that stand."""
    area = area_at(request, country, kind, code)
    request.areas.require(Right.SEE_ROUNDS, area)
    rounds = list(rounds_of(request.areas, area))
    series = {purpose: held for (_, purpose), held in series_of(rounds).items()}
    page = area_presenter.area_rounds_page(area.name, rounds, series, timezone.localdate())
    context = {
        "page": page,
        "area": area,
        "may_schedule": request.areas.may(Right.SCHEDULE_ROUND, area),
        "breadcrumbs": breadcrumbs(("Home", "/"), (area.name, address_of(area))),
    }
    return for_this_reader(request, render(request, "assessments/profile/area_rounds.html", context))


@require_safe
def profile(request: AreaRequest, number: int) -> HttpResponse:
    """The profile of one round, or the reason why it has none yet."""
    round = round_for(request, number)
    context = {"round": round, "title": presenter.title(round), "breadcrumbs": _way_to(round)}
    if round.state != State.SIGNED_OFF:
        context["waiting"] = presenter.WAITING[State(round.state)]
    else:
        context["page"] = _page(request, round)
    return for_this_reader(request, render(request, "assessments/profile/profile.html", context))


def _page(request: AreaRequest, round: Round) -> presenter.ProfilePage:
    series = series_of(rounds_of(request.areas, round.area))[round.area_id, Purpose(round.purpose)]
    instrument, raters = instrument_of(round), raters_of(round)
    ratings = ratings_behind(round, raters)
    return presenter.profile_page(
        next(each for each in series if each.round.pk == round.pk),
        series,
        report=agreement(ratings, instrument),
        raters=raters,
        views=views_of(raters, ratings, instrument),
        pulse=pulse_of(round),
    )


def _way_to(round: Round) -> Params:
    return breadcrumbs(
        ("Home", "/"),
        (round.area.name, address_of(round.area)),
        ("Assessment rounds", rounds_address(round.area)),
        (f"Round due {round.due_on:%B %Y}", reverse("assessments:round", args=[round.pk])),
    )

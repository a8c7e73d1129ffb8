"""The home page: what the platform is for, and how far the programme has come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.web.areas import gazetteers, layers
from ithrive.web.areas.drawings import LAND
from ithrive.web.areas.presenters.area_list import usual_geography
from ithrive.web.areas.presenters.spread_map import Question
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.implementation.paths import home_path
from ithrive.web.overview.api.public import role_values
from ithrive.web.overview.my_areas import my_areas
from ithrive.web.overview.presenters import CARDS, HomePage, home_page


@require_safe
def home(request: AreaRequest) -> HttpResponse:
    context = {"programme": _programme(), "cards": CARDS, "mine": _mine(request)}
    return for_this_reader(request, render(request, "overview/home.html", context))


def _mine(request: AreaRequest) -> list[tuple[str, str]]:
    """The homes of the areas in which the reader works: offered first."""
    if not request.user.is_authenticated:
        return []
    return [(area.name, home_path(area)) for area in my_areas(request, timezone.localdate())]


def _programme() -> HomePage | None:
    """The country in which the programme has members, a real one first; None before any areas are loaded."""
    known = gazetteers.countries()
    members = {each: role_values(each) for each in known}
    revision = next((each for each in known if members[each]), known[0] if known else None)
    if revision is None:
        return None
    today = timezone.localdate()
    gazetteer = gazetteers.gazetteer_of(revision)
    question = Question(usual_geography(gazetteer, today), layers.ROLE, LAND, today)
    drawn = gazetteers.drawing_of(revision, question.geography.key, LAND)
    return home_page(gazetteer, members[revision], question, drawn)

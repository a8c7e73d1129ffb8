"""The API as one thing: its calls, how it says what is wrong, and what every answer carries."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.generic import RedirectView
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, ValidationError

from ithrive.problems import BadInput, Problem
from ithrive.web.overview.api import (
    areas,
    attributes,
    boundaries,
    coverage,
    memberships,
    releases,
    returns,
)
from ithrive.web.overview.api.reading import open_to_all, refuse_unknown
from ithrive.web.overview.api.words import NOT_FOUND_MEND, said

DESCRIPTION = (
    "Local areas through time, membership of the Community of Practice, coverage and released figures: open "
    "to read without signing in; and one call by which an area's own systems send its return, with a key. "
    "Answers name the day, geography and vintage that they hold for."
)

# Ninja's own pages need scripts from elsewhere, so they are off; ours is at /api/.
api = NinjaAPI(
    title="i-THRIVE platform: open API",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
)
anything_else = Router()


@anything_else.get("/{path:rest}", include_in_schema=False)
def no_such_call(request: HttpRequest, rest: str) -> None:
    """An address of no call: the same kind of answer as any other mistake."""
    raise Http404("There is no such call.")


api.add_decorator(refuse_unknown)
for part in (releases, areas, memberships, coverage, attributes, boundaries, returns):
    api.add_router("", part.router)
api.add_router("", anything_else)  # last, because it fits every address


@api.exception_handler(BadInput)
def bad_input(request: HttpRequest, refusal: BadInput) -> HttpResponse:
    return api.create_response(request, said(*refusal.problems), status=422)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, refusal: Http404) -> HttpResponse:
    what = str(refusal) or "There is nothing at this address."
    return api.create_response(request, said(Problem("address", what, NOT_FOUND_MEND)), status=404)


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, refusal: AuthenticationError) -> HttpResponse:
    mend = "Send a key of /returns/keys/ in the header “Authorization: Bearer …”."
    problem = Problem("Authorization", "There is no key, or it does not open anything.", mend)
    answer = api.create_response(request, said(problem), status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def not_as_asked(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    problems = [_problem(error) for error in refusal.errors]
    return api.create_response(request, said(*problems), status=422)


def _problem(error: dict[str, Any]) -> Problem:
    place = str(error["loc"][-1])
    return Problem(place, f"{error['msg']}.", "Change it; /api/ shows what may be given.")


def _address(pattern: URLPattern) -> URLPattern:
    """Ninja's address as we serve it. Its root, which answers nothing, leads to the page for people."""
    if pattern.name == "api-root":
        return URLPattern(
            pattern.pattern, RedirectView.as_view(pattern_name="overview:api"), name=pattern.name
        )
    return open_to_all(pattern)


patterns = [_address(each) for each in api.urls[0] if isinstance(each, URLPattern)]
urls = (patterns, "ninja", "api")

"""What every answer of the API carries: it may be read from any site, kept for a while, and asked after."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import URLPattern
from django.utils.cache import get_conditional_response, patch_cache_control

from ithrive.problems import BadInput, Problem

KEPT_FOR = 300  # seconds; a list that was just changed may look old for as long


Answer = Callable[..., Any]


def refuse_unknown(call: Answer) -> Answer:
    """A call that refuses parameters it does not have.

    To ignore a misspelt one would answer another question than was asked.
    """

    @wraps(call)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> Any:
        known = type(named["asked"]).model_fields if "asked" in named else ()
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            what, mend = "This call has no such parameter.", "Leave it out, or look for its name at /api/."
            raise BadInput(Problem(name, what, mend) for name in unknown)
        return call(request, *args, **named)

    return guarded


def open_to_all(pattern: URLPattern) -> URLPattern:
    """The same address, its answers open to scripts of any site (they are public and carry no cookie)."""
    view = pattern.callback

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **named)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["X-Content-Type-Options"] = "nosniff"
        return _kept(request, answer) if answer.status_code == 200 else answer

    return URLPattern(pattern.pattern, opened, pattern.default_args, pattern.name)


def _kept(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """With an ETag of what it says; "not modified" for whoever has it already."""
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, max_age=KEPT_FOR)
    conditional = get_conditional_response(request, etag=etag, response=answer)
    if isinstance(conditional, HttpResponseNotModified):
        conditional["Access-Control-Allow-Origin"] = "*"
    return conditional or answer

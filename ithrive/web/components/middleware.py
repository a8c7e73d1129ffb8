"""Small guards on every request and answer."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

Answer = Callable[[HttpRequest], HttpResponse]

# Nothing here needs them, so a script that slipped in could not use them either.
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
# The open API refuses a NUL too, as a problem that a program can read.
ANSWERS_FOR_ITSELF = "/api/v1/"


def refuse_nul(answer: Answer) -> Answer:
    """Refuse an address with a NUL in it, which PostgreSQL could not look up. Forms guard themselves."""

    def guarded(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ANSWERS_FOR_ITSELF):
            return answer(request)
        asked = [request.path, *(text for values in request.GET.lists() for text in (values[0], *values[1]))]
        if any("\x00" in text for text in asked):
            raise BadRequest("The address contains a character that no address has.")
        return answer(request)

    return guarded


def permissions_policy(answer: Answer) -> Answer:
    """Tell the browser which of its powers this site never asks for."""

    def stamped(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return stamped


def keep_no_copy(answer: Answer) -> Answer:
    """Let no browser and no cache keep what a session was shown: on a shared computer, going back after
    signing out must not bring up an area's pages. Asks for the cookie alone, which costs no query."""

    def uncopied(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return uncopied

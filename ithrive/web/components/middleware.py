"""Two small guards on every request and answer."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

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

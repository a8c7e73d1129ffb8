"""Gives every request its reach, and answers each refusal in its own way."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.accounts.refusals import SecondFactorNeeded, SignInNeeded

# Where the session remembers the page that somebody wanted who must first set up a second factor.
WANTED = "wanted"
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class ReachMiddleware:
    """Sets `request.areas`; turns a view's refusal into sign-in, second factor or a page with the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.areas = reach_of(request)  # type: ignore[attr-defined] # AreaRequest promises it to views
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        match refusal:
            case SignInNeeded():
                return to("account_login", request)
            case SecondFactorNeeded():
                return to_second_factor(request, refusal)
            case NotAllowed():
                told = {"reason": str(refusal), "back": came_from(request)}
                return render(request, "not_now.html", told, status=403)
        return None


def reach_of(request: HttpRequest) -> PersonsReach:
    """The reach of whoever asks, today. Asks the database nothing before a view does."""
    return PersonsReach(
        request.user,
        timezone.localdate(),
        proved_second_factor=lambda: proved_second_factor(request),
    )


def proved_second_factor(request: HttpRequest) -> bool:
    """Whether this session proved a second factor (code, security key, passkey) that the person still has."""
    if not isinstance(request.user, Person):
        return False
    records = get_authentication_records(request, request.user)
    proved = [record["id"] for record in records if record["method"] == "mfa"]
    still_theirs = Authenticator.objects.filter(user=request.user, pk__in=proved)
    return bool(still_theirs.exists())


def to_second_factor(request: HttpRequest, refusal: SecondFactorNeeded) -> HttpResponse:
    """To set one up, for those who have none; otherwise to prove it, and then back."""
    if is_mfa_enabled(request.user, SECOND_FACTORS):
        return to("mfa_reauthenticate", request)
    request.session[WANTED] = back_to(request)
    messages.info(request, f"To {refusal.right.value} you need a second way to prove who you are.")
    return to("mfa_index", request)


def to(name: str, request: HttpRequest) -> HttpResponse:
    """Off to another page, and back to this one afterwards; from a sent form, back to the page it was on."""
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back_to(request)})}")


def back_to(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return came_from(request) or "/"


def came_from(request: HttpRequest) -> str:
    """The page of this site that somebody came from, where their browser says so; otherwise empty."""
    there = urlsplit(request.headers.get("Referer", ""))
    # A browser would take a path that begins with two slashes for the name of another site.
    own = there.netloc == request.get_host() and not there.path.startswith("//")
    return there.path if own else ""

"""On to the page that somebody wanted before they had to set up a second factor."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ithrive.web.accounts.middleware import WANTED
from ithrive.web.accounts.refusals import SignInNeeded
from ithrive.web.areas.reach import AreaRequest


@require_safe
def go_on(request: AreaRequest) -> HttpResponse:
    """Once: what was wanted last month is not offered again. Whoever wanted nothing goes to their account."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    return redirect(request.session.pop(WANTED, None) or "accounts:me")

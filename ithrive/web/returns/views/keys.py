"""Keys for systems that send returns: made after a second factor, shown once, revoked at any time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.own_pages import form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.returns import actions
from ithrive.web.returns.forms.steps import KeyForm, SureForm
from ithrive.web.returns.queries import keys_of
from ithrive.web.rights import Right

either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def keys(request: AreaRequest) -> HttpResponse:
    """One's own keys, with when they were last used."""
    person = _sender(request)
    words = {
        "keys": list(keys_of(person)),
        "now": timezone.now(),
        "breadcrumbs": breadcrumbs(("Home", "/"), ("Returns", reverse("returns:home"))),
    }
    return for_this_reader(request, render(request, "returns/keys.html", words))


@either
def make(request: AreaRequest) -> HttpResponse:
    """Make a key. It sends figures without anybody signing in, so that its maker proves who they are."""
    person = _sender(request)
    request.areas.require(Right.MAKE_SENDING_KEY, request.areas.having(Right.MAKE_SENDING_KEY).first())
    form = KeyForm(sent(request))
    if form.is_valid():
        secret = actions.make_key(name=form.cleaned_data["name"], by=person)
        words = {"secret": secret, "breadcrumbs": breadcrumbs(("Keys", reverse("returns:keys")))}
        answer = render(request, "returns/key_made.html", words)
        answer["Cache-Control"] = "private, no-store"
        return answer
    back = reverse("returns:keys")
    return form_page(
        request, form, page_title="Make a key to send returns", button="Make the key", back=back, cancel=back,
        intro="Whoever holds the key can send figures in your name, for the areas whose returns you may "
        "fill in. It cannot read pages, and it cannot sign anything off. It ends after a year.",
    )  # fmt: skip


@either
def revoke(request: AreaRequest, number: int) -> HttpResponse:
    """End a key of one's own."""
    person = _sender(request)
    key = get_object_or_404(keys_of(person), pk=number)
    form = SureForm(sent(request))
    back = reverse("returns:keys")
    if form.is_valid():
        try:
            actions.revoke_key(key=key, by=person)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The key is revoked: nothing can be sent with it.")
            return redirect(back)
    return form_page(
        request, form, page_title=f"Revoke the key “{key.name}”", button="Revoke the key", back=back,
        cancel=back, intro="Whatever sends figures with it will be refused from now on.",
    )  # fmt: skip


def _sender(request: AreaRequest) -> Person:
    """Whoever may fill in the returns of some area."""
    if not request.areas.having(Right.SEND_RETURN).exists():
        request.areas.require(Right.SEND_RETURN)
    assert isinstance(request.user, Person)  # they hold a role
    return request.user

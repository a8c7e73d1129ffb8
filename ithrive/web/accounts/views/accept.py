"""Accepting an invitation: whoever holds the letter proves the address by it."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from ithrive.problems import NotAllowed
from ithrive.web.accounts import actions
from ithrive.web.accounts.actions.invitations import invitation_for, why_not_accept
from ithrive.web.accounts.adapters import INVITED_BY
from ithrive.web.accounts.forms import AcceptForm, ConfirmForm, refused
from ithrive.web.accounts.models import Invitation
from ithrive.web.accounts.people import account_of
from ithrive.web.accounts.refusals import SignInNeeded
from ithrive.web.accounts.views.people import who
from ithrive.web.areas.reach import AreaRequest


def accept(request: AreaRequest, token: str) -> HttpResponse:
    invitation = invitation_for(token)
    if invitation is None:
        raise Http404
    reason = why_not_accept(invitation)
    if reason:
        return render(request, "accounts/invitation_closed.html", {"reason": reason}, status=410)
    if account_of(invitation.email):
        return _accept_as_known(request, invitation)
    return _accept_as_newcomer(request, invitation, token)


def _accept_as_known(request: AreaRequest, invitation: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        raise SignInNeeded
    person = who(request)
    if person.email != invitation.email:
        return render(request, "accounts/another_persons.html", {"invitation": invitation}, status=403)
    if request.method == "POST":
        actions.accept_as_known(invitation=invitation, person=person)
        messages.success(request, f"You now hold the role {invitation.in_words()}.")
        return redirect("accounts:me")
    page = {"page_title": "Accept your invitation", "form": ConfirmForm(), "button": "Accept"}
    return render(request, "accounts/accept.html", page | {"invitation": invitation})


def _accept_as_newcomer(request: AreaRequest, invitation: Invitation, token: str) -> HttpResponse:
    # Should they go on with their organisation, this is how the way back knows of the invitation.
    request.session[INVITED_BY] = token
    form = AcceptForm(request.POST or None, email=invitation.email)
    if form.is_valid():
        try:
            person = actions.accept_as_newcomer(invitation=invitation, **form.cleaned_data)
        except NotAllowed as reason:
            refused(form, reason)
        else:
            del request.session[INVITED_BY]
            record_authentication(request, person, method="password", reauthenticated=True)
            welcomed: HttpResponse = perform_login(request, person, redirect_url="/people/me/")
            return welcomed
    page = {"page_title": "Accept your invitation", "form": form, "button": "Make my account"}
    organisations = get_adapter().list_providers(request)
    return render(
        request, "accounts/accept.html", page | {"invitation": invitation, "organisations": organisations}
    )

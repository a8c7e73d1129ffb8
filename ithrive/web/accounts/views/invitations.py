"""Inviting people, and taking it back."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ithrive.problems import NotAllowed
from ithrive.web.accounts import actions, people, presenters
from ithrive.web.accounts.forms import EVERYWHERE, ConfirmForm, InviteForm, refused
from ithrive.web.accounts.models import Invitation
from ithrive.web.accounts.views.people import who
from ithrive.web.accounts.views.roles import appointable, area_of, require_to_appoint
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.rights import Right, Role


def link_to(request: AreaRequest) -> Callable[[str], str]:
    """From a token to the address in the letter."""
    return lambda token: request.build_absolute_uri(reverse("accounts:accept", args=[token]))


def index(request: AreaRequest) -> HttpResponse:
    request.areas.require(Right.ADMINISTER)
    waiting = presenters.invitations_table(people.invitations(), timezone.now())
    return render(request, "accounts/invitations.html", {"invitations": waiting})


def invite(request: AreaRequest) -> HttpResponse:
    """To a role held everywhere."""
    request.areas.require(Right.ADMINISTER)
    return _invite(request, None, EVERYWHERE, back=reverse("accounts:invitations"))


def invite_to_area(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    area = area_of(request, country, kind, code)
    # Whoever may invite to an area at all may invite members.
    require_to_appoint(request.areas, Role.MEMBER, area)
    roles = [role for role in Role if role in appointable(request.areas, area)]
    return _invite(request, area, roles, back=presenters.area_people(area))


def _invite(
    request: AreaRequest, area: LocalArea | None, roles: Iterable[Role], *, back: str
) -> HttpResponse:
    form = InviteForm(request.POST or None, roles=roles)
    if form.is_valid():
        require_to_appoint(request.areas, form.cleaned_data["role"], area)
        try:
            actions.invite(**form.cleaned_data, area=area, link_to=link_to(request), by=who(request))
        except NotAllowed as reason:
            refused(form, reason)
        else:
            messages.success(request, f"We sent an invitation to {form.cleaned_data['email']}.")
            return redirect(back)
    title = f"Invite someone to {area.name}" if area else "Invite someone to the programme"
    page = {"page_title": title, "form": form, "button": "Send invitation", "cancel": back}
    return render(request, "components/form_page.html", page)


def resend(request: AreaRequest, number: int) -> HttpResponse:
    invitation = _required(request, number)

    def send_again() -> None:
        actions.resend_invitation(invitation=invitation, link_to=link_to(request), by=who(request))

    title = f"Send the invitation to {invitation.email} again"
    said = f"We sent another invitation to {invitation.email}."
    intro = "The link in the earlier letter stops working."
    return _confirm(request, invitation, send_again, title=title, button="Send again", said=said, intro=intro)


def withdraw(request: AreaRequest, number: int) -> HttpResponse:
    invitation = _required(request, number)

    def take_back() -> None:
        actions.withdraw_invitation(invitation=invitation, by=who(request))

    title = f"Withdraw the invitation to {invitation.email}"
    said = f"The invitation to {invitation.email} was withdrawn."
    intro = "The link in the letter stops working. No letter is sent."
    return _confirm(request, invitation, take_back, title=title, button="Withdraw", said=said, intro=intro)


def _required(request: AreaRequest, number: int) -> Invitation:
    invitation = people.invitation_of(number)
    require_to_appoint(request.areas, Role(invitation.role), invitation.area)
    return invitation


def _confirm(
    request: AreaRequest,
    invitation: Invitation,
    change: Callable[[], None],
    *,
    title: str,
    button: str,
    said: str,
    intro: str,
) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    back = presenters.invitations_page(invitation)
    if request.method == "POST":
        try:
            change()
        except NotAllowed as reason:
            messages.info(request, str(reason))
        else:
            messages.success(request, said)
        return redirect(back)
    page = {"page_title": title, "form": form, "button": button, "intro": intro, "cancel": back}
    return render(request, "components/form_page.html", page)

"""What we ask of allauth: no sign-up but by invitation, and our name for the site."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions import accept_as_newcomer
from ithrive.web.accounts.actions.invitations import invitation_for
from ithrive.web.accounts.models import Person
from ithrive.web.accounts.people import account_of

# Where the session remembers the token of the invitation that somebody has open.
INVITED_BY = "invited_by"


def shown_name(person: Person) -> str:
    return person.name


class InvitedPeopleOnly(DefaultAccountAdapter):
    """Accounts are made by accepting an invitation, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not correct",
        "too_many_login_attempts": "Too many failed attempts to sign in. Wait five minutes and try again",
        "incorrect_password": "The password is not correct",
        "enter_current_password": "Enter your current password",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], *more: Any) -> Any:
        """A letter names the site as its pages do, not by the address it happens to run at."""
        return super().render_mail(template_prefix, email, context | {"site": settings.SITE_NAME}, *more)


class SecondFactor(DefaultMFAAdapter):
    """An authenticator app shows the site's name beside its codes."""

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """An organisation vouches for an address; that opens an account only if it is one of ours."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        # Known already, or somebody who is signed in connects it with their own account.
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        person = person_vouched_for(sociallogin) or invited_newcomer(request, sociallogin)
        if person is None:
            page = render(request, "accounts/not_invited.html", status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, person)


def vouched_for(sociallogin: Any) -> set[str]:
    """The addresses that the organisation says it verified."""
    return {each.email.lower() for each in sociallogin.email_addresses if each.verified}


def person_vouched_for(sociallogin: Any) -> Person | None:
    """The one active person whose verified address the organisation verified too."""
    known = EmailAddress.objects.filter(email__in=vouched_for(sociallogin), verified=True)
    people = {address.user for address in known.select_related("user") if address.user.is_active}
    return people.pop() if len(people) == 1 else None


def invited_newcomer(request: HttpRequest, sociallogin: Any) -> Person | None:
    """Whoever opened an invitation here a moment ago, if the organisation vouches for the invited address."""
    invitation = invitation_for(request.session.get(INVITED_BY, ""))
    if invitation is None or invitation.email not in vouched_for(sociallogin):
        return None
    if account_of(invitation.email):  # a closed account is not opened by an old letter
        return None
    claims = sociallogin.account.extra_data.get("userinfo") or sociallogin.account.extra_data
    name = str(claims.get("name") or invitation.email)[:100]
    try:
        return accept_as_newcomer(invitation=invitation, name=name, password=None)
    except NotAllowed:
        return None

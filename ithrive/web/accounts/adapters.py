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

from ithrive.web.accounts.models import Person


def shown_name(person: Person) -> str:
    return person.name


class InvitedPeopleOnly(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Accounts are made by accepting an invitation, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc] # allauth carries no types
    """An authenticator app shows the site's name beside its codes."""

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """An organisation vouches for an address; that opens an account only if it is one of ours."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        person = person_vouched_for(sociallogin)
        if person is None:
            page = render(request, "accounts/not_invited.html", status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, person)


def person_vouched_for(sociallogin: Any) -> Person | None:
    """The one active person whose verified address the organisation verified too."""
    vouched = [each.email.lower() for each in sociallogin.email_addresses if each.verified]
    known = EmailAddress.objects.filter(email__in=vouched, verified=True, user__is_active=True)
    people = {address.user for address in known.select_related("user")}
    return people.pop() if len(people) == 1 else None

"""Whom an organisation's word lets in: a real provider in its own process, without a browser."""

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from ithrive.web.accounts.models import Invitation, Person
from ithrive.web.rights import Role
from ithrive.web.sign_in import organisation
from tests import oidc_provider
from tests.cast import PASSWORD, Cast, person, signed_in
from tests.oidc_provider.running import running

TOKEN = "the-token-in-the-letter"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("http://testserver/account/oidc/organisation/login/callback/") as address:
        yield address


@pytest.fixture(autouse=True)
def with_organisation(server: str, settings: Any) -> None:
    words = {
        "OIDC_SERVER": server,
        "OIDC_CLIENT_ID": oidc_provider.CLIENT_ID,
        "OIDC_SECRET": oidc_provider.SECRET,
    }
    settings.SOCIALACCOUNT_PROVIDERS = organisation(words)


def come_from_organisation(
    worker: str, client: Client | None = None, process: str = "login"
) -> tuple[Client, HttpResponse]:
    """Through the provider as a browser would go: off, log in there, and back with a code."""
    client = client or Client()
    off = client.post(f"/account/oidc/organisation/login/?process={process}").headers["Location"]
    with requests.Session() as browser:
        form = browser.get(off, timeout=60)
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form.text)
        assert token is not None
        words = {"username": worker, "password": oidc_provider.PASSWORD, "csrfmiddlewaretoken": token[1]}
        there = browser.post(form.url, words, allow_redirects=False, timeout=60).headers["Location"]
        server = re.match(r"https?://[^/]+", off)
        assert server is not None
        back = browser.get(server[0] + there, allow_redirects=False, timeout=60).headers["Location"]
    return client, client.get(back.removeprefix("http://testserver"))  # type: ignore[return-value] # the test client's own


def name_of(client: Client) -> str | None:
    """Who is signed in."""
    number = client.session.get("_auth_user_id")
    return Person.objects.get(pk=number).name if number else None


def invitation(cast: Cast, **words: Any) -> Invitation:
    asked = {
        "email": "nia@thornmere.example",
        "role": Role.MEMBER,
        "area": cast.alderbrook,
        "invited_by": cast.ada,
        "sent_at": timezone.now(),
        "expires_at": timezone.now() + timedelta(days=1),
        "token_digest": sha256(TOKEN.encode()).hexdigest(),
    }
    return Invitation.objects.create(**asked | words)


def with_letter_open() -> Client:
    client = Client()
    client.get(f"/people/accept/{TOKEN}/")
    return client


def test_a_verified_address_opens_its_account_the_first_time_and_again(cast: Cast) -> None:
    for _ in range(2):
        client, _page = come_from_organisation("ada")
        assert name_of(client) == "Ada"
    assert Person.objects.count() == 8


@pytest.mark.parametrize("worker", ["mallory", "pretender", "nia"])
def test_nobody_else_gets_in(cast: Cast, worker: str) -> None:
    client, page = come_from_organisation(worker)
    assert page.status_code == 403
    assert name_of(client) is None
    assert Person.objects.count() == 8


def test_a_closed_account_stays_closed(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ada.pk).update(is_active=False)
    client, page = come_from_organisation("ada")
    assert (page.status_code, name_of(client)) == (403, None)


def test_the_invited_get_an_account_and_the_role(cast: Cast) -> None:
    invitation(cast)
    client, _page = come_from_organisation("nia", with_letter_open())
    assert name_of(client) == "Nia New"
    nia = Person.objects.get(email="nia@thornmere.example")
    assert not nia.has_usable_password()
    assert [held.in_words() for held in nia.roles.all()] == ["“Member” in Alderbrook"]


def test_an_invitation_for_another_address_does_not_help(cast: Cast) -> None:
    invitation(cast)
    client, page = come_from_organisation("mallory", with_letter_open())
    assert (page.status_code, name_of(client)) == (403, None)


def test_an_invitation_that_expired_meanwhile_does_not_help(cast: Cast) -> None:
    invitation(cast)
    client = with_letter_open()
    Invitation.objects.update(expires_at=timezone.now())
    assert come_from_organisation("nia", client)[1].status_code == 403


def test_an_old_letter_does_not_open_a_closed_account(cast: Cast) -> None:
    invitation(cast)
    client = with_letter_open()
    nia = person("Nia")
    Person.objects.filter(pk=nia.pk).update(is_active=False)
    assert come_from_organisation("nia", client)[1].status_code == 403


def test_connecting_while_signed_in_touches_ones_own_account_alone(cast: Cast) -> None:
    mia = signed_in(cast.mia)
    mia.post("/account/reauthenticate/", {"password": PASSWORD})
    come_from_organisation("ada", mia, process="connect")
    assert list(SocialAccount.objects.values_list("user__name", flat=True)) == ["Mia"]
    assert name_of(come_from_organisation("ada")[0]) == "Mia"

"""Signing in without a browser: limits, secrets kept, and the way back."""

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.core.mail import EmailMessage
from django.test import Client
from django.test.client import RequestFactory
from django.urls import reverse
from pytest_django import Settings

from ithrive.web.accounts.middleware import back_to
from ithrive.web.accounts.models import Person
from ithrive.web.history.models import Change
from ithrive.web.sign_in import mail, organisation, organisation_origin
from tests.cast import PASSWORD, Cast, signed_in, with_authenticator_app

LOGIN = "/account/login/"


def try_to_sign_in(person: Person, password: str) -> str:
    """From a worker of its own: a fresh client, and a cache that remembers nothing itself."""
    del caches["default"]
    response = Client().post(LOGIN, {"login": person.email, "password": password})
    return "in" if response.status_code == 302 else response.content.decode()


def test_the_sixth_bad_password_is_refused_whichever_worker_hears_it(cast: Cast) -> None:
    for _ in range(5):
        assert "Too many failed attempts" not in try_to_sign_in(cast.ada, "a wrong password")
    assert "Too many failed attempts" in try_to_sign_in(cast.ada, "a wrong password")
    assert "Too many failed attempts" in try_to_sign_in(cast.ada, PASSWORD)
    assert try_to_sign_in(cast.ben, PASSWORD) == "in"


def test_who_guesses_behind_the_proxy_shuts_out_nobody_else(cast: Cast, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def guess(person: str, visitor: str) -> str:
        sent = {"login": person, "password": "a wrong password"}
        # What stands first is what the visitor claims; only the last address is the proxy's word.
        came_by = {"X-Forwarded-For": f"{person}, {visitor}"}
        return Client().post(LOGIN, sent, headers=came_by).content.decode()

    for number in range(20):
        assert "Too many failed attempts" not in guess(f"nobody{number}@thornmere.example", "203.0.113.7")
    assert "Too many failed attempts" in guess("nobody20@thornmere.example", "203.0.113.7")
    assert "Too many failed attempts" not in guess("nobody21@thornmere.example", "203.0.113.8")


def test_a_lost_password_says_the_same_to_everyone(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    pages = []
    for email in (cast.ada.email, "nobody@thornmere.example"):
        response = Client().post("/account/password/reset/", {"email": email}, follow=True)
        assert response.status_code == 200
        pages.append(re.sub(r'value="[^"]*"', "", response.content.decode()))
    assert pages[0] == pages[1]
    assert [letter.to for letter in mailoutbox] == [[cast.ada.email]]


def test_the_link_in_the_letter_changes_the_password(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": cast.ada.email})
    link = re.search(r"https?://[^/\s]+(/\S+)", str(mailoutbox[0].body))
    assert link is not None
    page = client.get(link[1], follow=True)
    new = {"password1": "calm-badger-lanes-2", "password2": "calm-badger-lanes-2"}
    assert client.post(page.request["PATH_INFO"], new).status_code == 302
    assert try_to_sign_in(cast.ada, "calm-badger-lanes-2") == "in"


def test_letters_about_an_account_are_plain_and_name_the_site(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": cast.ada.email})
    asked = mailoutbox[0]
    assert asked.subject == "Set a new password"
    assert str(asked.body).startswith("Somebody asked to set a new password for your account.")
    link = re.search(r"https?://[^/\s]+(/\S+)", str(asked.body))
    assert link is not None
    page = client.get(link[1], follow=True)
    new = {"password1": "calm-badger-lanes-2", "password2": "calm-badger-lanes-2"}
    client.post(page.request["PATH_INFO"], new)
    done = mailoutbox[1]
    assert str(done.body).startswith("Your account was changed.")
    for letter in (asked, done):
        assert "This letter is from the i-THRIVE platform, testserver." in str(letter.body)
        assert "Hello from" not in str(letter.body)


def test_a_wrong_password_is_told_in_plain_words(cast: Cast) -> None:
    said = try_to_sign_in(cast.ben, "a wrong password")
    assert "The email address or the password is not correct" in said


def test_the_privacy_page_is_true_of_the_cookie_and_of_names_in_the_history(cast: Cast) -> None:
    client = Client()
    signed = client.post(LOGIN, {"login": cast.ben.email, "password": PASSWORD})
    page = " ".join(client.get("/privacy/").content.decode().split())
    assert signed.cookies["sessionid"]["max-age"] == ""
    assert "When you close the browser, or sign out" in page
    client.post("/people/me/name/", {"name": "Benedict Tarn"})
    assert Change.objects.filter(by=cast.ben.reference, action="change a name").exists()
    assert not Change.objects.filter(summary__contains="Ben").exists()
    assert "so it does not hold your name or email address" in page


def test_nobody_signs_up(cast: Cast) -> None:
    page = Client().post("/account/signup/", {"email": "new@thornmere.example", "password1": PASSWORD})
    assert "Accounts are by invitation" in page.content.decode()
    assert not Person.objects.filter(email="new@thornmere.example").exists()


def test_a_closed_account_does_not_open_with_its_password(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ada.pk).update(is_active=False)
    Client().post(LOGIN, {"login": cast.ada.email, "password": PASSWORD})
    client = Client()
    client.post(LOGIN, {"login": cast.ada.email, "password": PASSWORD})
    assert client.get("/people/me/").status_code == 302


def test_a_second_factor_that_was_removed_no_longer_counts(cast: Cast) -> None:
    client = signed_in(cast.dan, second_factor=True)
    assert client.get("/people/").status_code == 200
    Authenticator.objects.filter(user=cast.dan).delete()
    response = client.get("/people/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/account/2fa/?next=%2Fpeople%2F"


def test_what_people_change_about_their_sign_in_is_told(cast: Cast) -> None:
    client = signed_in(cast.mia)
    new = {"oldpassword": PASSWORD, "password1": "calm-badger-lanes-2", "password2": "calm-badger-lanes-2"}
    client.post("/account/password/change/", new)
    assert [line.summary for line in changes_by(cast.mia)] == [
        f"{{{cast.mia.subject}}} changed their password"
    ]
    app = with_authenticator_app(cast.mia)
    client.post("/account/reauthenticate/", {"password": "calm-badger-lanes-2"})
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(pk=app.pk).exists()
    assert changes_by(cast.mia)[0].summary == f"{{{cast.mia.subject}}} removed an authenticator app"


def changes_by(person: Person) -> list[Change]:
    return list(Change.objects.filter(by=person.reference))


def test_whoever_must_sign_in_comes_back_to_the_page_they_wanted(cast: Cast) -> None:
    response = Client().get("/people/area/thornmere/local-area/T001/?page=2")
    location = response.headers["Location"]
    assert (
        location
        == f"{reverse('account_login')}?next=%2Fpeople%2Farea%2Fthornmere%2Flocal-area%2FT001%2F%3Fpage%3D2"
    )
    back = Client().post(location, {"login": cast.ada.email, "password": PASSWORD})
    assert back.headers["Location"] == "/people/area/thornmere/local-area/T001/?page=2"


def test_the_page_wanted_before_a_second_factor_is_gone_on_to_once(cast: Cast) -> None:
    client = signed_in(cast.dan)
    assert client.get("/people/?page=2").headers["Location"].startswith(reverse("mfa_index"))
    assert [client.get("/people/me/go-on/").headers["Location"] for _ in range(2)] == [
        "/people/?page=2",
        "/people/me/",
    ]


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/people/invitations/", "/people/invitations/"),
        ("http://elsewhere.example/people/", "/"),
        ("http://testserver//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_after_a_sent_form_the_way_back_is_the_page_it_was_on(came_from: str, back: str) -> None:
    request = RequestFactory().post("/people/invitations/3/withdraw/", headers={"Referer": came_from})
    assert back_to(request) == back


def test_a_refused_action_is_told_on_a_page(cast: Cast) -> None:
    dan, action = signed_in(cast.dan, second_factor=True), f"/people/{cast.mia.reference}/reopen/"
    response = dan.post(action, headers={"referer": "http://testserver/people/?page=2"})
    page = response.content.decode()
    assert response.status_code == 403
    assert '<h1 class="nhsuk-heading-l">This cannot be done now</h1>' in page
    assert "<p>This account is open.</p>" in page
    assert 'href="/people/">Go back to the page you came from</a>' in page
    assert "ask the person who leads" not in page
    assert "Go back" not in dan.post(action).content.decode()


def test_a_missing_right_is_told_as_what_one_cannot_see(cast: Cast) -> None:
    response = signed_in(cast.mia).get("/people/")
    assert response.status_code == 403
    assert "You cannot see this page</h1>" in response.content.decode()
    assert "This cannot be done now" not in response.content.decode()


def test_the_organisation_comes_from_the_environment() -> None:
    assert organisation({}) == {}
    assert organisation_origin({}) == []
    environment = {"OIDC_SERVER": "https://id.trust.example/realm", "OIDC_CLIENT_ID": "a", "OIDC_SECRET": "b"}
    (app,) = organisation(environment)["openid_connect"]["APPS"]
    assert app["name"] == "your organisation"
    assert app["settings"]["oauth_pkce_enabled"]
    assert organisation_origin(environment) == ["https://id.trust.example"]


def test_letters_go_into_files_until_there_is_a_mail_server() -> None:
    assert mail({}, Path("var"))["EMAIL_FILE_PATH"] == Path("var/mail")
    by_server = mail({"MAIL_HOST": "mail.trust.example", "MAIL_TLS": "no"}, Path("var"))
    assert by_server["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (by_server["EMAIL_PORT"], by_server["EMAIL_USE_TLS"]) == (587, False)

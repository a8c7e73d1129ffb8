"""Signing in, in every way there is, with a real browser, a real second factor and a real organisation."""

import base64
import hmac
import re
import time
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from ithrive.web.accounts.models import Person
from ithrive.web.history.record import verify
from ithrive.web.sign_in import organisation, organisation_origin
from tests import oidc_provider
from tests.cast import PASSWORD, SECRET, Cast, with_authenticator_app
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import assert_good, take_picture
from tests.oidc_provider.running import running


def sign_in(page: Page, person: Person, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code(secret: str) -> str:
    """What an authenticator app shows now, by RFC 6238; a step is 30 seconds."""
    step = int(time.time()) // 30
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def test_ada_signs_in_and_sees_her_roles(page: Page, cast: Cast) -> None:
    page.goto("/account/login/")
    assert_good(page)
    take_picture(page, "sign-in")
    sign_in(page, cast.ada)
    expect(page.get_by_role("link", name="Ada", exact=True)).to_be_visible()
    page.goto("/people/me/")
    expect(page.get_by_role("row", name="Area lead, Alderbrook")).to_be_visible()
    assert_good(page)


def test_a_wrong_password_is_refused_in_plain_words(page: Page, cast: Cast) -> None:
    sign_in(page, cast.ada, password="not-her-password")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("password")
    assert_good(page)


def test_an_empty_form_says_what_to_enter(page: Page, cast: Cast) -> None:
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_contain_text("Enter your email address")
    expect(summary).to_contain_text("Enter your password")


def test_an_administrator_sets_up_an_authenticator_app_and_goes_on(page: Page, cast: Cast) -> None:
    sign_in(page, cast.dan)
    page.goto("/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second ways to prove it is you")
    assert_good(page)
    page.get_by_role("button", name="Set up an authenticator app").click()
    confirm_with_password(page)
    assert_good(page)
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert_good(page)
    page.get_by_role("button", name="I have kept the codes: go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    assert_good(page)
    take_picture(page, "people")
    # Wanted once: it is not offered again.
    page.goto("/account/2fa/recovery-codes/")
    expect(page.get_by_role("button", name="Download the codes")).to_be_visible()
    expect(page.get_by_role("button", name="go on")).to_have_count(0)


def test_the_code_is_asked_at_sign_in_and_a_wrong_one_refused(page: Page, cast: Cast) -> None:
    with_authenticator_app(cast.dan)
    sign_in(page, cast.dan)
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm it is you")
    assert_good(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    page.get_by_label("Code").fill(code(SECRET))
    page.get_by_role("button", name="Sign in").click()
    page.goto("/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def confirm_with_password(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm it is you")
    assert_good(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def with_a_passkey(page: Page) -> None:
    """A device that can hold passkeys and whose owner is there, as the browser's own tools make one."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_a_passkey_is_added_and_signs_in_without_a_password(page: Page, cast: Cast) -> None:
    with_a_passkey(page)
    sign_in(page, cast.dan)
    page.goto("/account/2fa/webauthn/add/")
    confirm_with_password(page)
    assert_good(page)
    page.get_by_label("Name of the key").fill("Dan’s laptop")
    page.get_by_label("Let this key sign me in").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_text("Dan’s laptop: passkey")).to_be_visible()
    assert_good(page)
    page.get_by_role("button", name="Sign out").click()
    # Somebody who knows the address has locked the password; the passkey goes on working.
    for _ in range(6):
        refused = Client().post("/account/login/", {"login": cast.dan.email, "password": "a wrong password"})
    assert "Too many failed attempts" in refused.content.decode()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="Dan", exact=True)).to_be_visible()
    # A passkey is possession and proof of person in one, so it counts as the second factor.
    page.goto("/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def test_an_invitation_becomes_an_account(
    page: Page,
    browser: Browser,
    base_url: str,
    cast: Cast,
    mailoutbox: list[EmailMessage],
    complaints: Complaints,
) -> None:
    sign_in(page, cast.ada)
    page.goto("/people/area/thornmere/local-area/T001/")
    assert_good(page)
    page.get_by_role("button", name="Invite someone to Alderbrook").click()
    assert_good(page)
    page.get_by_label("Email address").fill("nia@thornmere.example")
    page.get_by_label("Area contributor").check()
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text("We sent an invitation to nia@thornmere.example.")).to_be_visible()
    expect(page.get_by_role("row", name="nia@thornmere.example")).to_be_visible()
    assert_good(page)
    take_picture(page, "area-people")

    elsewhere = browser.new_context(base_url=base_url)
    complaints.listen_to(elsewhere)
    nias = elsewhere.new_page()
    nias.goto(link_in(mailoutbox[0]))
    assert_good(nias)
    nias.get_by_label("Full name").fill("Nia New")
    nias.get_by_label("Password", exact=True).fill("password1234")
    nias.get_by_role("button", name="Make my account").click()
    expect(nias.locator(".nhsuk-error-summary")).to_contain_text("too common")
    assert_good(nias)
    nias.get_by_label("Password", exact=True).fill("bright-otter-stones-4")
    nias.get_by_role("button", name="Make my account").click()
    expect(nias.get_by_role("row", name="Area contributor, Alderbrook")).to_be_visible()

    complaints.expect("410")
    page.goto(link_in(mailoutbox[0]))
    expect(page.get_by_text("This invitation was used already.")).to_be_visible()
    assert_good(page)
    elsewhere.close()
    assert verify() is None


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"https?://\S+", str(letter.body))
    assert found is not None
    return found[0]


@pytest.fixture
def organisation_running(base_url: str, settings: Any) -> Iterator[None]:
    """The provider runs, and our site is set up with it as by the environment."""
    with running(f"{base_url}/account/oidc/organisation/login/callback/") as server:
        environment = {
            "OIDC_NAME": "Thornmere Trust",
            "OIDC_SERVER": server,
            "OIDC_CLIENT_ID": oidc_provider.CLIENT_ID,
            "OIDC_SECRET": oidc_provider.SECRET,
        }
        settings.SOCIALACCOUNT_PROVIDERS = organisation(environment)
        policy = deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"] = ["'self'", *organisation_origin(environment)]
        settings.CONTENT_SECURITY_POLICY = policy
        yield


def sign_in_at_organisation(page: Page, worker: str) -> None:
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Username").fill(worker)
    page.get_by_label("Password").fill(oidc_provider.PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.usefixtures("organisation_running")
def test_ada_signs_in_with_her_organisation(page: Page, cast: Cast) -> None:
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with Thornmere Trust").click()
    assert_good(page)
    sign_in_at_organisation(page, "ada")
    expect(page.get_by_role("link", name="Ada", exact=True)).to_be_visible()
    page.goto("/account/3rdparty/")
    assert_good(page)


@pytest.mark.usefixtures("organisation_running")
@pytest.mark.parametrize("worker", ["mallory", "pretender"])
def test_the_organisation_opens_no_account_for_the_uninvited_or_unverified(
    page: Page, cast: Cast, complaints: Complaints, worker: str
) -> None:
    complaints.expect("403")
    before = Person.objects.count()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with Thornmere Trust").click()
    sign_in_at_organisation(page, worker)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have no account here yet")
    assert_good(page)
    assert Person.objects.count() == before


@pytest.mark.usefixtures("organisation_running")
def test_an_invitation_is_accepted_with_the_organisation(
    page: Page, browser: Browser, base_url: str, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    sign_in(page, cast.ada)
    page.goto("/people/area/thornmere/local-area/T001/invite/")
    page.get_by_label("Email address").fill("nia@thornmere.example")
    page.get_by_label("Member").check()
    page.get_by_role("button", name="Send invitation").click()
    elsewhere = browser.new_context(base_url=base_url)
    nias = elsewhere.new_page()
    nias.goto(link_in(mailoutbox[0]))
    nias.get_by_role("button", name="Continue with Thornmere Trust").click()
    sign_in_at_organisation(nias, "nia")
    expect(nias.get_by_role("link", name="Nia New", exact=True)).to_be_visible()
    nias.goto("/people/me/")
    expect(nias.get_by_role("row", name="Member, Alderbrook")).to_be_visible()
    elsewhere.close()


def test_every_other_page_about_people_is_accessible_and_fits(page: Page, cast: Cast) -> None:
    with_authenticator_app(cast.dan)
    sign_in(page, cast.dan)
    page.get_by_label("Code").fill(code(SECRET))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Dan", exact=True)).to_be_visible()
    mia = f"/people/{cast.mia.reference}/"
    for address in (
        "/people/me/name/",
        "/people/invitations/",
        "/people/invitations/new/",
        mia,
        f"{mia}give-role/",
        f"{mia}close/",
        f"/people/roles/{cast.mia.roles.get().pk}/end/",
        "/history/",
        "/account/email/",
        "/account/password/change/",
        "/account/sessions/",
        "/account/logout/",
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_good(page)


@pytest.mark.parametrize("address", ["/account/password/reset/", "/account/signup/", "/account/inactive/"])
def test_pages_before_signing_in_are_accessible_and_fit(page: Page, cast: Cast, address: str) -> None:
    page.goto(address)
    assert_good(page)

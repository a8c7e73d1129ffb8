"""What frames every page: its title, its places, its warnings, its refusals and its headers."""

import logging
from pathlib import Path

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

import ithrive.web.components
from ithrive.web.components.context import current
from ithrive.web.components.middleware import refuse_nul
from tests.cast import Cast, signed_in

STATIC = Path(ithrive.web.components.__file__).parent / "static"
PAGES = ["/gallery/", "/about/", "/accessibility/", "/privacy/"]
# The logo's drawing begins so in the design system; the others are marks or fonts that are not ours to use.
NOT_OURS = ["M200 0v80H0V0h200Z", "© NHS", "&copy; NHS", "frutiger", "assets.nhs.uk", 'nhsuk-header__logo"']

pytestmark = pytest.mark.django_db


def framed(**context: object) -> str:
    return render_to_string("components/base.html", context, RequestFactory().get("/areas/"))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_shows_the_nhs_logo_its_font_or_its_copyright(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert not [mark for mark in NOT_OURS if mark.lower() in page.lower()]


@pytest.mark.parametrize(
    "file", sorted(STATIC.rglob("*.css")) + sorted(STATIC.rglob("*.svg")), ids=lambda file: file.name
)
def test_no_style_or_picture_names_the_nhs_font_or_another_host(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "").lower()
    assert not [mark for mark in (*NOT_OURS, "http:", "https:") if mark.lower() in text]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_own_title_and_one_first_heading(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert " – i-THRIVE platform</title>" in page
    assert "<title> –" not in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("address", PAGES)
def test_a_page_without_figures_asks_only_whether_the_site_is_a_demonstration(
    client: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize(
    ("href", "path", "said"),
    [
        ("/", "/", "page"),
        ("/", "/areas/", ""),
        ("/areas/", "/areas/", "page"),
        ("/areas/", "/areas/thornmere/", "true"),
        ("/areas/", "/framework/", ""),
    ],
)
def test_navigation_says_where_we_are(href: str, path: str, said: str) -> None:
    assert current(href, path) == said


def test_a_demonstration_says_that_it_is_invented() -> None:
    assert "Thornmere, its areas, people and figures are invented." in framed(demonstration=True)
    assert "All made up." in framed(demonstration=True, demonstration_notice="All made up.")
    assert "invented" not in framed()


def test_messages_are_banners_and_success_is_green() -> None:
    page = framed(messages=[Message(messages.SUCCESS, "Saved <1>."), Message(messages.INFO, "Look.")])
    assert page.count("nhsuk-notification-banner--success") == 1
    assert "Saved &lt;1&gt;." in page
    assert 'aria-labelledby="message-1"' in page
    assert 'aria-labelledby="message-2"' in page


def test_the_foot_links_to_the_source_where_the_site_names_it(settings: Settings) -> None:
    settings.SOURCE_ADDRESS = ""
    assert "Source code" not in framed()
    settings.SOURCE_ADDRESS = "https://example.org/source"
    assert 'href="https://example.org/source"' in framed()


def test_headers_allow_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    response = client.get("/about/")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert not [loose for loose in ("unsafe", "http:", "https:", "*") if loose in policy]
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/people/me/", "/about/", "/areas/x/"])
def test_no_copy_is_kept_of_what_somebody_signed_in_was_shown(cast: Cast, address: str) -> None:
    shown = signed_in(cast.ada).get(address)
    assert {"private", "no-store"} <= set(shown["Cache-Control"].split(", "))


def test_what_anyone_may_see_says_nothing_against_keeping_it(client: Client) -> None:
    assert "Cache-Control" not in client.get("/about/")


@pytest.mark.parametrize("address", ["/areas/x%00y/", "/about/?on=%00", "/about/?%00=1", "/about/?a=1&a=%00"])
def test_an_address_with_a_nul_is_refused_before_it_is_looked_up(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert "That request cannot be used" in response.content.decode()


@pytest.mark.parametrize("address", ["/areas/?on=2015-04-01", "/api/v1/areas?on=%00"])
def test_an_ordinary_address_passes_and_the_api_answers_for_itself(address: str) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse("passed")

    assert refuse_nul(answer)(RequestFactory().get(address)).content == b"passed"


def test_a_missing_page_is_framed(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert 'href="/areas/"' in response.content.decode()


def test_a_refusal_gives_the_reason_it_was_given() -> None:
    reason = "Your roles do not let you change an area's membership and role."
    page = render_to_string("403.html", {"exception": reason})
    assert "Your roles do not let you change an area&#x27;s membership and role." in page
    assert "Your account does not give you this right." in render_to_string("403.html", {})


def test_a_fault_is_told_without_needing_anything_that_may_be_broken(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault made for this test")

    monkeypatch.setattr("ithrive.web.components.context.place", broken)
    caplog.set_level(logging.CRITICAL, logger="django.request")
    client.raise_request_exception = False
    response = client.get("/about/")
    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in response.content.decode()
    assert "made for this test" not in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403_csrf", "404", "429", "500"])
def test_every_refusal_says_what_to_do_next(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert page.count("<h1") == 1
    assert 'href="/"' in page


def test_the_header_offers_to_sign_in_or_names_who_is_signed_in(client: Client, cast: Cast) -> None:
    assert "Sign in" in client.get("/about/").content.decode()
    client.force_login(cast.ada)
    page = client.get("/about/").content.decode()
    assert cast.ada.name in page
    assert "Sign out" in page


def test_a_form_that_was_open_too_long_is_answered_with_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/")
    assert response.status_code == 403
    assert "This form can no longer be sent" in response.content.decode()

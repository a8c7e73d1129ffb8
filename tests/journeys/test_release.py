"""Figures become public: prepared, released by another person, revised, released again."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, Cast, signed_in
from tests.journeys.seeing import assert_good, take_picture
from tests.web.publications.scenes import QUARTER, STARTED, a_quarter, help_within_weeks, signed_off

FIRST, SECOND = "/releases/2026-27-q1/", "/releases/2026-27-q1-2/"


def sign_in(page: Page, name: str) -> None:
    page.set_default_timeout(60_000)
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(f"{name}@thornmere.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def prepare(page: Page, title: str) -> None:
    page.goto("/releases/")
    assert_good(page)
    page.get_by_role("button", name="Prepare a release").click()
    assert_good(page)
    page.get_by_label("Title").fill(title)
    page.get_by_label(QUARTER.label).check()
    page.get_by_label("H3 Meaningful help within four weeks").check()
    page.get_by_role("button", name="Prepare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def released_by(cast: Cast, address: str) -> None:
    """By another person, in a browser of her own, who proved a second factor."""
    eve = signed_in(cast.eve, second_factor=True)
    answer = eve.post(f"{address}release/", {"sure": "on"})
    assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def quarter(cast: Cast) -> Cast:
    a_quarter(cast)
    return cast


def test_figures_are_released_by_two_people_and_revised(page: Page, quarter: Cast) -> None:
    sign_in(page, "pat")
    prepare(page, "April to June 2026")
    expect(page.get_by_role("main")).to_contain_text("It is not public")
    assert_good(page)
    page.get_by_role("link", name="The attacker’s report").click()
    expect(page.get_by_role("main")).to_contain_text("Confidential")
    assert_good(page)
    take_picture(page, "attackers-report", height=900)

    released_by(quarter, FIRST)
    page.get_by_role("button", name="Sign out").click()
    page.goto(FIRST)
    expect(page.get_by_role("main")).to_contain_text("all that the rule asks for stays possible")
    expect(page.get_by_role("main")).not_to_contain_text("attacker’s report")
    assert_good(page)
    take_picture(page, "release")
    page.goto(f"{FIRST}H3/?figure=count.started")
    expect(page.get_by_role("row", name="Elmstow")).to_contain_text("Hidden")
    assert_good(page)
    take_picture(page, "release-table")

    again = help_within_weeks((90, *STARTED["T001"][1:]))
    signed_off(quarter.alderbrook, again, at=timezone.now())
    sign_in(page, "pat")
    prepare(page, "April to June 2026, revised")
    released_by(quarter, SECOND)
    page.goto(FIRST)
    expect(page.get_by_role("main")).to_contain_text("Revised since")
    assert_good(page)
    page.goto(f"{FIRST}H3/")
    expect(page.get_by_role("table", name="As published then, and since")).to_contain_text("Alderbrook")
    assert_good(page)
    page.goto("/releases/ledger/")
    expect(page.get_by_role("row", name="April to June 2026, revised")).to_contain_text("Eve")
    assert_good(page)

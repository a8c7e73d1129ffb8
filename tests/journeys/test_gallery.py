"""Every part of a page, in a real browser: seen, pressed, tabbed through, and without scripts."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import NARROW, assert_accessible, assert_fits, assert_good, take_picture

STATEMENTS = ["/about/", "/accessibility/", "/privacy/"]


def test_every_part_is_accessible_and_fits_the_narrowest_screen(page: Page) -> None:
    page.goto("/gallery/")
    assert_good(page)
    take_picture(page, "gallery")


@pytest.mark.parametrize("address", STATEMENTS)
def test_statements_are_accessible_and_fit_the_narrowest_screen(page: Page, address: str) -> None:
    page.goto(address)
    assert_good(page)


def test_a_missing_page_is_accessible_and_says_what_to_do(page: Page, complaints: Complaints) -> None:
    complaints.expect("404")
    page.goto("/no-such-page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert_good(page)


def test_the_first_press_of_tab_offers_to_skip_to_the_content(page: Page) -> None:
    page.goto("/about/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#maincontent")).to_be_focused()


def test_the_error_summary_takes_the_focus_and_each_error_leads_to_its_field(page: Page) -> None:
    page.goto("/gallery/")
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_be_focused()
    for link in summary.get_by_role("link").all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        expect(page.locator(f"[id='{target}']")).to_be_focused()


def test_a_wide_table_scrolls_by_keyboard_in_a_named_region(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("/gallery/")
    region = page.get_by_role("region", name="Areas and their children and young people")
    region.focus()
    page.keyboard.press("ArrowRight")
    scrolled = (
        "e => e.scrollLeft || new Promise(done => e.addEventListener('scroll', () => done(e.scrollLeft)))"
    )
    assert region.evaluate(scrolled) > 0
    assert_fits(page)


def test_without_javascript_every_part_is_there_and_nothing_is_hidden(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/gallery/")
    for heading in ("Table", "Pages", "A form", "The form after mistakes"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_label("File of members").first).to_be_visible()
    page.get_by_text("How we worked this out").click()
    expect(page.get_by_text("Each part is counted once")).to_be_visible()


def test_the_look_survives_a_larger_text_size(page: Page) -> None:
    """Text at twice its size, as people with low vision set it, stays inside the window."""
    page.goto("/gallery/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_fits(page)
    assert_accessible(page)


def test_an_inline_script_is_refused_and_the_refusal_heard(page: Page, complaints: Complaints) -> None:
    complaints.expect("Content Security Policy")
    page.goto("/about/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))")
    assert page.evaluate("window.ran === undefined")
    assert any("script-src-elem refused inline" in said for said in complaints.heard)


def test_on_paper_tables_are_whole_and_do_not_spell_out_addresses(page: Page) -> None:
    page.goto("/gallery/")
    page.emulate_media(media="print")
    link = page.get_by_role("link", name="Brackenford")
    assert link.evaluate("e => getComputedStyle(e, '::after').content") == "none"
    region = page.locator(".nhsuk-scroll__content").first
    assert region.evaluate("e => getComputedStyle(e).overflowX") == "visible"
    expect(page.get_by_role("button", name="End membership")).not_to_be_visible()


def test_the_header_of_someone_signed_in_fits_the_narrowest_screen(
    page: Page, base_url: str, client: Client, cast: Cast
) -> None:
    client.force_login(cast.ada)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}
    page.context.add_cookies([session])  # type: ignore[list-item] # its own SetCookieParam is a dict like this
    page.goto("/about/")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert_good(page)

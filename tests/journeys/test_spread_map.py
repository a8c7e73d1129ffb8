"""The spread map, coverage and areas as somebody with a keyboard, a telephone or no scripts meets them."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ithrive.areas.fictional import thornmere
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.loading import load
from ithrive.areas.membership import MemberRole
from ithrive.web.areas.models import LocalArea, Membership, Support
from ithrive.web.areas.store import store
from ithrive.web.history.record import Command
from tests.journeys.seeing import NARROW, assert_fits, assert_good, take_picture

LOAD = Command("areas load")
MAP = "/areas/thornmere/map/"
MANIFEST = Path(__file__).parents[2] / "docs" / "examples" / "england" / "manifest.toml"
# Every third area takes part; every tenth of those is an accelerator site, every seventh has paused.
ROLES = {0: MemberRole.ACCELERATOR, 7: MemberRole.PAUSED}


@pytest.fixture
def programme(transactional_db: None) -> Gazetteer:
    """Thornmere with members and support, the same every time."""
    gazetteer = thornmere()
    store(gazetteer, by=LOAD)
    standing = LocalArea.objects.filter(country__slug="thornmere", kind="local-area", ends=None).order_by(
        "code"
    )
    taking_part = [area for number, area in enumerate(standing) if number % 3 != 2]
    Membership.objects.bulk_create(
        Membership(
            area=area, role=ROLES.get(number % 10, MemberRole.MEMBER), starts=date(2021, 1 + number % 9, 1)
        )
        for number, area in enumerate(taking_part)
    )
    Support.objects.bulk_create(
        Support(
            area=area,
            on=date(2026, 3, 1),
            kind="coaching",
            days=1 + number % 12,
            given_by="Col",
            purpose="Plan",
        )
        for number, area in enumerate(taking_part[::2])
    )
    return gazetteer


def test_the_home_page_shows_how_far_the_programme_has_come(page: Page, programme: Gazetteer) -> None:
    page.goto("/")
    expect(page.get_by_text("of Thornmere's children and young people aged 0 to 17 live")).to_be_visible()
    expect(page.get_by_role("img", name="Map of the local areas of Thornmere by their role")).to_be_visible()
    assert_good(page)
    take_picture(page, "home")
    page.get_by_role("link", name="Open the spread map").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Spread map")


def test_the_map_is_read_and_opened_with_the_keyboard_alone(page: Page, programme: Gazetteer) -> None:
    page.goto(MAP)
    skip = page.get_by_role("link", name="Skip past the map")
    skip.focus()
    page.keyboard.press("Tab")
    area = page.locator("svg.spread-map a").first
    expect(area).to_be_focused()
    assert (area.get_attribute("aria-label") or "").startswith("Alderbrook: ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alderbrook")


def test_the_skip_link_passes_over_every_area(page: Page, programme: Gazetteer) -> None:
    page.goto(MAP)
    page.get_by_role("link", name="Skip past the map").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#areas-by-colour")).to_be_focused()


def test_another_day_another_layout_another_layer(page: Page, programme: Gazetteer) -> None:
    page.goto(MAP)
    assert_good(page)
    take_picture(page, "map", height=1500)
    page.get_by_label("On the day").fill("2019-06-01")
    page.get_by_label("Areas", exact=True).select_option("Local areas, 2015 to 2020")
    page.get_by_role("button", name="Update the map").click()
    expect(page.locator(".areas-sentence")).to_contain_text("on 1 June 2019. Of 118 areas")
    page.get_by_label("Drawn as").select_option(value="hexagons")
    page.get_by_label("Show", exact=True).select_option("Direct support given")
    page.get_by_label("On the day").fill("2026-06-01")
    page.get_by_role("button", name="Update the map").click()
    expect(page.get_by_text("Each hexagon stands for about")).to_be_visible()
    expect(page.locator("svg.spread-map a")).to_have_count(118)
    assert_good(page)
    take_picture(page, "hexagons", height=1500)


def test_the_list_beside_the_map_opens_each_colour(page: Page, programme: Gazetteer) -> None:
    page.goto(MAP)
    group = page.locator(".areas-legend__group", has_text="Paused")
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(group.get_by_role("link").first).to_be_visible()
    assert_good(page)


@pytest.mark.parametrize(
    ("link", "ending"),
    [
        ("Table (CSV)", "csv"),
        ("Outlines (GeoJSON)", "geojson"),
        ("Picture (SVG)", "svg"),
        ("Picture (PNG)", "png"),
    ],
)
def test_the_map_can_be_taken_away(page: Page, programme: Gazetteer, link: str, ending: str) -> None:
    page.goto(f"{MAP}?on=2024-06-01")
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    assert download.value.suggested_filename.startswith("thornmere-role-tm20-")
    assert download.value.suggested_filename.endswith(f"2024-06-01.{ending}")
    assert download.value.path().stat().st_size > 1000


def test_a_bad_question_takes_the_focus_to_the_problem_and_keeps_the_map(
    page: Page, programme: Gazetteer
) -> None:
    page.goto(f"{MAP}?show=nonsense&on=2020-13-45")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.locator("svg.spread-map")).to_be_visible()
    assert_good(page)


def test_coverage_opens_up_its_sentence(page: Page, programme: Gazetteer) -> None:
    page.goto("/areas/thornmere/coverage/?on=2026-06-01&since=2021-06-01")
    expect(page.get_by_text("more children and young people aged 0 to 17")).to_be_visible()
    assert_good(page)
    take_picture(page, "coverage-working", height=2600)
    page.get_by_label("Ages").fill("0-24")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(".areas-sentence")).to_contain_text("aged 0 to 24 live")
    with page.expect_download() as download:
        page.get_by_role("link", name="Working (CSV)").click()
    assert download.value.suggested_filename == "thornmere-coverage-tm20-ages-0-24-2026-06-01.csv"


def test_an_area_and_the_list_that_leads_to_it(page: Page, programme: Gazetteer) -> None:
    merged = (
        LocalArea.objects.filter(country__slug="thornmere", code__startswith="TM0002")
        .order_by("code")
        .first()
    )
    assert merged is not None
    page.goto("/areas/thornmere/")
    assert_good(page)
    page.get_by_label("Search").fill(merged.code)
    page.get_by_role("button", name="Show areas").click()
    page.get_by_role("link", name=merged.name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(merged.name)
    expect(page.get_by_text("What it was before")).to_be_visible()
    assert_good(page)
    take_picture(page, "area")


def test_the_countries(page: Page, programme: Gazetteer) -> None:
    page.goto("/areas/")
    expect(page.get_by_role("link", name="Spread map of Thornmere")).to_be_visible()
    assert_good(page)


def test_everything_works_without_scripts(page_without_javascript: Page, programme: Gazetteer) -> None:
    page = page_without_javascript
    page.set_viewport_size(NARROW)  # type: ignore[arg-type] # its own ViewportSize, or ours alike
    page.goto(MAP)
    page.get_by_label("Drawn as").select_option(value="hexagons")
    page.get_by_role("button", name="Update the map").click()
    expect(page.get_by_text("Each hexagon stands for about")).to_be_visible()
    page.locator(".areas-legend__group summary").first.click()
    expect(page.locator(".areas-legend__group a").first).to_be_visible()
    assert_fits(page)


def test_england_by_the_boundaries_of_2015(page: Page, transactional_db: None, shared_data: Path) -> None:
    store(load(MANIFEST), by=LOAD)
    page.goto("/areas/england/map/?boundaries=CCG15&show=imd-2015-score")
    expect(page.locator("svg.spread-map a")).to_have_count(209)
    expect(page.get_by_text("Contains public sector information").first).to_be_visible()
    assert_good(page)
    take_picture(page, "england", height=1500)
    page.goto("/areas/england/map/?boundaries=CCG15&show=imd-2015-score&layout=hexagons")
    assert_good(page)
    take_picture(page, "england-hexagons", height=1500)

"""The profile of a round and ten rounds of an area, in a real browser on the demonstration programme."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from ithrive.web.accounts.models import Person
from ithrive.web.assessments.models import Purpose, Round
from ithrive.web.overview.demonstration import load
from tests.cast import Cast
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import PICTURES, assert_good
from tests.journeys.test_round import be
from tests.web.assessments import scenes


@pytest.fixture
def demonstration(transactional_db: None) -> None:
    load(up_to="rounds")


def address(round: Round) -> str:
    return f"/assessments/rounds/{round.pk}/"


def rounds_of(area: str) -> str:
    code = Round.objects.filter(area__name=area).values_list("area__code", flat=True)[0]
    return f"/assessments/areas/thornmere/local-area/{code}/"


def latest(area: str) -> Round:
    held = Round.objects.filter(area__name=area, purpose=Purpose.EVALUATED, state="signed off")
    return held.latest("due_on")


def take_picture_of(part: Locator, name: str) -> None:
    """A part of a page, for a page too long to be a picture."""
    if os.environ.get("ITHRIVE_PICTURES") == "1":
        part.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def test_a_lead_reads_ten_rounds_and_the_profile_of_the_last(
    page: Page, context: BrowserContext, base_url: str, demonstration: None, complaints: Complaints
) -> None:
    be(context, base_url, Person.objects.get(name="Ada Merrow"))
    page.goto(rounds_of("Alderbrook"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("Where the latest stands: THRIVE-like on")
    expect(page.get_by_role("heading", name="Reflections")).to_be_visible()
    expect(page.get_by_role("img", name="Overall").first).to_be_visible()
    assert_good(page)
    take_picture_of(page.locator(".heat-table--rounds").first, "heat-over-rounds")
    take_picture_of(page.locator(".multiples").nth(1), "small-multiples")

    page.get_by_role("link", name="Profile of the round due").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Profile of the round due")
    expect(main).to_contain_text("Since the baseline,")
    expect(main).to_contain_text("Two views of the same system")
    expect(main).to_contain_text("32 people answered.")
    expect(page.get_by_role("row", name="Voluntary sector not shown")).to_be_visible()
    assert_good(page)
    take_picture_of(page.locator(".heat-table").first, "heat-table")
    take_picture_of(page.locator("#since-last-section"), "movement")
    page.locator("summary", has_text="and why this one").first.click()
    expect(page.get_by_text("Reason:").first).to_be_visible()
    assert_good(page)

    # Cam's area asked too few people for anything to be shown, and its profile is not Ada's to read.
    complaints.expect("404")
    answer = page.goto(f"{address(latest('Brackenford'))}profile/")
    assert answer is not None
    assert answer.status == 404
    be(context, base_url, Person.objects.get(name="Cam Rushby"))
    page.goto(f"{address(latest('Brackenford'))}profile/")
    expect(main).to_contain_text("Fewer than 5 people answered, so nothing is shown.")


def test_a_profile_can_be_read_without_scripts(
    page_without_javascript: Page, base_url: str, cast: Cast
) -> None:
    round = scenes.signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada)
    be(page_without_javascript.context, base_url, cast.mia)
    page_without_javascript.goto(f"{address(round)}profile/")
    expect(page_without_javascript.get_by_role("main")).to_contain_text("THRIVE-like on 3 of 3 principles")


def test_a_rater_practises_before_rating(
    page: Page, context: BrowserContext, base_url: str, cast: Cast
) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, cast.col, due=timezone.localdate())
    be(context, base_url, cast.ben)
    page.goto(f"{address(round)}practice/")
    assert_good(page)
    page.get_by_role("button", name="Compare with the reference").click()
    expect(page.get_by_role("alert")).to_contain_text("Scene 1: choose a score")
    assert_good(page)
    for group in page.get_by_role("group").all():
        group.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Compare with the reference").click()
    expect(page.get_by_role("main")).to_contain_text("You gave the reference score to 2 of 8 scenes")
    assert_good(page)

"""The work of an area in a real browser: steps, people, stakeholders, a plan from a round, home and board."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ithrive.areas.membership import MemberRole
from ithrive.web.areas.actions import set_membership
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Round
from ithrive.web.overview.demonstration import code_of, load
from ithrive.web.overview.demonstration.cast import PASSPHRASE
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import assert_good, take_picture
from tests.web.assessments.scenes import signed

WORK = "/implementation/areas/thornmere/local-area/T001/"
TODAY = timezone.localdate()
LINE = 28  # pixels


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(f"{name}@thornmere.example")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def fill_day(page: Page, on: date) -> None:
    for box, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        page.get_by_label(box, exact=True).first.fill(str(value))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def assert_on_one_screen(page: Page, *headings: str) -> None:
    """Each answer, and the first line of what is dated in it, stands on a usual laptop's first screen."""
    page.set_viewport_size({"width": 1280, "height": 800})
    for heading in headings:
        card = page.get_by_role("region", name=heading, exact=True)
        for part in (card.get_by_role("heading", level=2), *card.locator(".dated li").all()[:1]):
            box = part.bounding_box()
            assert box, heading
            assert box["y"] + LINE <= 800, (heading, box)


def assert_read_without_sideways_scrolling(page: Page) -> None:
    """On the narrowest screen, every table with something to record fits."""
    page.set_viewport_size({"width": 320, "height": 800})
    tables = page.locator(".nhsuk-table--responsive")
    assert tables.count()
    for table in tables.all():
        box = table.bounding_box()
        assert box
        assert box["width"] <= 320, page.url
        around = table.evaluate(
            "e => { const s = e.closest('.nhsuk-scroll__content'); return s.scrollWidth <= s.clientWidth }"
        )
        assert around, page.url
        assert table.get_by_role("row").count() > 1  # still a table to whoever hears it
    page.set_viewport_size({"width": 1280, "height": 720})


def assert_sorted_on_the_narrowest_screen(page: Page) -> None:
    """The headings that sort the board stay in sight where each row is a block."""
    page.set_viewport_size({"width": 320, "height": 800})
    by_region = page.get_by_role("link", name="Region", exact=True)
    box = by_region.bounding_box()
    assert box
    assert box["height"] > 10
    by_region.click()
    expect(page).to_have_url(re.compile("sort=region"))
    page.set_viewport_size({"width": 1280, "height": 720})


@pytest.fixture
def assessed(cast: Cast) -> Cast:
    """Alderbrook is a member, and its round is signed off."""
    since = TODAY - timedelta(weeks=20)
    set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=since, by=cast.pat)
    signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.pat)
    return cast


def test_a_lead_goes_from_a_signed_off_round_to_a_plan(page: Page, assessed: Cast) -> None:
    sign_in(page, "ada")
    page.get_by_role("link", name="My area").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alderbrook")
    assert_good(page)

    page.get_by_role("link", name="The whole plan").click()
    expect(page.get_by_role("main")).to_contain_text("No priority is chosen yet.")
    page.get_by_role("button", name="See what the last round proposes").click()
    expect(page.get_by_role("main")).to_contain_text(
        "the lowest first, then the most movable, then the most wanted. You decide."
    )
    assert_good(page)
    page.get_by_role("link", name="Record what the steering group and young people chose").click()
    assert_good(page)
    page.get_by_label("young people who chose it").first.fill("9")
    fill_day(page, TODAY)
    save(page)
    expect(page.get_by_role("main")).to_contain_text("Chosen 9 times by young people")
    assert_good(page)
    page.get_by_role("link", name="Choose ", exact=False).first.click()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Enter why you choose it")
    assert_good(page)
    page.get_by_label("Why do you choose it?").fill("The steering group put it first")
    save(page)

    page.get_by_role("link", name="Add an action").click()
    assert_good(page)
    page.get_by_label("What is to be done?").fill("Agree one referral form")
    page.get_by_label("Who will see to it?").fill("Jo Reed")
    fill_day(page, TODAY + timedelta(days=14))
    page.get_by_label("Which step of the Approach does it serve?").select_option(label="Working agreements")
    save(page)
    expect(page.get_by_role("main")).to_contain_text("0 done, 1 open.")
    assert_good(page)

    page.goto("/home/")
    assert_on_one_screen(page, "Where we are", "What is due", "What changed", "What is next")
    expect(page.get_by_role("main")).to_contain_text("1 due in the next eight weeks.")
    expect(page.get_by_role("main")).to_contain_text("Agree one referral form")
    page.goto(f"{WORK}plan/")
    page.get_by_role("row", name="Agree one").get_by_role("link", name="Done").click()
    page.get_by_label("What shows that it was done?").fill("The form, in use since Monday")
    save(page)
    expect(page.get_by_role("main")).to_contain_text("1 done, 0 open.")
    page.goto(WORK)
    expect(page.get_by_role("row", name="Working agreements")).to_contain_text("Under way")


def test_a_contributor_keeps_steps_people_and_stakeholders_up_to_date(page: Page, assessed: Cast) -> None:
    sign_in(page, "ben")
    page.goto(WORK)
    assert_good(page)
    page.get_by_role("row", name="Engagement").get_by_role("link", name="Reached").click()
    assert_good(page)
    fill_day(page, TODAY - timedelta(days=7))
    page.get_by_label("What shows it?").fill("First steering group held")
    save(page)
    row = page.get_by_role("row", name="Engagement")
    expect(row).to_contain_text("Reached")
    row.get_by_role("link", name="Return to it").click()
    page.get_by_label("What shows it?").fill("Half of the group changed")
    save(page)
    expect(page.get_by_role("row", name="Engagement")).to_contain_text("Open again")
    assert_good(page)

    page.goto(f"{WORK}people/")
    assert_good(page)
    page.get_by_role("link", name="Record who sits").last.click()
    page.get_by_label("Name").fill("Jo Reed")
    fill_day(page, TODAY)
    save(page)
    expect(page.get_by_role("main")).to_contain_text("1 person holds a post")
    assert_good(page)

    page.goto(f"{WORK}stakeholders/")
    page.get_by_role("button", name="Put an organisation on the map").click()
    assert_good(page)
    page.get_by_label("Organisation or group").fill("Heads' forum")
    page.get_by_label("Education").check()
    page.get_by_label("Much influence").check()
    page.get_by_label("Not yet engaged").check()
    save(page)
    expect(page.get_by_role("main")).to_contain_text("Speak with these first")
    assert_good(page)


def test_liv_proves_a_second_factor_and_signs_off_what_ada_agreed(page: Page, transactional_db: None) -> None:
    load(up_to="rounds")
    waiting = Round.objects.get(state="locked")
    sign_in(page, "liv", PASSPHRASE)
    page.get_by_label("Code").fill(code_of("liv@thornmere.example"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto(f"/assessments/rounds/{waiting.pk}/sign-off/")
    assert_good(page)
    page.get_by_role("button", name="Sign off the round").click()
    expect(page.get_by_role("main")).to_contain_text("Signed off")


def test_a_stranger_is_turned_away(page: Page, assessed: Cast, complaints: Complaints) -> None:
    complaints.expect("404")
    complaints.expect("403")
    sign_in(page, "cam")
    paths = [WORK, "/home/thornmere/local-area/T001/"]
    for path in [
        *paths,
        *(f"{WORK}{part}/" for part in ("plan", "people", "stakeholders", "proposals", "wishes")),
    ]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404
    for path in ("/board/", "/coach/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 403
        assert_good(page)


def test_the_demonstration_shows_a_programme_at_work(page: Page, transactional_db: None) -> None:
    load(up_to="returns")
    area = LocalArea.objects.get(name="Alderbrook", ends=None)
    work = f"/implementation/areas/thornmere/local-area/{area.code}/"
    sign_in(page, "ada", PASSPHRASE)
    for path, picture in (
        ("/home/", "area-home"),
        (work, "area-steps"),
        (f"{work}plan/", "area-plan"),
        (f"{work}proposals/", "area-proposals"),
        (f"{work}people/", "area-posts"),
        (f"{work}stakeholders/", "area-stakeholders"),
    ):
        page.goto(path)
        assert_good(page)
        take_picture(page, picture)
    for path in (work, f"{work}plan/", f"{work}proposals/"):
        page.goto(path)
        assert_read_without_sideways_scrolling(page)
    page.goto("/home/")
    assert_on_one_screen(page, "Where we are", "What is due", "What changed", "What is next")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "pat", PASSPHRASE)
    page.goto("/coach/")
    assert_good(page)
    assert_read_without_sideways_scrolling(page)
    page.goto("/board/?warning=any")
    expect(page.get_by_role("main")).to_contain_text("Stalled")
    assert_good(page)
    assert_read_without_sideways_scrolling(page)
    assert_sorted_on_the_narrowest_screen(page)
    take_picture(page, "national-board")

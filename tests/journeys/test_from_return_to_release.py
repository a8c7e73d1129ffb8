"""Issue to publication in one browser: a return, its charts, sent again, released, and read by anybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from ithrive.periods import Quarter
from ithrive.web.accounts.models import Person
from ithrive.web.returns.models import QuarterlyReturn
from tests.cast import Cast
from tests.journeys.seeing import assert_good
from tests.journeys.test_return import filled_in, go, page_of, press, send
from tests.web.publications.scenes import STARTED, help_within_weeks, members, signed_off
from tests.web.returns.scenes import last_quarter, owed

H3 = "H3 Meaningful help within four weeks"
CHARTS = "/charts/thornmere/local-area/T001/H3/"


@pytest.fixture(autouse=True)
def private_folder(settings: Settings, tmp_path: Path) -> None:
    settings.ITHRIVE_PRIVATE = tmp_path / "private"


@pytest.fixture
def due(cast: Cast) -> QuarterlyReturn:
    """Alderbrook owes a quarter that five other members signed off already."""
    for area in members(cast)[1:]:
        signed_off(area, help_within_weeks(STARTED[area.code]), quarter=last_quarter())
    return owed(cast.alderbrook)


@pytest.fixture
def the_browser(context: BrowserContext, base_url: str) -> "OneBrowser":
    return OneBrowser(context, base_url)


class OneBrowser:
    """One browser that people take turns at."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.context, self.base_url = context, base_url

    @contextmanager
    def used_by(self, person: Person) -> Iterator[Page]:
        page = page_of(self.context, person, self.base_url, second_factor=True)
        page.set_default_timeout(60_000)
        yield page
        page.close()

    @contextmanager
    def used_by_anybody(self) -> Iterator[Page]:
        self.context.clear_cookies()
        page = self.context.new_page()
        yield page
        page.close()


def sends(page: Page, found: QuarterlyReturn, wrong: dict[str, object] | None = None) -> None:
    """Take the workbook away, fill it in, and send it."""
    with page.expect_download() as taken:
        go(page, "Workbook (Excel)")
    go(page, "Send a file with the figures")
    send(page, filled_in(Path(taken.value.path()).read_bytes(), found, wrong))


def submits(page: Page) -> None:
    go(page, "Submit the return")
    press(page, "Submit the return")


def signs_off(browser: OneBrowser, person: Person, found: QuarterlyReturn) -> None:
    with browser.used_by(person) as page:
        page.goto(f"/returns/{found.pk}/")
        go(page, "Sign off the return")
        press(page, "Sign off the return")
        expect(page.get_by_role("main")).to_contain_text("The return is signed off.")


def prepares(page: Page, title: str, quarter: Quarter) -> None:
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Releases").click()
    page.get_by_role("button", name="Prepare a release").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label(quarter.label).check()
    page.get_by_label(H3).check()
    press(page, "Prepare")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def releases(browser: OneBrowser, person: Person, title: str) -> None:
    with browser.used_by(person) as page:
        page.goto("/releases/")
        go(page, title)
        go(page, "Release these figures")
        page.get_by_label("I have read the tables").check()
        press(page, "Release these figures")
        expect(page.get_by_role("main")).to_contain_text("The figures are released.")


def test_a_quarters_figures_become_charts_are_sent_again_and_are_released_safely(
    the_browser: OneBrowser, cast: Cast, due: QuarterlyReturn
) -> None:
    with the_browser.used_by(cast.ben) as ben:
        ben.goto("/")
        ben.get_by_role("banner").get_by_role("link", name="Returns").click()
        go(ben, f"Alderbrook, {due.quarter.label}")
        sends(ben, due, {"H3.started": "<5", "H3.started/getting-help": 99})
        expect(ben.get_by_role("alert")).to_contain_text("The file was not taken: nothing changed")
        expect(ben.get_by_role("main")).to_contain_text("“<5” hides the number.")
        go(ben, "Send it again")
        ben.goto(f"/returns/{due.pk}/")
        sends(ben, due)
        expect(ben.get_by_role("main")).to_contain_text("The checks found nothing.")
        submits(ben)
    signs_off(the_browser, cast.ada, due)

    with the_browser.used_by(cast.ada) as ada:
        ada.goto(f"/returns/{due.pk}/")
        go(ada, "Charts of all that is signed off")
        expect(ada.get_by_role("row", name="Meaningful help within four weeks")).to_contain_text(
            due.quarter.label
        )
        ada.goto(CHARTS)
        expect(ada.locator("figure svg:visible").first).to_be_visible()
        assert_good(ada)

    with the_browser.used_by(cast.pat) as pat:
        prepares(pat, "First figures", due.quarter)
    releases(the_browser, cast.eve, "First figures")

    with the_browser.used_by(cast.ben) as ben:
        ben.goto(f"/returns/{due.pk}/")
        go(ben, "Send the figures again")
        ben.get_by_label("Why the figures are sent again").fill("Late records of one team")
        press(ben, "Send the figures again")
        sends(ben, due, {"H3.started": 90, "H3.started/getting-help": 40})
        submits(ben)
    signs_off(the_browser, cast.ada, due)

    with the_browser.used_by(cast.ada) as ada:
        ada.goto(f"/returns/{due.pk}/versions/2/")
        expect(ada.get_by_role("main")).to_contain_text("Late records of one team")
        expect(ada.get_by_role("main")).to_contain_text("2 returned figures changed")
        assert_good(ada)
        ada.goto(CHARTS)
        ada.locator("summary").filter(has_text="Figures as they were sent").click()
        expect(ada.get_by_role("table", name="Figures as they were sent")).to_contain_text("90")

    with the_browser.used_by(cast.pat) as pat:
        prepares(pat, "Revised figures", due.quarter)
        go(pat, "The attacker’s report")
        expect(pat.get_by_role("main")).to_contain_text("Confidential")
    releases(the_browser, cast.eve, "Revised figures")

    with the_browser.used_by_anybody() as anybody:
        anybody.goto("/")
        anybody.get_by_role("main").get_by_role("link", name="Released figures").click()
        go(anybody, "First figures")
        main = anybody.get_by_role("main")
        expect(main).to_contain_text("Revised since")
        expect(main).to_contain_text("Alderbrook")
        expect(main).to_contain_text("all that the rule asks for stays possible")
        assert_good(anybody)
        go(anybody, "Revised figures")
        anybody.goto(f"{anybody.url}H3/?figure=count.started")
        # Elmstow has three in one grouping: hidden, with others, so that nobody can work it out.
        expect(anybody.get_by_role("row", name="Elmstow")).to_contain_text("Hidden")
        expect(anybody.get_by_role("row", name="Alderbrook")).to_contain_text("90")
        assert_good(anybody)

"""Charts of an area in a real browser: at a glance, one measure, beside others; notes and rebases."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from ithrive.web.areas.models import LocalArea
from ithrive.web.overview.demonstration import load
from ithrive.web.overview.demonstration.cast import PASSPHRASE
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import assert_good, take_picture


def sign_in(page: Page, name: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(f"{name}@thornmere.example")
    page.get_by_label("Password", exact=True).fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()


def fill_day(page: Page, on: date) -> None:
    for box, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        page.get_by_label(box, exact=True).first.fill(str(value))


@pytest.fixture
def charts(transactional_db: None) -> str:
    """The demonstration, and where the charts of Ada's area are."""
    load(up_to="tests of change")
    area = LocalArea.objects.get(name="Alderbrook", ends=None)
    return f"/charts/thornmere/local-area/{area.code}/"


def test_a_lead_reads_charts_notes_what_happened_and_lets_lines_begin_anew(page: Page, charts: str) -> None:
    sign_in(page, "ada")
    page.goto("/home/")
    page.get_by_role("link", name="Charts of its figures").click()
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("All measures at a glance")
    expect(page.get_by_role("row", name="Plan agreed with the young person")).to_contain_text(
        "Higher than usual, which is better."
    )
    assert_good(page)
    take_picture(page, "charts-at-a-glance", height=1600)

    link = page.get_by_role("link", name="Plan agreed with the young person or family")
    link.focus()
    page.keyboard.press("Enter")
    expect(main).to_contain_text("Beside other areas")
    assert_good(page)
    for summary in page.locator("summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert_good(page)
    for summary in page.locator("summary").all():
        summary.click()
    take_picture(page, "chart-of-a-measure", height=3000)
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV of").first.click()
    assert taken.value.suggested_filename.endswith(".csv")

    page.get_by_role("link", name="Notes on this chart").click()
    assert_good(page)
    page.get_by_role("button", name="Add a note").click()
    assert_good(page)
    page.get_by_label("What happened?").fill("Plans are printed at the visit")
    page.get_by_label("test of change").check()
    fill_day(page, date(2025, 1, 15))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Let lines begin anew").click()
    assert_good(page)
    page.get_by_label("What changed").fill("A form of its own for plans")
    page.get_by_label("Who decided").fill("Steering group")
    fill_day(page, date(2024, 7, 1))
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("A form of its own for plans (Steering group)")
    assert_good(page)
    take_picture(page, "chart-notes")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Plan agreed").click()
    expect(main).to_contain_text("Plans are printed at the visit")
    expect(main).to_contain_text("Lines begin anew on 1 July 2024: A form of its own for plans")

    page.goto(f"{charts}H2/")
    expect(main).to_contain_text("A second team began in January.")
    page.locator("summary").filter(has_text="Figures as they were sent").click()
    expect(page.get_by_role("table", name="Figures as they were sent")).to_be_visible()
    assert_good(page)
    page.get_by_role("link", name="Nine in ten were seen within").click()
    expect(main).to_contain_text("Nine in ten were seen within (days): Alderbrook")


def test_charts_work_without_javascript_and_turn_another_area_away(
    page: Page, page_without_javascript: Page, charts: str, complaints: Complaints
) -> None:
    plain = page_without_javascript
    sign_in(plain, "mia")
    plain.goto(f"{charts}R1/")
    expect(plain.get_by_role("main")).to_contain_text("Beside other areas")
    expect(plain.locator("figure svg").first).to_be_visible()
    complaints.expect("404")
    sign_in(page, "cam")
    for path in (charts, f"{charts}H2/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404


def test_anybody_reads_what_is_counted(page: Page, transactional_db: None) -> None:
    page.goto("/measures/")
    assert_good(page)
    page.get_by_role("link", name="Wait for the first contact").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wait for the first contact")
    assert_good(page)
    take_picture(page, "measure")

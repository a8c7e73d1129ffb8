"""The programme's own records, kept in a real browser: a list with mistakes, a role, a support log."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import MemberRole
from ithrive.web.areas.actions import set_membership
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.store import store
from ithrive.web.history.record import Command
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import assert_good, take_picture

KIND = "local-area"
FIRST = date(2024, 2, 1)


@pytest.fixture
def areas(cast: Cast) -> list[LocalArea]:
    """The whole of Thornmere around the cast's own two areas, with one member."""
    store(thornmere(), by=Command("areas load"))
    areas = list(LocalArea.objects.filter(kind=KIND, ends=None).exclude(code__in=["T001", "T002"]))
    set_membership(area=areas[0], role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    return areas


def sign_in(page: Page, name: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(f"{name}@thornmere.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def send(page: Page, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    page.get_by_label("CSV file").set_input_files(path)
    page.get_by_role("button", name="Check the list").click()


def test_the_programme_sends_a_list_mends_it_and_sees_coverage_change(
    page: Page, areas: list[LocalArea], tmp_path: Path
) -> None:
    joined, another = areas[1], areas[2]
    coverage = f"/areas/thornmere/coverage/?since={FIRST}"
    page.goto(coverage)
    before = page.get_by_role("main").inner_text()
    sign_in(page, "pat")

    page.goto("/areas/thornmere/memberships/import/")
    assert_good(page)
    send(page, tmp_path / "members.csv", f"code,role,starts\n{joined.code},boss,2024-03-01\nXX1,member,\n")
    expect(page.get_by_role("alert")).to_contain_text("members.csv, row 2, column role")
    expect(page.get_by_role("alert")).to_contain_text("members.csv, row 3, column code")
    assert_good(page)
    take_picture(page, "import-mistakes")

    rows = f"{joined.code},accelerator,2024-03-01\n{another.code},,2024-03-01\n"
    send(page, tmp_path / "members.csv", f"code,role,starts\n{rows}")
    expect(page.get_by_role("heading", level=1)).to_have_text("What members.csv would change")
    expect(page.get_by_role("main")).to_contain_text("2 changes.")
    assert_good(page)
    take_picture(page, "import-preview")

    page.get_by_role("button", name="Record these changes").click()
    expect(page.get_by_role("main")).to_contain_text("The list is taken: 2 changes.")
    page.goto(coverage)
    assert page.get_by_role("main").inner_text() != before
    page.goto("/areas/thornmere/map/")
    expect(page.get_by_role("main")).to_contain_text(joined.name)
    expect(page.get_by_role("main")).to_contain_text("Accelerator")


def test_the_programme_corrects_a_role_and_the_history_keeps_it(page: Page, areas: list[LocalArea]) -> None:
    sign_in(page, "pat")
    page.goto(f"/areas/thornmere/{KIND}/{areas[0].code}/membership/")
    assert_good(page)
    page.get_by_role("button", name="Record a role").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the role")
    assert_good(page)
    page.get_by_label("Paused").check()
    for box, value in (("Day", "1"), ("Month", "3"), ("Year", "2025")):
        page.get_by_role("group", name="First day in this role").get_by_label(box).fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Member")).to_contain_text("1 March 2025")
    take_picture(page, "membership")
    page.goto(f"/areas/thornmere/{KIND}/{areas[0].code}/history/")
    expect(page.get_by_role("main")).to_contain_text("paused from 1 March 2025")
    assert_good(page)


def test_a_coach_records_support(page: Page, areas: list[LocalArea], cast: Cast) -> None:
    sign_in(page, "col")
    page.goto(f"/areas/thornmere/{KIND}/T001/support/")
    assert_good(page)
    page.get_by_role("button", name="Record support").click()
    assert_good(page)
    for box, value in (("Day", "31"), ("Month", "3"), ("Year", "2025")):
        page.get_by_label(box, exact=True).fill(value)
    page.get_by_label("Workshop").check()
    page.get_by_label("Time given, in days").fill("1.5")
    page.get_by_label("Given by").fill("Col")
    page.get_by_label("Purpose").fill("Whole-system day on the five groupings")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("1 piece of support, 1.5 days in all.")
    assert_good(page)
    take_picture(page, "support-log")


def test_a_stranger_is_turned_away(page: Page, areas: list[LocalArea], complaints: Complaints) -> None:
    complaints.expect("404")
    complaints.expect("403")
    sign_in(page, "cam")
    for part in ("membership", "support", "history"):
        answer = page.goto(f"/areas/thornmere/{KIND}/T001/{part}/")
        assert answer is not None
        assert answer.status == 404
    answer = page.goto("/areas/thornmere/memberships/import/")
    assert answer is not None
    assert answer.status == 403
    assert_good(page)


def test_the_page_about_the_open_api(page: Page, areas: list[LocalArea]) -> None:
    page.goto("/api/")
    assert_good(page)
    take_picture(page, "open-api")

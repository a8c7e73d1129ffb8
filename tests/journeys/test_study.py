"""A study on the site: watched, looked at, worked out, released by a second evaluator, read by anybody."""

import pytest
from playwright.sync_api import Page, expect

from ithrive.web.rights import Role
from tests.cast import PASSWORD, SECRET, Cast, person, signed_in, with_authenticator_app
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import assert_good, take_picture
from tests.web.evaluation.scenes import NAMES, frozen, worked_out

AT, WORK = "/studies/small-study/", "/studies/small-study/work/"
OWN = f"{AT}areas/thornmere/local-area/T001/"


def sign_in(page: Page, name: str, *, code: str = "") -> None:
    page.set_default_timeout(60_000)
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(f"{name}@thornmere.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if code:
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def code_now() -> str:
    import time

    from allauth.mfa import app_settings
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // app_settings.TOTP_PERIOD)))


@pytest.fixture
def study(cast: Cast) -> Cast:
    frozen(cast)
    with_authenticator_app(cast.eve)
    return cast


def test_evaluators_take_a_study_from_its_monitor_to_the_public(page: Page, study: Cast) -> None:
    sign_in(page, "eve", code=code_now())
    page.goto("/studies/")
    assert_good(page)
    page.get_by_role("link", name="Work on Small study").click()
    expect(page.get_by_role("main")).to_contain_text("47 of 48 expected figures have come")
    assert_good(page)
    take_picture(page, "study-work", height=1400)

    # By keyboard alone: the link, the box, the button.
    page.get_by_role("link", name="Take the look after wave 3").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Look after wave 3")
    assert_good(page)
    page.get_by_label("Take the look after wave 3 now").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="The ledger of looks")).to_contain_text("Eve")
    assert_good(page)

    page.goto(f"{WORK}looks/3/")
    expect(page.get_by_role("main")).to_contain_text("taken already")
    assert_good(page)
    page.get_by_role("link", name="Back").click()

    page.get_by_role("button", name="Run the study").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Small study")
    assert_good(page)
    page.get_by_label("Work the study out").check()
    page.get_by_role("button", name="Run the study").click()
    # Worked out first, then its report is written: each page goes on to the next by itself.
    expect(page.get_by_role("heading", name="In plain words")).to_be_visible(timeout=180_000)
    expect(page.get_by_role("main")).to_contain_text("These results are confirmatory")
    assert_good(page)
    take_picture(page, "study-results", height=1600)
    number = page.url

    fay = signed_in(person("Fay", role=Role.EVALUATOR), second_factor=True)
    answer = fay.post(f"{WORK}runs/1/release/", {"sure": "on"})
    assert answer.status_code == 302, answer.content.decode()
    page.goto(number)
    expect(page.get_by_role("main")).to_contain_text("Released by Fay")

    page.get_by_role("button", name="Sign out").click()
    page.goto("/studies/")
    page.get_by_role("link", name="Small study").click()
    expect(page.get_by_role("main")).to_contain_text("Released on")
    expect(page.get_by_role("main")).not_to_contain_text("Alderbrook")
    assert_good(page)
    take_picture(page, "study-public", height=1400)


def test_the_lead_of_a_comparison_site_reads_their_own_report_alone(
    page: Page, study: Cast, complaints: Complaints
) -> None:
    sign_in(page, "ada")
    page.goto("/studies/")
    page.get_by_role("link", name="Alderbrook: your own figures in Small study").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("6 of 6 expected figures have come")
    for name in NAMES:
        expect(main).not_to_contain_text(name)
    assert_good(page)
    take_picture(page, "study-own-site", height=1000)
    complaints.expect("403")
    assert page.goto(WORK).status == 403  # type: ignore[union-attr] # a page that loads has an answer


def test_the_page_of_a_run_works_without_scripts(page_without_javascript: Page, study: Cast) -> None:
    page = page_without_javascript
    sign_in(page, "eve", code=code_now())
    page.goto(f"{WORK}looks/3/")
    page.get_by_label("Take the look after wave 3 now").check()
    page.get_by_role("button", name="Take the look").click()
    page.goto(f"{WORK}run/")
    page.get_by_label("Work the study out").check()
    page.get_by_role("button", name="Run the study").click()
    expect(page.get_by_role("main")).to_contain_text("Step 1 of 2: the study is worked out")
    page.get_by_role("link", name="Stop this run").click()
    page.get_by_label("Stop this run").check()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("main")).to_contain_text("stopped")


def test_what_somebody_sees_whom_our_scripts_never_reach_is_accessible(
    page: Page, study: Cast, complaints: Complaints
) -> None:
    # Scripts stay on, so that axe's own timers fire; but none of ours arrives.
    complaints.expect("net::ERR_FAILED")
    page.context.route("**/*.js", lambda route: route.abort())
    sign_in(page, "eve", code=code_now())
    page.goto(WORK)
    assert page.evaluate("document.body.classList.contains('js-enabled')") is False
    assert_good(page)
    page.get_by_role("link", name="Take the look after wave 3").click()
    assert_good(page)
    page.get_by_label("Take the look after wave 3 now").check()
    page.get_by_role("button", name="Take the look").click()
    expect(page.get_by_role("table", name="The ledger of looks")).to_be_visible()
    assert_good(page)
    page.goto(f"{WORK}run/")
    assert_good(page)
    page.get_by_label("Work the study out").check()
    page.get_by_role("button", name="Run the study").click()
    expect(page.get_by_role("main")).to_contain_text("Step 1 of 2: the study is worked out")
    assert_good(page)


def test_without_scripts_a_button_writes_the_report(page_without_javascript: Page, cast: Cast) -> None:
    worked_out(cast)
    with_authenticator_app(cast.eve)
    page = page_without_javascript
    sign_in(page, "eve", code=code_now())
    page.goto(f"{WORK}runs/1/")
    expect(page.get_by_role("main")).to_contain_text("Their report is not written yet")
    page.get_by_role("button", name="Write the report").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In plain words")).to_be_visible(timeout=120_000)

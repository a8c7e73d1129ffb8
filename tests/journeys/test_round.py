"""A round in a real browser: scheduled, rated blind twice, agreed, signed off, reopened; and its mishaps."""

import re
from datetime import date

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ithrive.web.accounts.models import Person
from ithrive.web.assessments.models import Rating, Round
from tests.cast import Cast, signed_in
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import assert_good, take_picture
from tests.web.assessments import scenes

AREA = "/assessments/areas/thornmere/local-area/T001/"


def be(context: BrowserContext, base_url: str, person: Person, *, second_factor: bool = False) -> None:
    """Be this person in the browser from now on."""
    client: Client = signed_in(person, second_factor=second_factor)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}
    context.add_cookies([session])  # type: ignore[list-item] # its own SetCookieParam is a dict like this


def fill_day(page: Page, day: date) -> None:
    for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(box, exact=True).fill(str(value))


def rate(page: Page, code: str, value: str, evidence: str = "") -> None:
    page.locator(f"#score-{code}-{value}").check()
    if evidence:
        page.locator(f"#evidence-{code}").fill(evidence)


def saved(page: Page, code: str) -> None:
    expect(page.locator(f"#{code} [data-state]")).to_contain_text("Saved")


def test_a_round_from_its_schedule_to_its_signature_and_back(
    page: Page, context: BrowserContext, base_url: str, cast: Cast
) -> None:
    scenes.version(scenes.INSTRUMENT)
    codes = [each.code for each in scenes.INSTRUMENT.statement]

    be(context, base_url, cast.eve)
    page.goto(f"{AREA}schedule/")
    assert_good(page)
    fill_day(page, timezone.localdate())
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_role("main")).to_contain_text("The rounds are scheduled.")
    assert_good(page)
    round = Round.objects.order_by("due_on")[0]
    for person in (cast.ben, cast.col):
        page.goto(f"/assessments/rounds/{round.pk}/raters/ask/")
        page.get_by_label("Who rates").select_option(person.name)
        page.get_by_role("button", name="Ask to rate").click()
    page.get_by_role("link", name="Open the round for rating").click()
    page.get_by_role("button", name="Open the round for rating").click()
    assert_good(page)
    take_picture(page, "round")

    be(context, base_url, cast.ben)
    page.goto("/assessments/")
    assert_good(page)
    page.get_by_role("link", name="Alderbrook").first.click()
    page.get_by_role("button", name="Rate this round").click()
    rate(page, codes[0], "3", "The steering group's minutes")
    saved(page, codes[0])
    expect(page.get_by_role("main")).to_contain_text("1 of 24 statements rated. 23 still to do.")
    expect(page.get_by_role("link", name="Macro (1 of 8)")).to_be_visible()
    rate(page, codes[1], "cannot")
    expect(page.locator(f"#{codes[1]} [data-state]")).to_contain_text("say why")
    page.locator(f"#why-{codes[1]}").fill("Nobody could tell us")
    saved(page, codes[1])
    assert_good(page)
    take_picture(page, "rating")
    page.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    expect(page.locator(f"#evidence-{codes[0]}")).to_have_value("The steering group's minutes")
    for code in codes[2:]:
        rate(page, code, "2")
    page.get_by_role("button", name="Save and look once more").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is left to do.")
    assert_good(page)
    page.get_by_role("button", name="Submit my ratings").click()
    expect(page.get_by_role("main")).to_contain_text("Ratings are blind")

    scenes.rates(scenes.again(round), cast.col, *([3, 2] + [2] * (len(codes) - 3) + [4]))
    be(context, base_url, cast.eve)
    page.goto(f"/assessments/rounds/{round.pk}/moderate/")
    assert_good(page)
    page.locator(f"#score-{codes[1]}-2").check()
    page.locator(f"#score-{codes[-1]}-3").check()
    page.get_by_role("button", name="Save these scores").click()
    expect(page.get_by_role("alert")).to_contain_text("The raters differ")
    assert_good(page)
    take_picture(page, "moderating")
    page.locator(f"#reason-{codes[1]}").fill("Col saw the pathway")
    page.locator(f"#reason-{codes[-1]}").fill("Between the two: begun in one team")
    page.get_by_role("button", name="Save these scores").click()
    expect(page.get_by_role("main")).to_contain_text("2 scores are agreed.")
    page.get_by_role("link", name="Not agreed yet").click()
    page.get_by_role("button", name="Save these scores").click()
    expect(page.get_by_role("main")).to_contain_text("24 of 24 statements have an agreed score.")
    page.get_by_role("link", name="How far the raters agreed").click()
    expect(page.get_by_role("main")).to_contain_text("Percent agreement")
    assert_good(page)
    page.goto(f"/assessments/rounds/{round.pk}/lock/")
    page.get_by_role("button", name="Lock the scores").click()

    be(context, base_url, cast.ada, second_factor=True)
    page.goto(f"/assessments/rounds/{round.pk}/sign-off/")
    assert_good(page)
    page.get_by_role("button", name="Sign off the round").click()
    expect(page.get_by_role("main")).to_contain_text("The round is signed off.")

    be(context, base_url, cast.eve)
    page.goto(f"/assessments/rounds/{round.pk}/reopen/")
    page.get_by_label("Reason").fill("One score rested on another area's plan")
    page.get_by_role("button", name="Reopen the round").click()
    page.get_by_role("link", name="History of this round").click()
    expect(page.get_by_role("main")).to_contain_text("One score rested on another area's plan")
    expect(page.get_by_role("main")).to_contain_text("Col saw the pathway")
    assert_good(page)


def test_a_lost_connection_loses_nothing(
    page: Page, context: BrowserContext, base_url: str, cast: Cast, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    round = scenes.opened(cast.alderbrook, cast.ben)
    first = scenes.small().statement[0].code
    be(context, base_url, cast.ben)
    page.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    context.set_offline(True)
    rate(page, first, "4", "Typed on a train")
    expect(page.locator("[data-saving]")).to_contain_text("Not saved yet: no connection. 1 statement waits")
    assert_good(page)
    page.get_by_role("button", name=re.compile("Save and look")).click()
    expect(page.locator(f"#evidence-{first}")).to_have_value("Typed on a train")
    assert not Rating.objects.exists()
    context.set_offline(False)
    saved(page, first)
    assert Rating.objects.get().evidence == "Typed on a train"


def test_what_was_typed_without_a_connection_survives_closing_the_page(
    page: Page, context: BrowserContext, base_url: str, cast: Cast, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    round = scenes.opened(cast.alderbrook, cast.ben)
    first = scenes.small().statement[0].code
    be(context, base_url, cast.ben)
    page.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    context.set_offline(True)
    rate(page, first, "4", "Typed on a train")
    expect(page.locator("[data-saving]")).to_contain_text("no connection")
    page.close()
    context.set_offline(False)
    another = context.new_page()
    another.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    saved(another, first)
    assert Rating.objects.get().evidence == "Typed on a train"


def test_the_second_of_two_tabs_chooses_and_nothing_is_overwritten(
    page: Page, context: BrowserContext, base_url: str, cast: Cast, complaints: Complaints
) -> None:
    complaints.expect("409")
    round = scenes.opened(cast.alderbrook, cast.ben)
    first, second, _ = (each.code for each in scenes.small().statement)
    be(context, base_url, cast.ben)
    address = f"/assessments/rounds/{round.pk}/rate/?part=all"
    page.goto(address)
    other = context.new_page()
    other.goto(address)
    for code in (first, second):
        rate(page, code, "3", "From the first tab")
        saved(page, code)
        rate(other, code, "1", "From the second tab")
        expect(other.locator(f"#{code} .app-conflict")).to_contain_text(
            "Score 3. Evidence: From the first tab"
        )
    assert {each.score for each in Rating.objects.all()} == {3}
    assert_good(other)
    take_picture(other, "two-tabs")
    other.locator(f"#{first}").get_by_role("button", name="Keep what stands below").click()
    saved(other, first)
    other.locator(f"#{second}").get_by_role("button", name="Keep what was saved there").click()
    saved(other, second)
    expect(other.locator("[data-saving]")).to_have_text("Saved")
    assert [each.score for each in Rating.objects.order_by("pk")] == [1, 3]


def test_what_was_not_saved_is_not_left_out_when_ratings_are_handed_in(
    page: Page, context: BrowserContext, base_url: str, cast: Cast, complaints: Complaints
) -> None:
    complaints.expect("409")
    round = scenes.opened(cast.alderbrook, cast.ben)
    scenes.rates(round, cast.ben, 3, 3, 3, submit=False)
    first, second, _ = (each.code for each in scenes.small().statement)
    be(context, base_url, cast.ben)
    page.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    page.locator(f"#evidence-{first}").fill("Typed and gone on at once")
    page.get_by_role("link", name="Submit your ratings").click()
    expect(page.get_by_role("button", name="Submit my ratings")).to_be_visible()
    assert Rating.objects.get(statement=first).evidence == "Typed and gone on at once"
    page.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    scenes.rates(round, cast.ben, 3, 1, 3, submit=False)
    rate(page, second, "4", "From this tab")
    expect(page.locator(f"#{second} .app-conflict")).to_be_visible()
    page.get_by_role("link", name="Submit your ratings").click()
    expect(page.get_by_role("alert")).to_contain_text("1 statement waits in this browser, not saved yet.")
    expect(page.get_by_role("button", name="Submit my ratings")).to_be_hidden()
    assert_good(page)
    page.get_by_role("main").get_by_role("link", name="Back to the statements").click()
    page.locator(f"#{second}").get_by_role("button", name="Keep what stands below").click()
    saved(page, second)
    page.locator(f"#evidence-{first}").fill("Typed and sent with the page")
    page.get_by_role("button", name="Save and look once more").click()
    page.get_by_role("button", name="Submit my ratings").click()
    expect(page.get_by_role("main")).to_contain_text("Your ratings are submitted.")
    assert Rating.objects.get(statement=first).evidence == "Typed and sent with the page"
    assert Rating.objects.get(statement=second).evidence == "From this tab"


def test_a_session_lost_in_the_middle_loses_nothing(
    page: Page, context: BrowserContext, base_url: str, cast: Cast, complaints: Complaints
) -> None:
    complaints.expect("401")
    round = scenes.opened(cast.alderbrook, cast.ben)
    first = scenes.small().statement[0].code
    be(context, base_url, cast.ben)
    page.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    context.clear_cookies(name="sessionid")
    rate(page, first, "2", "Typed after the session was lost")
    expect(page.locator("[data-saving]")).to_contain_text("You are signed out.")
    assert_good(page)
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("Email address").fill(cast.ben.email)
    page.get_by_label("Password", exact=True).fill("quiet-heron-reeds-7")
    page.get_by_role("button", name="Sign in", exact=True).click()
    saved(page, first)
    assert Rating.objects.get().evidence == "Typed after the session was lost"


def test_without_scripts_the_page_works_and_a_lost_session_loses_nothing(
    page_without_javascript: Page, base_url: str, cast: Cast
) -> None:
    page = page_without_javascript
    round = scenes.opened(cast.alderbrook, cast.ben)
    first, second, _ = (each.code for each in scenes.small().statement)
    be(page.context, base_url, cast.ben)
    page.goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    rate(page, first, "2", "Typed without scripts")
    page.locator(f"#score-{second}-cannot").check()
    page.get_by_role("button", name=re.compile("Save and")).click()
    expect(page.get_by_role("alert")).to_contain_text("Say why you cannot rate this statement.")
    page.locator(f"#why-{second}").fill("Nobody knew")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name=re.compile("Save and")).click()
    page.get_by_label("Email address").fill(cast.ben.email)
    page.get_by_label("Password", exact=True).fill("quiet-heron-reeds-7")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("What you had typed stands below")
    expect(page.locator(f"#why-{second}")).to_have_value("Nobody knew")
    page.get_by_role("button", name=re.compile("Save and")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Submit your ratings")
    assert {each.statement: each.cannot_rate for each in Rating.objects.all()} == {
        first: "",
        second: "Nobody knew",
    }


def test_two_devices_without_scripts(browser: Browser, base_url: str, cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    first, second, _ = (each.code for each in scenes.small().statement)
    pages = []
    for _ in range(2):
        context = browser.new_context(java_script_enabled=False, base_url=base_url)
        be(context, base_url, cast.ben)
        pages.append(context.new_page())
        pages[-1].goto(f"/assessments/rounds/{round.pk}/rate/?part=all")
    one, two = pages
    rate(one, first, "3", "From the laptop")
    one.get_by_role("button", name=re.compile("Save and")).click()
    expect(one.get_by_role("heading", level=1)).to_contain_text("Submit your ratings")
    rate(two, first, "1", "From the telephone")
    rate(two, second, "1")
    two.get_by_role("button", name=re.compile("Save and")).click()
    expect(two.locator(f"#{first} .app-conflict")).to_contain_text("Score 3. Evidence: From the laptop")
    assert {each.statement: each.score for each in Rating.objects.all()} == {first: 3, second: 1}
    two.get_by_role("button", name=re.compile("Save and")).click()
    expect(two.get_by_role("alert")).to_contain_text("Choose which")
    two.get_by_label("What stands below").check()
    two.get_by_role("button", name=re.compile("Save and")).click()
    expect(two.get_by_role("heading", level=1)).to_contain_text("Submit your ratings")
    assert Rating.objects.get(statement=first).evidence == "From the telephone"
    for each in pages:
        each.context.close()

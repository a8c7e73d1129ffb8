"""An interview becomes evidence with the keyboard alone; a pulse is answered by whoever holds a link."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ithrive.web.assessments.actions.pulse import answer_pulse, close_pulse, make_links
from ithrive.web.assessments.evidence import evidence_for
from ithrive.web.assessments.models import Interview, Pulse, Round
from tests.cast import Cast
from tests.journeys.conftest import Complaints
from tests.journeys.seeing import assert_good, take_picture
from tests.journeys.test_membership import sign_in
from tests.web.assessments.scenes import INSTRUMENT, opened

TEXT = (
    "We meet every month, all of us. Since spring the schools come too.\n"
    "Nobody wrote the policy down. It lives in three people's heads.\n"
    "The voluntary sector hears of decisions afterwards."
)
FIRST = INSTRUMENT.statement[0].code


@pytest.fixture
def round(cast: Cast) -> Round:
    return opened(cast.alderbrook, cast.ben, cast.eve, instrument=INSTRUMENT)


@pytest.fixture(autouse=True)
def private(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def] # pytest-django's own
    settings.ITHRIVE_PRIVATE = tmp_path / "private"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def fill_today(page: Page, group: str) -> None:
    from django.utils import timezone

    today = timezone.localdate()
    for box, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_role("group", name=group).get_by_label(box).fill(str(value))


def add_an_informant_with_consent(page: Page, round: Round) -> None:
    page.goto(f"/assessments/rounds/{round.pk}/interviews/")
    assert_good(page)
    page.get_by_role("button", name="Add an informant").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an informant")
    assert_good(page)
    page.get_by_label("Staff").check()
    page.get_by_label("Sector they work in").select_option("education")
    page.get_by_label("Macro").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("No consent recorded yet, so nothing can be kept.")
    page.get_by_role("link", name="Record consent").click()
    fill_today(page, "Day on which they agreed")
    page.get_by_label("Notes of what they said are kept").check()
    page.get_by_label("A transcript of the conversation is kept").check()
    page.get_by_label("Passages are shown").check()
    assert_good(page)
    page.get_by_role("button", name="Save").click()


def test_a_transcript_becomes_evidence_with_the_keyboard_alone(
    page: Page, round: Round, tmp_path: Path
) -> None:
    sign_in(page, "ben")
    add_an_informant_with_consent(page, round)
    page.get_by_role("link", name="Send a transcript").click()
    fill_today(page, "Day of the interview")
    transcript = tmp_path / "transcript.txt"
    transcript.write_text(TEXT, encoding="utf-8")
    page.get_by_label("Transcript").set_input_files(transcript)
    page.get_by_label("Names, and what would tell").check()
    assert_good(page)
    page.get_by_role("button", name="Save").click()
    take_picture(page, "interviews")
    page.get_by_role("link", name="Transcript of").click()
    expect(page.get_by_role("button", name="Mark as evidence")).to_be_visible()
    assert_good(page)

    page.get_by_role("checkbox", name="Nobody wrote the policy down.").focus()
    press(page, "Space", "Tab", "Space")  # this sentence, and the one after it
    page.get_by_label("Evidence for which statement?").focus()
    press(page, "ArrowDown", "Tab")  # its first statement; on to the remark
    page.keyboard.type("Heads, not paper")
    press(page, "Tab", "Enter")  # the button
    expect(page.get_by_role("main")).to_contain_text("Marked as evidence.")
    expect(page.locator("mark").first).to_contain_text("Nobody wrote the policy down.")
    assert_good(page)
    take_picture(page, "passages")
    [each] = evidence_for(round, FIRST)
    assert each.words == "Nobody wrote the policy down. It lives in three people's heads."

    page.get_by_role("link", name="Remove passage 1").focus()
    press(page, "Enter")
    page.get_by_role("button", name="Remove").focus()
    press(page, "Enter")
    expect(page.get_by_role("main")).to_contain_text("no longer evidence")
    assert evidence_for(round, FIRST) == []


def test_words_drawn_with_a_pointer_are_the_passage(page: Page, round: Round) -> None:
    sign_in(page, "ben")
    add_an_informant_with_consent(page, round)
    page.get_by_role("link", name="Type notes").click()
    fill_today(page, "Day of the interview")
    page.get_by_label("Notes").fill("😀 " + TEXT)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Notes of").click()
    label = page.locator("label[for='sentence-2']")
    box = label.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    drawn = page.evaluate("document.getSelection().toString().trim()")
    expect(page.get_by_text("Chosen with the pointer")).to_contain_text(drawn)
    expect(page.get_by_role("checkbox", name="Since spring")).not_to_be_checked()
    page.get_by_label("Evidence for which statement?").select_option(FIRST)
    page.get_by_role("button", name="Mark as evidence").click()
    [each] = evidence_for(round, FIRST)
    assert each.words == drawn


def test_passages_are_marked_without_javascript(
    page_without_javascript: Page, round: Round, cast: Cast
) -> None:
    from django.utils import timezone

    from ithrive.assessments.interviewing import Covers
    from ithrive.web.assessments.actions import interviews

    today, page = timezone.localdate(), page_without_javascript
    who = interviews.add_informant(round=round, sector="education", level="macro", view="staff", by=cast.ben)
    interviews.record_consent(informant=who, given_on=today, covered=frozenset(Covers), by=cast.ben)
    who.refresh_from_db()
    interviews.add_notes(informant=who, held_on=today, text=TEXT, by=cast.ben)
    sign_in(page, "ben")
    page.goto(f"/assessments/rounds/{round.pk}/interviews/{Interview.objects.get().pk}/")
    page.get_by_role("checkbox", name="The voluntary sector").check()
    page.get_by_label("Evidence for which statement?").select_option(FIRST)
    page.get_by_role("button", name="Mark as evidence").click()
    assert [each.words for each in evidence_for(round, FIRST)] == [
        "The voluntary sector hears of decisions afterwards."
    ]


def test_the_guide_is_good_to_read_and_print(page: Page, round: Round) -> None:
    sign_in(page, "ben")
    page.goto(f"/assessments/rounds/{round.pk}/guide/")
    assert_good(page)


def test_a_pulse_is_handed_out_answered_and_read(
    page: Page, page_without_javascript: Page, round: Round, cast: Cast, complaints: Complaints
) -> None:
    complaints.expect("410")
    sign_in(page, "ada")
    page.goto(f"/assessments/rounds/{round.pk}/pulse/")
    page.get_by_role("button", name="Open a pulse").click()
    expect(page.get_by_role("main")).to_contain_text("The pulse is open.")
    assert_good(page)
    page.get_by_role("button", name="Make links").click()
    page.get_by_label("How many links?").fill("2")
    assert_good(page)
    page.get_by_role("button", name="Make links").click()
    expect(page.get_by_role("main")).to_contain_text("Print this page now.")
    assert_good(page)
    link = page.locator("main code").first.inner_text()

    reader = page_without_javascript
    reader.goto(link)
    reader.get_by_label("Education").check()
    for group in reader.get_by_role("group").all()[1:]:
        group.get_by_label("Agree", exact=True).check()
    reader.get_by_role("button", name="Send my answers").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Thank you")
    reader.goto(link)
    expect(reader.get_by_role("heading", level=1)).to_have_text("This link does not work any more")

    pulse = Pulse.objects.get()
    for token in make_links(pulse=pulse, number=5, by=cast.ada):
        answer_pulse(token=token, sector="voluntary", scores=pulse.answers.all()[0].scores)
    close_pulse(pulse=pulse, by=cast.ada)
    page.goto(f"/assessments/rounds/{round.pk}/pulse/")
    expect(page.get_by_role("main")).to_contain_text("6 people answered.")
    assert_good(page)
    take_picture(page, "pulse")


def test_the_pulse_is_good_to_answer(page: Page, round: Round, cast: Cast) -> None:
    from ithrive.web.assessments.actions.pulse import open_pulse

    [token] = make_links(pulse=open_pulse(round=round, by=cast.ada), number=1, by=cast.ada)
    page.goto(f"/pulse/{token}/")
    assert_good(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the sector you work in")
    assert_good(page)

"""One journey through the whole: a schedule, evidence, blind ratings, and the plan that follows from them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from ithrive.areas.membership import MemberRole
from ithrive.web.accounts.models import Person
from ithrive.web.areas.actions import set_membership
from ithrive.web.assessments.actions import lock_round, sign_off_round
from ithrive.web.assessments.models import Round
from tests.cast import Cast, signed_in
from tests.journeys.seeing import assert_good
from tests.web.assessments import scenes

SAID = "Nobody wrote the policy down."
NOTES = f"We meet every month. {SAID} The schools come too."
TODAY = timezone.localdate()
LEVEL = "Macro"


class Story:
    """Who is at the browser, what they do on its pages, and what they find there."""

    def __init__(self, page: Page, context: BrowserContext, base_url: str, cast: Cast) -> None:
        self.page, self.context, self.base_url, self.cast = page, context, base_url, cast

    # Given

    def given_a_member_area_whose_last_round_was_signed_off_half_a_year_ago(self) -> None:
        cast, before = self.cast, TODAY - timedelta(weeks=26)
        set_membership(
            area=cast.alderbrook, role=MemberRole.MEMBER, starts=TODAY - timedelta(weeks=60), by=cast.pat
        )
        six = scenes.small(6)
        self.codes = [each.code for each in six.statement]
        round = scenes.opened(cast.alderbrook, cast.ben, cast.col, due=before, instrument=six)
        for rater in (cast.ben, cast.col):
            scenes.rates(round, rater, 3, 3, 3, 2, 2, 2)
        scenes.decided(scenes.again(round), cast.eve, 3, 3, 3, 2, 2, 2)
        lock_round(round=scenes.again(round), by=cast.eve)
        sign_off_round(round=scenes.again(round), by=cast.ada)

    def given_it_is(self, person: Person, *, second_factor: bool = False) -> None:
        client: Client = signed_in(person, second_factor=second_factor)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.base_url}
        self.context.add_cookies([session])  # type: ignore[list-item] # its own SetCookieParam is a dict like this
        self.page.goto("/assessments/")

    # When

    def when_a_round_due_today_is_scheduled(self) -> None:
        self.page.goto("/assessments/areas/thornmere/local-area/T001/")
        self.press("Schedule")
        self.fill_day(TODAY)
        self.press("Schedule")
        self.then_the_page_says("The rounds are scheduled.")
        self.round = Round.objects.get(due_on=TODAY)

    def when_it_is_opened_with_raters(self, *people: Person) -> None:
        for person in people:
            self.open_round()
            self.press("Ask somebody to rate")
            self.page.get_by_label("Who rates").select_option(person.name)
            self.press("Ask to rate")
        self.press("Open the round for rating")
        self.press("Open the round for rating")

    def when_an_interview_is_held_and_a_passage_marked(self) -> None:
        self.open_round()
        self.press("Interviews")
        self.press("Add an informant")
        self.page.get_by_label("Staff").check()
        self.page.get_by_label("Sector they work in").select_option("education")
        self.page.get_by_label(LEVEL).check()
        self.press("Save")
        self.press("Record consent")
        self.fill_day(TODAY)
        self.page.get_by_label("Notes of what they said are kept").check()
        self.page.get_by_label("Passages are shown").check()
        self.press("Save")
        self.press("Type notes")
        self.fill_day(TODAY)
        self.page.get_by_label("Notes").fill(NOTES)
        self.press("Save")
        self.press("Notes of")
        self.page.get_by_role("checkbox", name=SAID).check()
        self.page.get_by_label("Evidence for which statement?").select_option(self.codes[0])
        self.press("Mark as evidence")
        self.then_the_page_says("Marked as evidence.")
        assert_good(self.page)

    def when_they_rate(self, *scores: int) -> None:
        self.open_round()
        self.press("Rate this round")
        self.then_the_page_says(SAID)
        for code, score in zip(self.codes, scores, strict=True):
            self.page.locator(f"#score-{code}-{score}").check()
            expect(self.page.locator(f"#{code} [data-state]")).to_contain_text("Saved")
        self.press("Save and look once more")
        self.press("Submit my ratings")

    def when_scores_are_agreed_where_raters_differ(self, first: int, reason: str) -> None:
        self.open_round()
        self.press("Ratings side by side")
        self.page.locator(f"#score-{self.codes[0]}-{first}").check()
        self.page.locator(f"#reason-{self.codes[0]}").fill(reason)
        assert_good(self.page)
        self.press("Save these scores")
        self.press("Not agreed yet")
        self.press("Save these scores")

    def when_the_scores_are_locked(self) -> None:
        self.open_round()
        self.press("Lock")
        self.press("Lock the scores")

    def when_the_round_is_signed_off(self) -> None:
        self.open_round()
        self.press("Sign off")
        self.press("Sign off the round")

    def when_they_look_at_the_profile(self) -> None:
        self.open_round()
        self.press("Profile")

    def when_they_look_at_what_the_round_proposes(self) -> None:
        self.go_to("My area")
        self.press("The whole plan")
        self.press("See what the last round proposes")

    def when_they_choose_the_first_proposal(self, reason: str) -> None:
        self.press("Choose")
        self.page.get_by_label("Why do you choose it?").fill(reason)
        self.press("Save")

    def when_they_plan(self, action: str, owner: str) -> None:
        self.press("Add an action")
        self.page.get_by_label("What is to be done?").fill(action)
        self.page.get_by_label("Who will see to it?").fill(owner)
        self.fill_day(TODAY + timedelta(days=14))
        self.press("Save")

    # Then

    def then_the_page_says(self, *sentences: str) -> None:
        for words in sentences:
            expect(self.page.get_by_role("main")).to_contain_text(words)

    def then_the_page_is_good(self) -> None:
        assert_good(self.page)

    def then_the_ratings_side_by_side_cannot_be_reached(self) -> None:
        self.open_round()
        expect(self.page.get_by_role("button", name="Ratings side by side")).to_have_count(0)
        self.then_the_page_says("Ratings are blind")

    def then_the_round_shows_how_far_they_agreed(self, agreed: str) -> None:
        self.press("How far the raters agreed")
        self.then_the_page_says("Percent agreement", agreed)
        assert_good(self.page)

    # The page's parts

    def open_round(self) -> None:
        self.page.goto(f"/assessments/rounds/{self.round.pk}/")

    def press(self, name: str) -> None:
        main = self.page.get_by_role("main")
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()

    def go_to(self, place: str) -> None:
        self.page.get_by_role("navigation", name="Menu").get_by_role("link", name=place).click()

    def fill_day(self, day: date) -> None:
        for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.page.get_by_label(box, exact=True).first.fill(str(value))


@pytest.fixture
def story(page: Page, context: BrowserContext, base_url: str, cast: Cast) -> Story:
    return Story(page, context, base_url, cast)


def test_a_round_becomes_a_plan(story: Story, cast: Cast) -> None:
    story.given_a_member_area_whose_last_round_was_signed_off_half_a_year_ago()

    story.given_it_is(cast.eve)
    story.when_a_round_due_today_is_scheduled()
    story.when_it_is_opened_with_raters(cast.ben, cast.col)
    story.when_an_interview_is_held_and_a_passage_marked()

    story.given_it_is(cast.ben)
    story.when_they_rate(1, 4, 3, 2, 2, 3)
    story.then_the_ratings_side_by_side_cannot_be_reached()
    story.given_it_is(cast.col)
    story.when_they_rate(2, 4, 3, 2, 2, 3)

    story.given_it_is(cast.eve)
    story.when_scores_are_agreed_where_raters_differ(2, "The policy exists, unwritten")
    story.then_the_page_says("6 of 6 statements have an agreed score.")
    story.then_the_round_shows_how_far_they_agreed("83%")
    story.when_the_scores_are_locked()
    story.then_the_page_says("waiting for a second signature")

    story.given_it_is(cast.ada, second_factor=True)
    story.when_the_round_is_signed_off()
    story.then_the_page_says("The round is signed off.")
    story.when_they_look_at_the_profile()
    story.then_the_page_says("Since the first round,", "2 higher, 1 lower and 3 the same.")
    story.then_the_page_is_good()

    story.when_they_look_at_what_the_round_proposes()
    story.then_the_page_says("the lowest first, then the most movable, then the most wanted. You decide.")
    story.then_the_page_is_good()
    story.when_they_choose_the_first_proposal("The steering group put it first")
    story.when_they_plan("Write the policy down", "Jo Reed")
    story.then_the_page_says("0 done, 1 open.", "Write the policy down", "The steering group put it first")
    story.then_the_page_is_good()

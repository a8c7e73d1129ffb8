"""The rating page and its saving, without a browser: conflicts, lost sessions, scores off the scale."""

import pytest
from django.test import Client

from ithrive.web.assessments.actions import sign_off_round
from ithrive.web.assessments.models import Purpose, Rating
from tests.cast import PASSWORD, Cast, signed_in
from tests.web.assessments import scenes

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (each.code for each in scenes.small().statement)


def boxes(code: str, score: str, seen: str = "0:page", **more: str) -> dict[str, str]:
    return {f"score-{code}": score, f"seen-{code}": seen} | {f"{part}-{code}": v for part, v in more.items()}


def page_of(client: Client, number: int) -> str:
    return client.get(f"/assessments/rounds/{number}/rate/?part=all").content.decode()


def save(client: Client, number: int, code: str, score: str, seen: str = "0:page", **more: str):  # type: ignore[no-untyped-def]
    sent = {"statement": code} | boxes(code, score, seen, **more)
    return client.post(f"/assessments/rounds/{number}/rate/save/", sent)


def test_one_statement_is_saved_and_the_answer_says_when(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    ben = signed_in(cast.ben)
    assert save(ben, round.pk, FIRST, "3", evidence="Line\r\nbreak").json()["saves"] == 1
    assert Rating.objects.get().evidence == "Line\nbreak"
    answer = save(ben, round.pk, FIRST, "1")
    assert (answer.status_code, answer.json()["theirs"]["choice"]) == (409, "3")
    assert save(ben, round.pk, FIRST, "cannot", "1:page", why="Nobody knew").json()["saves"] == 2


@pytest.mark.parametrize(
    ("score", "more", "why"),
    [
        ("5", {}, "5 is not on the scale"),
        ("cannot", {}, "Say why you cannot rate this statement."),
        ("3", {"evidence": "x" * 10_001}, "10,000 characters or fewer"),
    ],
)
def test_what_cannot_be_saved_is_answered_in_words(
    cast: Cast, score: str, more: dict[str, str], why: str
) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    answer = save(signed_in(cast.ben), round.pk, FIRST, score, **more)
    assert answer.status_code == 422
    assert why in answer.json()["why"]


def test_a_statement_of_another_instrument_is_refused(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    assert save(signed_in(cast.ben), round.pk, "no_such", "3").status_code == 422


def test_boxes_nobody_touched_overwrite_nothing(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    ben = signed_in(cast.ben)
    save(ben, round.pk, FIRST, "3")
    untouched = page_of(ben, round.pk)
    seen = untouched.split(f'name="seen-{FIRST}" value="')[1].split('"')[0]
    save(ben, round.pk, FIRST, "4", "1:page")
    ben.post(f"/assessments/rounds/{round.pk}/rate/", boxes(FIRST, "3", seen))
    assert Rating.objects.get().score == 4


def test_what_was_typed_without_a_session_is_shown_to_its_rater_alone(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, cast.col)
    shown = page_of(signed_in(cast.ben), round.pk)
    mark = shown.split('name="page" value="')[1].split('"')[0]
    for somebody, expected in ((cast.col, False), (cast.ben, True)):
        browser = Client()
        sent = {"page": mark} | boxes(FIRST, "2", evidence="A secret of Ben's")
        assert browser.post(f"/assessments/rounds/{round.pk}/rate/", sent).status_code == 302
        browser.post("/account/login/", {"login": somebody.email, "password": PASSWORD})
        assert ("A secret of Ben" in page_of(browser, round.pk)) is expected
    assert not Rating.objects.exists()


def test_nobody_leaves_anything_in_a_session_without_a_page_of_ours(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    browser = Client()
    browser.post(f"/assessments/rounds/{round.pk}/rate/", {"page": "made-up", **boxes(FIRST, "2")})
    assert "a rating page" not in browser.session


def test_the_round_says_who_submitted_and_nothing_of_how_far_the_others_are(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, cast.col)
    scenes.rates(round, cast.ben, 3, 3, 3)
    scenes.rates(round, cast.col, 1, "Nobody knew", submit=False)
    for person in (cast.ada, cast.ben, cast.eve, cast.pat):
        page = signed_in(person).get(f"/assessments/rounds/{round.pk}/").content.decode()
        assert "submitted" in page
        assert "Nobody knew" not in page
        history = signed_in(person).get(f"/assessments/rounds/{round.pk}/history/").content.decode()
        assert "Nobody knew" not in history


def test_lists_and_counts_know_nothing_of_a_private_reflection(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ada, purpose=Purpose.REFLECTION)
    link = f"/assessments/rounds/{round.pk}/"
    for name in ("eve", "pat", "col"):
        client = signed_in(getattr(cast, name))
        assert link not in client.get("/assessments/").content.decode()
    assert link in signed_in(cast.mia).get("/assessments/").content.decode()


def test_a_round_stays_in_sight_until_it_is_signed_off(cast: Cast) -> None:
    round = scenes.locked(cast.alderbrook, cast.ben, cast.col, cast.eve)
    link = f"/assessments/rounds/{round.pk}/"
    for person in (cast.ada, cast.eve):
        page = signed_in(person).get("/assessments/").content.decode()
        assert "Waiting for agreed scores or a signature" in page
        assert link in page
    assert link not in signed_in(cast.cam).get("/assessments/").content.decode()
    sign_off_round(round=round, by=cast.ada)
    assert link not in signed_in(cast.ada).get("/assessments/").content.decode()


def test_whoever_schedules_a_study_chooses_no_kind_and_must_name_it(cast: Cast) -> None:
    scenes.version()
    page = signed_in(cast.eve).get("/assessments/studies/thornmere/schedule/").content.decode()
    assert '<input type="hidden" name="purpose" value="evaluated"' in page
    assert "Leave it empty" not in page


def test_a_study_is_scheduled_for_all_its_areas_or_none(cast: Cast) -> None:
    scenes.version()
    eve = signed_in(cast.eve)
    sent = {
        "study": "ithrive-2027", "areas": "T001\nT002", "purpose": "evaluated",
        "instrument": scenes.version().pk,
        "first_due_0": "1", "first_due_1": "4", "first_due_2": "2027",
        "rounds": "2", "opens": "4", "closes": "4",
    }  # fmt: skip
    address = "/assessments/studies/thornmere/schedule/"
    refused = eve.post(address, sent | {"areas": "T001 T999"})
    assert "No area has the code T999" in refused.content.decode()
    assert eve.post(address, sent).status_code == 302
    assert cast.alderbrook.rounds.count() == cast.brackenford.rounds.count() == 2
    assert "scheduled already" in eve.post(address, sent).content.decode()

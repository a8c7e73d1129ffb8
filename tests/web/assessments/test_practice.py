"""Practice before rating: only for the round's raters, kept once, and told back with what we would give."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from ithrive.assessments.calibration import vignettes
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.assessments.actions import submit_ratings, withdraw_rater
from ithrive.web.assessments.actions.practice import keep_practice
from ithrive.web.assessments.models import RaterOnRound, Round
from ithrive.web.assessments.presenters.practice import practice_feedback
from ithrive.web.assessments.queries import rater_of
from ithrive.web.history.models import Change
from ithrive.web.history.record import verify
from tests.cast import Cast, signed_in
from tests.web.assessments.scenes import opened, rates

SCENES = vignettes()
RIGHT = {each.code: each.score for each in SCENES.vignette}


@pytest.fixture
def round(cast: Cast) -> Round:
    return opened(cast.alderbrook, cast.ben, cast.col)


@pytest.fixture
def ben(cast: Cast, round: Round) -> RaterOnRound:
    rater = rater_of(round, cast.ben)
    assert rater is not None
    return rater


def address(round: Round) -> str:
    return f"/assessments/rounds/{round.pk}/practice/"


def test_a_rater_scores_the_scenes_and_is_told_what_we_would_give(cast: Cast, round: Round) -> None:
    client = signed_in(cast.ben)
    asked = client.get(address(round)).content.decode()
    assert all(f"Scene {number}." in asked for number in range(1, len(RIGHT) + 1))
    first = SCENES.vignette[0]
    told = client.post(address(round), RIGHT | {first.code: first.score + 2}, follow=True).content.decode()
    assert f"You gave the reference score to {len(RIGHT) - 1} of {len(RIGHT)} scenes" in told
    assert f"You gave {first.score + 2}; we would give {first.score}, 2 steps lower." in told


def test_a_scene_without_a_score_is_named_and_nothing_is_kept(
    cast: Cast, round: Round, ben: RaterOnRound
) -> None:
    code = SCENES.vignette[2].code
    left_out = {each: score for each, score in RIGHT.items() if each != code}
    answer = signed_in(cast.ben).post(address(round), left_out)
    assert "Scene 3: choose a score" in answer.content.decode()
    answer = signed_in(cast.ben).post(address(round), RIGHT | {code: 5})
    assert "choose one of the answers in the list" in answer.content.decode()
    with pytest.raises(BadInput, match="It has no score"):
        keep_practice(rater=ben, scores=left_out, by=cast.ben)
    ben.refresh_from_db()
    assert ben.calibration is None


def test_the_rating_page_offers_practice_until_it_is_done_and_then_says_so(
    cast: Cast, round: Round, ben: RaterOnRound
) -> None:
    client, rating = signed_in(cast.ben), f"/assessments/rounds/{round.pk}/rate/"
    offered = f'<a href="{address(round)}">Practise on invented scenes before you rate</a>'
    assertContains(client.get(rating), offered)
    keep_practice(rater=ben, scores=RIGHT, by=cast.ben)
    after = client.get(rating)
    assertContains(after, f'You have practised for this round. <a href="{address(round)}">')
    assertNotContains(after, "before you rate")
    rates(round, cast.ben, 3, 3, 3, submit=False)
    submit_ratings(rater=ben, by=cast.ben)
    assertNotContains(client.get(rating), address(round), status_code=403)


def test_what_is_kept_stands_beside_the_ratings_and_the_history_holds_no_score(
    cast: Cast, ben: RaterOnRound
) -> None:
    keep_practice(rater=ben, scores=RIGHT, by=cast.ben)
    ben.refresh_from_db()
    assert ben.calibration["same"] == len(RIGHT)
    assert ben.calibration["scores"] == RIGHT
    line = Change.objects.latest("sequence")
    assert line.summary.endswith("Ben practised before rating")
    assert (line.before, line.after) == (None, None)
    assert verify() is None


def test_whoever_has_seen_the_answers_cannot_practise_again(
    cast: Cast, round: Round, ben: RaterOnRound
) -> None:
    keep_practice(rater=ben, scores=RIGHT, by=cast.ben)
    with pytest.raises(NotAllowed, match="seen the answers"):
        keep_practice(rater=ben, scores=RIGHT, by=cast.ben)
    wrong = dict.fromkeys(RIGHT, 1)
    signed_in(cast.ben).post(address(round), wrong)
    ben.refresh_from_db()
    assert ben.calibration["scores"] == RIGHT


def test_practice_comes_before_rating(cast: Cast, round: Round, ben: RaterOnRound) -> None:
    rates(round, cast.ben, 3, 3, 3, submit=False)
    submit_ratings(rater=ben, by=cast.ben)
    answer = signed_in(cast.ben).get(address(round))
    assert answer.status_code == 403
    assert "Practice comes before rating" in answer.content.decode()
    with pytest.raises(NotAllowed, match="Practice comes before rating"):
        keep_practice(rater=ben, scores=RIGHT, by=cast.ben)


def test_nobody_practises_for_somebody_else_nor_once_taken_off(
    cast: Cast, round: Round, ben: RaterOnRound
) -> None:
    with pytest.raises(NotAllowed, match="not asked to rate"):
        keep_practice(rater=ben, scores=RIGHT, by=cast.ada)
    withdraw_rater(rater=ben, by=cast.ada)
    with pytest.raises(NotAllowed, match="not asked to rate"):
        keep_practice(rater=ben, scores=RIGHT, by=cast.ben)
    assert signed_in(cast.ben).get(address(round)).status_code == 404


@pytest.mark.parametrize("who", ["ada", "mia", "cam", "eve", "pat", "dan"])
def test_there_is_no_practice_for_those_who_do_not_rate(cast: Cast, round: Round, who: str) -> None:
    assert signed_in(getattr(cast, who)).get(address(round)).status_code == 404
    assert Client().get(address(round))["Location"].startswith("/account/login/")


def test_feedback_on_scenes_that_changed_since_tells_only_what_was_kept() -> None:
    kept = {"version": "practice 2025-1", "same": 5, "scenes": 8, "scores": {}}
    told = practice_feedback(kept, SCENES)
    assert told.sentence == (
        "You gave the reference score to 5 of 8 scenes, which have changed since (practice 2025-1)."
    )
    assert told.scenes == ()

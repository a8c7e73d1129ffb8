"""Who sees ratings and when, and what each step from ratings to a signed-off score asks for."""

import pytest

from ithrive.assessments.life import Purpose, State
from ithrive.assessments.moderated import Compared
from ithrive.assessments.moderation import (
    Raters,
    why_not_agree,
    why_not_begin_moderation,
    why_not_except,
    why_not_keep,
    why_not_lock,
    why_not_moderate,
    why_not_rate,
    why_not_reopen,
    why_not_return,
    why_not_see_ratings,
    why_not_share,
    why_not_sign_off,
    why_not_submit,
)
from ithrive.assessments.ratings import Rating

BLIND = "Ratings are blind: they are shown once everyone asked to rate this round has submitted."
AFTER_ALL = {State.MODERATING, State.LOCKED, State.SIGNED_OFF}


def side(*marks: int | str) -> Compared:
    """Raters a, b, c... in turn: a score, or a reason why they cannot rate."""
    by_rater = dict(zip("abcdef", marks, strict=False))
    return Compared(
        "s1",
        {rater: mark for rater, mark in by_rater.items() if isinstance(mark, int)},
        {rater: mark for rater, mark in by_rater.items() if isinstance(mark, str)},
    )


def test_ratings_are_blind_until_all_have_submitted_and_moderation_has_begun() -> None:
    for state in State:
        seen = why_not_see_ratings(state, Raters(2, 2)) is None
        assert seen == (state in AFTER_ALL)
        for raters in (Raters(0, 0), Raters(2, 0), Raters(3, 2)):
            assert why_not_see_ratings(state, raters) == BLIND


@pytest.mark.parametrize(
    ("state", "submitted", "reason"),
    [
        (State.OPEN, False, None),
        (
            State.OPEN,
            True,
            "You have submitted your ratings. They can change only if they are returned to you.",
        ),
        (State.SCHEDULED, False, "This round is not open yet."),
        (State.MISSED, False, "This round is missed, so ratings can no longer change."),
    ],
)
def test_ratings_are_written_while_the_round_is_open(
    state: State, submitted: bool, reason: str | None
) -> None:
    assert why_not_rate(state, submitted=submitted) == reason


@pytest.mark.parametrize(
    ("rating", "reason"),
    [
        (Rating("s1", "a", 4), None),
        (Rating("s1", "a", None), None),
        (Rating("s1", "a", None, "Nobody knew"), None),
        (
            Rating("s1", "a", 5),
            "5 is not on the scale. Choose a score from 1 to 4, or say why you cannot rate it.",
        ),
        (
            Rating("s1", "a", 0),
            "0 is not on the scale. Choose a score from 1 to 4, or say why you cannot rate it.",
        ),
        (Rating("s1", "a", 1, "x"), "Give a score or a reason why you cannot rate it, not both."),
        (Rating("s1", "a", None, "x" * 301), "The reason must be 300 characters or fewer."),
        (Rating("s1", "a", 1, "", "x" * 10_001), "The evidence must be 10,000 characters or fewer."),
    ],
)
def test_a_draft_is_a_score_or_a_reason_or_nothing_yet(rating: Rating, reason: str | None) -> None:
    assert why_not_keep(rating) == reason


def test_a_rater_submits_once_nothing_is_missing() -> None:
    assert why_not_submit(State.OPEN, submitted=False, missing=0) is None
    assert why_not_submit(State.OPEN, submitted=False, missing=1) == (
        "1 statement has neither a score nor a reason why it cannot be rated. Give one or the other first."
    )
    assert str(why_not_submit(State.OPEN, submitted=False, missing=2)).startswith("2 statements have neither")
    assert why_not_submit(State.LOCKED, submitted=False, missing=0) == (
        "This round is locked, so ratings can no longer change."
    )


def test_an_evaluated_round_needs_two_raters_or_a_recorded_exception() -> None:
    begin = why_not_begin_moderation
    assert begin(Purpose.EVALUATED, Raters(2, 2), "") is None
    assert begin(Purpose.EVALUATED, Raters(1, 1), "The other fell ill") is None
    assert begin(Purpose.REFLECTION, Raters(1, 1), "") is None
    assert begin(Purpose.EVALUATED, Raters(1, 1), "") == (
        "An evaluated round needs two raters. Name another, or record why one has to be enough."
    )
    assert (
        begin(Purpose.EVALUATED, Raters(2, 1), "x") == "Not everyone asked to rate this round has submitted."
    )


def test_an_exception_needs_a_reason_and_a_round_that_needs_it() -> None:
    assert why_not_except(Purpose.EVALUATED, State.OPEN, "The other fell ill") is None
    assert why_not_except(Purpose.EVALUATED, State.OPEN, " ") == "Say why one rater has to be enough."
    assert (
        why_not_except(Purpose.EVALUATED, State.LOCKED, "x")
        == "This round is locked: enough people rated it."
    )
    assert why_not_except(Purpose.REFLECTION, State.OPEN, "x") == (
        "A reflection may be rated by one person, so it needs no exception."
    )


BOTH = "You and the person who locked the scores both rated this round. Ask someone who did not rate it."
OFF = "5 is not on the scale. Choose a score from 1 to 4, or “cannot be rated”."
DIFFER = "The raters differ: say why this is the score."
NOT_SAID = "This is not what the raters said: say why this is the score."
ONE = "Only one rater could score this statement: say why that has to be enough."


@pytest.mark.parametrize(
    ("given", "score", "reason", "alone", "why_not"),
    [
        (side(3, 3), 3, "", False, None),
        (side(3, 3), 2, "", False, NOT_SAID),
        (side(3, 3), 2, "Both misread it", False, None),
        (side(3, 3), None, "", False, NOT_SAID),
        (side(2, 3), 3, "", False, DIFFER),
        (side(2, 3), 3, "  ", False, DIFFER),
        (side(2, 3), 3, "The plan was seen", False, None),
        (side(3, "No plan"), 3, "", False, ONE),
        (side(3, "No plan"), 3, "", True, DIFFER),
        (side(3, "No plan"), 3, "One saw the plan", False, None),
        (side(3, "No plan"), None, "", False, DIFFER),
        (side("No plan", "No plan"), None, "", False, None),
        (side("No plan", "No plan"), 2, "x", False, "Nobody could rate this statement, so it has no score."),
        (side(3), 3, "", False, ONE),
        (side(3), 3, "", True, None),
        (
            side(3, 3),
            5,
            "x",
            False,
            "5 is not on the scale. Choose a score from 1 to 4, or “cannot be rated”.",
        ),
        (side(3, 3), 3, "x" * 501, False, "The reason must be 500 characters or fewer."),
    ],
)
def test_no_score_stands_without_two_ratings_or_a_recorded_reason(
    given: Compared, score: int | None, reason: str, alone: bool, why_not: str | None
) -> None:
    assert why_not_agree(given, score, reason, alone=alone) == why_not


def test_scores_are_agreed_between_the_last_submission_and_the_lock() -> None:
    assert {state for state in State if why_not_moderate(state) is None} == {State.MODERATING}
    assert why_not_moderate(State.OPEN) == "Scores can be agreed once everyone asked to rate has submitted."
    assert why_not_moderate(State.LOCKED) == "This round is locked. Reopen it first, with a reason."


def test_scores_are_locked_once_every_statement_has_one() -> None:
    assert why_not_lock(State.MODERATING, without_score=0) is None
    assert why_not_lock(State.MODERATING, without_score=1) == "1 statement has no agreed score yet."
    assert why_not_lock(State.MODERATING, without_score=2) == "2 statements have no agreed score yet."
    assert why_not_lock(State.OPEN, without_score=0) == why_not_moderate(State.OPEN)


def test_ratings_go_back_with_a_reason() -> None:
    assert why_not_return(State.MODERATING, "Wrong area") is None
    assert why_not_return(State.MODERATING, " ") == "Say why the ratings go back."
    assert why_not_return(State.LOCKED, "x") == why_not_moderate(State.LOCKED)


@pytest.mark.parametrize(
    ("locker", "signatory", "raters", "reason"),
    [
        ("eve", "ada", ["ben", "col"], None),
        ("eve", "ada", ["ada", "ben"], None),
        ("eve", "ada", ["eve", "ben"], None),
        ("eve", "eve", ["ben", "col"], "Someone other than the person who locked the scores must sign off."),
        (
            "eve",
            "ada",
            ["eve", "ada"],
            BOTH,
        ),
    ],
)
def test_two_people_seal_an_evaluated_round_and_not_both_rated_it(
    locker: str, signatory: str, raters: list[str], reason: str | None
) -> None:
    assert (
        why_not_sign_off(
            State.LOCKED, Purpose.EVALUATED, locked_by=locker, signatory=signatory, raters=raters
        )
        == reason
    )


def test_a_reflection_is_the_areas_own_to_sign_off() -> None:
    sign = why_not_sign_off
    assert sign(State.LOCKED, Purpose.REFLECTION, locked_by="ada", signatory="ada", raters=["ada"]) is None
    assert sign(State.OPEN, Purpose.REFLECTION, locked_by="", signatory="ada", raters=[]) == (
        "Only a locked round can be signed off. This one is open."
    )


def test_a_round_is_reopened_with_a_reason() -> None:
    assert {state for state in State if why_not_reopen(state, "x") is None} == {
        State.LOCKED,
        State.SIGNED_OFF,
    }
    assert why_not_reopen(State.SIGNED_OFF, "") == "Say why the round is reopened."
    assert why_not_reopen(State.OPEN, "x") == (
        "Only a locked or signed-off round can be reopened. This one is open."
    )


@pytest.mark.parametrize(
    ("state", "purpose", "shared", "statement", "reason"),
    [
        (State.SIGNED_OFF, Purpose.REFLECTION, False, "With our coach", None),
        (State.SIGNED_OFF, Purpose.EVALUATED, False, "x", "Only a private reflection needs sharing."),
        (State.SIGNED_OFF, Purpose.REFLECTION, True, "x", "This reflection is shared already."),
        (State.OPEN, Purpose.REFLECTION, False, "x", "A reflection can be shared once it is signed off."),
        (State.SIGNED_OFF, Purpose.REFLECTION, False, " ", "Say with whom and what for you share it."),
    ],
)
def test_a_reflection_is_shared_by_choice_and_in_words(
    state: State, purpose: Purpose, shared: bool, statement: str, reason: str | None
) -> None:
    assert why_not_share(state, purpose, shared=shared, statement=statement) == reason

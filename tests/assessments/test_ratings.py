"""Ratings that do not fit their instrument are refused, all of them at once."""

import pytest

from ithrive.assessments.ratings import Rating, checked, why_not_score
from ithrive.problems import BadInput
from tests.assessments.instruments import instrument, ratings


def test_ratings_that_fit_come_back_as_they_are() -> None:
    rated = ratings(a1="1x", a2="-4")
    assert checked(rated, instrument()) is rated
    assert [each.missing for each in rated] == [False, False, True, False]


def test_every_rating_that_does_not_fit_is_named_with_its_mend() -> None:
    rated = [
        Rating("z9", "Ada", 2),
        Rating("a1", "Ada", 5),
        Rating("a2", "Ada", 3, cannot_rate="Not sure."),
        Rating("a3", "Ben", 1),
        Rating("a3", "Ben", 2),
    ]
    with pytest.raises(BadInput) as caught:
        checked(rated, instrument())
    said = [f"{each.place}: {each.what}\n{each.mend}" for each in caught.value.problems]
    assert [line for each in said for line in each.split("\n")] == [
        "Rating of z9 by Ada: This statement is not in version 1 of An example.",
        "Read the round with its own version.",
        "Rating of a1 by Ada: 5 is not on the scale.",
        "Give a whole number from 1 to 4.",
        "Rating of a2 by Ada: It has a score and a reason for having none.",
        "Keep one of the two.",
        "Rating of a3 by Ben: It is given 2 times.",
        "Keep one rating for each rater.",
    ]


@pytest.mark.parametrize("score", [0, 5, -1, True, 2.0])
def test_only_whole_numbers_from_one_to_four_are_scores(score: int) -> None:
    assert why_not_score(score) == f"{score} is not on the scale."


@pytest.mark.parametrize("score", [None, 1, 2, 3, 4])
def test_no_score_and_the_four_scores_are_fine(score: int | None) -> None:
    assert why_not_score(score) is None

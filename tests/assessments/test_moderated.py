"""From raters' scores to the agreed one: what needs talking about, and what is kept."""

import pytest

from ithrive.assessments.moderated import agreed_score, agreed_without_talk, compared, to_talk_about
from ithrive.assessments.ratings import AgreedScore
from ithrive.problems import BadInput
from tests.assessments.instruments import instrument, ratings

INSTRUMENT = instrument()
UNKNOWN = "Nobody could tell us."


def test_every_statement_is_there_in_the_order_of_the_instrument_rated_or_not() -> None:
    found = compared(ratings(i1="12", a2="3x"), INSTRUMENT)
    assert list(found) == [each.code for each in INSTRUMENT.statement]
    assert found["a2"].scores == {"rater 1": 3}
    assert found["a2"].cannot_rate == {"rater 2": UNKNOWN}
    assert (found["a1"].low, found["a1"].high, found["a1"].steps_apart) == (None, None, 0)


def test_what_raters_agree_on_stands_without_talk() -> None:
    found = compared(ratings(a1="22", a2="23", a3="xx", a4="--", a5="3-", a6="3x"), INSTRUMENT)
    assert agreed_without_talk(found) == {
        "a1": AgreedScore("a1", 2, "", 2, 2),
        "a3": AgreedScore("a3", None, UNKNOWN),
        "a5": AgreedScore("a5", 3, "", 3, 3),
    }


def test_what_they_differ_on_is_talked_about_widest_apart_first() -> None:
    found = compared(ratings(a1="23", a2="14", a3="3x", a4="22", a5="12"), INSTRUMENT)
    assert [each.statement for each in to_talk_about(found)] == ["a2", "a1", "a5", "a3"]


@pytest.mark.parametrize(
    ("marks", "agreed", "needs"),
    [
        ("22", 2, False),
        ("22", 3, True),
        ("22", None, True),
        ("23", 2, True),
        ("2x", 2, True),
        ("xx", None, False),
        ("xx", 2, True),
    ],
)
def test_a_reason_is_needed_where_raters_differed_or_the_agreed_score_is_not_theirs(
    marks: str, agreed: int | None, *, needs: bool
) -> None:
    assert compared(ratings(a1=marks), INSTRUMENT)["a1"].needs_reason(agreed) is needs


def test_an_agreed_score_keeps_the_raters_lowest_and_highest() -> None:
    found = compared(ratings(a1="142"), INSTRUMENT)["a1"]
    assert agreed_score(found, 2, "Two of three saw it.") == AgreedScore(
        "a1", 2, "Two of three saw it.", 1, 4
    )


def test_ratings_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadInput, match="a1 by rater 1"):
        compared(ratings(a1="5"), INSTRUMENT)

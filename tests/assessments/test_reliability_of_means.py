"""How reliable the mean of a round's raters is: a published table, a plain twin, what cannot be told."""

from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.assessments.agreement import reliability_of_means
from ithrive.assessments.estimates import NotComputable

# Shrout & Fleiss (1979), Psychological Bulletin 86, table 2: six targets, four judges.
PUBLISHED = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def test_the_published_example_gives_icc_1_4():
    """Their table 4: ICC(1,4) is .44."""
    assert reliability_of_means(PUBLISHED) == pytest.approx(0.44, abs=0.005)


def test_rounds_with_one_rater_have_no_part():
    assert reliability_of_means([*PUBLISHED, (3,), ()]) == reliability_of_means(PUBLISHED)


def test_with_fewer_than_five_rounds_nothing_is_told():
    found = reliability_of_means(PUBLISHED[:4])
    assert isinstance(found, NotComputable)
    assert "Fewer than 5 rounds" in found.reason


def test_raters_who_differ_as_much_as_rounds_tell_nothing():
    found = reliability_of_means([(1, 4), (4, 1), (2, 3), (3, 2), (1, 4)])
    assert isinstance(found, NotComputable)


def test_raters_who_never_differ_are_wholly_reliable():
    assert reliability_of_means([(k, k) for k in range(1, 7)]) == 1


scores = st.integers(10, 40).map(lambda each: each / 10)


@settings(max_examples=60)
@given(st.lists(st.lists(scores, min_size=1, max_size=4), max_size=9))
def test_it_is_one_less_the_ratio_of_mean_squares_in_any_order(rounds):
    found = reliability_of_means(rounds)
    again = reliability_of_means([each[::-1] for each in rounds][::-1])
    held = [each for each in rounds if len(each) > 1]
    if isinstance(found, NotComputable):
        assert isinstance(again, NotComputable)
        return
    overall = fmean(score for each in held for score in each)
    between = sum(len(each) * (fmean(each) - overall) ** 2 for each in held) / (len(held) - 1)
    freedom = sum(len(each) - 1 for each in held)
    within = sum((score - fmean(each)) ** 2 for each in held for score in each) / freedom
    assert found == pytest.approx(1 - within / between)
    assert again == pytest.approx(found)
    assert 0 < found <= 1

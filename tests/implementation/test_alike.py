"""How long areas like one took, without forgetting those who are still at it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.implementation import NotEnoughAreas, TimesTaken, begun_within, times_taken
from ithrive.implementation.alike import time_by_which
from tests.implementation.small import after

# Freireich et al. (1963), the 6-MP arm: weeks of remission of 21 patients, as printed in every textbook of
# survival analysis (for instance Kalbfleisch and Prentice). Published estimates of those still in remission:
# 0.857 after 6 weeks, 0.807 (7), 0.753 (10), 0.690 (13), 0.627 (16), 0.538 (22), 0.448 (23).
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}

weeks = st.lists(st.integers(1, 30).map(float), max_size=12)


def areas(*finished_after: float, still: tuple[float, ...] = ()) -> list:  # type: ignore[type-arg]  # of Progress
    done = [
        after(f"0 listen reached\n{weeks} choose reached", 60, area=f"Done {number}")
        for number, weeks in enumerate(finished_after)
    ]
    return done + [
        after(f"{60 - weeks} listen begun", 60, area=f"At it {number}") for number, weeks in enumerate(still)
    ]


def test_the_estimate_agrees_with_the_published_example() -> None:
    for before, time in pairwise(PUBLISHED):
        share = 1 - (PUBLISHED[before] + PUBLISHED[time]) / 2
        assert time_by_which(share, RELAPSED, STILL_WELL) == time
    assert time_by_which(0.5, RELAPSED, STILL_WELL) == 23  # the published median
    assert time_by_which(0.6, RELAPSED, STILL_WELL) is None


@given(weeks, weeks, st.sampled_from([0.5, 0.9, 0.95]))
def test_the_estimate_agrees_with_a_plain_count(
    finished: list[float], still: list[float], share: float
) -> None:
    left, expected = 1.0, None
    for time in sorted(set(finished)):
        at_risk = [each for each in finished + still if each >= time]
        left -= left * finished.count(time) / len(at_risk)
        if expected is None and left <= 1 - share + 1e-12:
            expected = time
    assert time_by_which(share, finished, still) == expected


def test_median_and_range_come_with_the_number_of_areas() -> None:
    assert times_taken(areas(4, 6, 8, 10, 30), "plan") == TimesTaken(5, 0, 8, 4, 30)


def test_those_still_in_the_phase_make_the_median_longer() -> None:
    found = times_taken(areas(4, 6, 8, 10, 30, still=(20, 20, 20)), "plan")
    assert found == TimesTaken(5, 3, 10, 4, 30)


def test_below_the_minimum_nothing_is_compared() -> None:
    found = times_taken(areas(4, 6, 8, 10, still=(3,)), "plan")
    assert found == NotEnoughAreas(areas=5, finished=4, needed=5)
    assert str(found) == "Not enough areas to compare: 4 like it have finished the phase, and 5 are needed."


def test_areas_that_began_about_the_same_time_are_one_rule_for_likeness() -> None:
    one, near, far, never = (
        after(text, 90, area=name)
        for name, text in [
            ("One", "10 listen begun"),
            ("Near", "14 listen begun"),
            ("Far", "15 listen begun"),
            ("Never", ""),
        ]
    )
    assert begun_within([one, near, far, never], one, weeks=4) == (near,)
    assert begun_within([one], never, weeks=4) == ()


def test_a_phase_that_was_only_skipped_took_no_time_anybody_could_compare() -> None:
    skipped = after("1 listen skipped\n1 choose skipped", 9, area="Skipper")
    found = times_taken([skipped, *areas(4, 6, 8, 10, 30)], "plan")
    assert isinstance(found, TimesTaken)
    assert found.finished == 5


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_nobody_finished_nothing_to_say(share: float) -> None:
    assert time_by_which(share, [], [3.0]) is None

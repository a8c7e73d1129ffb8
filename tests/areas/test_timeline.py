"""Which role may follow which."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.timeline import (
    Life,
    Step,
    begun,
    in_words,
    joined_while_comparison,
    overlaps,
    why_not_begin,
    why_not_beside,
    why_not_dates,
)

TODAY = date(2026, 6, 1)
ALDERBROOK = Life("Alderbrook")
ENDED = Life("Alderbrook", date(2015, 4, 1), date(2021, 4, 1), ("Greater Alder",))
FIRST, SECOND, THIRD = date(2016, 1, 1), date(2018, 1, 1), date(2020, 1, 1)


def role(name: str, starts: date | None = None, ends: date | None = None) -> Membership:
    return Membership("T001", MemberRole(name), "local-area", starts, ends)


def begin(existing: list[Membership], new: Membership, life: Life = ALDERBROOK) -> str | None:
    return why_not_begin(existing, new, life, TODAY)


def test_a_new_role_ends_the_open_one_on_its_start_day() -> None:
    accelerator, member = role("accelerator", FIRST), role("member", SECOND)
    assert begin([accelerator], member) is None
    assert begun([accelerator], member) == (
        Step(accelerator, replace(accelerator, ends=SECOND)),
        Step(None, member),
    )


def test_a_role_whose_start_is_not_known_is_ended_too() -> None:
    member, left = role("member"), role("left", SECOND)
    assert begin([member], left) is None
    assert begun([member], left)[0].after.ends == SECOND


def test_the_first_role_ends_nothing() -> None:
    assert begun([], role("member")) == (Step(None, role("member")),)


@pytest.mark.parametrize(
    ("existing", "new", "reason"),
    [
        (role("member", FIRST), role("member", SECOND), "It has that role already"),
        (role("member", SECOND), role("accelerator", FIRST), "overlap with another role"),
        (role("member", FIRST, THIRD), role("accelerator", SECOND), "overlap with another role"),
        (role("member", FIRST), role("accelerator", FIRST), "overlap with another role"),
        (role("member", FIRST), role("left"), "overlap with another role"),
        (role("member"), role("paused"), "overlap with another role"),
    ],
)
def test_roles_never_overlap(existing: Membership, new: Membership, reason: str) -> None:
    assert reason in str(begin([existing], new))


def test_a_role_may_be_filled_in_before_another() -> None:
    assert begin([role("member", SECOND)], role("accelerator", FIRST, SECOND)) is None


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (role("member", SECOND, FIRST), "The end must be after the start."),
        (role("member", SECOND, SECOND), "The end must be after the start."),
        (role("comparison"), "Give the day on which it became a comparison site."),
        (role("member", TODAY + timedelta(days=367)), "A day may lie at most 12 months ahead."),
        (role("member", FIRST, TODAY + timedelta(days=367)), "A day may lie at most 12 months ahead."),
        (role("member", date(2015, 3, 31)), "Alderbrook did not exist before 1 April 2015."),
        (
            role("member", date(2021, 4, 1)),
            "Alderbrook ended on 1 April 2021 and became Greater Alder. Record the role there.",
        ),
    ],
)
def test_days_that_cannot_be(new: Membership, reason: str) -> None:
    assert why_not_dates(new, ENDED, TODAY) == reason


def test_an_ended_area_without_successors_is_refused_all_the_same() -> None:
    gone = replace(ENDED, successors=())
    assert begin([], role("member", date(2022, 1, 1)), gone) == "Alderbrook ended on 1 April 2021."


def test_a_joining_day_within_a_year_may_be_planned() -> None:
    assert begin([], role("member", TODAY + timedelta(days=366))) is None


def test_an_area_may_begin_on_the_day_it_began_to_exist() -> None:
    assert why_not_dates(role("member", date(2015, 4, 1)), ENDED, TODAY) is None


class TestComparison:
    """What the programme does never depends on what evaluators alone know."""

    def test_joining_ends_nothing_and_is_not_refused(self) -> None:
        site, member = role("comparison", FIRST), role("member", SECOND)
        assert begin([site], member) is None
        assert begun([site], member) == (Step(None, member),)

    @given(st.sampled_from(["accelerator", "member", "paused", "left"]), st.dates(FIRST, THIRD))
    def test_every_answer_is_the_same_with_and_without_it(self, name: str, day: date) -> None:
        known, site = role("member", SECOND, THIRD), role("comparison", FIRST)
        assert begin([known, site], role(name, day)) == begin([known], role(name, day))

    def test_an_area_that_takes_part_cannot_be_chosen(self) -> None:
        assert "takes part" in str(begin([role("member", FIRST)], role("comparison", SECOND)))

    def test_an_area_that_left_can_be_chosen(self) -> None:
        before = [role("member", FIRST, SECOND), role("left", SECOND)]
        assert begin(before, role("comparison", THIRD)) is None

    def test_an_area_is_chosen_once_at_a_time(self) -> None:
        assert "has that role already" in str(begin([role("comparison", FIRST)], role("comparison", SECOND)))

    def test_joining_contaminates_from_its_day(self) -> None:
        assert joined_while_comparison([role("comparison", FIRST), role("member", SECOND)]) == SECOND

    def test_a_comparison_site_that_never_joined_is_clean(self) -> None:
        assert joined_while_comparison([role("comparison", FIRST), role("left", SECOND)]) is None
        assert joined_while_comparison([role("comparison", SECOND), role("member", FIRST, SECOND)]) is None

    def test_joining_on_an_unknown_day_contaminates_from_the_choice(self) -> None:
        assert joined_while_comparison([role("comparison", SECOND), role("member")]) == SECOND


days = st.none() | st.dates(date(2016, 1, 1), date(2016, 1, 12))


@given(days, days, days, days)
def test_overlap_is_sharing_a_day(a: date | None, b: date | None, c: date | None, d: date | None) -> None:
    if (a and b and b <= a) or (c and d and d <= c):
        return  # no such role can be recorded
    one, other = role("member", a, b), role("paused", c, d)
    window = [date(2015, 12, 20) + timedelta(days=n) for n in range(40)]
    assert overlaps(one, other) == any(one.holds_on(day) and other.holds_on(day) for day in window)


def test_roles_side_by_side_are_fine() -> None:
    assert why_not_beside([role("member", FIRST, SECOND)], role("left", SECOND)) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (role("member"), "member, start not known"),
        (role("member", FIRST), "member from 1 January 2016"),
        (role("member", FIRST, SECOND), "member from 1 January 2016 to 1 January 2018"),
        (role("member", None, SECOND), "member to 1 January 2018"),
    ],
)
def test_a_role_in_words(said: Membership, words: str) -> None:
    assert in_words(said) == words

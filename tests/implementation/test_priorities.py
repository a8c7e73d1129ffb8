"""Priorities are proposed with their reason; people decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.implementation import Candidate, Movability, Proposal, proposed


def statement(code: str, score: int, **known: object) -> Candidate:
    return Candidate(code, code.capitalize(), "macro", score, **known)  # type: ignore[arg-type]


def order(*candidates: Candidate) -> list[str]:
    return [each.candidate.statement for each in proposed(candidates)]


def test_the_lowest_score_comes_first() -> None:
    assert order(statement("a", 3), statement("b", 1), statement("c", 2)) == ["b", "c", "a"]


def test_of_equal_scores_the_one_that_moved_most_often_elsewhere_comes_first() -> None:
    rarely, often = Movability(2, 10), Movability(6, 10)
    assert order(statement("a", 2, movability=rarely), statement("b", 2, movability=often)) == ["b", "a"]


def test_what_too_few_areas_show_comes_after_what_is_known() -> None:
    few, never = Movability(4, 4), Movability(0, 5)
    assert order(statement("a", 2, movability=few), statement("b", 2, movability=never)) == ["b", "a"]


def test_then_the_most_wanted_comes_first_and_those_nobody_was_asked_about_last() -> None:
    asked = [statement("a", 2), statement("b", 2, wanted=0), statement("c", 2, wanted=7)]
    assert order(*asked) == ["c", "b", "a"]


def test_those_level_in_everything_stay_in_the_order_of_the_instrument_and_it_is_said() -> None:
    first, second = proposed([statement("b", 2), statement("a", 2)])
    assert (first.tie, second.tie) == (
        "",
        "It is level with “B” in all three, so they stand as in the instrument.",
    )
    assert [first.candidate.statement, second.candidate.statement] == ["b", "a"]


def test_a_statement_at_four_is_left_out_and_the_list_is_short() -> None:
    assert order(statement("top", 4), *(statement(letter, 3) for letter in "abcdefg")) == list("abcde")
    assert proposed([]) == ()


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (
            statement("a", 1, change=-1, wanted=1, movability=Movability(6, 10)),
            (
                "Scored 1 of 4, not yet THRIVE-like; 1 lower than last time. Of 10 other areas at this score,"
                " 6 moved up within a year. Chosen once by young people or the steering group."
            ),
        ),
        (
            statement("a", 3, change=0, wanted=12, movability=Movability(3, 4)),
            (
                "Scored 3 of 4, THRIVE-like, and can still grow; the same as last time. Too few other areas"
                " have been at this score to tell how movable it is (4). Chosen 12 times by young people or"
                " the steering group."
            ),
        ),
        (
            statement("a", 2, change=1),
            (
                "Scored 2 of 4, not yet THRIVE-like; 1 higher than last time. Too few other areas have been"
                " at this score to tell how movable it is (0). Nobody has been asked yet whether they want"
                " it."
            ),
        ),
    ],
)
def test_the_reason_is_a_sentence_for_each_part_of_it(candidate: Candidate, reason: str) -> None:
    assert proposed([candidate]) == (Proposal(1, candidate, reason),)


candidates = st.lists(
    st.builds(
        Candidate,
        st.sampled_from("abcdefgh"),
        st.just("P"),
        st.just("micro"),
        st.integers(1, 4),
        st.none(),
        st.none() | st.integers(0, 3),
        st.builds(Movability, st.integers(0, 4), st.integers(4, 6)),
    ),
    max_size=8,
)


@given(candidates)
def test_the_order_agrees_with_comparing_two_by_two(given: list[Candidate]) -> None:
    """The plain twin: put each where nothing before it should come after it."""
    in_order: list[Candidate] = []
    for each in given:
        if each.score < 4:
            place = next((i for i, other in enumerate(in_order) if goes_before(each, other)), len(in_order))
            in_order.insert(place, each)
    assert [each.candidate for each in proposed(given, at_most=99)] == in_order
    assert [each.place for each in proposed(given)] == list(range(1, min(len(in_order), 5) + 1))


def goes_before(one: Candidate, other: Candidate) -> bool:
    if one.score != other.score:
        return one.score < other.score
    for mine, theirs in ((one.movability.share, other.movability.share), (one.wanted, other.wanted)):
        if mine != theirs:
            return theirs is None or (mine is not None and mine > theirs)
    return False

"""How often a score moved elsewhere, each area counted once."""

from collections.abc import Iterable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ithrive.implementation import Movability, Scored, movability
from ithrive.periods import add_months


def rounds(*scores: int | None, statement: str = "s", months: int = 6) -> list[Scored]:
    """Rounds six months apart; None where the statement was not scored."""
    start = date(2016, 4, 1)
    return [
        Scored(statement, add_months(start, months * number), score)
        for number, score in enumerate(scores)
        if score is not None
    ]


def found(*areas: Iterable[Scored], score: int = 2) -> tuple[int, int]:
    moved = movability({f"Area {number}": each for number, each in enumerate(areas)}, "s", score)
    return moved.moved, moved.areas


def test_an_area_moved_if_it_scored_higher_within_a_year() -> None:
    assert found(rounds(2, 3), rounds(2, 2, 3), rounds(2, 2, 2, 3), rounds(2, 1)) == (2, 4)


def test_an_area_that_was_not_asked_again_within_a_year_does_not_count() -> None:
    assert found(rounds(2), rounds(2, 3, months=13), rounds(2, 3, months=12)) == (1, 1)


def test_other_scores_and_statements_do_not_count() -> None:
    assert found(rounds(1, 3), rounds(2, 3, statement="t")) == (0, 0)


def test_an_area_counts_from_the_first_round_that_tells() -> None:
    assert found(rounds(2, None, None, 2, 3), rounds(2, 2, 2, 4)) == (1, 2)


def test_the_order_of_the_rounds_does_not_matter() -> None:
    assert found(list(reversed(rounds(2, 3)))) == (1, 1)


def test_below_five_areas_there_is_no_share() -> None:
    assert Movability(2, 4).share is None
    assert Movability(2, 5).share == 0.4


@given(st.lists(st.lists(st.none() | st.integers(1, 4), max_size=6), max_size=5), st.integers(1, 4))
def test_it_agrees_with_counting_by_hand(areas: list[list[int | None]], score: int) -> None:
    moved = counted = 0
    for scores in areas:
        for number, here in enumerate(scores):
            later = [each for each in scores[number + 1 : number + 3] if each is not None]
            if here == score and later:
                counted += 1
                moved += any(each > score for each in later)
                break
    assert found(*(rounds(*scores) for scores in areas), score=score) == (moved, counted)

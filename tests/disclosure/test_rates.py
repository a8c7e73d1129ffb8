import pytest

from ithrive.disclosure import Cell, median, p90, proportion, rate, volume
from ithrive.disclosure.cells import NOT_SUBMITTED, SUPPRESSED
from tests.disclosure.tables import PROGRAMME


@pytest.mark.parametrize(
    ("part", "rest", "whole", "shown"),
    [
        (60, 180, 240, 25),
        (5, 5, 10, 50),
        (5, 35, 40, 13),
        (60, 5, 60, 100),
        (0, 40, 40, None),
        (40, 0, 40, None),
        (4, 36, 40, None),
    ],
)
def test_a_proportion_needs_enough_people_in_all_three(
    part: int, rest: int, whole: int, shown: int | None
) -> None:
    found = proportion(Cell.of(part), Cell.of(rest), Cell.of(whole), PROGRAMME)
    assert found == (SUPPRESSED if shown is None else Cell.of(shown))


def test_a_proportion_of_what_is_not_there_is_not_there() -> None:
    assert proportion(Cell.of(60), SUPPRESSED, Cell.of(70), PROGRAMME) == SUPPRESSED
    assert proportion(NOT_SUBMITTED, Cell.of(10), Cell.of(70), PROGRAMME) == NOT_SUBMITTED


def test_a_rate_is_made_of_the_published_figure() -> None:
    assert rate(Cell.of(60), 12_345, 100_000, PROGRAMME) == Cell.of(486)
    assert rate(SUPPRESSED, 12_345, 100_000, PROGRAMME) == SUPPRESSED
    assert rate(Cell.of(0), 12_345, 100_000, PROGRAMME) == SUPPRESSED
    assert rate(Cell.of(5), 9, 100, PROGRAMME) == SUPPRESSED


@pytest.mark.parametrize(("people", "shown"), [(9, SUPPRESSED), (10, Cell.of(33))])
def test_a_median_needs_ten_people(people: int, shown: Cell) -> None:
    assert median(32.5, people, PROGRAMME) == shown


@pytest.mark.parametrize(("people", "shown"), [(49, SUPPRESSED), (50, Cell.of(99))])
def test_a_p90_needs_fifty_people(people: int, shown: Cell) -> None:
    assert p90(99.4, people, PROGRAMME) == shown


def test_a_volume_that_one_contributor_makes_is_hidden() -> None:
    assert volume([90, 10], PROGRAMME) == Cell.of(100)
    assert volume([91, 9], PROGRAMME) == SUPPRESSED
    assert volume([0, 0], PROGRAMME) == Cell.of(0)

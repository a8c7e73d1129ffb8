import numpy as np
import pytest

from ithrive.disclosure.extremes import Impossible, Known, Wanted
from ithrive.disclosure.sums import Sums
from ithrive.disclosure.tables import FigureSum

SUMS = Sums.of((), [FigureSum(("whole",), (("a",), ("b",)))])  # in the order a, b, whole


def known(low: list[float], high: list[float]) -> Known:
    return Known(SUMS.matrix, np.array(low, dtype=float), np.array(high, dtype=float))


def test_a_part_is_what_the_whole_leaves_it() -> None:
    found = known([0, 2, 10], [99, 5, 10]).extremes([Wanted(0, 1), Wanted(0, -1), Wanted(2, 1)])
    assert {each.wanted: each.value for each in found} == {
        Wanted(0, 1): 8,
        Wanted(0, -1): 5,
        Wanted(2, 1): 10,
    }


@pytest.mark.parametrize("most", [[1, 1, 3], [2, 1, 4]])
def test_figures_that_do_not_add_up_are_impossible(most: list[float]) -> None:
    with pytest.raises(Impossible):
        list(known([1, 1, most[2]], most).extremes([Wanted(0, 1)]))


def test_what_the_solver_cannot_answer_is_an_error() -> None:
    with pytest.raises(ArithmeticError, match="gave up"):
        list(known([0, 0, 0], [np.inf, 1, np.inf]).extremes([Wanted(0, 1)]))

"""The best match is the best: against every match there is, where greed loses, and with ties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.evaluation.arrays import Floats, Marks
from ithrive.evaluation.matching.optimal import assign
from tests.evaluation.matching.plain import best_by_trying, greedy, totals_of_every_match

CLOSE = 1e-9  # sums of the same distances in another order


def every(distance: Floats) -> Marks:
    return np.ones(distance.shape, dtype=bool)


# Whole numbers make ties common.
distances = st.tuples(st.integers(1, 4), st.integers(1, 6)).flatmap(
    lambda shape: st.lists(st.integers(0, 9), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]).map(
        lambda flat: np.array(flat, dtype=float).reshape(shape)
    )
)


@settings(max_examples=150)
@given(distances, st.integers(1, 3), st.integers(0, 2**24 - 1))
def test_no_match_serves_more_sites_or_as_many_at_less_distance(distance: Floats, k: int, bits: int):
    allowed = np.array([bits >> at & 1 for at in range(distance.size)], dtype=bool).reshape(distance.shape)
    found = assign(distance, allowed, k)
    served, total = best_by_trying(distance, allowed, k)
    assert sum(bool(each) for each in found.columns) == served
    assert found.total == pytest.approx(total, abs=CLOSE)
    taken = [column for each in found.columns for column in each]
    assert len(set(taken)) == len(taken)
    assert {len(each) for each in found.columns} <= {0, k}
    assert all(allowed[row, column] for row, each in enumerate(found.columns) for column in each)


@settings(max_examples=100)
@given(distances.filter(lambda each: each.shape[0] <= each.shape[1]))
def test_the_margin_is_what_the_next_best_match_would_add(distance: Floats):
    found, totals = assign(distance, every(distance)), totals_of_every_match(distance)
    expected = totals[1] - totals[0] if len(totals) > 1 else np.inf
    assert found.margin == pytest.approx(expected, abs=CLOSE)


def test_greed_loses():
    trap = np.array([[1.0, 2.0], [1.5, 10.0]])
    assert greedy(trap) == 11
    assert assign(trap, every(trap)).total == 3.5


def test_more_sites_come_before_less_distance():
    # The nearest pair would leave the second row without: two far pairs are better than one near one.
    distance = np.array([[0.0, 100.0], [5.0, 5.0]])
    allowed = np.array([[True, True], [True, False]])
    assert assign(distance, allowed).columns == ((1,), (0,))


def test_a_whole_set_or_none():
    distance = np.arange(6, dtype=float).reshape(2, 3)
    assert assign(distance, every(distance), k=2).columns == ((0, 1), ())


def test_nobody_allowed_is_nobody_matched():
    distance = np.ones((2, 3))
    found = assign(distance, np.zeros((2, 3), dtype=bool))
    assert (found.columns, found.total, found.margin) == (((), ()), 0.0, None)


def test_a_tie_is_told_and_an_only_match_has_no_next():
    tie = np.ones((2, 2))
    assert assign(tie, every(tie)).margin == 0
    alone = np.ones((1, 1))
    assert assign(alone, every(alone)).margin == np.inf


def test_a_site_left_without_is_no_tie_of_its_own():
    distance = np.array([[1.0, 4.0], [2.0, 3.0], [9.0, 9.0]])
    allowed = np.array([[True, True], [True, True], [False, False]])
    found = assign(distance, allowed)
    assert found.columns == ((0,), (1,), ())
    assert found.margin == pytest.approx(2)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ithrive.evaluation.missing import completed, outlying, pooled, without
from ithrive.problems import BadInput
from tests.evaluation.panels import panel

NAMES = ("deprivation", "spend", "waits")


def table(seed: int = 1, gone: float = 0.2) -> np.ndarray:
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(20, 1))
    figures = level + 0.3 * rng.normal(size=(20, 3))
    figures[rng.random((20, 3)) < gone] = np.nan
    figures[:5] = level[:5] + np.array([0.0, 0.1, 0.2])
    return figures


def test_pooling_follows_rubin_with_barnard_and_rubins_df() -> None:
    """Worked by hand: estimates 1, 2, 3 with errors 1; within 1, between 1, total 1 + 4/3."""
    found = pooled([1, 2, 3], [1, 1, 1], complete_df=18)
    assert found.value == 2
    assert found.standard_error == pytest.approx((7 / 3) ** 0.5)
    share = (4 / 3) / (7 / 3)
    observed = 19 / 21 * 18 * (1 - share)
    imputed = 2 / share**2
    assert found.df == pytest.approx(1 / (1 / observed + 1 / imputed))
    assert found.p == pytest.approx(2 * stats.t.sf(2 / found.standard_error, found.df))
    assert found.missing_information == pytest.approx(share)


def test_where_nothing_is_missing_pooling_adds_nothing_but_the_finite_df() -> None:
    found = pooled([2, 2, 2], [0.5, 0.5, 0.5], complete_df=18)
    assert (found.value, found.standard_error) == (2, 0.5)
    assert found.df == pytest.approx(19 / 21 * 18)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6), st.floats(0.1, 3), st.floats(2, 200))
def test_missing_figures_never_make_an_answer_surer(values: list[float], error: float, df: float) -> None:
    found = pooled(values, [error] * len(values), complete_df=df)
    assert found.standard_error >= error * (1 - 1e-12)
    assert found.df <= df * (1 + 1e-12)


@pytest.mark.parametrize(("estimates", "errors"), [([1.0], [1.0]), ([1.0, 2.0], [1.0, 0.0])])
def test_one_set_cannot_be_pooled(estimates: list[float], errors: list[float]) -> None:
    with pytest.raises(ValueError, match="two completed sets"):
        pooled(estimates, errors, complete_df=18)


def test_completed_sets_keep_what_is_there_and_fill_gaps_with_figures_of_other_sites() -> None:
    figures = table()
    found = completed(NAMES, figures, sets=5)
    there = ~np.isnan(figures)
    for each in found.sets:
        assert (each[there] == figures[there]).all()
        for at in range(3):
            assert set(each[:, at]) <= set(figures[there[:, at], at])
    assert dict(found.filled) == dict(zip(NAMES, (~there).sum(axis=0), strict=True))
    assert any((one != other).any() for one in found.sets for other in found.sets)


def test_completing_does_not_depend_on_the_order_of_the_sites() -> None:
    figures = table()
    order = np.random.default_rng(9).permutation(20)
    one, other = completed(NAMES, figures, sets=2), completed(NAMES, figures[order], sets=2)
    for left, right in zip(one.sets, other.sets, strict=True):
        assert (left[order] == right).all()


def test_gaps_are_filled_from_sites_alike() -> None:
    """Covariates that go together: what is made up goes with what is there."""
    truth = np.linspace(0, 10, 20)
    figures = np.column_stack([truth, truth + 0.01])
    figures[[0, 10, 19], 1] = np.nan
    for each in completed(("a", "b"), figures, sets=10).sets:
        assert abs(each[[0, 10, 19], 1] - truth[[0, 10, 19]]).max() < 3


def test_a_full_table_is_left_alone() -> None:
    figures = table(gone=0)
    assert all((each == figures).all() for each in completed(NAMES, figures, sets=2).sets)


def test_too_few_figures_are_refused_by_name() -> None:
    figures = table()
    figures[4:, 1] = np.nan
    with pytest.raises(BadInput, match="Covariate spend: 4 sites have a figure"):
        completed(NAMES, figures)


def test_a_quarter_that_stands_out_is_named_and_an_effect_is_not() -> None:
    steady = [10, 11, 9, 10, 12, 10, 11, 9, 10, 11]
    spiked = [10, 11, 9, 10, 40, 10, 11, 9, 10, 11]
    stepped = [10, 11, 9, 10, 12, 30, 31, 29, 30, 31]
    found = panel([[steady, spiked, stepped, [7] * 10]], [10, 5, 5, 10])
    odd = outlying(found)
    assert [(each.site, each.wave, each.figure) for each in odd] == [("site 001", "4", 40.0)]
    assert odd[0].deviations == pytest.approx(0.6745 * 30 / 1)
    assert np.isnan(without(found, odd).figures[0, 1, 4])
    assert int(np.isnan(without(found, odd).figures).sum()) == 1

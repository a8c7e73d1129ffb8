"""Where a mixed model has an exact counterpart it agrees with it; elsewhere with statsmodels."""

import warnings

import numpy as np
import pytest
from scipy import stats

from ithrive.evaluation import Inference, Interval, NotComputable
from ithrive.evaluation.mixed import MixedModel, mixed_model

SITE = np.repeat(np.arange(10), 6)


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A column that varies between sites alone, and an outcome with sites' own levels."""
    rng = np.random.default_rng(seed)
    between = np.repeat(rng.normal(size=10), 6)
    return between, 2 * between + np.repeat(rng.normal(size=10), 6) + 0.5 * rng.normal(size=60)


def test_a_column_that_varies_between_sites_alone_is_judged_as_the_regression_of_sites_means() -> None:
    between, outcome = drawn(1)
    found = mixed_model(np.column_stack([np.ones(60), between]), np.ones((60, 1)), SITE, outcome)
    assert isinstance(found, MixedModel)
    judged = found.inference(1, alpha=0.05)
    assert isinstance(judged, Inference)
    means = stats.linregress(between[::6], outcome.reshape(10, 6).mean(axis=1))
    assert found.coefficients[1] == pytest.approx(means.slope)
    assert judged.standard_error == pytest.approx(means.stderr, rel=1e-4)
    assert judged.df == pytest.approx(8, abs=1e-3)
    assert judged.p == pytest.approx(means.pvalue, rel=1e-3)
    assert isinstance(judged.interval, Interval)
    assert judged.interval.low < means.slope < judged.interval.high


def test_sites_of_unequal_size_agree_with_statsmodels() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.regression.mixed_linear_model import MixedLM

    between, outcome = drawn(2)
    keep = np.random.default_rng(3).random(60) < 0.7
    fixed = np.column_stack([np.ones(60), between, np.tile(np.arange(6.0), 10)])[keep]
    found = mixed_model(fixed, np.ones((keep.sum(), 1)), SITE[keep], outcome[keep])
    assert isinstance(found, MixedModel)
    witness = MixedLM(outcome[keep], fixed, SITE[keep]).fit(reml=True)
    assert found.coefficients == pytest.approx(witness.fe_params, rel=1e-4)
    assert found.residual == pytest.approx(witness.scale, rel=1e-3)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(witness.bse_fe, rel=1e-3)


@pytest.mark.parametrize(
    ("fixed", "outcome", "why"),
    [
        (np.ones((60, 2)), drawn(1)[1], "explain each other"),
        (np.ones((60, 1)), np.full(60, 7.0), "Nothing varies"),
        (np.ones((60, 1)), np.tile([1.0, -1.0, 2.0, -2.0, 0.5, -0.5], 10), "no variance of their own"),
    ],
    ids=["twins", "constant", "sites alike"],
)
def test_what_cannot_be_fitted_says_why(fixed: np.ndarray, outcome: np.ndarray, why: str) -> None:
    refused = mixed_model(fixed, np.ones((60, 1)), SITE, outcome)
    assert isinstance(refused, NotComputable)
    assert why in refused.reason


def test_where_the_likelihood_does_not_peak_there_is_no_df() -> None:
    between, outcome = drawn(1)
    fixed = np.column_stack([np.ones(60), between])
    far_off = MixedModel(fixed, np.ones((60, 1)), SITE, outcome, np.array([[1000.0]]), 1000.0)
    assert isinstance(far_off.df(1), NotComputable)
    assert isinstance(far_off.inference(1, alpha=0.05), NotComputable)

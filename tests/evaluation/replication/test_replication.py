import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ithrive.evaluation import Interval, NotComputable
from ithrive.evaluation.replication import (
    Moderated,
    PairEffects,
    Synthesis,
    moderated,
    pair_effects,
    synthesis,
    will_it_work_here,
)
from ithrive.evaluation.replication.synthesis import tau_squared
from tests.evaluation.panels import drawn, panel

effects = st.lists(st.floats(-5, 5), min_size=3, max_size=8)


def reml_by_hand(between: float, found: np.ndarray, variances: np.ndarray) -> float:
    """The restricted log-likelihood, written out."""
    weights = 1 / (variances + between)
    mean = (weights * found).sum() / weights.sum()
    return float(
        -0.5 * np.log(1 / weights).sum()
        - 0.5 * math.log(weights.sum())
        - 0.5 * (weights * (found - mean) ** 2).sum()
    )


@settings(max_examples=60)
@given(effects, st.floats(0.01, 2), st.floats(0.01, 2))
def test_no_variance_between_sites_is_likelier_than_the_one_found(
    values: list[float], one: float, other: float
) -> None:
    found = np.array(values)
    variances = np.linspace(one, other, len(values))
    best = tau_squared(found, variances, np.ones((len(values), 1)))
    height = reml_by_hand(best, found, variances)
    for near in (0.0, best * 0.99, best * 1.01, best + 1e-3):
        assert reml_by_hand(near, found, variances) <= height + 1e-8


def test_alike_variances_give_the_students_t_of_the_effects() -> None:
    found = np.array([1.0, 2.0, 4.0, 7.0])
    result = synthesis(("a", "b", "c", "d"), found, np.full(4, 0.5))
    assert isinstance(result, Synthesis)
    t = stats.ttest_1samp(found, 0)
    assert result.p == pytest.approx(t.pvalue)
    assert (result.interval.low, result.interval.high) == pytest.approx(tuple(t.confidence_interval()))
    assert result.tau2 == pytest.approx(found.var(ddof=1) - 0.5)
    assert sum(result.weights) == pytest.approx(1)
    reach = stats.t.ppf(0.975, 2) * math.sqrt(result.tau2 + found.var(ddof=1) / 4)
    assert result.prediction.high == pytest.approx(3.5 + reach)


@given(effects, st.floats(0.1, 2))
def test_a_new_site_is_never_foretold_more_surely_than_the_mean(values: list[float], variance: float) -> None:
    result = synthesis(tuple(map(str, values)), np.array(values), np.full(len(values), variance))
    assert isinstance(result, Synthesis)
    assert result.prediction.low <= result.interval.low + 1e-9
    assert result.prediction.high >= result.interval.high - 1e-9


def test_pairs_that_agree_wholly_leave_no_doubt_about_their_mean() -> None:
    result = synthesis(("a", "b", "c"), np.full(3, 2.0), np.ones(3))
    assert isinstance(result, Synthesis)
    assert (result.mean, result.tau2, result.p) == (pytest.approx(2), 0, pytest.approx(0))


def test_a_pair_is_the_difference_of_differences_of_its_sites() -> None:
    figures = [[[1, 5, 7], [10, 11, 12], [2, 3, np.nan], [4, 4, 6]]]
    found = pair_effects(panel(figures, [1, 1, 3, 3], pairs=["a", "b", "a", "b"]), "outcome 0")
    assert isinstance(found, PairEffects)
    # a: (5 - 3) - (1 - 2), its third wave lacks a figure; b: (7 + 6) / 2 - 6
    assert dict(zip(found.names, found.effects, strict=True)) == {"a": 3.0, "b": 0.5}
    # Only b has two waves on one side: 7 and 6 scatter by a half.
    assert found.variances == pytest.approx([0.5 * 2, 0.5 * 1.5])


def test_a_pair_without_figures_on_one_side_is_left_out_with_the_reason() -> None:
    figures = [[[np.nan, 5, 7], [10, 11, 12], [2, 3, 1], [4, 4, 5], [1, 2, 8], [1, 1, np.nan]]]
    pairs = ["a", "b", "c", "a", "b", "c"]
    found = pair_effects(panel(figures, [1, 1, 2, 3, 3, 3], pairs=pairs), "outcome 0")
    assert isinstance(found, PairEffects)
    assert dict(found.left_out) == {
        "a": "No wave before the start has figures of both sites.",
        "c": "No wave after the start has figures of both sites.",
    }


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (drawn(1), "The panel names no pairs."),
        (
            drawn(1, waves=2, paired=True),
            "No pair has two waves on one side of its start, so no error can be told.",
        ),
    ],
    ids=["no pairs", "two waves"],
)
def test_pairs_that_cannot_be_judged_say_why(given: object, why: str) -> None:
    assert pair_effects(given, "outcome 0") == NotComputable(why)  # type: ignore[arg-type]  # panels, both


def test_too_little_is_refused_with_the_reason() -> None:
    two = synthesis(("a", "b"), np.array([1.0, 2.0]), np.ones(2))
    assert isinstance(two, NotComputable)
    flat = synthesis(("a", "b", "c"), np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 1.0]))
    assert isinstance(flat, NotComputable)
    assert "do not vary" in flat.reason


def test_a_moderator_that_explains_everything_leaves_no_doubt() -> None:
    moderator = np.array([1.0, 2.0, 3.0, 4.0])
    found = moderated(2 * moderator, np.ones(4), moderator)
    assert isinstance(found, Moderated)
    assert (found.slope, found.tau2) == (pytest.approx(2), 0)


@pytest.mark.parametrize(
    ("effects", "variances", "moderator", "why"),
    [
        ([1, 2, 3], [1, 1, 1], [1, 2, 3], "too few"),
        ([1, 2, 3, 4], [1, 1, 1, 0], [1, 2, 3, 4], "do not vary"),
        ([1, 2, 3, 4], [1, 1, 1, 1], [2, 2, 2, 2], "same in every pair"),
    ],
    ids=["few", "flat", "same"],
)
def test_a_slope_that_cannot_be_judged_says_why(
    effects: list[float], variances: list[float], moderator: list[float], why: str
) -> None:
    refused = moderated(np.array(effects, float), np.array(variances, float), np.array(moderator, float))
    assert isinstance(refused, NotComputable)
    assert why in refused.reason


@pytest.mark.parametrize(
    ("low", "high", "better", "meaning"),
    [
        (-2, 1, "lower", "it may help or not, and these sites cannot say which"),
        (1, 2, "higher", "an improvement"),
        (1, 2, "lower", "a change for the worse"),
        (-2, -1, "lower", "an improvement"),
        (-2, -1, "neither", "a fall"),
        (1, 2, "neither", "a rise"),
    ],
)
def test_whether_it_will_work_here_is_said_in_a_sentence(
    low: float, high: float, better: str, meaning: str
) -> None:
    found = Synthesis((), (), (), 0, 1, 2, 0.5, Interval(low, high), 1, Interval(low, high), 0.95)
    assert will_it_work_here(found, unit="days", better=better).endswith(f"days: {meaning}.")

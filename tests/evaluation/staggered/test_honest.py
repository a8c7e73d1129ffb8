"""Bounds agree with a plain search, grow with the drift, and are refused where nothing shows a drift."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import optimize, stats

from ithrive.evaluation import Interval, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.staggered import Honest, honest
from ithrive.evaluation.staggered.bent import Bending, shortest
from ithrive.evaluation.staggered.coefficients import Coefficients, coefficients
from ithrive.evaluation.staggered.lasso import path
from ithrive.evaluation.staggered.relative import relative
from ithrive.evaluation.tails import folded_normal_reach, folded_student_p, folded_student_reach
from tests.evaluation.panels import drawn, panel

seeds = some.integers(0, 10_000)


def told(found: Honest | NotComputable) -> Honest:
    assert isinstance(found, Honest)
    return found


def reason(answer: object) -> str:
    assert isinstance(answer, NotComputable)
    return answer.reason


def worst_bias(direction: Floats, before: int) -> float:
    """For M = 1, by a linear programme over all paths with bends of at most 1 and nought at the reference."""
    waves = len(direction) + 1
    bends = np.zeros((waves - 2, waves))
    for at in range(waves - 2):
        bends[at, at : at + 3] = 1, -2, 1
    kept = np.delete(bends, before, axis=1)
    limits = np.vstack([kept, -kept])
    found = optimize.linprog(-direction, A_ub=limits, b_ub=np.ones(len(limits)), bounds=(None, None))
    return float(-found.fun)


def some_bending(seed: int, before: int, after: int) -> Bending:
    root = np.random.default_rng(seed).normal(size=(before + after, before + after + 3))
    return Bending(root @ root.T, np.full(after, 1 / after))


@given(seeds, some.integers(1, 4), some.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_the_bias_is_that_of_the_worst_path(seed: int, before: int, after: int):
    bending = some_bending(seed, before, after)
    sums = np.random.default_rng(seed).normal(size=before - 1)
    assert bending.bias(sums) == pytest.approx(worst_bias(bending.direction(sums), before))


@given(seeds, some.integers(1, 4), some.integers(1, 3), some.sampled_from([0.1, 1.0, 10.0]))
@settings(max_examples=12, deadline=None)
def test_no_other_blend_has_a_shorter_interval(seed: int, before: int, after: int, m: float):
    bending = some_bending(seed, before, after)

    def half(sums: Floats) -> float:
        error = bending.error(sums)
        return folded_normal_reach(m * bending.bias(sums) / error, 0.05) * error

    found = half(shortest(bending, m, 0.05))
    rng = np.random.default_rng(seed)
    for start in (np.zeros(before - 1), shortest(bending, 0, 0.05), rng.normal(size=before - 1)):
        if len(start):
            other = optimize.minimize(half, start, method="Nelder-Mead", options={"maxiter": 300}).fun
            assert found <= other * (1 + 1e-9)


@pytest.mark.parametrize("moved", [0.0, 0.7, 3.0, 60.0])
def test_reaches_of_moved_deviates_agree_with_scipys_distributions(moved: float):
    reach = folded_normal_reach(moved, 0.05)
    assert stats.norm.cdf(reach - moved) - stats.norm.cdf(-reach - moved) == pytest.approx(0.95)
    wider = folded_student_reach(moved, 8, 0.05)
    assert wider > reach
    assert folded_student_p(wider, moved, 8) == pytest.approx(0.05)


def test_a_t_that_is_not_moved_is_the_usual_one():
    assert folded_student_reach(0.0, 12, 0.05) == pytest.approx(stats.t.ppf(0.975, 12))
    assert folded_student_p(2.0, 0.0, 12) == pytest.approx(2 * stats.t.sf(2.0, 12))


def test_a_strong_effect_breaks_down_where_its_interval_first_holds_nought():
    one = drawn(3, treated=10, comparison=10, waves=7, start=4)
    figures = one.figures.copy()
    figures[0, :10, 4:] -= 30
    found = told(honest(panel(figures, one.starts.tolist()), "outcome 0"))
    assert found.breakdown > 0
    assert f"bent by {found.breakdown:.4g}" in found.sentence
    assert [each.m for each in found.bounds] == pytest.approx(
        [found.largest_bend * share for share in (0, 0.5, 1, 2)]
    )
    for each in found.bounds:
        assert isinstance(each.judged.interval, Interval)
        inside = each.judged.interval.low <= 0 <= each.judged.interval.high
        assert inside == (each.m >= found.breakdown)
        assert (each.judged.p > 0.05) == inside


def test_no_effect_needs_no_bend():
    found = told(honest(drawn(3, treated=5, comparison=5, waves=5, start=3), "outcome 0"))
    assert found.breakdown == 0
    assert found.sentence.startswith("Already a straight drift")


def test_with_two_waves_before_a_drift_shows_and_no_bend():
    found = told(honest(drawn(3, treated=5, comparison=5, waves=4, start=2), "outcome 0"))
    assert len(found.bounds) == 1
    assert "three waves" in reason(found.largest_bend)


def test_a_straight_drift_alone_is_taken_out_wholly():
    one = drawn(3, treated=6, comparison=6, waves=7, start=4)
    drift = np.where(one.accelerator[:, None], 5.0 * np.arange(7), 0.0)
    found = told(honest(panel(one.figures + drift, one.starts.tolist()), "outcome 0"))
    plain = told(honest(one, "outcome 0"))
    assert [each.estimate for each in found.bounds] == pytest.approx([each.estimate for each in plain.bounds])


def test_staggered_starts_are_bounded_by_effects_by_time_since_the_start():
    one = drawn(5, treated=10, comparison=10, waves=6, start=3)
    figures = one.figures.copy()
    figures[0, :10, 3:] -= 40
    found = told(honest(panel(figures, [3] * 5 + [4] * 5 + [6] * 10), "outcome 0"))
    assert found.waves_before == 4
    assert "variance by start" in found.bounds[0].judged.method


def test_what_cannot_be_told_is_refused_with_the_reason():
    one = drawn(5, treated=6, comparison=6, waves=5, start=2)
    staggered = [2, 2, 2, 3, 3, 3, *[5] * 6]
    assert "one says nothing" in reason(honest(panel(one.figures, [1] * 6 + [5] * 6), "outcome 0"))
    assert "before the start" in reason(honest(panel(one.figures, [0] * 6 + [5] * 6), "outcome 0"))
    weighted = panel(one.figures, staggered, weights=np.full((12, 5), 2.0))
    assert "Weights" in reason(honest(weighted, "outcome 0"))
    assert "single site" in reason(honest(panel(one.figures, [2, *[3] * 5, *[5] * 6]), "outcome 0"))
    gap = one.figures.copy()
    gap[0, :6, 4] = np.nan
    gap[0, :3, 3] = np.nan
    gap[0, 3:6, 3] = np.nan
    assert "before and after" in reason(
        honest(panel(np.where(np.arange(5) >= 2, np.nan, one.figures), staggered), "outcome 0")
    )
    holed = one.figures.copy()
    holed[0, :3, 3], holed[0, 3:6, 4] = np.nan, np.nan
    assert "no figures, so no drift" in reason(honest(panel(holed, staggered), "outcome 0"))


@given(seeds, some.integers(1, 6), some.floats(0, 1.2))
@settings(max_examples=30, deadline=None)
def test_at_every_price_on_the_path_no_step_makes_the_lasso_smaller(seed: int, many: int, share: float):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(many, many + 2))
    hessian, gradient = root @ root.T, rng.normal(size=many)
    price = share * float(np.abs(gradient).max())
    found = path(hessian, gradient).at(price)
    pull = gradient + hessian @ found
    nought = np.abs(found) < 1e-10
    assert (np.abs(pull[nought]) <= price + 1e-8).all()
    assert pull[~nought] == pytest.approx(-price * np.sign(found[~nought]), abs=1e-8)


def test_without_anything_to_weigh_the_path_is_a_point():
    assert path(np.zeros((0, 0)), np.zeros(0)).at(0.0).shape == (0,)
    assert (path(np.eye(2), np.zeros(2)).at(0.0) == 0).all()


def known(values: list[float], variance: Floats, after: int) -> Coefficients:
    """Coefficients with a variance that is known, so that Student's t is nearly normal."""
    return Coefficients(np.array(values), variance, after, "known", "none", lambda _: 1e9)


def largest_drift(steps: Floats, times: float, after: int) -> float:
    """By a linear programme: the mean of a path whose steps are at most so many times the largest."""
    most = times * float(np.abs(steps).max())
    added = np.tril(np.ones((after, after))).mean(axis=0)
    return float(-optimize.linprog(-added, bounds=[(-most, most)] * after).fun)


@given(seeds, some.integers(1, 5), some.integers(1, 4), some.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=15, deadline=None)
def test_with_hardly_any_error_steps_bound_the_effect_as_the_worst_path_does(
    seed: int, before: int, after: int, times: float
):
    values = np.random.default_rng(seed).normal(size=before + after)
    found = relative(known(values.tolist(), 1e-18 * np.eye(before + after), after), alpha=0.05)
    (judged,) = (each.judged for each in found.bounds if each.times == times)
    steps = np.diff(np.append(values[:before], 0.0))
    reach = largest_drift(steps, times, after)
    assert found.largest_step == np.abs(steps).max()
    assert isinstance(judged.interval, Interval)
    assert (judged.interval.low, judged.interval.high) == (
        pytest.approx(values[before:].mean() - reach, abs=1e-6),
        pytest.approx(values[before:].mean() + reach, abs=1e-6),
    )


def test_bounds_on_steps_widen_with_them_and_p_goes_with_the_interval():
    one = drawn(3, treated=10, comparison=10, waves=7, start=4)
    figures = one.figures.copy()
    figures[0, :10, 4:] -= 60
    found = told(honest(panel(figures, one.starts.tolist()), "outcome 0")).relative
    assert [each.times for each in found.bounds] == [0.5, 1.0, 1.5, 2.0]
    assert found.breakdown > 0
    assert f"{found.breakdown:.3g} times" in found.sentence
    widths = []
    for each in found.bounds:
        assert isinstance(each.judged.interval, Interval)
        inside = each.judged.interval.low <= 0 <= each.judged.interval.high
        assert inside == (each.times >= found.breakdown)
        assert (each.judged.p > 0.05) == inside
        widths.append(each.judged.interval.high - each.judged.interval.low)
    assert widths == sorted(widths)


def test_no_effect_needs_no_steps_either():
    found = told(honest(drawn(3, treated=5, comparison=5, waves=5, start=3), "outcome 0")).relative
    assert found.breakdown == 0
    assert found.sentence.startswith("Chance could explain this")


def test_weights_do_not_hang_on_what_few_sites_variance_happens_to_be():
    """Chosen by the estimated variance, intervals for no drift missed in a fifth of such studies."""
    rng = np.random.default_rng(8)
    missed = 0
    for _ in range(60):
        made = panel(rng.normal(size=(1, 20, 14)), [8] * 10 + [14] * 10)
        straight = told(honest(made, "outcome 0")).bounds[0]
        missed += straight.judged.p <= 0.05
    assert missed <= 7  # as many or fewer in 98 of 100 runs at 5%; at a fifth in 8 of 100


def test_more_waves_than_sites_can_still_be_bounded():
    made = drawn(5, treated=4, comparison=4, waves=14, start=7)
    found = coefficients(made)
    assert isinstance(found, Coefficients)
    assert np.linalg.matrix_rank(found.variance) < len(found.values)
    assert told(honest(made, "outcome 0")).waves_before == 7


@given(some.permutations(range(9)), seeds)
@settings(max_examples=5, deadline=None)
def test_the_order_of_sites_changes_nothing(order: list[int], seed: int):
    one = drawn(seed, treated=4, comparison=5, waves=6, start=3, missing=0.1)
    other = panel(one.figures[:, order], one.starts[order].tolist())
    assert honest(one, "outcome 0") == honest(other, "outcome 0")


def test_figures_that_do_not_vary_are_refused():
    constant = panel(np.tile(np.arange(6.0), (1, 8, 1)), [3] * 4 + [6] * 4)
    assert "Nothing varies" in reason(honest(constant, "outcome 0"))

"""The bootstrap agrees with refitting every draw, and its interval ends where its own p passes alpha."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ithrive.evaluation import Estimate, Inference, Interval, NotComputable, Panel, effect
from ithrive.evaluation.bootstrap import Drawn, _interval, drawn, webb
from ithrive.evaluation.draws import Draws
from ithrive.evaluation.robust import Clustered
from ithrive.evaluation.shared import Shared
from tests.evaluation import panels

DRAWS = Draws(60)


def p_by_refitting(made: Panel, weights: np.ndarray, null: float) -> float:
    """Impose the null, weigh each site's residuals, refit with all dummies, compare t."""
    figures = np.where(made.treated, made.figures[0] - null, made.figures[0])
    there = ~np.isnan(figures)
    rest = np.where(there, panels.two_way_rest(made, figures), 0)
    fitted = figures - rest
    real = abs(t_by_hand(made, figures))
    extreme = 1
    for draw in weights:
        extreme += abs(t_by_hand(made, fitted + draw[:, None] * rest)) >= real * (1 - 1e-9)
    return extreme / (len(weights) + 1)


def t_by_hand(made: Panel, figures: np.ndarray) -> float:
    there = ~np.isnan(figures)
    site, wave = np.nonzero(there)
    columns = [site == at for at in range(len(made.sites))] + [wave == at for at in range(1, len(made.waves))]
    x = np.column_stack([*columns, made.treated[there]]).astype(float)
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ figures[there]
    e = figures[there] - x @ beta
    meat = sum(np.outer(x[site == at].T @ e[site == at], x[site == at].T @ e[site == at]) for at in set(site))
    return float(beta[-1] / np.sqrt((bread @ meat @ bread)[-1, -1]))


@given(some.integers(0, 1_000), some.sampled_from([0.0, 0.2]), some.floats(-1, 1))
@settings(max_examples=6, deadline=None)
def test_p_under_any_effect_agrees_with_refitting_every_draw(seed: int, missing: float, null: float):
    made = panels.drawn(seed, treated=4, comparison=5, missing=missing)
    clustered = Shared().exposed(made)
    assert isinstance(clustered, Clustered)
    weights = webb(9, DRAWS)
    draws = drawn(clustered.design, clustered.design.remainder(made.figures[0]), weights)
    assert draws.p(null) == pytest.approx(p_by_refitting(made, weights, null))


def test_webbs_weights_have_mean_nought_and_variance_one():
    weights = webb(10)
    assert sorted(set(np.round(weights.ravel() ** 2, 12))) == [0.5, 1.0, 1.5]
    assert weights.mean() == pytest.approx(0, abs=0.02)
    assert weights.var() == pytest.approx(1, abs=0.02)


def test_the_interval_ends_where_p_reaches_alpha():
    made = panels.drawn(3, treated=8, comparison=8, waves=6, start=3)
    found = effect(made, "outcome 0")
    assert isinstance(found.bootstrap, Inference)
    assert isinstance(found.bootstrap.interval, Interval)
    assert isinstance(found.estimate, Estimate)
    clustered = Shared().exposed(alone := made.only(["outcome 0"]))
    assert isinstance(clustered, Clustered)
    draws = drawn(clustered.design, clustered.design.remainder(alone.figures[0]), webb(16))
    assert draws.p(0.0) == found.bootstrap.p
    for end, outwards in ((found.bootstrap.interval.low, -1e-6), (found.bootstrap.interval.high, 1e-6)):
        assert draws.p(end - outwards) > 0.05 >= draws.p(end + outwards)


def test_an_interval_without_an_end_is_said():
    never = Drawn(np.ones((2, 30)), np.zeros((3, 30)), np.array([0.0, 1.0]), 1.0)
    found = _interval(never, 0.0, 1.0, 0.05)
    assert isinstance(found, NotComputable)
    assert found.reason == "The bootstrap rejects no effect, however large."

"""Intervals keep their promise on simulated rounds, within what the handbook admits."""

import numpy as np
import pytest

from ithrive.assessments.agreement.grid import Real, Whole, given
from ithrive.assessments.agreement.intraclass import intraclass
from ithrive.assessments.agreement.kappa import LINEAR, QUADRATIC, kappa_interval, weighted_kappa
from ithrive.assessments.agreement.krippendorff import alpha_interval, krippendorff_alpha
from ithrive.assessments.agreement.percent import percent_agreement

ROUNDS = 600
# A round so large that its figures are the truth, to a few thousandths.
TRUTH = 50_000
# Three standard errors of a share near 95% among so many rounds.
CHANCE = 0.027


def simulated(rounds: int, statements: int, raters: int = 2) -> Whole:
    """Raters who see the same thing through some noise."""
    chance = np.random.default_rng([2015, rounds, statements])
    seen = chance.normal(2.5, 0.9, size=(rounds, statements, 1))
    scores = np.rint(seen + chance.normal(0, 0.6, size=(rounds, statements, raters)))
    return np.clip(scores, 1, 4).astype(np.int64)


def values(scores: Whole) -> dict[str, Real]:
    return {
        "percent": percent_agreement(given(scores))[0],
        "linear": weighted_kappa(scores, LINEAR).value,
        "quadratic": weighted_kappa(scores, QUADRATIC).value,
        "alpha": krippendorff_alpha(given(scores)),
        "single": intraclass(scores, np.full(len(scores), 2)).single,
    }


def intervals(scores: Whole) -> dict[str, tuple[Real, Real]]:
    correlation = intraclass(scores, np.full(len(scores), 2))
    return {
        "percent": percent_agreement(given(scores))[1:],
        "linear": kappa_interval(weighted_kappa(scores, LINEAR)),
        "quadratic": kappa_interval(weighted_kappa(scores, QUADRATIC)),
        "alpha": alpha_interval(given(scores)),
        "single": (correlation.single_low, correlation.single_high),
    }


@pytest.mark.parametrize(
    ("statements", "handbook"),
    [
        (6, {"percent": 0.97, "linear": 0.95, "quadratic": 0.96, "alpha": 0.91, "single": 0.96}),
        (20, {"percent": 0.95, "linear": 0.96, "quadratic": 0.95, "alpha": 0.95, "single": 0.94}),
        (60, {"percent": 0.95, "linear": 0.96, "quadratic": 0.96, "alpha": 0.94, "single": 0.95}),
    ],
)
def test_intervals_hold_the_truth_as_often_as_the_handbook_says(
    statements: int, handbook: dict[str, float]
) -> None:
    truth = values(simulated(1, TRUTH))
    for statistic, (low, high) in intervals(simulated(ROUNDS, statements)).items():
        known = low < high
        true = truth[statistic][0]
        held = ((low <= true) & (true <= high))[known].mean()
        assert held == pytest.approx(handbook[statistic], abs=CHANCE + 0.015), statistic


@pytest.mark.parametrize(
    ("raters", "power", "handbook"),
    [(3, LINEAR, 0.93), (3, QUADRATIC, 0.94), (4, LINEAR, 0.93), (4, QUADRATIC, 0.93)],
)
def test_kappas_interval_holds_the_truth_with_more_raters_and_few_statements(
    raters: int, power: int, handbook: float
) -> None:
    true = weighted_kappa(simulated(1, TRUTH, raters), power).value[0]
    low, high = kappa_interval(weighted_kappa(simulated(2 * ROUNDS, 6, raters), power))
    known = low < high
    assert ((low <= true) & (true <= high))[known].mean() == pytest.approx(handbook, abs=CHANCE)

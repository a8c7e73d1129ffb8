"""Blends of comparison sites: the weights are the best there are, and every judgement works each way out."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ithrive.evaluation import Inference, NotComputable, Panel
from ithrive.evaluation.staggered import Synthetic, synthetic
from ithrive.evaluation.staggered.simplex import nearest
from ithrive.evaluation.staggered.synthetic import Others, without_one
from tests.evaluation.panels import drawn, panel

seeds = some.integers(0, 10_000)


def told(found: Synthetic | NotComputable) -> Synthetic:
    assert isinstance(found, Synthetic)
    return found


def judged(answer: Inference | NotComputable) -> Inference:
    assert isinstance(answer, Inference)
    return answer


def reason(answer: object) -> str:
    assert isinstance(answer, NotComputable)
    return answer.reason


def made(seed: int, *, treated: int = 4, paired: bool = False) -> Panel:
    one = drawn(seed, treated=treated, comparison=4, waves=7, start=3, paired=paired)
    return panel(one.figures, [3, 4, 3, 4][:treated] + [7] * 4, pairs=one.pairs)


@given(seeds, some.integers(2, 5), some.integers(2, 6), some.booleans(), some.sampled_from([1e-3, 0.5]))
@settings(max_examples=40, deadline=None)
def test_no_step_from_the_weights_comes_nearer(
    seed: int, many: int, rows: int, intercept: bool, ridge: float
):
    rng = np.random.default_rng(seed)
    columns, target = rng.normal(size=(rows, many)), rng.normal(size=rows)
    weights = nearest(columns, target, ridge, intercept=intercept)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    if intercept:
        columns, target = columns - columns.mean(axis=0), target - target.mean()
    pull = columns.T @ (columns @ weights - target) / rows + ridge**2 * weights
    # At the best weights no corner of the simplex lies downhill.
    assert (pull - pull @ weights >= -1e-9).all()


def test_columns_that_are_all_the_target_share_the_weight():
    assert nearest(np.zeros((3, 4)), np.zeros(3), 1.0) == pytest.approx([0.25] * 4)
    assert nearest(np.zeros((3, 1)), np.zeros(3), 0.0).tolist() == [1.0]


@pytest.mark.filterwarnings("ignore")
def test_a_sites_effect_agrees_with_diff_diffs_steps():
    import diff_diff
    import pandas as pd

    one = drawn(3, treated=2, comparison=8, waves=9, start=5)
    figures = one.figures[0, 1:]
    rows = [(site, wave, figures[site, wave], int(site == 0)) for site, wave in product(range(9), range(9))]
    table = pd.DataFrame(rows, columns=["site", "wave", "figure", "treated"])
    model = diff_diff.SyntheticDiD(seed=1, n_bootstrap=2)
    known = model.fit(table, "figure", "treated", "site", "wave", post_periods=[5, 6, 7, 8])
    found = Others.of(figures[1:], 5).blend(figures[0])
    assert found.effect == pytest.approx(known.att, abs=1e-2)  # its steps are stopped early


def test_placebos_put_every_comparison_site_in_the_sites_place():
    one = made(2)
    first = next(each for each in told(synthetic(one, "outcome 0")).sites if each.site == "site 000")
    alone = one.only(["outcome 0"])
    own = alone.figures[0][alone.starts == 3]
    others = alone.figures[0][alone.starts == 7]
    effects = [Others.of(others, 3).blend(row).effect for row in own]
    assert any(first.estimate == pytest.approx(effect) for effect in effects)
    placebos = [Others.of(np.delete(others, at, axis=0), 3).blend(others[at]).effect for at in range(4)]
    found = judged(first.placebo)
    assert found.standard_error == pytest.approx(np.std(placebos))
    assert found.p == (1 + sum(abs(each) >= abs(first.estimate) for each in placebos)) / 5
    assert sum(weight for _, weight in first.site_weights) == pytest.approx(1)
    assert sum(weight for _, weight in first.wave_weights) == pytest.approx(1)


def test_swaps_work_out_every_blend_again():
    one = made(6, paired=True)
    found = told(synthetic(one, "outcome 0"))
    means = []
    for turned in product((0, 1), repeat=4):
        starts = one.starts.copy()
        for at, turn in enumerate(turned):
            if turn:
                starts[[at, at + 4]] = starts[[at + 4, at]]
        means.append(told(synthetic(panel(one.figures, starts.tolist()), "outcome 0")).estimate)
    lot = judged(found.by_lot)
    assert lot.p == np.mean(np.abs(means) >= abs(found.estimate) - 1e-9)
    assert "jackknife" in reason(lot.interval)


def test_the_jackknife_leaves_each_site_out_with_weights_kept():
    one = made(6).only(["outcome 0"])
    figures, starts = one.figures[0], one.starts
    others, began = figures[starts == 7], np.flatnonzero(starts < 7)
    blends = [Others.of(others, int(starts[at])).blend(figures[at]) for at in began]
    effects = [blend.effect for blend in blends]
    without = [float(np.mean(np.delete(effects, at))) for at in range(4)]
    rest = [
        without_one(others, figures[at], int(starts[at]), blend)
        for at, blend in zip(began, blends, strict=True)
    ]
    without += np.mean(rest, axis=0).tolist()
    error = np.sqrt(7 / 8 * np.sum((np.array(without) - np.mean(without)) ** 2))
    found = judged(told(synthetic(one, "outcome 0")).jackknife)
    assert (found.standard_error, found.df) == (pytest.approx(error), 3)


@given(some.permutations(range(8)), seeds)
@settings(max_examples=5, deadline=None)
def test_the_order_of_sites_changes_nothing(order: list[int], seed: int):
    one = made(seed)
    other = panel(one.figures[:, order], one.starts[order].tolist())
    first, second = told(synthetic(one, "outcome 0")), told(synthetic(other, "outcome 0"))
    assert (first.estimate, first.jackknife) == (second.estimate, second.jackknife)


def test_a_sites_missing_waves_and_comparison_sites_with_gaps_have_no_part():
    one = made(1, paired=True)
    figures = one.figures.copy()
    figures[0, 0, 6], figures[0, 5, 0] = np.nan, np.nan
    found = told(synthetic(panel(figures, one.starts.tolist(), pairs=one.pairs), "outcome 0"))
    assert [each.compared for each in found.sites] == [3, 3, 3, 3]
    assert "missing" in reason(found.by_lot)


def test_sites_without_enough_waves_are_left_out_with_the_reason():
    one = made(1)
    found = told(synthetic(panel(one.figures, [3, 1, 1, 1, *[7] * 4]), "outcome 0"))
    assert [name for name, _ in found.left_out] == ["site 001", "site 002", "site 003"]
    assert "2 waves before its start" in found.left_out[0][1]
    assert "One site alone" in reason(found.jackknife)
    assert "no pairs" in reason(found.by_lot)


def test_what_cannot_be_told_is_refused_with_the_reason():
    one = made(1)
    assert "Weights" in reason(
        synthetic(panel(one.figures, one.starts.tolist(), weights=np.ones((8, 7))), "outcome 0")
    )
    assert "2 comparison sites" in reason(
        synthetic(panel(one.figures[:, :6], [3, 4, 3, 4, 7, 7]), "outcome 0")
    )


def test_figures_that_do_not_vary_say_so():
    found = told(synthetic(panel(np.full((1, 8, 7), 2.0), [3] * 4 + [7] * 4), "outcome 0"))
    assert found.estimate == 0
    assert "exactly alike" in reason(found.sites[0].placebo)
    assert "without any one site" in reason(found.jackknife)


def test_a_comparison_site_that_carries_a_blend_alone_leaves_no_jackknife():
    swing = 100 * np.sin(np.arange(12) * np.pi / 12)
    figures = np.outer([3, 3.1, 1, -1, -1, -1], swing)
    found = told(synthetic(panel(figures[None], [11, 11, 12, 12, 12, 12]), "outcome 0"))
    assert [len(each.site_weights) for each in found.sites] == [1, 1]
    assert "carries the blend" in reason(found.jackknife)

"""Counts with their noughts: the estimate is Poisson regression's, the judgements as plain ways have them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ithrive.evaluation import Estimate, Inference, Interval, NotComputable, Panel
from ithrive.evaluation import counts as counts_module
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.counts import CountEffect, count_effect
from tests.evaluation.panels import drawn, panel

seeds = some.integers(0, 10_000)
STARTS = [2] * 5 + [5] * 5


def told(found: CountEffect | NotComputable) -> CountEffect:
    assert isinstance(found, CountEffect)
    return found


def judged(found: CountEffect) -> tuple[Estimate, Inference]:
    assert isinstance(found.estimate, Estimate)
    assert isinstance(found.estimate.cr2, Inference)
    return found.estimate, found.estimate.cr2


def reason(answer: object) -> str:
    assert isinstance(answer, NotComputable)
    return answer.reason


def made(seed: int, *, rare: float = 0.02, missing: float = 0.0) -> tuple[Panel, Floats]:
    rng = np.random.default_rng(seed)
    offsets = rng.uniform(50, 200, size=(10, 5))
    rates = (
        rare
        * np.exp(rng.normal(size=(10, 1)) / 2)
        * np.where(drawn(0, treated=5, comparison=5, waves=5, start=2).treated, 0.6, 1)
    )
    counts = rng.poisson(offsets * rates).astype(float)
    counts[:, [0, 4]] += 1  # both arms have events on both sides
    gone = rng.random(counts.shape) < missing
    gone[:, [0, 4]] = False
    pairs = [f"pair {at % 5}" for at in range(10)]
    return panel(np.where(gone, np.nan, counts)[None], STARTS, pairs=pairs), offsets


def rows(one: Panel, offsets: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Counts, columns (sites, waves but the first, exposure), logarithms of offsets, and sites."""
    there = ~np.isnan(one.figures[0])
    site, wave = np.nonzero(there)
    dummies = [(site == at) * 1.0 for at in range(10)] + [(wave == at) * 1.0 for at in range(1, 5)]
    columns = np.column_stack([*dummies, one.treated[there]])
    return one.figures[0][there], columns, np.log(offsets[there]), site


@pytest.mark.filterwarnings("ignore")
@given(seeds, some.sampled_from([0.0, 0.2]))
@settings(max_examples=8, deadline=None)
def test_it_is_poisson_regression_with_cr2_of_the_last_weighted_fit(seed: int, missing: float):
    import statsmodels.api as sm

    one, offsets = made(seed, missing=missing)
    counts, columns, logs, site = rows(one, offsets)
    known = sm.GLM(counts, columns, family=sm.families.Poisson(), offset=logs).fit(tol=1e-13)
    means = known.mu
    found = told(count_effect(one, "outcome 0", offsets))
    estimate, cr2 = judged(found)
    assert estimate.value == pytest.approx(known.params[-1], abs=1e-6)
    assert found.dispersion == pytest.approx(known.pearson_chi2 / known.df_resid, rel=1e-5)
    scaled = columns * np.sqrt(means)[:, None]
    bread = np.linalg.inv(scaled.T @ scaled)
    hat = np.eye(len(means)) - scaled @ bread @ scaled.T
    rest, total = (counts - means) / np.sqrt(means), 0.0
    for at in range(10):
        block = site == at
        values, vectors = np.linalg.eigh(hat[np.ix_(block, block)])
        root = vectors @ np.diag([0 if v < 1e-9 else v**-0.5 for v in values]) @ vectors.T
        total += float((bread @ scaled[block].T @ root @ rest[block])[-1] ** 2)
    assert cr2.standard_error == pytest.approx(np.sqrt(total), rel=1e-4)


def test_swaps_take_what_is_left_of_counts_under_no_effect():
    one, offsets = made(4)
    found = told(count_effect(one, "outcome 0", offsets)).pair_swaps
    counts = one.figures[0]
    means = offsets.copy()
    for _ in range(500):
        means *= counts.sum(axis=1, keepdims=True) / means.sum(axis=1, keepdims=True)
        means *= counts.sum(axis=0) / means.sum(axis=0)
    rest = (counts - means)[:, 2:].sum(axis=1)
    sums = [abs(np.array(signs) @ (rest[:5] - rest[5:])) for signs in product((1, -1), repeat=5)]
    assert isinstance(found, Inference)
    assert found.p == np.mean(np.array(sums) >= sums[0] - 1e-6)
    assert "not inverted" in reason(found.interval)


def test_noughts_have_a_part_and_are_counted():
    one, offsets = made(1, rare=0.004)
    found = told(count_effect(one, "outcome 0", offsets))
    assert found.noughts == (one.figures[0] == 0).sum() > 5
    assert found.events == one.figures[0].sum()
    assert found.ratio == pytest.approx(np.exp(judged(found)[0].value))
    assert isinstance(found.ratio_interval, Interval)


def test_sites_and_waves_that_never_had_an_event_are_named_and_change_no_estimate():
    one, offsets = made(1)
    figures = one.figures.copy()
    figures[0, 3], figures[0, :, 1] = 0, 0
    found = told(count_effect(panel(figures, STARTS, pairs=one.pairs), "outcome 0", offsets))
    assert found.without_part == ("site site 003", "wave 1")
    assert isinstance(found.pair_swaps, Inference)
    kept = [at for at in range(10) if at != 3]
    rest = panel(np.delete(figures, 3, axis=1)[:, :, [0, 2, 3, 4]], [1] * 4 + [4] * 5)
    again = told(count_effect(rest, "outcome 0", offsets[np.ix_(kept, [0, 2, 3, 4])]))
    assert judged(found)[0].value == pytest.approx(judged(again)[0].value)
    assert judged(found)[1].p == pytest.approx(judged(again)[1].p)


@given(some.permutations(range(10)), seeds)
@settings(max_examples=5, deadline=None)
def test_the_order_of_sites_changes_nothing(order: list[int], seed: int):
    one, offsets = made(seed)
    other = panel(one.figures[:, order], [STARTS[at] for at in order], pairs=[one.pairs[at] for at in order])
    assert count_effect(one, "outcome 0", offsets) == count_effect(other, "outcome 0", offsets[order])


def test_rates_that_all_change_alike_have_no_interval():
    counts = np.outer(np.arange(1, 11), [2.0, 4, 4, 8, 8])
    found = told(count_effect(panel(counts[None], STARTS), "outcome 0", np.ones((10, 5))))
    assert found.ratio == pytest.approx(1)
    assert "no interval" in reason(found.ratio_interval)
    assert "no pairs" in reason(found.pair_swaps)
    assert "Every assignment gives the same" in reason(found.splits)


def test_what_cannot_be_told_is_refused_with_the_reason():
    one, offsets = made(1)
    counts = one.figures
    weighted = panel(counts, STARTS, weights=np.full((10, 5), 2.0))
    assert "without weights" in reason(count_effect(weighted, "outcome 0", offsets))
    assert "nought or more" in reason(count_effect(panel(-counts - 1, STARTS), "outcome 0", offsets))
    assert "nought or more" in reason(count_effect(one, "outcome 0", offsets * 0))
    none = np.where(one.treated, 0, counts)
    assert "no event before or after" in reason(count_effect(panel(none, STARTS), "outcome 0", offsets))
    halves = np.where(np.arange(5)[None, :] < 2, np.nan, counts[0])
    split = np.where(one.accelerator[:, None] & one.treated, counts[0], halves)
    split[1:5, :2] = np.nan
    assert "no event before or after" in reason(
        count_effect(panel(split[None], STARTS), "outcome 0", offsets)
    )


def test_an_effect_that_gaps_leave_no_way_to_tell_is_refused():
    one, offsets = made(1)
    figures = one.figures.copy()
    figures[0, :3, 2:], figures[0, 3:5, :2] = np.nan, np.nan
    found = count_effect(panel(figures, STARTS), "outcome 0", offsets)
    assert "before and after the start in both arms" in reason(found)


def test_a_regression_that_does_not_settle_is_refused(monkeypatch: pytest.MonkeyPatch):
    one, offsets = made(1)
    monkeypatch.setattr(counts_module, "MOST_TURNS", 1)
    assert "does not settle" in reason(count_effect(one, "outcome 0", offsets))

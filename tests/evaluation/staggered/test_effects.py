"""Group-time effects agree with the plain way, with others' software, and with the simple effect."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from ithrive.evaluation import Estimate, Inference, Interval, NotComputable, Panel, change_scores, effect
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.draws import Draws
from ithrive.evaluation.staggered import Aggregate, Staggered, staggered
from ithrive.evaluation.staggered.by_lot import deals, judged_by_lot
from ithrive.evaluation.staggered.cells import group_time
from ithrive.evaluation.staggered.combining import combined
from tests.evaluation.panels import drawn, panel

seeds = some.integers(0, 10_000)
STARTS = [2, 2, 2, 3, 3, 3, 3, 5, 5, 6, 6, 6, 6, 6, 6]


def made(seed: int, missing: float = 0.0) -> Panel:
    return panel(drawn(seed, treated=9, comparison=6, waves=6, start=2, missing=missing).figures, STARTS)


def told(found: Staggered | NotComputable) -> Staggered:
    assert isinstance(found, Staggered)
    return found


def judged(answer: Inference | NotComputable) -> Inference:
    assert isinstance(answer, Inference)
    return answer


def reason(answer: object) -> str:
    assert isinstance(answer, NotComputable)
    return answer.reason


def by_hand(figures: Floats, starts: list[int], group: int, wave: int, compared: str) -> float:
    """Means over sites with figures at both waves, one site after another."""
    began, others = [], []
    for site, start in enumerate(starts):
        change = figures[site, wave] - figures[site, group - 1]
        later = start > max(wave, group - 1) and start != group
        if np.isnan(change):
            continue
        if start == group:
            began.append(change)
        elif start == figures.shape[1] or (compared == "not yet" and later):
            others.append(change)
    return float(np.mean(began) - np.mean(others))


@given(seeds, some.sampled_from(["never", "not yet"]), some.sampled_from([0.0, 0.2]))
@settings(max_examples=6, deadline=None)
def test_each_cell_is_a_difference_of_mean_changes(seed: int, compared: str, missing: float):
    one = made(seed, missing)
    for cell in told(staggered(one, "outcome 0", compared=compared)).cells:
        known = by_hand(one.figures[0], STARTS, int(cell.group), int(cell.wave), compared)
        assert cell.estimate == pytest.approx(known)
        assert cell.before == (int(cell.wave) < int(cell.group))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("compared", ["never", "not yet"])
def test_everything_agrees_with_diff_diff(compared: str):
    import diff_diff
    import pandas as pd

    one = made(4)
    rows = [
        (site, wave + 1, one.figures[0, site, wave], start + 1 if start < 6 else 0)
        for (site, start), wave in product(enumerate(STARTS), range(6))
    ]
    model = diff_diff.CallawaySantAnna(
        control_group=f"{compared.replace(' ', '_')}_treated",
        base_period="universal",
        estimation_method="reg",
    )
    table = pd.DataFrame(rows, columns=["site", "wave", "figure", "start"])
    known = model.fit(table, "figure", "site", "wave", "start", aggregate="all")
    found = told(staggered(one, "outcome 0", compared=compared))
    for cell in found.cells:
        other = known.group_time_effects[int(cell.group) + 1, int(cell.wave) + 1]
        assert (cell.estimate, cell.standard_error) == pytest.approx((other["effect"], other["se"]))
    pairs: list[tuple[Aggregate, tuple[float, float]]] = [
        (found.simple, (known.overall_att, known.overall_se))
    ]
    for each in found.by_time:
        other = known.event_study_effects[int(each.label)]
        pairs.append((each, (other["effect"], other["se"])))
    for each, (_, other) in zip(found.by_group, sorted(known.group_effects.items()), strict=True):
        pairs.append((each, (other["effect"], other["se"])))
    for each, other in pairs:
        assert (each.estimate, judged(each.influence).standard_error) == pytest.approx(other)


@given(seeds, some.integers(2, 5), some.integers(2, 5))
@settings(max_examples=10, deadline=None)
def test_with_one_baseline_and_one_start_it_is_the_simple_effect_with_welchs_variance(
    seed: int, treated: int, comparison: int
):
    one = drawn(seed, treated=treated, comparison=comparison, waves=3)
    found, simple = told(staggered(one, "outcome 0")), effect(one, "outcome 0")
    assert isinstance(simple.estimate, Estimate)
    cr2, small = judged(simple.estimate.cr2), judged(found.simple.small_sample)
    assert found.simple.estimate == pytest.approx(simple.estimate.value)
    assert small.standard_error == pytest.approx(cr2.standard_error)
    changes = change_scores(one, "outcome 0")
    known = stats.ttest_ind(changes[:treated], changes[treated:], equal_var=False)
    assert (small.p, small.df) == pytest.approx((known.pvalue, known.df))


def test_with_one_baseline_and_one_start_swaps_give_the_same_p_and_interval():
    one = drawn(8, treated=7, comparison=7, waves=3, paired=True)
    lot, swaps = judged(told(staggered(one, "outcome 0")).simple.by_lot), effect(one, "outcome 0").pair_swaps
    assert isinstance(swaps, Inference)
    assert isinstance(lot.interval, Interval)
    assert isinstance(swaps.interval, Interval)
    assert lot.p == swaps.p
    assert (lot.interval.low, lot.interval.high) == pytest.approx((swaps.interval.low, swaps.interval.high))


def paired(seed: int) -> Panel:
    """Six pairs with three starts and a gap."""
    one = drawn(seed, treated=6, comparison=6, waves=5, start=2, paired=True)
    figures = one.figures.copy()
    figures[0, 1, 3] = np.nan
    return panel(figures, [1, 1, 2, 2, 3, 3, *[5] * 6], pairs=one.pairs)


@pytest.mark.parametrize("compared", ["never", "not yet"])
def test_swaps_of_staggered_starts_agree_with_working_each_out_again(compared: str):
    one = paired(3)
    found = told(staggered(one, "outcome 0", compared=compared))
    others = []
    for turned in product((0, 1), repeat=6):
        starts = one.starts.copy()
        for at, turn in enumerate(turned):
            if turn:
                starts[[at, at + 6]] = starts[[at + 6, at]]
        again = combined(group_time(one.figures[0], starts, compared=compared), starts)
        others.append(abs(again.group.value))
    lot = judged(found.group.by_lot)
    assert lot.p == np.mean(np.array(others) >= abs(found.group.estimate) - 1e-9)
    assert lot.reference.startswith("all 64 swaps within 6 pairs")


def test_the_interval_by_lot_holds_what_the_test_would_not_reject():
    one = paired(5)
    interval = judged(told(staggered(one, "outcome 0")).simple.by_lot).interval
    assert isinstance(interval, Interval)
    for end, side in ((interval.low, -1), (interval.high, 1)):
        for step, rejects in ((1e-6, True), (-1e-6, False)):
            shifted = panel(
                one.figures - (end + side * step) * one.treated, one.starts.tolist(), pairs=one.pairs
            )
            assert (judged(told(staggered(shifted, "outcome 0")).simple.by_lot).p <= 0.05) == rejects


@given(some.permutations(range(15)), seeds)
@settings(max_examples=3, deadline=None)
def test_the_order_of_sites_changes_nothing(order: list[int], seed: int):
    one = made(seed, 0.1)
    other = panel(one.figures[:, order], [STARTS[at] for at in order])
    assert staggered(one, "outcome 0") == staggered(other, "outcome 0")


def test_without_pairs_starts_are_dealt_to_all_sites():
    found = told(staggered(made(1), "outcome 0"))
    assert judged(found.simple.by_lot).reference.startswith("9,999 random deals of the starts to all sites")
    assert reason(judged(found.by_time[0].by_lot).interval).startswith("Before a start")


def test_many_pairs_are_swapped_by_draws():
    one = drawn(1, treated=15, comparison=15, paired=True)
    assert deals(one).words == "9,999 random swaps within 15 pairs (seed 2015) and the real one"
    assert deals(one, Draws(500, 3)).words == "500 random swaps within 15 pairs (seed 3) and the real one"
    assert deals(one, Draws(500_000), most=200).words.startswith("199 random swaps")
    assert (deals(one).starts[0] == one.starts).all()


def test_few_pairs_have_no_interval():
    one = drawn(1, treated=3, comparison=3, paired=True)
    assert "cannot be 0.05 or less" in reason(
        judged(told(staggered(one, "outcome 0")).simple.by_lot).interval
    )


def test_before_a_start_lots_mix_in_the_effect_itself_so_there_is_no_interval_and_the_reason_is_told():
    rng = np.random.default_rng(7)
    starts = np.array([2, 2, 2, 2, 5, 5] + [8] * 6)
    pairs = tuple("abcdef" * 2)
    figures = rng.normal(size=(12, 8))
    begun = np.arange(8) >= starts[:, None]
    without, strong = (
        judged_before(panel([figures + effect * begun], starts.tolist(), pairs=pairs))
        for effect in (0.0, 50.0)
    )
    assert strong.estimate == pytest.approx(without.estimate), "the effect has no part in the estimate"
    assert judged(strong.by_lot).p != judged(without.by_lot).p, "but in what other deals would have given"
    assert "sites that had begun stand among those before" in reason(judged(strong.by_lot).interval)


def judged_before(one: Panel) -> Aggregate:
    """The earliest point before a start: that of the sites that began last."""
    return told(staggered(one, "outcome 0")).by_time[0]


def test_a_start_with_a_single_site_is_judged_by_lot_alone():
    one = panel(drawn(1, treated=3, comparison=4).figures, [1, 2, 2, 4, 4, 4, 4])
    found = told(staggered(one, "outcome 0"))
    assert "single site" in reason(found.simple.small_sample)
    assert any("single site" in each for each in judged(found.simple.influence).assumes)
    assert judged(found.simple.by_lot).p > 0


def test_sites_that_began_before_the_first_wave_are_left_out_and_named_and_their_pairs_not_dealt_anew():
    one = drawn(2, treated=4, comparison=4, paired=True)
    found = told(staggered(panel(one.figures, [0, 1, 1, 1, *[4] * 4], pairs=one.pairs), "outcome 0"))
    assert found.left_out == ("site 000",)
    assert "its pair is broken" in reason(found.simple.by_lot)


def test_figures_that_do_not_vary_say_so():
    found = told(staggered(panel(np.full((1, 8, 3), 7.0), [1] * 4 + [3] * 4), "outcome 0")).simple
    assert "Nothing varies" in reason(found.influence)
    assert "Nothing varies" in reason(found.small_sample)
    assert reason(found.by_lot) == "Every deal of the starts gives the same."


def test_a_deal_that_leaves_a_wave_empty_is_not_judged():
    one = drawn(1, treated=2, comparison=2, waves=3)
    figures = one.figures.copy()
    figures[0, [0, 2], 2] = np.nan
    found = told(staggered(panel(figures, [1, 1, 3, 3]), "outcome 0"))
    assert "without figures to compare" in reason(found.simple.by_lot)


def test_what_cannot_be_told_is_refused_with_the_reason():
    one = made(1)
    assert "Weights" in reason(staggered(panel(one.figures, STARTS, weights=np.ones((15, 6))), "outcome 0"))
    assert "before and after" in reason(staggered(panel(one.figures, [0] * 9 + [6] * 6), "outcome 0"))
    with pytest.raises(ValueError, match="compared is 'ever'"):
        staggered(one, "outcome 0", compared="ever")


def test_by_lot_without_exposure_has_no_interval():
    found = judged(
        judged_by_lot(np.array([2.0, 1.0, 0.0]), None, words="", exact=False, alpha=0.05, assumes=())
    )
    assert found.p == pytest.approx(1 / 3)
    assert "Weights change" in reason(found.interval)

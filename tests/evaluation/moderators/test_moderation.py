"""The triple difference agrees with the plain ways, and what it rests on is said."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ithrive.evaluation import Estimate, Inference, Interval, NotComputable, Panel, change_scores, effect
from ithrive.evaluation.draws import Draws
from ithrive.evaluation.moderators import Moderation, moderation
from ithrive.evaluation.moderators import dealt as dealt_module
from tests.evaluation.panels import drawn, panel

seeds = some.integers(0, 10_000)


def told(found: Moderation | NotComputable) -> Moderation:
    assert isinstance(found, Moderation)
    return found


def reason(answer: object) -> str:
    assert isinstance(answer, NotComputable)
    return answer.reason


def judged(answer: Inference | NotComputable) -> Inference:
    assert isinstance(answer, Inference)
    return answer


def value(answer: Estimate | NotComputable) -> float:
    assert isinstance(answer, Estimate)
    return answer.value


def made(seed: int, many: int = 8, missing: float = 0.0) -> tuple[Panel, dict[str, float]]:
    """Pairs whose accelerators' relationships are known; with stronger ones the outcome falls by three."""
    one = drawn(seed, treated=many, comparison=many, waves=5, start=2, missing=missing, paired=True)
    ties = np.random.default_rng(seed).permutation(many).astype(float)
    figures = one.figures.copy()
    figures[0, :many, 2:] -= 3 * (ties > np.median(ties))[:, None]
    return panel(figures, one.starts.tolist(), pairs=one.pairs), dict(zip(one.sites, ties, strict=False))


@given(seeds)
@settings(max_examples=6, deadline=None)
def test_with_halves_and_no_gaps_it_is_the_difference_of_the_two_effects(seed: int):
    one, ties = made(seed)
    found = told(moderation(one, "outcome 0", ties))
    upper, lower = found.halves
    assert value(found.difference) == pytest.approx(value(upper.estimate) - value(lower.estimate))
    assert isinstance(found.difference, Estimate)
    assert judged(found.difference.cr2).df == pytest.approx(12)
    assert (upper.accelerators, lower.comparisons, found.cut) == (4, 4, 3.5)


@given(seeds)
@settings(max_examples=6, deadline=None)
def test_as_measured_it_is_the_difference_of_the_arms_slopes_of_change(seed: int):
    one, ties = made(seed)
    found = told(moderation(one, "outcome 0", ties, split="as measured"))
    changes, along = change_scores(one, "outcome 0"), np.array(list(ties.values()))
    slopes = [np.polyfit(along, arm, 1)[0] for arm in (changes[:8], changes[8:])]
    assert value(found.difference) == pytest.approx(slopes[0] - slopes[1])


def test_halves_are_the_effects_of_the_sites_in_them():
    one, ties = made(3, missing=0.1)
    upper = told(moderation(one, "outcome 0", ties)).halves[0]
    kept = [at for at in range(16) if ties[f"site {at % 8:03}"] > 3.5]
    alone = panel(one.figures[:, kept], one.starts[kept].tolist(), pairs=[one.pairs[at] for at in kept])
    known = effect(alone, "outcome 0")
    assert value(upper.estimate) == pytest.approx(value(known.estimate))
    assert isinstance(known.pair_swaps, Inference)
    assert judged(upper.exact).p == known.pair_swaps.p


@pytest.mark.parametrize("split", ["median", "as measured"])
def test_deals_of_the_moderator_are_all_listed_where_they_are_few(split: str):
    one, ties = made(5, many=6)
    found = judged(told(moderation(one, "outcome 0", ties, split=split)).dealt)
    changes = change_scores(one, "outcome 0")
    effects, along = changes[:6] - changes[6:], np.array(list(ties.values()))
    if split == "median":
        deals = [np.isin(np.arange(6), chosen) * 1.0 for chosen in combinations(range(6), 3)]
        along = (along > 2.5) * 1.0
    else:
        deals = [np.array(each) for each in permutations(along)]
    slopes = [abs((each - each.mean()) @ effects) for each in deals]
    assert found.p == np.mean(np.array(slopes) >= abs((along - along.mean()) @ effects) - 1e-9)
    assert found.reference == f"all {len(deals)} deals of the moderator"


def test_the_interval_over_deals_holds_the_slope_and_ends_where_the_test_rejects():
    one, ties = made(5, many=6)
    interval = judged(told(moderation(one, "outcome 0", ties, split="as measured")).dealt).interval
    assert isinstance(interval, Interval)
    along = np.array(list(ties.values()))
    for end, side in ((interval.low, -1), (interval.high, 1)):
        for step, rejects in ((1e-6, True), (-1e-6, False)):
            figures = one.figures.copy()
            figures[0, :6, 2:] -= (end + side * step) * along[:, None]
            again = panel(figures, one.starts.tolist(), pairs=one.pairs)
            p = judged(told(moderation(again, "outcome 0", ties, split="as measured")).dealt).p
            assert (p <= 0.05) == rejects


def test_many_deals_are_drawn(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dealt_module, "MOST", 100)
    one, ties = made(5)
    drawn_as_told = moderation(one, "outcome 0", ties, split="as measured", draws=Draws(99, 4))
    found = judged(told(drawn_as_told).dealt)
    assert found.reference == "99 random deals of the moderator (seed 4) and the real one"


@given(some.permutations(range(16)), seeds)
@settings(max_examples=4, deadline=None)
def test_the_order_of_sites_changes_nothing(order: list[int], seed: int):
    one, ties = made(seed, missing=0.1)
    known = {name: ties[f"site {at % 8:03}"] for at, name in enumerate(one.sites)}
    other = panel(one.figures[:, order], one.starts[order].tolist(), pairs=[one.pairs[at] for at in order])
    moved = {f"site {new:03}": known[f"site {old:03}"] for new, old in enumerate(order)}
    assert moderation(one, "outcome 0", known) == moderation(other, "outcome 0", moved)


def test_without_pairs_every_site_needs_its_own_value_and_accelerators_are_dealt():
    one, ties = made(2)
    alone = panel(one.figures, one.starts.tolist())
    known = ties | {f"site {at:03}": float(at % 4) for at in range(8, 15)}
    found = told(moderation(alone, "outcome 0", known))
    assert found.left_out == (("site 015", "It has no value of the moderator."),)
    changes = change_scores(alone, "outcome 0")
    deals = [np.isin(np.arange(8), chosen) for chosen in combinations(range(8), 4)]
    slopes = [abs((each - 0.5) @ changes[:8]) for each in deals]
    real = abs((np.array(list(ties.values())) > 3.5) @ changes[:8] - 0.5 * changes[:8].sum())
    assert judged(found.dealt).p == pytest.approx(np.mean(np.array(slopes) >= real - 1e-9))


def test_a_pair_whose_accelerator_has_no_value_goes_as_one():
    one, ties = made(2)
    del ties["site 003"]
    found = told(moderation(one, "outcome 0", ties))
    assert [name for name, _ in found.left_out] == ["site 003", "site 011"]
    assert (found.accelerators, found.comparisons) == (7, 7)


def test_a_cut_of_the_programmes_own_decides_the_halves_and_small_halves_say_so():
    one, ties = made(2)
    found = told(moderation(one, "outcome 0", ties, cut=6.5))
    assert found.halves[0].accelerators == 1
    assert "two sites in this half" in reason(found.halves[0].estimate)
    assert "none (Either arm needs" in found.sentence
    assert "is not itself a difference" in found.sentence


def test_sites_with_gaps_on_one_side_have_no_single_effect():
    one, ties = made(2)
    figures = one.figures.copy()
    figures[0, 0, :2] = np.nan
    figures[0, 9, 2:] = np.nan
    known = ties | {f"site {at:03}": float(at % 4) for at in range(8, 16)}
    found = judged(told(moderation(panel(figures, one.starts.tolist()), "outcome 0", known)).dealt)
    assert found.reference == "all 35 deals of the moderator"


def test_pairs_without_an_error_of_their_own_are_told_from_single_sites():
    one = drawn(1, treated=6, comparison=6, waves=2, start=1, paired=True)
    ties = {name: float(at) for at, name in enumerate(one.sites[:6])}
    assert isinstance(told(moderation(one, "outcome 0", ties)).dealt, Inference)


def test_what_cannot_be_told_is_refused_with_the_reason():
    one, ties = made(2)
    assert "the same in every" in reason(moderation(one, "outcome 0", dict.fromkeys(ties, 1.0)))
    assert "have a value" in reason(moderation(one, "outcome 0", {}))
    with pytest.raises(ValueError, match="split is 'thirds'"):
        moderation(one, "outcome 0", ties, split="thirds")
    weighted = panel(one.figures, one.starts.tolist(), pairs=one.pairs, weights=np.full((16, 5), 2.0))
    assert "Weights" in reason(told(moderation(weighted, "outcome 0", ties)).dealt)
    few = panel(one.figures[:, [0, 1, 2, 8, 9, 10]], [2, 2, 2, 5, 5, 5], pairs=[*"abcabc"])
    found = told(moderation(few, "outcome 0", {"site 000": 1.0, "site 001": 2.0, "site 002": 3.0}))
    assert "3 single effects are too few" in reason(found.dealt)


def test_a_moderator_seen_only_where_nothing_is_compared_cannot_be_told_apart():
    one, ties = made(2)
    figures = one.figures.copy()
    low = [at for at in range(8) if ties[f"site {at:03}"] <= 3.5]
    figures[0, low, :2] = np.nan
    alone = panel(figures, one.starts.tolist(), pairs=one.pairs)
    found = told(moderation(alone, "outcome 0", ties))
    assert "cannot be told apart" in reason(found.difference)
    assert "wherever there is a single effect" in reason(found.dealt)


def test_figures_that_do_not_vary_are_told_without_an_interval():
    one, ties = made(2)
    found = told(
        moderation(panel(np.zeros((1, 16, 5)), one.starts.tolist(), pairs=one.pairs), "outcome 0", ties)
    )
    assert found.sentence.startswith("above 3.5: 0; ")

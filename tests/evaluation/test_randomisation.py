"""Exact tests agree with trying every assignment; what cannot be listed is drawn, and says so."""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from ithrive.evaluation import (
    Inference,
    Interval,
    NotComputable,
    Panel,
    Sensitivity,
    effect,
    effects,
    family,
)
from ithrive.evaluation import assignments as assignments_module
from ithrive.evaluation import inversion as inversion_module
from ithrive.evaluation.assignments import Splits, Swaps
from ithrive.evaluation.family import family_wise
from ithrive.evaluation.randomisation import Lots
from ithrive.evaluation.sensitivity import LARGEST, sensitivity, worst_p
from tests.evaluation.panels import drawn, every_split, every_swap, panel, two_way_rest

seeds = some.integers(0, 10_000)


def statistics_by_hand(
    made: Panel, exposures, shift: float = 0.0, outcome: int = 0
) -> tuple[np.ndarray, float]:
    """|sum of rest over exposed| for every assignment, less its centre, and for the real one."""
    rest = two_way_rest(made, made.figures[outcome] - shift * made.treated)
    sums = np.array([(rest * exposure).sum() for exposure in exposures])
    return np.abs(sums - sums.mean()), abs((rest * made.treated).sum() - sums.mean())


def p_by_hand(made: Panel, exposures, shift: float = 0.0) -> float:
    every, real = statistics_by_hand(made, exposures, shift)
    return float(np.mean(every >= real - 1e-9))


def p_of_welch_by_hand(made: Panel, exposures, shift: float = 0.0) -> float:
    """Welch's t of sites' scores for every split, as a normal deviate unless arms are equal."""
    rest = two_way_rest(made, made.figures[0] - shift * made.treated)
    scores = rest[:, made.common_start :].sum(axis=1)

    def statistic(chosen: np.ndarray) -> float:
        arms = scores[chosen], scores[~chosen]
        errors = [arm.var(ddof=1) / len(arm) for arm in arms]
        t = float(abs(arms[0].mean() - arms[1].mean()) / np.sqrt(sum(errors)))
        if len(arms[0]) == len(arms[1]):
            return t
        df = sum(errors) ** 2 / sum(e**2 / (len(arm) - 1) for e, arm in zip(errors, arms, strict=True))
        return float(wallace(t, df))

    every = np.array([statistic(exposure.any(axis=1)) for exposure in exposures])
    return float(np.mean(every >= statistic(made.accelerator) * (1 - 1e-9)))


def wallace(t: float, df: float) -> float:
    return (8 * df + 1) / (8 * df + 3) * np.sqrt(df * np.log1p(t**2 / df))


@pytest.mark.parametrize("df", [1.0, 3.3, 18.0])
def test_wallaces_formula_is_near_the_normal_deviate_that_is_as_far_out_as_t(df: float):
    for p in (0.3, 0.05, 0.001):
        assert wallace(stats.t.isf(p / 2, df), df) == pytest.approx(stats.norm.isf(p / 2), rel=0.12 / df)


def swap_lots(differences) -> Lots:
    names = tuple(f"pair {at}" for at in range(len(differences)))
    return Lots(Swaps(len(names)), names, np.asarray(differences, float), np.ones(len(names)))


def judged(answer: object) -> tuple[Inference, Interval]:
    assert isinstance(answer, Inference)
    assert isinstance(answer.interval, Interval)
    return answer, answer.interval


@given(seeds, some.integers(6, 7), some.sampled_from([0.0, 0.2]), some.booleans())
@settings(max_examples=12, deadline=None)
def test_swaps_within_pairs_agree_with_trying_each_and_so_do_both_ends(
    seed: int, pairs: int, missing: float, staggered: bool
):
    made = drawn(seed, treated=pairs, comparison=pairs, missing=missing, paired=True)
    if staggered:
        made = panel(made.figures, [1, 2, 3, *[1] * (pairs - 3), *[4] * pairs], pairs=made.pairs)
    found, interval = judged(effect(made, "outcome 0").pair_swaps)
    exposures = list(every_swap(made))
    assert found.reference == f"all {2**pairs} swaps within {pairs} pairs"
    assert found.p == pytest.approx(p_by_hand(made, exposures))
    ends_are_where_p_passes(made, exposures, interval)


@given(seeds, some.sampled_from([(4, 4), (3, 6), (5, 4)]), some.sampled_from([0.0, 0.2]))
@settings(max_examples=12, deadline=None)
def test_splits_agree_with_trying_each_and_so_do_both_ends(seed: int, arms: tuple[int, int], missing: float):
    made = drawn(seed, treated=arms[0], comparison=arms[1], missing=missing)
    found, interval = judged(effect(made, "outcome 0").splits)
    exposures = list(every_split(made))
    assert found.p == pytest.approx(p_of_welch_by_hand(made, exposures))
    assert ("Welch" in found.factor) == (arms[0] != arms[1])
    ends_are_where_p_passes(made, exposures, interval, p_of_welch_by_hand)


def ends_are_where_p_passes(made: Panel, exposures, interval: Interval, by_hand=p_by_hand) -> None:
    little = 1e-6 * (interval.high - interval.low)
    for end, inwards in ((interval.low, little), (interval.high, -little)):
        assert by_hand(made, exposures, end + inwards) > 0.05 >= by_hand(made, exposures, end - inwards)


def test_ties_count_as_at_least_as_large_however_they_are_rounded():
    changes = np.array([0.1, 0.2, 0.3, 0.3, 0.1 + 0.2, 0.6, 0.1, 0.2])
    figures = np.stack([np.zeros(8), changes], axis=1)[None]
    found, _ = judged(effect(panel(figures * 7.7, [1] * 4 + [2] * 4), "outcome 0").splits)
    tenths = np.array([1, 2, 3, 3, 3, 6, 1, 2])
    whole = panel(np.stack([np.zeros(8), tenths], axis=1)[None], [1] * 4 + [2] * 4)
    assert found.p == p_by_hand(whole, list(every_split(whole)))


def test_all_184_756_splits_are_counted():
    made = drawn(1, treated=10, comparison=10)
    found, _ = judged(effect(made, "outcome 0").splits)
    assert found.reference == "all 184,756 choices of 10 accelerator sites from 20"
    assert found.p * 184_756 == pytest.approx(round(found.p * 184_756))
    sums = Splits(20, 10).sums(2.0 ** np.arange(20)[None])[0]
    assert len(np.unique(sums)) == 184_756
    assert {int(each).bit_count() for each in sums} == {10}


def test_where_arms_differ_in_size_a_split_that_explains_everything_is_as_extreme_as_can_be():
    """No site of an arm differs from another: nothing is left to divide by."""
    figures = np.zeros((1, 9, 2))
    figures[0, :3, 1] = 2.0
    found = effect(panel(figures, [1] * 3 + [2] * 6), "outcome 0").splits
    assert isinstance(found, Inference)
    assert found.p == 1 / 84
    assert found.interval == Interval(pytest.approx(2), pytest.approx(2))


@pytest.mark.parametrize("scale", [1e-95, 1e95])
def test_where_arms_differ_in_size_p_does_not_depend_on_the_unit(scale: float):
    made = drawn(5, treated=3, comparison=7)
    other = panel(made.figures * scale, made.starts.tolist())
    one, scaled = (judged(effect(each, "outcome 0").splits) for each in (made, other))
    assert scaled[0].p == one[0].p
    assert scaled[1].low == pytest.approx(one[1].low * scale)


def test_where_arms_differ_in_size_a_family_of_one_has_the_outcomes_own_p():
    found = effect(drawn(5, treated=3, comparison=7), "outcome 0")
    assert isinstance(found.splits, Inference)
    assert family([found]) == {"outcome 0": found.splits.p}


def test_where_arms_differ_in_size_too_few_splits_leave_no_interval():
    found = effect(drawn(5, treated=2, comparison=4), "outcome 0").splits
    assert isinstance(found, Inference)
    assert isinstance(found.interval, NotComputable)
    assert found.interval.reason.startswith("With 15 assignments p cannot be 0.05 or less")


def test_with_two_pairs_no_interval_exists_and_the_reason_is_said():
    found = effect(drawn(1, treated=2, comparison=2, paired=True), "outcome 0").pair_swaps
    assert isinstance(found, Inference)
    assert isinstance(found.interval, NotComputable)
    assert found.interval.reason.startswith("With 4 assignments p cannot be 0.05 or less")


@pytest.fixture
def few_listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Call it to have no more than 100 assignments listed; what was worked out by then is forgotten."""

    def begin() -> None:
        monkeypatch.setattr(assignments_module, "MOST", 100)
        inversion_module._slopes.cache_clear()

    yield begin
    inversion_module._slopes.cache_clear()


@pytest.mark.parametrize("kind", ["pair_swaps", "splits"])
def test_what_is_too_much_to_list_is_drawn_with_a_fixed_seed_near_the_exact(kind: str, few_listed):
    made = drawn(4, treated=8, comparison=8, paired=True)
    made.figures[0, :8, 1:] += 0.6
    exact, exact_ends = judged(getattr(effect(made, "outcome 0"), kind))
    few_listed()
    found, ends = judged(getattr(effect(made, "outcome 0", draws=19_999, seed=7), kind))
    assert "19,999 random" in found.reference
    assert "(seed 7) and the real one" in found.reference
    assert found.p == pytest.approx(exact.p, abs=5 * np.sqrt(exact.p / 19_999))
    assert (ends.low, ends.high) == (
        pytest.approx(exact_ends.low, abs=0.1),
        pytest.approx(exact_ends.high, abs=0.1),
    )
    if kind == "pair_swaps":
        hidden = effect(made, "outcome 0").sensitivity
        assert hidden == NotComputable("There are too many pairs to list every swap.")


@given(
    seeds,
    some.sampled_from([(1, 1), (5, 2), (5, 3), (7, 3), (9, 8), (8, 4), (6, 6)]),
    some.booleans(),
)
@settings(max_examples=20, deadline=None)
def test_splits_are_the_sums_over_every_choice(seed: int, arms: tuple[int, int], about_nought: bool):
    sites, treated = arms
    figures = np.random.default_rng(seed).normal(size=(2, sites))
    figures -= figures.mean(axis=1, keepdims=True) * about_nought
    splits = Splits(sites, treated)
    by_hand = [figures[:, list(chosen)].sum(axis=1) for chosen in combinations(range(sites), treated)]
    assert np.sort(splits.sums(figures), axis=1) == pytest.approx(np.sort(np.transpose(by_hand), axis=1))
    assert splits.mirrored(figures) == (about_nought and 2 * treated == sites)


@pytest.mark.parametrize("assignments", [Swaps(6), Splits(8, 4)])
def test_of_every_two_assignments_with_opposite_sums_one_is_enough(assignments):
    units = getattr(assignments, "pairs", None) or assignments.sites
    figures = np.random.default_rng(1).normal(size=(3, units))
    figures -= figures.mean(axis=1, keepdims=True)
    assert assignments.mirrored(figures)
    half = np.stack(list(assignments.halves(figures)))
    both = np.concatenate([half, -half], axis=1)
    assert np.sort(both, axis=1) == pytest.approx(np.sort(assignments.sums(figures), axis=1))


def test_few_of_many_sites_are_chosen_without_summing_all_subsets():
    """Two of 200: subsets of half of them are more than any machine holds."""
    figures = np.random.default_rng(2).normal(size=(1, 200))
    sums = Splits(200, 2).sums(figures)[0]
    assert len(sums) == 19_900
    assert sums.sum() == pytest.approx(199 * figures.sum())
    assert Splits(200, 198).sums(figures)[0] == pytest.approx(figures.sum() - sums)


# --- A family of outcomes


@given(seeds, some.booleans())
@settings(max_examples=10, deadline=None)
def test_a_familys_p_agrees_with_stepping_down_by_hand(seed: int, paired: bool):
    made = drawn(seed, outcomes=3, paired=paired)
    exposures = list(every_swap(made) if paired else every_split(made))
    every, real = {}, {}
    for at, name in enumerate(made.outcomes):
        sums, own = statistics_by_hand(made, exposures, outcome=at)
        spread = np.sqrt((sums**2).mean())
        every[name], real[name] = sums / spread, own / spread
    expected: dict[str, float] = {}
    left = sorted(made.outcomes, key=lambda name: -real[name])
    running = 0.0
    while left:
        largest = np.max([every[name] for name in left], axis=0)
        running = max(running, float(np.mean(largest >= real[left[0]] - 1e-9)))
        expected[left.pop(0)] = running
    assert family(effects(made)) == pytest.approx(expected)


def test_a_family_of_one_has_the_outcomes_own_p():
    found = effect(drawn(2, paired=True), "outcome 0")
    assert isinstance(found.pair_swaps, Inference)
    assert family([found]) == {"outcome 0": found.pair_swaps.p}


def test_outcomes_with_different_sites_are_no_family():
    lots = {name: swap_lots(np.arange(1.0, n + 1)) for name, n in (("one", 3), ("two", 4))}
    answers = family_wise(lots)
    assert all(
        isinstance(each, NotComputable) and "different sites" in each.reason for each in answers.values()
    )


def test_an_outcome_that_cannot_be_judged_keeps_its_reason_and_harms_nobody():
    good = swap_lots([1.0, 2, 4])
    answers = family_wise({"good": good, "bad": NotComputable("No figures.")})
    assert answers == {"good": 0.25, "bad": NotComputable("No figures.")}


# --- Hidden differences


@given(some.lists(some.floats(-9, 9), min_size=3, max_size=7), some.floats(1, 6))
@settings(max_examples=40, deadline=None)
def test_the_worst_p_agrees_with_weighing_every_swap(differences: list[float], gamma: float):
    towards = np.array(differences) * (1 if sum(differences) >= 0 else -1)
    total = 0.0
    for signs in np.ndindex(*[2] * len(towards)):
        chance = np.prod([gamma / (1 + gamma) if sign else 1 / (1 + gamma) for sign in signs])
        if ((2 * np.array(signs) - 1) * np.abs(towards)).sum() >= towards.sum() - 1e-9 * np.abs(
            towards
        ).sum():
            total += chance
    assert worst_p(np.array(differences), gamma) == pytest.approx(min(1.0, 2 * total))


def swapped(differences: list[float]) -> Sensitivity:
    found = sensitivity(swap_lots(differences), alpha=0.05)
    assert isinstance(found, Sensitivity)
    return found


def test_the_gamma_told_is_where_the_worst_p_reaches_alpha():
    differences = [3.0, 2.5, 4, 1, 2, 6, 2.2, 3.1]
    found = swapped(differences)
    assert worst_p(np.array(differences), found.gamma) == pytest.approx(0.05, abs=1e-6)
    assert found.worst_p[0][1] == pytest.approx(2 / 256)
    assert f"{found.gamma:.2f} times" in found.sentence


def test_what_chance_explains_already_needs_no_hidden_difference():
    found = swapped([1.0, -1.0, 2.0])
    assert (found.gamma, "Chance alone" in found.sentence) == (1, True)
    assert "No hidden difference" in Sensitivity(LARGEST, ()).sentence


def test_a_p_below_alpha_at_any_odds_has_the_largest_gamma():
    found = sensitivity(swap_lots([1.0, 1, 1]), alpha=2.0)
    assert isinstance(found, Sensitivity)
    assert found.gamma == LARGEST


def test_as_if_randomised_is_said_with_every_exact_test():
    found, _ = judged(effect(drawn(1), "outcome 0").splits)
    assert found.assumes[0].startswith("As if randomised: accelerator sites volunteered")

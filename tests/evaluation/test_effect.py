"""Effects on small panels agree with the plain way, and reduce to what everybody knows where they must."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from ithrive.evaluation import (
    Effect,
    Estimate,
    EventStudy,
    Inference,
    Interval,
    JointTest,
    NotComputable,
    change_scores,
    effect,
    effects,
    family,
)
from ithrive.evaluation import robust as robust_module
from tests.evaluation.panels import by_hand_cr2, drawn, panel

seeds = some.integers(0, 10_000)


def estimated(found: Effect) -> tuple[Estimate, Inference]:
    assert isinstance(found.estimate, Estimate)
    assert isinstance(found.estimate.cr2, Inference)
    return found.estimate, found.estimate.cr2


def events(found: Effect) -> EventStudy:
    assert isinstance(found.events, EventStudy)
    return found.events


def reason(answer: object) -> str:
    assert isinstance(answer, NotComputable)
    return answer.reason


@pytest.mark.parametrize("start", [1, 4])
def test_with_equal_arms_and_no_gaps_the_effect_is_the_two_sample_t_test_of_change_scores(start: int):
    made = drawn(7, treated=10, comparison=10, waves=9, start=start, paired=True)
    found = effect(made, "outcome 0")
    estimate, cr2 = estimated(found)
    changes = change_scores(made, "outcome 0")
    known = stats.ttest_ind(changes[:10], changes[10:])
    assert cr2.p == pytest.approx(known.pvalue, rel=1e-10)
    assert cr2.df == pytest.approx(18)
    assert estimate.value == pytest.approx(changes[:10].mean() - changes[10:].mean())
    known_interval = known.confidence_interval()
    assert cr2.interval == Interval(pytest.approx(known_interval.low), pytest.approx(known_interval.high))


@given(seeds, some.integers(2, 5), some.integers(2, 8), some.integers(2, 5))
@settings(max_examples=30, deadline=None)
def test_change_scores_and_two_way_effects_are_one_where_nothing_is_missing(
    seed: int, treated: int, comparison: int, waves: int
):
    found = effect(
        drawn(seed, treated=treated, comparison=comparison, waves=waves, start=waves - 1), "outcome 0"
    )
    estimate, cr2 = estimated(found)
    assert isinstance(found.changes, Estimate)
    assert isinstance(found.changes.cr2, Inference)
    assert found.changes.value == pytest.approx(estimate.value)
    assert found.changes.cr2.standard_error == pytest.approx(cr2.standard_error)
    assert found.changes.cr2.df == pytest.approx(cr2.df)


def test_four_accelerators_of_twenty_are_judged_by_welchs_variance():
    made = drawn(3, treated=4, comparison=16)
    changes = change_scores(made, "outcome 0")
    _, cr2 = estimated(effect(made, "outcome 0"))
    assert cr2.standard_error == pytest.approx(
        np.sqrt(changes[:4].var(ddof=1) / 4 + changes[4:].var(ddof=1) / 16)
    )
    assert cr2.df is not None
    assert 3 < cr2.df < 18


@given(seeds, some.booleans(), some.booleans())
@settings(max_examples=25, deadline=None)
def test_cr2_and_its_degrees_of_freedom_agree_with_whole_matrices(seed: int, weighted: bool, staggered: bool):
    made = drawn(seed, treated=4, comparison=5, waves=5, start=2, missing=0.2)
    rng = np.random.default_rng(seed)
    made = panel(
        made.figures,
        [1, 2, 3, 4, *[5] * 5] if staggered else made.starts.tolist(),
        weights=rng.uniform(0.5, 4, size=(9, 5)) if weighted else None,
    )
    found, cr2 = estimated(effect(made, "outcome 0"))
    coefficients, variance, df, _ = by_hand_cr2(made, made.treated[..., None] * 1.0)
    assert found.value == pytest.approx(coefficients[0])
    assert cr2.standard_error == pytest.approx(np.sqrt(variance[0, 0]))
    assert cr2.df == pytest.approx(df[0])


@given(seeds)
@settings(max_examples=15, deadline=None)
def test_the_event_study_and_its_joint_test_agree_with_whole_matrices(seed: int):
    made = drawn(seed, treated=7, comparison=6, waves=4, start=2, missing=0.15)
    study = events(effect(made, "outcome 0"))
    exposure = made.accelerator[:, None, None] * np.eye(4)[:, [0, 2, 3]]
    coefficients, variance, df, inner = by_hand_cr2(made, exposure)
    assert [each.estimate.value for each in study.waves] == pytest.approx(coefficients)
    assert [each.estimate.cr2.df for each in study.waves] == pytest.approx(df)
    assert isinstance(study.after, JointTest)
    f, lower = joint_by_hand(coefficients[1:], variance[1:, 1:], inner[:, :, 1:, 1:])
    assert (study.after.f, study.after.lower_df) == (pytest.approx(f), pytest.approx(lower))
    assert isinstance(study.before, JointTest)
    first = study.waves[0].estimate.cr2
    assert isinstance(first, Inference)
    assert (study.before.upper_df, study.before.p) == (1, pytest.approx(first.p))


def joint_by_hand(coefficients, variance, inner) -> tuple[float, float]:
    """HTZ, term by term: how surely the variance is known gives the degrees of freedom."""
    values, vectors = np.linalg.eigh(sum(inner[s, s] for s in range(len(inner))))
    root = vectors @ np.diag(values**-0.5) @ vectors.T
    many, total = len(coefficients), 0.0
    for left in range(len(inner)):
        for right in range(len(inner)):
            block = root @ inner[left, right] @ root
            for a in range(many):
                for b in range(many):
                    total += block[a, a] * block[b, b] + block[a, b] * block[b, a]
    eta = many * (many + 1) / total
    quadratic = coefficients @ np.linalg.inv(variance) @ coefficients
    return (eta - many + 1) / (eta * many) * quadratic, eta - many + 1


def test_with_equal_arms_the_joint_test_is_hotellings():
    made = drawn(11, treated=10, comparison=10, waves=9)
    study = events(effect(made, "outcome 0"))
    changes = made.figures[0][:, 1:] - made.figures[0][:, :1]
    one, other = changes[:10], changes[10:]
    apart = one.mean(axis=0) - other.mean(axis=0)
    pooled = (np.cov(one.T) + np.cov(other.T)) / 2 * 0.2
    f = 11 / (18 * 8) * apart @ np.linalg.solve(pooled, apart)
    assert isinstance(study.after, JointTest)
    assert (study.after.f, study.after.p) == (pytest.approx(f), pytest.approx(stats.f.sf(f, 8, 11)))
    assert "one wave before" in reason(study.before)


def test_too_few_sites_for_the_waves_are_said():
    study = events(effect(drawn(1, treated=3, comparison=3, waves=9), "outcome 0"))
    assert reason(study.after) == "6 sites are too few to test 8 waves together."


def test_a_joint_test_beyond_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(robust_module, "LARGEST_JOINT", 10)
    assert "too much memory" in reason(events(effect(drawn(1), "outcome 0")).after)


def test_a_constant_outcome_has_an_effect_of_nought_and_nothing_to_judge_it_by():
    found = effect(panel(np.full((1, 8, 3), 7.7), [1] * 4 + [3] * 4, pairs=[*"abcdabcd"]), "outcome 0")
    assert isinstance(found.estimate, Estimate)
    assert found.estimate.value == 0
    for judged in (found.estimate.cr2, found.pair_swaps, found.splits, found.bootstrap):
        assert "varies" in reason(judged)
    assert "varies" in reason(found.sensitivity)  # not “chance could explain this”: no p is there to explain
    assert "varies" in reason(events(found).after)  # not “too few sites”
    assert reason(family([found])["outcome 0"]) == "The figures do not vary."


def test_arms_that_differ_by_one_and_the_same_have_no_standard_error_but_an_exact_p():
    figures = np.zeros((1, 8, 2))
    figures[0, :, 1] = [1, 1, 1, 1, 0, 0, 0, 0]
    found = effect(panel(figures, [1] * 4 + [2] * 4, pairs=[*"abcdabcd"]), "outcome 0")
    assert isinstance(found.estimate, Estimate)
    assert found.estimate.value == pytest.approx(1)
    assert "varies" in reason(found.estimate.cr2)
    assert "varies" in reason(found.bootstrap)
    assert isinstance(found.splits, Inference)
    assert found.splits.p == 2 / 70


@pytest.mark.parametrize("start", [0, 1])
def test_without_a_wave_on_both_sides_of_the_start_there_is_no_effect(start: int):
    waves = 1 if start == 0 else 2
    found = effect(
        panel(np.random.default_rng(1).normal(size=(1, 6, waves)), [0] * 3 + [waves] * 3), "outcome 0"
    )
    for answer in (found.estimate, found.splits, found.changes, found.events):
        assert reason(answer)
    assert reason(found.bootstrap) == "There is no estimate to judge."


def test_one_wave_shows_no_change_and_every_answer_says_why():
    found = effect(panel([[[3.0], [4], [5], [7]]], [0, 0, 1, 1]), "outcome 0")
    answers = (found.estimate, found.changes, found.pair_swaps, found.splits, found.bootstrap, found.events)
    assert all(isinstance(each, NotComputable) and each.reason for each in answers)


def test_an_outcome_seen_only_after_the_start_cannot_be_told_from_site_differences():
    figures = np.random.default_rng(1).normal(size=(1, 6, 3))
    figures[0, :, 0] = np.nan
    found = effect(panel(figures, [1] * 3 + [3] * 3), "outcome 0")
    assert "before and after the start" in reason(found.estimate)
    assert "before and after the start" in reason(found.events)
    assert reason(found.changes) == "Some site has no figure before or none after the start."


def test_staggered_starts_are_estimated_with_a_warning_and_nothing_that_needs_one_start():
    made = drawn(5, paired=True)
    found = effect(panel(made.figures, [1, 2, 3, 2, 4, 4, 4, 4], pairs=made.pairs), "outcome 0")
    assert "different waves" in found.assumes[1]
    assert isinstance(found.pair_swaps, Inference)
    for answer in (found.splits, found.events, found.changes):
        assert "different waves" in reason(answer)
    with pytest.raises(ValueError, match="common start"):
        change_scores(panel(made.figures, [1, 2, 3, 2, 4, 4, 4, 4]), "outcome 0")


def test_weights_leave_change_scores_without_a_rule():
    made = drawn(5)
    found = effect(panel(made.figures, made.starts.tolist(), weights=np.full((8, 4), 2.0)), "outcome 0")
    assert "Weights" in reason(found.changes)
    plain = effect(made, "outcome 0")
    assert estimated(found)[1].p == pytest.approx(estimated(plain)[1].p)


def test_a_site_without_any_figure_cannot_be_swapped_and_the_rest_is_still_estimated():
    made = drawn(5, treated=5, comparison=5, paired=True)
    figures = made.figures.copy()
    figures[0, 0] = np.nan
    found = effect(panel(figures, made.starts.tolist(), pairs=made.pairs), "outcome 0")
    assert reason(found.pair_swaps) == "site 000 has no figures, so its pair cannot be swapped."
    assert reason(found.splits) == "site 000 has no figures, so it cannot change arms."
    rest = effect(panel(figures[:, 1:], made.starts.tolist()[1:]), "outcome 0")
    assert estimated(found)[1].p == pytest.approx(estimated(rest)[1].p)


def test_a_site_or_wave_with_a_single_figure_has_no_part_and_is_named():
    made = drawn(5, treated=5, comparison=5, waves=5, start=2)
    figures = made.figures.copy()
    figures[0, 0, 1:] = np.nan
    figures[0, 2:, 4] = np.nan
    figures[0, 1, 4] = 1e6
    found = effect(panel(figures, made.starts.tolist()), "outcome 0")
    assert found.without_part == ("site site 000", "wave 4")
    rest = effect(panel(figures[:, 1:, :4], [2] * 4 + [4] * 5), "outcome 0")
    assert estimated(found)[0].value == pytest.approx(estimated(rest)[0].value)
    assert rest.without_part == ()


def test_a_wave_that_no_accelerator_shares_with_the_reference_wave_loses_its_exact_tests_alone():
    made = drawn(5, start=2)
    figures = made.figures.copy()
    figures[0, :2, 3] = np.nan
    figures[0, 2:4, 1] = np.nan
    study = events(effect(panel(figures, made.starts.tolist()), "outcome 0"))
    assert isinstance(study.waves[2].estimate.cr2, Inference)
    assert "before and after the start" in reason(study.waves[2].splits)


def test_only_its_own_figures_decide_an_outcomes_effect():
    made = drawn(9, outcomes=3, missing=0.1, paired=True)
    alone = [effect(made.only([name]), name) for name in made.outcomes]
    assert [repr_of(each) for each in effects(made)] == [repr_of(each) for each in alone]


def repr_of(found: Effect) -> str:
    """Everything but the arrays."""
    return repr(
        (found.estimate, found.pair_swaps, found.splits, found.bootstrap, found.events, found.changes)
    )


@given(some.permutations(range(10)), seeds)
@settings(max_examples=10, deadline=None)
def test_the_order_of_sites_and_their_names_change_nothing_to_the_last_digit(order: list[int], seed: int):
    made = drawn(seed, treated=5, comparison=5, outcomes=2, missing=0.1, paired=True)
    other = panel(made.figures[:, order], made.starts[order].tolist(), pairs=[made.pairs[at] for at in order])
    one, two = effects(made), effects(other)
    assert list(map(repr_of, one)) == list(map(repr_of, two))
    assert family(one) == family(two)

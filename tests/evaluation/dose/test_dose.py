from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.evaluation import Inference, Interval, NotComputable
from ithrive.evaluation.dose import (
    DoseOverWaves,
    Reliability,
    Shape,
    SiteFigures,
    TwoStage,
    corrected,
    dose_over_waves,
    lagged,
    leave_one_out,
    shape,
    site_figures,
    two_stage,
)
from tests.evaluation.panels import panel

NONE = np.nan


def sites(doses: list[float], changes: list[float], accelerators: int | None = None) -> SiteFigures:
    count = len(doses)
    arm = np.arange(count) < (count if accelerators is None else accelerators)
    names = tuple(f"site {at}" for at in range(count))
    return SiteFigures(names, np.array(doses, float), np.array(changes, float), arm, ())


def test_a_dose_comes_before_what_it_is_to_explain() -> None:
    assessed = np.array([[1.5, NONE, 2.0, NONE, 3.0], [NONE, 2.0, NONE, NONE, 4.0]])
    assert lagged(assessed, lag=1) == pytest.approx(
        np.array([[NONE, 1.5, 1.5, 2.0, 2.0], [NONE, NONE, 2.0, 2.0, 2.0]]), nan_ok=True
    )
    assert lagged(assessed, lag=0, form="change") == pytest.approx(
        np.array([[0, 0, 0.5, 0.5, 1.5], [NONE, 0, 0, 0, 2.0]]), nan_ok=True
    )
    with pytest.raises(ValueError, match="come before"):
        lagged(assessed, lag=-1)


@given(st.integers(0, 3), st.integers(0, 6), st.sampled_from(["level", "change"]))
def test_what_is_assessed_later_changes_no_dose_before(lag: int, wave: int, form: str) -> None:
    rng = np.random.default_rng(1)
    assessed = np.where(rng.random((4, 7)) < 0.5, rng.normal(size=(4, 7)), NONE)
    otherwise = assessed.copy()
    otherwise[:, wave] = 99
    before = slice(0, wave + lag)
    one, other = (lagged(each, lag=lag, form=form)[:, before] for each in (assessed, otherwise))  # type: ignore[arg-type]  # sampled
    assert one == pytest.approx(other, nan_ok=True)


def p_by_hand(found: SiteFigures) -> float:
    """Deal the doses out in every way within arms, and count."""

    def centred(row: np.ndarray) -> np.ndarray:
        return np.concatenate(
            [part - part.mean() for part in (row[found.accelerator], row[~found.accelerator]) if len(part)]
        )

    doses, changes = centred(found.doses), centred(found.changes)
    first = int(found.accelerator.sum())
    sums = [
        np.dot([*one, *other], changes)
        for one in permutations(doses[:first])
        for other in permutations(doses[first:])
    ]
    return float(np.mean(np.abs(sums) >= abs(doses @ changes) - 1e-9))


@settings(max_examples=25)
@given(
    st.lists(st.integers(-5, 5), min_size=6, max_size=6), st.lists(st.integers(-5, 5), min_size=6, max_size=6)
)
@pytest.mark.parametrize("accelerators", [6, 3])
def test_p_is_the_share_of_deals_as_steep(accelerators: int, doses: list[int], changes: list[int]) -> None:
    found = sites(doses, changes, accelerators)
    result = two_stage(found)
    if isinstance(result, TwoStage):
        assert result.p == pytest.approx(p_by_hand(found))
    else:
        alike = [
            len({*row[:accelerators]}) == 1 == len({*(row[accelerators:] or [0])}) for row in (doses, changes)
        ]
        assert any(alike)


@pytest.mark.parametrize(
    ("doses", "changes", "accelerators"),
    [
        ([1, 2, 4, 4.5, 6, 9], [1, 2.5, 2, 5, 4, 7], 6),
        ([3, 1, 2, 2, 5, 8], [0, 0, 4, -1, 2, 3], 6),
        ([1, 2, 4, 6, 9, 2, 3, 7], [1, 2.5, 2, 5, 7, 3, 3, 6], 5),
    ],
    ids=["one arm", "doses alike", "two arms"],
)
def test_the_interval_holds_the_slopes_that_the_test_does_not_reject(
    doses: list[float], changes: list[float], accelerators: int
) -> None:
    found = two_stage(sites(doses, changes, accelerators), alpha=0.1)
    assert isinstance(found, TwoStage)
    assert isinstance(found.interval, Interval)

    def p_under(slope: float) -> float:
        rest = np.array(changes) - slope * np.array(doses)
        return p_by_hand(sites(doses, list(rest), accelerators))

    low, high = found.interval.low, found.interval.high
    near = 1e-6 * (high - low)
    assert min(p_under(low + near), p_under(high - near)) > 0.1
    assert max(p_under(low - near), p_under(high + near)) <= 0.1


def test_the_interval_covers_the_slope_as_often_as_it_says_however_changes_are_spread() -> None:
    rng = np.random.default_rng(20)
    held = []
    for _ in range(300):
        doses = rng.uniform(1, 4, size=6)
        found = two_stage(sites(list(doses), list(2 * doses + rng.exponential(size=6))), alpha=0.2)
        assert isinstance(found, TwoStage)
        assert isinstance(found.interval, Interval)
        held.append(found.interval.low <= 2 <= found.interval.high)
    # Three standard errors of a share of 0.8 among 300 are 0.07.
    assert 0.73 < np.mean(held) < 0.87


def test_sites_too_few_to_reject_any_slope_have_no_interval_and_say_so() -> None:
    found = two_stage(sites([1, 2, 2, 2], [1, 2, 3, 5]))
    assert isinstance(found, TwoStage)
    assert found.interval == NotComputable("With 24 deals p cannot be 0.05 or less whatever the effect.")


def test_deals_that_are_drawn_bound_the_slope_too_whatever_the_order_of_sites() -> None:
    rng = np.random.default_rng(4)
    doses = rng.uniform(1, 4, size=12)
    changes = 3 * doses + rng.normal(size=12)
    order = rng.permutation(12)
    one = two_stage(sites(list(doses), list(changes)))
    other = two_stage(sites(list(doses[order]), list(changes[order])))
    assert isinstance(one, TwoStage)
    assert isinstance(other, TwoStage)
    assert isinstance(one.interval, Interval)
    assert isinstance(other.interval, Interval)
    assert one.interval.low < 3 < one.interval.high
    ends = [one.interval.low, one.interval.high]
    assert [other.interval.low, other.interval.high] == pytest.approx(ends)


def test_the_slope_is_that_of_the_line_and_names_do_not_matter() -> None:
    found = sites([1, 2, 3, 4, 5, 6], [1, 2.5, 2, 5, 4, 7])
    result = two_stage(found)
    assert isinstance(result, TwoStage)
    assert result.slope == pytest.approx(np.polyfit(found.doses, found.changes, 1)[0])
    assert "all 720 deals" in result.reference


def test_with_many_sites_deals_are_drawn_with_a_fixed_seed_whatever_their_order() -> None:
    rng = np.random.default_rng(4)
    doses, changes = rng.normal(size=12), rng.normal(size=12)
    order = rng.permutation(12)
    one = two_stage(sites(list(doses), list(changes)))
    other = two_stage(sites(list(doses[order]), list(changes[order])))
    assert isinstance(one, TwoStage)
    assert isinstance(other, TwoStage)
    assert one.p == other.p
    assert "random deals" in one.reference


def test_each_site_can_be_left_out() -> None:
    found = leave_one_out(sites([1, 2, 3, 4, 5, 20], [1, 2, 3, 4, 5, -20]))
    assert [round(each.slope, 6) for each in found][-1] == 1.0
    assert all(each.slope < 0 for each in found[:-1])


def test_a_bend_is_found_where_there_is_one() -> None:
    doses = [float(each) for each in range(9)]
    bent = shape(sites(doses, [(each - 4) ** 2 + 0.1 * each for each in doses]))
    assert isinstance(bent, Shape)
    assert bent.bend == pytest.approx(1)
    assert bent.p < 0.05
    assert "straight line: read the thirds" in bent.sentence
    noisy = shape(sites(doses, [0, 1.5, 1.7, 3.4, 3.9, 5.2, 5.8, 7.3, 7.8]))
    assert isinstance(noisy, Shape)
    assert noisy.sentence.startswith("Nothing shows")
    assert [round(dose, 3) for dose, _ in noisy.thirds] == [-3, 0, 3]


@pytest.mark.parametrize(
    ("doses", "changes"),
    [
        ([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
        ([1, 1, 1, 1, 2, 2, 2], [1, 2, 3, 4, 5, 6, 9]),
        (range(7), range(7)),
    ],
    ids=["six sites", "two doses", "a straight line"],
)
def test_where_no_bend_can_be_told_the_reason_is(doses: list[float], changes: list[float]) -> None:
    assert isinstance(shape(sites(list(doses), list(changes))), NotComputable)


def test_alike_doses_or_changes_explain_nothing() -> None:
    assert two_stage(sites([1, 2, 3], [5, 5, 5])) == NotComputable(
        "All sites of an arm changed alike, so nothing is left to explain."
    )
    assert two_stage(sites([2, 2, 2], [5, 6, 5])) == NotComputable(
        "All sites had the same dose, so it explains nothing."
    )


def made(slope: float, seed: int = 5, waves: int = 5, own: float = 0.0) -> tuple[object, np.ndarray]:
    """Six accelerators and six comparison sites; the outcome rises by `slope` for each unit of dose."""
    rng = np.random.default_rng(seed)
    doses = np.cumsum(rng.uniform(0, 1, size=(12, waves)), axis=1)
    own_slopes = slope + own * rng.normal(size=(12, 1))
    figures = 3 * rng.normal(size=(12, 1)) + own_slopes * doses + 0.3 * rng.normal(size=doses.shape)
    return panel(figures[None], [1] * 6 + [waves] * 6), doses


def test_a_sites_dose_and_change_are_means_around_the_start() -> None:
    figures = [[[1, 3, 5]] * 5 + [[2, 2, 8]]]
    found = site_figures(
        panel(figures, [1] * 5 + [3]),
        "outcome 0",
        np.array([[0, 1, k] for k in range(6)], float),
        arms="both",
    )
    assert isinstance(found, SiteFigures)
    assert found.doses == pytest.approx([0.5, 1, 1.5, 2, 2.5, 3])
    assert found.changes == pytest.approx([3] * 6)


def test_sites_without_a_dose_or_a_figure_are_left_out_with_the_reason() -> None:
    given, doses = made(1)
    figures = given.figures.copy()  # type: ignore[attr-defined]  # a panel
    figures[0, 0, 0], figures[0, 1, 1:], doses[2] = NONE, NONE, NONE
    found = site_figures(panel(figures, [1] * 6 + [5] * 6), "outcome 0", doses, arms="both")
    assert isinstance(found, SiteFigures)
    assert [reason for _, reason in found.left_out] == [
        "It has no figure before the start.",
        "It has no figure after the start.",
        "No assessment came before its figures.",
    ]
    few = site_figures(panel(figures, [1] * 6 + [5] * 6), "outcome 0", doses, arms="accelerators")
    assert few == NotComputable("3 sites have a dose and a change; at least 5 are needed.")
    alike = site_figures(given, "outcome 0", np.ones_like(doses), arms="both")  # type: ignore[arg-type]  # a panel
    assert alike == NotComputable("All sites had the same dose, so it explains nothing.")


@pytest.mark.parametrize("own", [0.0, 1.0])
def test_a_planted_slope_is_recovered_over_waves(own: float) -> None:
    given, doses = made(2.0, own=own)
    found = dose_over_waves(given, "outcome 0", doses)  # type: ignore[arg-type]  # a panel
    assert isinstance(found, DoseOverWaves)
    assert isinstance(found.inference, Inference)
    assert isinstance(found.inference.interval, Interval)
    assert found.inference.interval.low < 2 < found.inference.interval.high
    assert found.own_slopes == (own > 0)
    assert (found.rows, found.without_dose) == (60, 0)


def test_raters_error_is_corrected_for_by_the_reliability() -> None:
    given, doses = made(2.0)
    found = dose_over_waves(given, "outcome 0", doses)  # type: ignore[arg-type]  # a panel
    assert isinstance(found, DoseOverWaves)
    steeper = corrected(found, 0.8)
    assert isinstance(steeper, DoseOverWaves)
    assert steeper.slope == pytest.approx(found.slope / 0.8)
    assert isinstance(steeper.inference, Inference)
    assert isinstance(found.inference, Inference)
    assert steeper.inference.p == found.inference.p
    assert isinstance(corrected(found, 0), NotComputable)
    unjudged = DoseOverWaves(1.0, NotComputable("flat"), own_slopes=False, rows=60, without_dose=0)
    assert corrected(unjudged, 0.5) == DoseOverWaves(2.0, NotComputable("flat"), False, 60, 0)
    assert isinstance(corrected(found, 1.2), NotComputable)


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "Nobody said how many rounds, raters and ratings it was told from."),
        ({"rounds": 8}, "It was told from 8 rounds. Nobody said how many raters and ratings of statements."),
        (
            {"rounds": 8, "raters": 16, "ratings": 1_280},
            "It was told from 8 rounds, 16 raters and 1,280 ratings of statements.",
        ),
    ],
    ids=["nothing", "rounds alone", "all"],
)
def test_a_reliability_says_what_it_was_told_from_and_what_nobody_said(
    known: dict[str, int], sentence: str
) -> None:
    assert Reliability(0.8, **known).sentence == sentence


def test_too_few_sites_or_alike_doses_over_waves_are_refused() -> None:
    given, doses = made(1)
    doses[3:] = NONE
    assert dose_over_waves(given, "outcome 0", doses) == NotComputable(  # type: ignore[arg-type]  # a panel
        "3 sites have figures with a dose before; 5 are needed."
    )
    alike = dose_over_waves(given, "outcome 0", np.ones_like(doses))  # type: ignore[arg-type]  # a panel
    assert alike == NotComputable("All doses are the same, so they explain nothing.")
    given, doses = made(1)
    constant = panel(np.ones((1, 12, 5)), [1] * 6 + [5] * 6)
    refused = dose_over_waves(constant, "outcome 0", doses)
    assert refused == NotComputable("Nothing varies beyond what the model explains.")

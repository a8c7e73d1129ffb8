"""Agreement between raters: equal to its definitions, alone and among many, and never a bare NaN."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.assessments.agreement import STATISTICS, agreement, agreement_of_many
from ithrive.assessments.agreement.grid import FEWEST_STATEMENTS
from ithrive.assessments.agreement.kappa import weighted_kappa
from ithrive.assessments.agreement.report import pair_kappa
from ithrive.assessments.estimates import Estimate, NotComputable
from ithrive.framework.instrument import Instrument
from ithrive.problems import BadInput
from tests.assessments import plain
from tests.assessments.instruments import instrument, rating, ratings, statement, table

# Both sides are exact until a few last divisions.
TOLERANCE = 1e-12

INSTRUMENT = instrument()
# The first example loads SciPy, which takes longer than any other.
untimed = settings(deadline=None)
scores = st.integers(0, 4)
rounds = st.integers(2, 4).flatmap(
    lambda raters: st.lists(st.lists(scores, min_size=raters, max_size=raters), min_size=8, max_size=8)
)


def on_one_level(statements: int) -> Instrument:
    return instrument(*(statement(f"s{number}") for number in range(statements)))


def value(estimate: Estimate | NotComputable) -> float | None:
    return estimate.value if isinstance(estimate, Estimate) else None


def same(ours: Estimate | NotComputable, theirs: Fraction | None) -> None:
    assert value(ours) == (None if theirs is None else pytest.approx(float(theirs), abs=TOLERANCE))


@untimed
@given(rounds)
def test_percent_kappa_and_alpha_equal_their_definitions(rows: plain.Table) -> None:
    found = agreement(table(rows, INSTRUMENT), INSTRUMENT).overall
    compared = sum(sum(map(bool, row)) > 1 for row in rows)
    enough = compared >= FEWEST_STATEMENTS
    same(found.percent, plain.percent(rows) if enough else None)
    same(found.alpha, plain.alpha(rows) if enough else None)
    same(found.kappa_linear, plain.kappa(rows, 1, FEWEST_STATEMENTS))
    same(found.kappa_quadratic, plain.kappa(rows, 2, FEWEST_STATEMENTS))


@untimed
@given(rounds, st.sampled_from([1, 2]))
def test_the_error_of_kappa_is_that_of_leaving_out_each_statement_in_turn(
    rows: plain.Table, power: int
) -> None:
    found = weighted_kappa(np.array([rows]), power).error[0]
    error = plain.kappa_error(rows, power, FEWEST_STATEMENTS)
    assert found == pytest.approx(np.nan if error is None else error, abs=1e-7, nan_ok=True)


@untimed
@given(rounds)
def test_intraclass_correlations_equal_their_definitions(rows: plain.Table) -> None:
    found = agreement(table(rows, INSTRUMENT), INSTRUMENT).overall
    if sum(map(all, rows)) < FEWEST_STATEMENTS:
        assert isinstance(found.icc_single, NotComputable)
        assert isinstance(found.icc_mean, NotComputable)
        return
    single, of_mean = plain.intraclass(rows)
    same(found.icc_single, single if single is not None and single > -1 else None)
    same(found.icc_mean, of_mean if of_mean is not None and of_mean > -1 else None)


@untimed
@given(st.lists(rounds, min_size=1, max_size=6))
def test_many_rounds_at_once_give_exactly_the_figures_of_each_alone(many: list[plain.Table]) -> None:
    rated = [table(rows, INSTRUMENT) for rows in many]
    assert agreement_of_many(rated, INSTRUMENT) == tuple(agreement(each, INSTRUMENT) for each in rated)


@untimed
@given(rounds)
def test_every_figure_lies_within_its_interval_and_on_its_scale(rows: plain.Table) -> None:
    for statistic, found in agreement(table(rows, INSTRUMENT), INSTRUMENT).overall.lines():
        if isinstance(found, NotComputable):
            assert found.reason.endswith(".")
        elif found.low is None or found.high is None:
            assert found.low is found.high is None
            assert found.note.endswith(".")
        else:
            lowest, highest = (0, 100) if statistic.code == "percent" else (-1, 1)
            assert lowest <= found.low < found.high <= highest + TOLERANCE
            # A percentile interval need not hold the figure itself.
            assert statistic.code == "alpha" or found.low - TOLERANCE <= found.value <= found.high + TOLERANCE


@untimed
@given(rounds, st.randoms())
def test_the_order_of_ratings_changes_nothing(rows: plain.Table, random: object) -> None:
    rated = table(rows, INSTRUMENT)
    mixed = list(rated)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert agreement(mixed, INSTRUMENT) == agreement(rated, INSTRUMENT)


def test_the_same_ratings_give_the_same_interval_every_time() -> None:
    rated = table([[1, 2], [2, 2], [3, 3], [4, 3], [1, 1], [2, 4], [3, 3], [4, 4]], INSTRUMENT)
    first = agreement(rated, INSTRUMENT).overall.alpha
    assert agreement(rated, INSTRUMENT).overall.alpha == first
    assert first == Estimate(
        pytest.approx(0.7, abs=0.1), pytest.approx(0.1, abs=0.3), pytest.approx(1, abs=0.1)
    )


def test_what_cannot_be_rated_and_what_is_missing_are_left_out_and_counted_apart() -> None:
    rated = ratings(a1="12", a2="2x", a3="x-", a4="33", a5="44", a6="21", i1="11", i2="--")
    found = agreement(rated, INSTRUMENT)
    overall = found.overall
    assert (overall.raters, overall.statements, overall.compared) == (2, 8, 5)
    assert (overall.cannot_rate, overall.missing) == (2, 3)
    assert value(overall.percent) == 60
    assert (found.levels["micro"].compared, found.levels["micro"].missing) == (1, 2)


def test_a_statement_without_any_rating_counts_as_missing_for_every_rater() -> None:
    assert agreement(ratings(a1="12"), INSTRUMENT).overall.missing == 14


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({}, "Nobody has rated yet."),
        ({"a1": "1"}, "Only one rater took part, and agreement needs two."),
        ({"a1": "x-"}, "No statement was scored by two raters, and at least 5 are needed."),
        ({"a1": "12"}, "Only one statement was scored by two raters, and at least 5 are needed."),
        ({"a1": "12", "a2": "11"}, "Only 2 statements were scored by two raters, and at least 5 are needed."),
    ],
)
def test_too_few_raters_or_statements_are_not_computable_with_the_reason(
    rows: dict[str, str], reason: str
) -> None:
    overall = agreement(ratings(**rows), INSTRUMENT).overall
    assert {found for _, found in overall.lines()} <= {
        NotComputable(reason),
        NotComputable(reason.replace("two raters,", "every rater,")),
    }
    assert overall.percent == NotComputable(reason)


def test_scores_that_never_vary_give_percent_agreement_and_nothing_beyond_chance() -> None:
    overall = agreement(ratings(**{f"a{number}": "33" for number in range(1, 7)}), INSTRUMENT).overall
    assert overall.percent == Estimate(100, pytest.approx(60.97, abs=0.01), 100)
    nothing = NotComputable("The scores do not vary, so agreement cannot be told apart from chance.")
    assert [found for _, found in overall.lines()][1:] == [nothing] * 5


def test_perfect_agreement_has_no_interval_that_would_pass_for_certainty() -> None:
    overall = agreement(ratings(a1="11", a2="22", a3="33", a4="44", a5="11", a6="22"), INSTRUMENT).overall
    note = "The scores agree or contradict each other too well to tell how sure this figure is."
    assert [found for _, found in overall.lines()][1:] == [Estimate(1, note=note)] * 5


def test_too_many_resamples_without_variation_leave_no_interval() -> None:
    rated = ratings(a1="12", a2="22", a3="22", a4="22", a5="22", a6="22")
    alpha = agreement(rated, INSTRUMENT).overall.alpha
    assert isinstance(alpha, Estimate)
    assert (alpha.low, alpha.high) == (None, None)


def test_raters_who_contradict_each_other_have_no_reliability_to_estimate() -> None:
    overall = agreement(ratings(a1="14", a2="41", a3="14", a4="41", a5="14", a6="41"), INSTRUMENT).overall
    reason = (
        "The raters differ more from each other than the statements do, so no reliability can be estimated."
    )
    assert overall.icc_single == overall.icc_mean == NotComputable(reason)
    assert value(overall.percent) == 0


def test_the_mean_of_raters_has_no_interval_that_ends_below_the_scale() -> None:
    overall = agreement(ratings(a1="13", a2="21", a3="32", a4="24", a5="13", a6="42"), INSTRUMENT).overall
    assert isinstance(overall.icc_single, Estimate)
    assert overall.icc_single.low == -1


def test_a_correlation_far_below_nought_has_no_interval_that_would_leave_it_out() -> None:
    """The method's own interval for these scores is -0.739 to -0.734."""
    contrary = ratings(a1="24", a2="41", a3="14", a4="14", a5="14")
    overall = agreement(contrary, INSTRUMENT).overall
    note = "The scores agree or contradict each other too well to tell how sure this figure is."
    assert overall.icc_single == Estimate(pytest.approx(-33 / 47), note=note)


def test_intraclass_correlation_needs_statements_scored_by_every_rater() -> None:
    rated = ratings(a1="112", a2="12-", a3="13-", a4="1-2", a5="2-2", a6="233")
    overall = agreement(rated, INSTRUMENT).overall
    reason = "Only 2 statements were scored by every rater, and at least 5 are needed."
    assert overall.icc_single == NotComputable(reason)
    assert isinstance(overall.alpha, Estimate)


def test_with_three_raters_kappa_is_the_mean_over_pairs_that_can_be_compared() -> None:
    both = ratings(a1="12", a2="22", a3="33", a4="43", a5="11", a6="24")
    third = [rating("a1", "rater 3", "1")]
    assert (
        agreement([*both, *third], INSTRUMENT).overall.kappa_linear
        == agreement(both, INSTRUMENT).overall.kappa_linear
    )


def test_each_level_is_counted_by_itself_in_the_order_of_the_instrument() -> None:
    mixed = instrument(statement("i1", "micro"), statement("a1"), *(statement(f"a{n}") for n in range(2, 7)))
    rated = ratings(i1="14", a1="11", a2="22", a3="33", a4="44", a5="11", a6="22")
    found = agreement(rated, mixed)
    assert list(found.levels) == ["macro", "micro"]
    assert value(found.levels["macro"].percent) == 100
    assert found.levels["micro"].statements == 1


def test_no_rounds_at_all_give_no_reports() -> None:
    assert agreement_of_many([], INSTRUMENT) == ()


def test_a_rating_that_does_not_fit_the_instrument_is_refused() -> None:
    with pytest.raises(BadInput, match="not in version 1 of An example"):
        agreement(ratings(z1="12"), INSTRUMENT)


def test_kappa_between_two_lists_of_scores_says_when_there_are_too_few() -> None:
    assert isinstance(pair_kappa([(1, 1), (2, 2), (3, 4), (1, 2), (4, 4)]), Estimate)
    assert isinstance(pair_kappa([]), NotComputable)


def test_every_statistic_is_a_field_and_says_what_it_tells() -> None:
    overall = agreement(ratings(a1="12"), INSTRUMENT).overall
    assert [statistic for statistic, _ in overall.lines()] == list(STATISTICS)
    assert all(each.tells.endswith(".") and each.interval.endswith(".") for each in STATISTICS)


def test_longer_instruments_are_counted_on_all_their_statements() -> None:
    long = on_one_level(30)
    rows = [[1 + number % 4, 1 + (number + number // 7) % 4] for number in range(30)]
    same(agreement(table(rows, long), long).overall.alpha, plain.alpha(rows))

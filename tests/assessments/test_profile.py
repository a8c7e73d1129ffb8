"""The profile: THRIVE-like only at 3 or above, totals on both scales, and what is left out is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.profile import Profile, Span, Totalled, profile
from ithrive.assessments.ratings import AgreedScore
from ithrive.framework.instrument import Instrument, Total
from ithrive.problems import BadInput
from tests.assessments.instruments import instrument, statement

ROUNDING = 1e-9


def agreed(**scores: int | None) -> dict[str, AgreedScore]:
    return {code: AgreedScore(code, score) for code, score in scores.items()}


def with_raters(**scores: tuple[int | None, int, int]) -> dict[str, AgreedScore]:
    return {code: AgreedScore(code, score, "", low, high) for code, (score, low, high) in scores.items()}


def total(part: Totalled | NotComputable) -> Totalled:
    assert isinstance(part, Totalled)
    return part


def thrive_like(found: Profile) -> list[bool | None]:
    return [each.thrive_like for each in found.principles]


def test_thrive_like_starts_at_three() -> None:
    three = instrument(statement("a1"), statement("a2"), statement("a3"))
    assert thrive_like(profile(agreed(a1=2, a2=3, a3=4), three)) == [False, True, True]


def test_a_principle_of_several_statements_is_thrive_like_only_if_every_one_is() -> None:
    shared = instrument(
        statement("a1", principle="P"), statement("a2", principle="P"), statement("a3", principle="P")
    )
    [found] = profile(agreed(a1=4, a2=4, a3=1), shared).principles
    assert (found.score, found.thrive_like) == (Span(3, 3, 3), False)
    assert thrive_like(profile(agreed(a1=4, a2=3, a3=3), shared)) == [True]


def test_nobody_can_say_whether_a_principle_is_thrive_like_while_part_of_it_is_unrated() -> None:
    shared = instrument(statement("a1", principle="P"), statement("a2", principle="P"))
    assert thrive_like(profile(agreed(a1=4, a2=None), shared)) == [None]
    assert thrive_like(profile(agreed(a1=2, a2=None), shared)) == [False]
    [nothing] = profile({}, shared).principles
    assert (nothing.score, nothing.thrive_like) == (None, None)


def test_the_same_principle_on_two_levels_is_two() -> None:
    two = instrument(statement("a1", principle="P"), statement("i1", "micro", principle="P"))
    assert [(each.level, each.thrive_like) for each in profile(agreed(a1=4, i1=1), two).principles] == [
        ("macro", True),
        ("micro", False),
    ]


@pytest.mark.parametrize(
    ("score", "low", "high", "certain"),
    [(3, 3, 4, True), (3, 2, 4, False), (2, 1, 2, True), (2, 2, 3, False), (4, 4, 4, True)],
)
def test_a_claim_is_certain_where_raters_lowest_and_highest_say_the_same(
    score: int, low: int, high: int, *, certain: bool
) -> None:
    one = instrument(statement("a1"))
    assert profile(with_raters(a1=(score, low, high)), one).principles[0].certain is certain


def test_a_total_is_on_the_instruments_own_scale_and_from_0_to_100() -> None:
    weighted = instrument(statement("a1", weight=2), statement("a2"))
    found = total(profile(agreed(a1=4, a2=2), weighted).overall.total)
    assert (found.own.value, found.lowest, found.highest) == (10, 3, 12)
    assert found.percent.value == pytest.approx(100 * 7 / 9)


def test_an_instrument_may_add_up_by_means_instead_of_sums() -> None:
    meant = instrument(statement("a1", weight=2), statement("a2"), total=Total.MEAN)
    found = total(profile(agreed(a1=4, a2=1), meant).overall.total)
    assert (found.own.value, found.lowest, found.highest) == (3, 1, 4)
    assert found.percent.value == pytest.approx(100 * 2 / 3)


def test_the_scale_runs_from_all_ones_to_all_fours() -> None:
    eight = instrument()
    codes = [each.code for each in eight.statement]
    for score, percent in ((1, 0), (4, 100)):
        found = profile(agreed(**dict.fromkeys(codes, score)), eight)
        parts = (*found.levels.values(), found.overall)
        assert {total(part.total).percent.value for part in parts} == {percent}


def test_what_cannot_be_rated_and_what_is_missing_leave_the_possible_total_and_are_named() -> None:
    found = profile(agreed(a1=4, a2=None), instrument(statement("a1"), statement("a2"), statement("a3")))
    assert (found.overall.cannot_rate, found.overall.missing) == (("a2",), ("a3",))
    assert (total(found.overall.total).own.value, total(found.overall.total).highest) == (4, 4)
    assert found.statements["a2"].missing is False
    assert found.statements["a3"].missing is True


def test_a_level_without_scores_has_no_total_and_says_so() -> None:
    found = profile(agreed(a1=3), instrument())
    assert found.levels["micro"].total == NotComputable("No statement here has an agreed score.")
    assert total(found.levels["macro"].total).own.value == 3


def test_uncertainty_is_what_the_total_would_be_at_the_raters_lowest_and_highest() -> None:
    two = instrument(statement("a1"), statement("a2"))
    found = total(profile(with_raters(a1=(3, 1, 4), a2=(2, 2, 2)), two).overall.total)
    assert found.own == Span(5, 3, 6)
    assert found.percent.low == pytest.approx(100 / 6)


def test_an_agreed_score_outside_what_raters_gave_widens_the_range_to_itself() -> None:
    one = instrument(statement("a1"))
    assert total(profile(with_raters(a1=(4, 2, 3)), one).overall.total).own == Span(4, 2, 4)


def test_a_statement_nobody_agreed_a_score_for_keeps_what_raters_gave() -> None:
    found = profile(with_raters(a1=(None, 2, 4)), instrument(statement("a1"))).statements["a1"]
    assert (found.score, found.low, found.high) == (None, 2, 4)


def test_scores_that_do_not_fit_the_version_are_refused_by_name() -> None:
    wrong = {
        "z9": AgreedScore("z9", 3),
        "a1": AgreedScore("a2", 3),
        "a2": AgreedScore("a2", 5),
        "a3": AgreedScore("a3", 3, low=0),
    }
    with pytest.raises(BadInput) as caught:
        profile(wrong, instrument())
    assert [(each.place, each.what) for each in caught.value.problems] == [
        ("Agreed score of z9", "This statement is not in the instrument."),
        ("Agreed score of a1", "It belongs to the statement a2."),
        ("Agreed score of a2", "5 is not on the scale."),
        ("Agreed score of a3", "0 is not on the scale."),
    ]


weights = st.sampled_from([0.5, 1.0, 2.0, 3.125])


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Instrument, dict[str, AgreedScore]]:
    made = instrument(
        *(
            statement(f"s{n}", draw(st.sampled_from(["macro", "micro"])), weight=draw(weights))
            for n in range(6)
        ),
        total=draw(st.sampled_from(Total)),
    )
    scores = {}
    for each in made.statement:
        low, score, high = sorted(draw(st.tuples(*[st.integers(1, 4)] * 3)))
        if draw(st.booleans()):
            scores[each.code] = AgreedScore(each.code, draw(st.sampled_from([score, None])), "", low, high)
    return made, scores


def by_hand(made: Instrument, scores: dict[str, AgreedScore], level: str) -> float | None:
    """From 0 to 100, the weighted way above all ones."""
    rated = [
        (each.weight, scores[each.code].score or 0)
        for each in made.statement
        if each.level == level and each.code in scores and scores[each.code].score
    ]
    if not rated:
        return None
    return sum(100 * weight * (score - 1) / 3 for weight, score in rated) / sum(weight for weight, _ in rated)


@settings(deadline=None)
@given(rounds())
def test_totals_agree_with_adding_up_by_hand(made: tuple[Instrument, dict[str, AgreedScore]]) -> None:
    found = profile(made[1], made[0])
    for level, part in found.levels.items():
        expected = by_hand(*made, level)
        if expected is None:
            assert isinstance(part.total, NotComputable)
        else:
            assert total(part.total).percent.value == pytest.approx(expected, abs=ROUNDING)
            span = total(part.total).own
            assert span.low - ROUNDING <= span.value <= span.high + ROUNDING
            assert total(part.total).lowest - ROUNDING <= span.low
            assert span.high <= total(part.total).highest + ROUNDING


@settings(deadline=None)
@given(rounds())
def test_every_statement_is_scored_or_named_as_left_out(
    made: tuple[Instrument, dict[str, AgreedScore]],
) -> None:
    found = profile(made[1], made[0])
    scored = {code for code, each in found.statements.items() if each.score is not None}
    assert scored.isdisjoint(found.overall.cannot_rate + found.overall.missing)
    assert scored | {*found.overall.cannot_rate, *found.overall.missing} == set(found.statements)

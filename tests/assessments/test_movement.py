"""Movement: only what both rounds can be compared on, and everything else named."""

import pytest

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.movement import TotalChange, baselines, movement, steps
from ithrive.assessments.profile import Profile, profile
from ithrive.assessments.ratings import AgreedScore
from ithrive.assessments.views import gaps
from ithrive.framework.instrument import Instrument, Total
from tests.assessments.instruments import instrument, statement

TWO = instrument(statement("a1"), statement("i1", "micro"))


def round_of(used: Instrument, **scores: int | None) -> Profile:
    return profile({code: AgreedScore(code, score, f"Why {score}.") for code, score in scores.items()}, used)


def total(change: TotalChange | NotComputable) -> TotalChange:
    assert isinstance(change, TotalChange)
    return change


def test_each_statement_moves_with_the_reasons_given() -> None:
    found = movement(round_of(TWO, a1=1, i1=3), round_of(TWO, a1=3, i1=2))
    assert {code: each.steps for code, each in found.changes.items()} == {"a1": 2, "i1": -1}
    assert (found.changes["a1"].reason_before, found.changes["a1"].reason) == ("Why 1.", "Why 3.")


def test_totals_move_on_both_scales_by_level_and_overall() -> None:
    found = movement(round_of(TWO, a1=1, i1=3), round_of(TWO, a1=3, i1=3))
    assert (total(found.levels["macro"]).own, total(found.levels["micro"]).own) == (2, 0)
    assert (total(found.overall).own, total(found.overall).over) == (2, 2)
    assert total(found.overall).percent == pytest.approx(100 / 3)


def test_a_statement_scored_in_one_round_only_is_named_and_moves_no_total() -> None:
    found = movement(round_of(TWO, a1=1), round_of(TWO, a1=2, i1=4))
    assert found.not_scored == ("i1",)
    assert total(found.overall).own == 1
    assert found.levels["micro"] == NotComputable("No statement here was scored in both rounds.")
    unrated = movement(round_of(TWO, a1=1, i1=2), round_of(TWO, a1=2, i1=None))
    assert unrated.not_scored == ("i1",)


def test_statements_of_one_version_only_are_named() -> None:
    newer = instrument(statement("a1"), statement("a2"), version="2")
    found = movement(round_of(TWO, a1=1, i1=2), round_of(newer, a1=3, a2=4))
    assert (found.only_before, found.only_after, found.not_scored) == (("i1",), ("a2",), ())
    assert (list(found.changes), total(found.overall).own) == (["a1"], 2)


def test_a_statement_that_was_reworded_is_compared_and_marked() -> None:
    newer = instrument(
        statement("a1", anchors=("No.", "A bit.", "Mostly.", "Yes.")),
        statement("i1", "micro", question="And here?"),
        version="2",
    )
    found = movement(round_of(TWO, a1=1, i1=1), round_of(newer, a1=2, i1=2))
    assert {code: each.reworded for code, each in found.changes.items()} == {"a1": True, "i1": False}


def test_totals_are_never_compared_across_different_weights() -> None:
    newer = instrument(statement("a1", weight=2), statement("i1", "micro"), version="2")
    found = movement(round_of(TWO, a1=1, i1=1), round_of(newer, a1=3, i1=2))
    reason = NotComputable("Weights changed between version 1 and version 2: a1.")
    assert (found.overall, found.levels["macro"]) == (reason, reason)
    assert total(found.levels["micro"]).own == 1
    assert found.changes["a1"].steps == 2


def test_totals_are_never_compared_across_ways_of_adding_up() -> None:
    newer = instrument(*TWO.statement, total=Total.MEAN, version="2")
    found = movement(round_of(TWO, a1=1), round_of(newer, a1=2))
    assert found.overall == NotComputable(
        "The way of adding up scores changed between version 1 and version 2."
    )


def test_statements_of_another_instrument_are_others_though_their_codes_are_the_same() -> None:
    other = instrument(*TWO.statement, code="another", title="Another")
    found = movement(round_of(TWO, a1=1, i1=2), round_of(other, a1=2, i1=3))
    assert found.changes == {}
    assert (found.only_before, found.only_after) == (("a1", "i1"), ("a1", "i1"))
    assert found.overall == NotComputable("The rounds used different instruments: An example and Another.")


def test_every_round_moves_since_the_baseline_and_since_the_last_time() -> None:
    first, second, third = steps([round_of(TWO, a1=1), round_of(TWO, a1=3), round_of(TWO, a1=2)])
    assert (first.since_baseline, first.since_last) == (None, None)
    assert second.since_baseline == second.since_last
    assert third.since_baseline is not None
    assert third.since_last is not None
    assert (third.since_baseline.changes["a1"].steps, third.since_last.changes["a1"].steps) == (1, -1)
    assert steps([]) == ()


def test_an_older_round_outside_a_study_does_not_move_the_studys_baseline() -> None:
    older, first, later, own = (round_of(TWO, a1=score) for score in (4, 1, 3, 2))
    moved = steps([older, first, later, own], ["", "s", "s", ""])
    assert moved[1].since_baseline is None
    assert moved[1].since_last is not None
    for step, change in ((moved[2], 2), (moved[3], -2)):
        assert step.since_baseline is not None
        assert step.since_baseline.changes["a1"].steps == change


def test_each_study_and_the_area_have_a_baseline_of_their_own() -> None:
    assert baselines(["", "s", "t", "s", "", "t"]) == [0, 1, 2, 1, 0, 2]
    assert baselines(["s", "", "s"]) == [0, 0, 0]
    assert baselines([]) == []


def test_staff_and_young_people_are_set_side_by_side_where_both_scored() -> None:
    found = gaps(round_of(TWO, a1=4, i1=3), round_of(TWO, a1=2))
    assert {code: (each.staff, each.young_people, each.steps) for code, each in found.items()} == {
        "a1": (4, 2, 2)
    }
    assert gaps(round_of(TWO, a1=4), round_of(TWO, a1=None, i1=2)) == {}


def test_two_views_on_different_versions_are_no_two_views_of_one_round() -> None:
    with pytest.raises(ValueError, match="different versions"):
        gaps(round_of(TWO, a1=4), round_of(instrument(statement("a1"), version="2"), a1=4))

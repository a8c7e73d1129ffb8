"""Tests of change: a prediction first, what was found afterwards, and how both stand on charts."""

from dataclasses import replace
from datetime import date

import pytest

from ithrive.improvement import AnnotationKind, Cycle, Decision, cycle_annotations
from ithrive.improvement.cycles import why_not_begin, why_not_finish

TODAY = date(2026, 5, 1)
BEGUN = Cycle("Texts the day before", "Fewer missed", "Half as many", "Jo, for six weeks", date(2026, 3, 1))
DONE = replace(BEGUN, ended=date(2026, 4, 12), found="A third fewer", decision=Decision.ADAPT)


@pytest.mark.parametrize("empty", ["change", "aim", "prediction", "plan"])
def test_a_test_says_what_for_what_is_expected_and_how(empty: str) -> None:
    assert why_not_begin(BEGUN, TODAY) is None
    assert why_not_begin(replace(BEGUN, **{empty: "  "}), TODAY) is not None


def test_a_test_is_recorded_when_it_has_begun() -> None:
    assert why_not_begin(replace(BEGUN, started=TODAY), TODAY) is None
    assert "still to come" in str(why_not_begin(replace(BEGUN, started=date(2026, 5, 2)), TODAY))


def test_a_next_cycle_waits_for_what_was_found() -> None:
    following = replace(BEGUN, started=date(2026, 4, 12))
    assert why_not_begin(following, TODAY, after=DONE) is None
    assert "still under way" in str(why_not_begin(following, TODAY, after=BEGUN))
    early = replace(BEGUN, started=date(2026, 4, 11))
    assert "before the cycle before it ended" in str(why_not_begin(early, TODAY, after=DONE))


@pytest.mark.parametrize(
    ("ended", "found", "said"),
    [
        (date(2026, 4, 12), " ", "Say what was found"),
        (date(2026, 5, 2), "Less", "still to come"),
        (date(2026, 2, 28), "Less", "ended before it began"),
    ],
)
def test_a_test_ends_with_what_was_found(ended: date, found: str, said: str) -> None:
    assert said in str(why_not_finish(BEGUN, ended, found, TODAY))
    assert why_not_finish(BEGUN, BEGUN.started, "Less", TODAY) is None
    assert why_not_finish(DONE, date(2026, 4, 20), "Less", TODAY) == "It is finished already."


def test_charts_show_where_a_test_began_and_where_it_ended_with_what_was_decided() -> None:
    assert [(each.day, each.words) for each in cycle_annotations(BEGUN)] == [
        (date(2026, 3, 1), "begun: Texts the day before")
    ]
    assert [(each.day, each.words) for each in cycle_annotations(DONE)][1:] == [
        (date(2026, 4, 12), "to be adapted: Texts the day before")
    ]
    assert {each.kind for each in cycle_annotations(DONE)} == {AnnotationKind.TEST_OF_CHANGE}


@pytest.mark.parametrize("decision", Decision)
def test_every_decision_has_its_word(decision: Decision) -> None:
    assert replace(DONE, decision=decision).outcome not in {"", "under way"}

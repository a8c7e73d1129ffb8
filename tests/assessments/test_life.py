"""The life of a round is a table, and every step says why not."""

from datetime import date

import pytest

from ithrive.assessments.life import (
    NEXT,
    RATERS_CHANGE_IN,
    State,
    why_not_change_raters,
    why_not_miss,
    why_not_move,
    why_not_open,
    why_not_remove,
    why_not_withdraw,
)

BEFORE, OPENS, CLOSES, AFTER = date(2027, 2, 28), date(2027, 3, 1), date(2027, 4, 30), date(2027, 5, 1)


def test_no_state_is_forgotten_and_every_state_can_be_reached() -> None:
    assert set(NEXT) == set(State)
    assert set().union(*NEXT.values()) == set(State) - {State.SCHEDULED}


def test_a_round_moves_only_along_the_table() -> None:
    for state in State:
        for to in State:
            reason = why_not_move(state, to)
            assert (reason is None) == (to in NEXT[state])
    assert why_not_move(State.OPEN, State.SIGNED_OFF) == "A round that is open cannot become signed off."


@pytest.mark.parametrize(
    ("state", "today", "reason"),
    [
        (State.SCHEDULED, BEFORE, "The window opens on 1 March 2027. Until then the round waits."),
        (State.SCHEDULED, OPENS, None),
        (State.MISSED, AFTER, None),
        (State.OPEN, OPENS, "This round is open. Only a scheduled or missed round can be opened."),
    ],
)
def test_a_round_opens_with_its_window_or_late(state: State, today: date, reason: str | None) -> None:
    assert why_not_open(state, OPENS, today) == reason


@pytest.mark.parametrize(
    ("state", "today", "held", "reason"),
    [
        (State.OPEN, CLOSES, False, "The window closes on 30 April 2027. A round is missed only after that."),
        (State.OPEN, AFTER, False, None),
        (State.SCHEDULED, AFTER, False, None),
        (State.OPEN, AFTER, True, "This round is open, so it was not missed."),
        (State.SIGNED_OFF, AFTER, False, "This round is signed off, so it was not missed."),
    ],
)
def test_only_a_round_that_nobody_held_in_its_window_is_missed(
    state: State, today: date, held: bool, reason: str | None
) -> None:
    assert why_not_miss(state, CLOSES, today, held=held) == reason


def test_what_was_due_stays_a_fact() -> None:
    assert why_not_remove(State.SCHEDULED, OPENS, BEFORE) is None
    for state, today in ((State.SCHEDULED, OPENS), (State.MISSED, BEFORE)):
        assert why_not_remove(state, OPENS, today) == (
            "Only a round whose window has not opened yet can be taken off the schedule."
        )


def test_raters_change_until_all_have_submitted() -> None:
    assert {state for state in State if why_not_change_raters(state) is None} == RATERS_CHANGE_IN
    assert why_not_change_raters(State.LOCKED) == "This round is locked: its raters can no longer change."


def test_a_rater_who_submitted_counts() -> None:
    assert why_not_withdraw(State.OPEN, submitted=False) is None
    assert why_not_withdraw(State.OPEN, submitted=True) == (
        "This rater has submitted, so their ratings count. Return them first, with a reason."
    )
    assert why_not_withdraw(State.LOCKED, submitted=False) == (
        "This round is locked: its raters can no longer change."
    )

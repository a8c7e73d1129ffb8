"""An action's state is derived, and nothing is done without evidence or dropped without a reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ithrive.implementation import ActionState, PlannedAction, state_of
from ithrive.implementation.plan import why_not_drop, why_not_finish, why_not_plan, why_not_reopen

DAY = date(2020, 6, 1)
TO_DO = PlannedAction("Ask 40 young people", "Ada", due_on=DAY)
DONE = replace(TO_DO, done_on=DAY, evidence="Notes of the day")
DROPPED = replace(TO_DO, dropped_because="The college closed")


@pytest.mark.parametrize(
    ("action", "days_later", "state"),
    [
        (TO_DO, 0, ActionState.OPEN),
        (TO_DO, 1, ActionState.OVERDUE),
        (replace(TO_DO, due_on=None), 99, ActionState.OPEN),
        (DONE, 99, ActionState.DONE),
        (DROPPED, 99, ActionState.DROPPED),
    ],
)
def test_the_state_follows_from_what_is_recorded(
    action: PlannedAction, days_later: int, state: ActionState
) -> None:
    assert state_of(action, DAY + timedelta(days=days_later)) is state


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (TO_DO, None),
        (replace(TO_DO, title=" "), "Say what is to be done."),
        (replace(TO_DO, owner=""), "Say who will see to it: one person, by name or post."),
        (replace(TO_DO, due_on=None), "Give the day by which it is to be done."),
    ],
)
def test_an_action_needs_a_title_an_owner_and_a_day(action: PlannedAction, reason: str | None) -> None:
    assert why_not_plan(action) == reason


@pytest.mark.parametrize(
    ("action", "on", "evidence", "reason"),
    [
        (TO_DO, DAY, "Notes", None),
        (
            TO_DO,
            DAY,
            " ",
            "Say what shows that it was done: a paper, a decision, a figure, a link.",
        ),
        (
            TO_DO,
            DAY + timedelta(days=1),
            "Notes",
            "It is done once it was done. Give a day that is not in the future.",
        ),
        (DONE, DAY, "Notes", "It is done already. Take it up again first if it was not."),
        (DROPPED, DAY, "Notes", "It was dropped. Take it up again first."),
    ],
)
def test_done_needs_evidence(action: PlannedAction, on: date, evidence: str, reason: str | None) -> None:
    assert why_not_finish(action, on=on, evidence=evidence, today=DAY) == reason


@pytest.mark.parametrize(
    ("action", "because", "reason"),
    [
        (TO_DO, "No money", None),
        (TO_DO, "", "Say why it is dropped, for those who will ask next year."),
        (DONE, "No money", "It is done already. Take it up again first if it was not."),
    ],
)
def test_dropping_needs_a_reason(action: PlannedAction, because: str, reason: str | None) -> None:
    assert why_not_drop(action, reason=because) == reason


def test_only_what_was_done_or_dropped_can_be_taken_up_again() -> None:
    assert [why_not_reopen(each) for each in (DONE, DROPPED)] == [None, None]
    assert why_not_reopen(TO_DO) == "It is open already."

"""Rounds every six months, in windows; late for ever, and missed for ever."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.assessments.life import State
from ithrive.assessments.schedule import (
    MOST_ROUNDS,
    Reminder,
    Timeliness,
    Window,
    reminder_due,
    timeliness,
    why_not_schedule,
    windows,
)

WINDOW = Window(due=date(2027, 4, 1), opens=date(2027, 3, 4), closes=date(2027, 4, 29))
days = st.dates(date(2027, 1, 1), date(2028, 1, 1))


def test_rounds_fall_due_every_six_months_with_four_weeks_on_either_side() -> None:
    first, second = windows(date(2027, 4, 1), 2)
    assert first == WINDOW
    assert second.due == date(2027, 10, 1)
    assert second.closes - second.opens == timedelta(weeks=8)


@pytest.mark.parametrize(
    ("asked", "already", "reason"),
    [
        ([WINDOW], [], None),
        ([], [], "Schedule between 1 and 20 rounds at a time."),
        ([WINDOW] * (MOST_ROUNDS + 1), [], "Schedule between 1 and 20 rounds at a time."),
        ([WINDOW], [WINDOW.due], "A round due on 1 April 2027 is scheduled already."),
        (
            [Window(WINDOW.due, WINDOW.opens, WINDOW.due - timedelta(days=1))],
            [],
            "The window must open on the due day or before, and close on the due day or after.",
        ),
        (
            [Window(WINDOW.due, date(2026, 9, 1), WINDOW.closes)],
            [],
            "A window is open for half a year at most. Choose a shorter one.",
        ),
    ],
)
def test_why_rounds_cannot_be_scheduled(asked: list[Window], already: list[date], reason: str | None) -> None:
    assert why_not_schedule(asked, already) == reason


@pytest.mark.parametrize(
    ("today", "held", "missed", "how"),
    [
        (date(2027, 3, 3), None, False, Timeliness.TO_COME),
        (date(2027, 3, 4), None, False, Timeliness.DUE),
        (date(2027, 4, 29), None, False, Timeliness.DUE),
        (date(2027, 4, 30), None, False, Timeliness.OVERDUE),
        (date(2027, 6, 1), None, True, Timeliness.MISSED),
        (date(2027, 6, 1), date(2027, 4, 29), False, Timeliness.ON_TIME),
        (date(2027, 6, 1), date(2027, 4, 30), False, Timeliness.LATE),
        (date(2027, 9, 1), date(2027, 8, 1), True, Timeliness.MISSED_HELD_LATE),
    ],
)
def test_how_a_round_stands_towards_its_window(
    today: date, held: date | None, missed: bool, how: Timeliness
) -> None:
    assert timeliness(WINDOW, today=today, held_on=held, missed=missed) is how


@given(held=days, missed=st.booleans(), today=days, later=days)
def test_what_a_round_was_held_does_not_depend_on_the_day_somebody_looks(
    held: date, missed: bool, today: date, later: date
) -> None:
    looked = [timeliness(WINDOW, today=day, held_on=held, missed=missed) for day in (today, later)]
    assert looked[0] is looked[1]


@pytest.mark.parametrize(
    ("today", "reminder"),
    [
        (date(2027, 3, 3), None),
        (date(2027, 3, 4), Reminder.OPENS),
        (date(2027, 4, 14), Reminder.OPENS),
        (date(2027, 4, 15), Reminder.CLOSING),
        (date(2027, 4, 29), Reminder.CLOSING),
        (date(2027, 4, 30), Reminder.OVERDUE),
        (WINDOW.missed_from - timedelta(days=1), Reminder.OVERDUE),
        (WINDOW.missed_from, None),
    ],
)
def test_one_letter_fits_a_day(today: date, reminder: Reminder | None) -> None:
    assert reminder_due(WINDOW, State.OPEN, today) is reminder
    assert reminder_due(WINDOW, State.SIGNED_OFF, today) is None


def test_twelve_weeks_after_its_window_a_round_counts_as_missed() -> None:
    assert WINDOW.missed_from == date(2027, 7, 23)

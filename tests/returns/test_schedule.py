"""Who owes what by when: both days are known, and a late return stays late."""

from datetime import date, timedelta

import pytest

from ithrive.periods import Quarter
from ithrive.returns.schedule import (
    Expected,
    Reminder,
    Standing,
    expected_returns,
    reminders_due,
    standing,
    tally,
    why_not_send,
)

QUARTER = Quarter.parse("2026/27 Q1")  # April to June
OWED = Expected("T01", QUARTER, date(2026, 8, 12), date(2026, 9, 9))


def test_every_area_owes_every_quarter_six_weeks_after_its_end() -> None:
    owed = expected_returns(["T01", "T02"], [QUARTER, QUARTER + 1])
    assert len(owed) == 4
    assert owed[0] == OWED
    assert owed[0].opens_on == date(2026, 7, 1)


def test_a_return_cannot_close_before_it_is_due() -> None:
    with pytest.raises(ValueError, match="closes on the day it is due or later"):
        expected_returns(["T01"], [QUARTER], due_after=timedelta(weeks=3), closes_after=timedelta(weeks=2))


@pytest.mark.parametrize(
    ("today", "received_on", "how"),
    [
        (date(2026, 6, 30), None, Standing.TO_COME),
        (date(2026, 7, 1), None, Standing.DUE),
        (date(2026, 8, 12), None, Standing.DUE),
        (date(2026, 8, 13), None, Standing.LATE),
        (date(2026, 9, 9), None, Standing.LATE),
        (date(2026, 9, 10), None, Standing.CLOSED),
        (date(2027, 1, 1), date(2026, 8, 12), Standing.RECEIVED),
        (date(2027, 1, 1), date(2026, 8, 13), Standing.RECEIVED_LATE),
    ],
)
def test_a_return_stands_by_both_its_days(today: date, received_on: date | None, how: Standing) -> None:
    assert standing(OWED, today, received_on) is how


def test_figures_are_taken_from_the_end_of_the_quarter_until_it_closes() -> None:
    assert why_not_send(OWED, date(2026, 6, 30)) == (
        "The quarter ends first: figures can be sent from 1 July 2026."
    )
    assert why_not_send(OWED, date(2026, 9, 9)) is None
    assert why_not_send(OWED, date(2026, 9, 10)) == (
        "This quarter closed on 9 September 2026. Ask the programme to open it again."
    )


def test_the_programme_sees_received_of_expected_and_who_owes() -> None:
    owed = expected_returns(["T01", "T02", "T03"], [QUARTER, QUARTER + 1])
    came = {("T01", QUARTER): date(2026, 8, 1), ("T02", QUARTER): date(2026, 8, 20)}
    found = tally(owed, came, date(2026, 9, 1))
    assert (found.expected, found.received, found.late) == (3, 2, 1)
    assert [each.area for each in found.missing] == ["T03"]
    assert found.sentence == "2 of 3 received, 1 of them late."


def test_only_the_most_pressing_letter_is_due() -> None:
    days = {
        date(2026, 6, 30): None,
        date(2026, 7, 1): Reminder.OPEN,
        date(2026, 7, 29): Reminder.DUE_SOON,
        date(2026, 8, 13): Reminder.LATE,
        date(2026, 9, 10): None,
    }
    for today, letter in days.items():
        assert reminders_due([OWED], {}, today).get(OWED) is letter
    assert reminders_due([OWED], {("T01", QUARTER): date(2026, 7, 5)}, date(2026, 8, 13)) == {}

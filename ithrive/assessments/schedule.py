"""When rounds fall due, what is due today, and how late a round was: facts that nobody can change later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ithrive.assessments.life import State
from ithrive.periods import half_years

# A window of eight weeks around the due day gives interviews time; both ends can be chosen otherwise.
OPENS_BEFORE = CLOSES_AFTER = timedelta(weeks=4)
LONGEST_WINDOW = timedelta(days=183)  # longer than half a year, and the next round would be due
MOST_ROUNDS = 20  # ten years
CLOSING_SOON = timedelta(days=14)
# After twelve weeks the round no longer says how things stood when it was due: it counts as missed.
COUNTS_AS_MISSED_AFTER = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a round is held on time, both included, around the day on which it is due."""

    due: date
    opens: date
    closes: date

    @property
    def missed_from(self) -> date:
        """The first day on which a round that nobody held counts as missed."""
        return self.closes + COUNTS_AS_MISSED_AFTER + timedelta(days=1)


def windows(
    first_due: date,
    rounds: int,
    *,
    opens_before: timedelta = OPENS_BEFORE,
    closes_after: timedelta = CLOSES_AFTER,
) -> tuple[Window, ...]:
    """The windows of six-monthly rounds, the first due on a day."""
    return tuple(Window(due, due - opens_before, due + closes_after) for due in half_years(first_due, rounds))


def why_not_schedule(asked: Sequence[Window], due_already: Sequence[date]) -> str | None:
    """The reason these rounds cannot be scheduled. `due_already`: the due days of rounds of the same kind."""
    if not 1 <= len(asked) <= MOST_ROUNDS:
        return f"Schedule between 1 and {MOST_ROUNDS} rounds at a time."
    for window in asked:
        if not window.opens <= window.due <= window.closes:
            return "The window must open on the due day or before, and close on the due day or after."
        if window.closes - window.opens > LONGEST_WINDOW:
            return "A window is open for half a year at most. Choose a shorter one."
        if window.due in due_already:
            return f"A round due on {window.due:%-d %B %Y} is scheduled already."
    return None


class Timeliness(StrEnum):
    """How a round stands towards its window. `LATE` and `MISSED` never become anything better."""

    TO_COME = "to come"
    DUE = "due now"
    OVERDUE = "overdue"
    ON_TIME = "held on time"
    LATE = "held late"
    MISSED = "missed"
    MISSED_HELD_LATE = "missed, then held late"


def timeliness(window: Window, *, today: date, held_on: date | None, missed: bool) -> Timeliness:
    """`held_on`: the day on which the last rater first submitted. `missed`: whether it ever was."""
    if held_on is not None:
        if missed:
            return Timeliness.MISSED_HELD_LATE
        return Timeliness.ON_TIME if held_on <= window.closes else Timeliness.LATE
    if missed:
        return Timeliness.MISSED
    if today < window.opens:
        return Timeliness.TO_COME
    return Timeliness.DUE if today <= window.closes else Timeliness.OVERDUE


class Reminder(StrEnum):
    """What a letter reminds of."""

    OPENS = "opens"
    CLOSING = "closing"
    OVERDUE = "overdue"


def reminder_due(window: Window, state: State, today: date) -> Reminder | None:
    """The one letter that fits today: if letters were not sent for weeks, only the most pressing is."""
    if state not in {State.SCHEDULED, State.OPEN} or not window.opens <= today < window.missed_from:
        return None
    if today > window.closes:
        return Reminder.OVERDUE
    return Reminder.CLOSING if today >= window.closes - CLOSING_SOON else Reminder.OPENS

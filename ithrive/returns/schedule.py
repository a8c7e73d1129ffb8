"""Who owes which return by when, what has come, and whom to remind today."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ithrive.periods import Quarter

# A quarter's figures are due six weeks after it ends, and no longer taken after ten.
DUE_AFTER = timedelta(weeks=6)
CLOSES_AFTER = timedelta(weeks=10)
REMIND_BEFORE = timedelta(days=14)


@dataclass(frozen=True, order=True, slots=True)
class Expected:
    """One return that an area owes. `due_on` is the soft deadline, `closes_on` the last day on which it is
    taken; people are shown both.
    """

    area: str
    quarter: Quarter
    due_on: date
    closes_on: date

    @property
    def opens_on(self) -> date:
        """The first day on which the quarter is over."""
        return self.quarter.ends


def expected_returns(
    areas: Iterable[str],
    quarters: Collection[Quarter],
    *,
    due_after: timedelta = DUE_AFTER,
    closes_after: timedelta = CLOSES_AFTER,
) -> tuple[Expected, ...]:
    """What every area owes for every quarter, counted from the day after the quarter's last.

    Raises ValueError where returns would close before they are due.
    """
    if not timedelta() <= due_after <= closes_after:
        raise ValueError("A return is due after its quarter, and closes on the day it is due or later.")
    return tuple(
        Expected(area, quarter, quarter.ends + due_after, quarter.ends + closes_after)
        for quarter in quarters
        for area in areas
    )


class Standing(StrEnum):
    """How a return that is owed stands today."""

    TO_COME = "to come"
    DUE = "due"
    LATE = "late"
    CLOSED = "closed"
    RECEIVED = "received"
    RECEIVED_LATE = "received late"


def standing(expected: Expected, today: date, received_on: date | None = None) -> Standing:
    """`received_on`: the day on which it was first submitted, or None. Nothing makes a late return timely."""
    if received_on is not None:
        return Standing.RECEIVED if received_on <= expected.due_on else Standing.RECEIVED_LATE
    if today < expected.opens_on:
        return Standing.TO_COME
    if today <= expected.due_on:
        return Standing.DUE
    return Standing.LATE if today <= expected.closes_on else Standing.CLOSED


def why_not_send(expected: Expected, today: date) -> str | None:
    """The reason nothing can be sent for this quarter today."""
    if today < expected.opens_on:
        return f"The quarter ends first: figures can be sent from {expected.opens_on:%-d %B %Y}."
    if today > expected.closes_on:
        return f"This quarter closed on {expected.closes_on:%-d %B %Y}. Ask the programme to open it again."
    return None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many returns have come of those expected, and who still owes theirs."""

    expected: int
    received: int
    late: int
    missing: tuple[Expected, ...]

    @property
    def sentence(self) -> str:
        return f"{self.received} of {self.expected} received, {self.late} of them late."


def tally(
    expected: Collection[Expected], received_on: Mapping[tuple[str, Quarter], date], today: date
) -> Tally:
    """Of the returns that can have come by today. `received_on` is by area and quarter."""
    open_now = [each for each in expected if each.opens_on <= today]
    standings = {each: standing(each, today, received_on.get((each.area, each.quarter))) for each in open_now}
    came = [each for each in standings.values() if each in {Standing.RECEIVED, Standing.RECEIVED_LATE}]
    owed = {Standing.DUE, Standing.LATE, Standing.CLOSED}
    return Tally(
        len(open_now),
        len(came),
        came.count(Standing.RECEIVED_LATE),
        tuple(sorted(each for each, how in standings.items() if how in owed)),
    )


class Reminder(StrEnum):
    """What a letter reminds of."""

    OPEN = "open"
    DUE_SOON = "due soon"
    LATE = "late"


def reminder_due(expected: Expected, today: date, received_on: date | None = None) -> Reminder | None:
    """The one letter that fits today: if letters were not sent for weeks, only the most pressing is."""
    how = standing(expected, today, received_on)
    if how is Standing.LATE:
        return Reminder.LATE
    if how is not Standing.DUE:
        return None
    return Reminder.DUE_SOON if today >= expected.due_on - REMIND_BEFORE else Reminder.OPEN


def reminders_due(
    expected: Iterable[Expected], received_on: Mapping[tuple[str, Quarter], date], today: date
) -> dict[Expected, Reminder]:
    """The letter that fits today for every return that is owed. The caller leaves out those it has sent."""
    letters = {
        each: reminder_due(each, today, received_on.get((each.area, each.quarter))) for each in expected
    }
    return {each: letter for each, letter in letters.items() if letter is not None}

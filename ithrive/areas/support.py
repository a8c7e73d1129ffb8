"""Direct support that the programme gave an area: when, what kind, how long, by whom and what for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from ithrive.areas.timeline import Life, plain_day


class SupportKind(StrEnum):
    COACHING = "coaching"
    WORKSHOP = "workshop"
    TRAINING = "training"
    CONSULTANCY = "consultancy"
    EVENT = "event"
    CALL = "call"


MOST_DAYS = Decimal(60)  # one entry is one piece of work; more than this is a slip of the finger
LONGEST_PURPOSE, LONGEST_GIVEN_BY = 300, 100


@dataclass(frozen=True, slots=True)
class SupportGiven:
    """One piece of support. `days` is working time in days, to two decimals."""

    code: str
    on: date
    kind: SupportKind
    days: Decimal
    given_by: str
    purpose: str


def why_not_support(support: SupportGiven, life: Life, today: date) -> str | None:
    """The reason why this cannot have been given, or None if it can."""
    if support.on > today:
        return "Support is recorded once it was given. Give a day that is not in the future."
    if life.starts and support.on < life.starts:
        return f"{life.name} did not exist before {plain_day(life.starts)}."
    if life.ends and support.on >= life.ends:
        became = f" and became {' and '.join(life.successors)}" if life.successors else ""
        return f"{life.name} ended on {plain_day(life.ends)}{became}. Record the support where it was given."
    return why_not_days(support.days)


def why_not_days(days: Decimal) -> str | None:
    if not 0 < days <= MOST_DAYS:
        return f"Give the time in days, more than 0 and at most {MOST_DAYS}."
    if days != round(days, 2):
        return "Give the days with at most two decimals, such as 0.25."
    return None


def days_of(text: str) -> Decimal | None:
    """Days as people write them: "1", "0.5", "1,5"; None where the text is no plain number."""
    written = text.strip().replace(",", ".")
    if not written or set(written) - set("0123456789."):
        return None
    try:
        return Decimal(written)
    except InvalidOperation:
        return None


@dataclass(frozen=True, slots=True)
class SupportTotal:
    kind: SupportKind
    times: int
    days: Decimal


def totals(log: Iterable[SupportGiven]) -> tuple[SupportTotal, ...]:
    """How often and how long, for each kind that was given, in the order of the kinds."""
    given = list(log)
    of_kind = {kind: [each.days for each in given if each.kind is kind] for kind in SupportKind}
    return tuple(
        SupportTotal(kind, len(days), sum(days, Decimal())) for kind, days in of_kind.items() if days
    )

"""The words of an area's support log."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ithrive.areas.support import totals
from ithrive.areas.timeline import plain_day
from ithrive.web.areas.models import LocalArea, Support
from ithrive.web.areas.own_pages import address_of
from ithrive.web.areas.standing import as_given


@dataclass(frozen=True, slots=True)
class EntryShown:
    number: int
    on: str
    kind: str
    days: str
    given_by: str
    purpose: str


@dataclass(frozen=True, slots=True)
class TotalShown:
    kind: str
    times: int
    days: str


@dataclass(frozen=True, slots=True)
class SupportPage:
    title: str
    sentence: str
    entries: tuple[EntryShown, ...]
    totals: tuple[TotalShown, ...]
    may_log: bool
    back: str


def support_page(area: LocalArea, log: Sequence[Support], *, may_log: bool) -> SupportPage:
    """`log` is in the order in which it is shown."""
    given = totals(as_given(row) for row in log)
    return SupportPage(
        title=f"Support given to {area.name}",
        sentence=_sentence(log, sum((each.days for each in given), Decimal())),
        entries=tuple(_shown(row) for row in log),
        totals=tuple(
            TotalShown(Support.Kind(each.kind).label, each.times, plain_days(each.days)) for each in given
        ),
        may_log=may_log,
        back=address_of(area),
    )


def plain_days(days: Decimal) -> str:
    """Days without needless noughts: 1.50 is "1.5", 10.00 is "10"."""
    return f"{days.normalize():f}"


def _shown(row: Support) -> EntryShown:
    kind = Support.Kind(row.kind).label
    return EntryShown(row.pk, plain_day(row.on), kind, plain_days(row.days), row.given_by, row.purpose)


def _sentence(log: Sequence[Support], days: Decimal) -> str:
    if not log:
        return "No direct support is recorded yet."
    pieces = "1 piece of support" if len(log) == 1 else f"{len(log)} pieces of support"
    last = max(row.on for row in log)
    time = "1 day" if days == 1 else f"{plain_days(days)} days"
    return f"{pieces}, {time} in all. The last was on {plain_day(last)}."

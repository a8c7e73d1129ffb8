"""The coach's page: who is stuck, who has been silent, what is due; and support beside the work."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.framework.approach import approach
from ithrive.implementation import Due, Progress, progress
from ithrive.web.areas.models import Support
from ithrive.web.areas.own_pages import address_of
from ithrive.web.areas.presenters.support import plain_days
from ithrive.web.implementation.models import Priority
from ithrive.web.implementation.paths import home_path
from ithrive.web.overview.area_steps import alert_of, weeks
from ithrive.web.overview.board import SEVERITY, signs_of
from ithrive.web.overview.like_it import short_day
from ithrive.web.overview.whereabouts import Whereabouts

DAYS_A_WEEK = 7
MOST_DUE = 3  # for one area, the oldest; its home has them all


@dataclass(frozen=True, slots=True)
class CoachRow:
    """One area, the most pressing first."""

    name: str
    path: str
    phase: str
    alert: str
    signs: tuple[str, ...]
    silent: str
    contact: str
    due: tuple[str, ...]
    more_due: int
    overdue: int
    next_step: str
    log: str


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One piece of support with what the area was at: its phase on that day, and its priorities."""

    on: str
    area: str
    path: str
    what: str
    phase: str
    priorities: str


@dataclass(frozen=True, slots=True)
class CoachPage:
    sentence: str
    rows: tuple[CoachRow, ...]
    given: tuple[GivenRow, ...]


def coach_page(
    found: Sequence[Whereabouts],
    due: Mapping[int, Sequence[Due]],
    support: Sequence[Support],
    priorities: Iterable[Priority],
    today: date,
) -> CoachPage:
    """`due` by the area's number; `support` the latest first; `priorities` closed or not."""
    pressing = sorted(found, key=lambda each: _pressing(each, today))
    chosen: dict[int, list[Priority]] = defaultdict(list)
    for priority in priorities:
        chosen[priority.area_id].append(priority)
    went = {each.area.pk: each for each in found}
    return CoachPage(
        sentence=_sentence(found),
        rows=tuple(_row(each, due.get(each.area.pk, ()), today) for each in pressing),
        given=tuple(_given(row, went[row.area_id], chosen[row.area_id]) for row in support),
    )


def _pressing(found: Whereabouts, today: date) -> tuple[int, int, str]:
    latest = found.progress.latest
    silent = (today - latest.on).days if latest else 0
    return -SEVERITY[found.attention.alert], -silent, found.area.name


def _sentence(found: Sequence[Whereabouts]) -> str:
    alerts = Counter(alert_of(each) for each in found)
    areas = "1 area" if len(found) == 1 else f"{len(found)} areas"
    stalled, call, fine = (alerts[each] for each in ("stalled", "quiet", ""))
    return f"{areas}: {stalled} stalled, {call} worth a call, {fine} without a warning."


def _row(found: Whereabouts, due: Sequence[Due], today: date) -> CoachRow:
    phase, following = found.progress.phase, found.attention.next_step
    late = [each for each in due if each.overdue(today)]
    return CoachRow(
        found.area.name,
        home_path(found.area),
        phase.name if phase else "No step recorded",
        alert_of(found),
        signs_of(found),
        _silent(found.progress, today),
        short_day(found.last_contact) if found.last_contact else "None recorded",
        tuple(f"{short_day(each.on)}: {each.what}" for each in due[:MOST_DUE]),
        max(0, len(due) - MOST_DUE),
        len(late),
        following.name if following else "",
        address_of(found.area, "support-add"),
    )


def _days(row: Support) -> str:
    return "1 day" if row.days == 1 else f"{plain_days(row.days)} days"


def _silent(went: Progress, today: date) -> str:
    if went.latest is None:
        return "Nothing recorded"
    ago = (today - went.latest.on).days // DAYS_A_WEEK
    return short_day(went.latest.on) + (f", {weeks(ago)} ago" if ago else "")


def _given(row: Support, found: Whereabouts, priorities: Sequence[Priority]) -> GivenRow:
    then = progress(found.progress.area, found.progress.evidence, approach(), row.on).phase
    open_then = [
        each.title
        for each in priorities
        if each.chosen_on <= row.on and (each.closed_on is None or row.on < each.closed_on)
    ]
    return GivenRow(
        short_day(row.on),
        found.area.name,
        address_of(found.area, "support"),
        f"{Support.Kind(row.kind).label}, {_days(row)}: {row.purpose}",
        then.name if then else "Before the first step",
        "; ".join(open_then) or "None chosen",
    )

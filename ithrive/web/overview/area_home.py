"""The home page of one area: where we are, what is due, what changed, what is next. One screen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ithrive.areas.timeline import plain_day
from ithrive.framework.approach import approach
from ithrive.implementation import Due, Happening, StepProgress, what_changed, what_is_due
from ithrive.implementation.news import About, actions_due, from_actions, from_evidence, from_posts
from ithrive.web.areas.models import Support
from ithrive.web.areas.presenters.support import plain_days
from ithrive.web.implementation.models import Post, Priority
from ithrive.web.implementation.values import as_planned, as_post
from ithrive.web.overview.area_steps import alert_of, where_it_is
from ithrive.web.overview.like_it import beside_in_steps, beside_in_time, short_day
from ithrive.web.overview.whereabouts import Whereabouts

AHEAD = timedelta(weeks=8)
BACK = timedelta(days=30)
MOST_DUE, MOST_CHANGES, MOST_BEFORE = 8, 10, 3
ABOUT = {
    About.STEP: "Step",
    About.ROUND: "Round",
    About.RETURN: "Return",
    About.PERSON: "People",
    About.PRIORITY: "Priority",
    About.ACTION: "Action",
    About.SUPPORT: "Support",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """What an area's records tell, apart from its progress. `due` and `news`: of its rounds and returns."""

    priorities: Sequence[Priority]
    posts: Sequence[Post]
    support: Sequence[Support]  # the latest first
    due: Sequence[Due]
    news: Sequence[Happening]
    plan: str  # where its plan is


@dataclass(frozen=True, slots=True)
class DueShown:
    on: str
    what: str
    who: str
    overdue: bool
    path: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    on: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """One phase as a row: reached and to reach, and whether the area is in it."""

    name: str
    reached: int
    counted: int
    standing: str
    here: bool


@dataclass(frozen=True, slots=True)
class NextShown:
    name: str
    code: str
    phase: str
    purpose: str
    why: str
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeShown:
    """`outside`: the area never took part, and no step is recorded. Nothing of the Approach is asked of it:
    it may be one that others are compared with.
    """

    sentence: str
    outside: bool
    beside: tuple[str, ...]
    phases: tuple[PhaseBar, ...]
    alert: str
    warnings: tuple[str, ...]
    due: tuple[DueShown, ...]
    due_sentence: str
    more_due: int
    since: str
    changes: tuple[ChangeShown, ...]
    more_changes: int
    next: NextShown | None
    support: str


def home_shown(found: Whereabouts, happened: Happened, *, looked: date | None, today: date) -> HomeShown:
    """`looked`: the day on which the reader last looked, None where that is not known."""
    since = looked or today - BACK
    due = what_is_due(happened.due, _of_the_plan(happened, today), until=today + AHEAD)
    happenings = _happenings(found, happened)
    changes = what_changed(happenings, since, today)
    # Where nothing is new, the last that happened reminds of where people stopped.
    told = changes or what_changed(happenings, date.min, today)[:MOST_BEFORE]
    phase = found.progress.phase
    outside = found.standing.never_took_part and phase is None
    beside = (beside_in_steps(found.progress, found.alike), _in_time(found) if phase else "")
    return HomeShown(
        sentence="This area does not take part in the programme." if outside else where_it_is(found),
        outside=outside,
        beside=tuple(filter(None, beside)),
        phases=() if outside else tuple(_bars(found)),
        alert=alert_of(found),
        warnings=tuple(each.sentence for each in found.attention.warnings),
        due=tuple(_due(each, today) for each in due[:MOST_DUE]),
        due_sentence=_due_sentence(due, today),
        more_due=max(0, len(due) - MOST_DUE),
        since=_since(looked, changes, told),
        changes=tuple(ChangeShown(short_day(e.on), ABOUT[e.about], e.text) for e in told[:MOST_CHANGES]),
        more_changes=max(0, len(changes) - MOST_CHANGES),
        next=None if outside else _next(found),
        support=_support(happened.support),
    )


def _happenings(found: Whereabouts, happened: Happened) -> list[Happening]:
    """Rounds and actions speak for themselves, so of evidence only what people stated is told again."""
    stated = [each for each in found.progress.evidence if each.kind == "stated"]
    return [
        *from_evidence(stated, approach()),
        *from_posts(map(as_post, happened.posts)),
        *_decided(happened.priorities),
        *(Happening(row.on, About.SUPPORT, _given(row)) for row in happened.support),
        *happened.news,
    ]


def _decided(priorities: Iterable[Priority]) -> Iterator[Happening]:
    """Priorities chosen and closed, and what was done for them, closed since or not."""
    for row in priorities:
        yield Happening(row.chosen_on, About.PRIORITY, f"Chosen: {row.title} ({row.chosen_because})")
        if row.closed_on:
            yield Happening(row.closed_on, About.PRIORITY, f"Closed: {row.title} ({row.closed_because})")
        yield from from_actions(map(as_planned, row.actions.all()))


def _of_the_plan(happened: Happened, today: date) -> Iterator[Due]:
    """Actions of priorities that are still open; each is seen to in the plan."""
    for row in happened.priorities:
        if row.closed_on is None:
            due = actions_due(map(as_planned, row.actions.all()), today)
            yield from (replace(each, path=f"{happened.plan}#priority-{row.pk}") for each in due)


def _in_time(found: Whereabouts) -> str:
    phase = found.progress.phase
    return beside_in_time(phase, found.alike) if phase else ""


def _bars(found: Whereabouts) -> Iterable[PhaseBar]:
    now = found.progress.phase
    for phase in found.progress.phases:
        standing = "Finished" if phase.finished else "Open" if phase.open else "Not begun"
        here = now is not None and now.code == phase.code
        yield PhaseBar(phase.name, phase.reached, len(phase.steps) - phase.skipped, standing, here)


def _since(looked: date | None, changes: Sequence[Happening], told: Sequence[Happening]) -> str:
    when = f"Since you last looked, on {plain_day(looked)}" if looked else "In the last 30 days"
    if changes:
        return f"{when}:"
    return f"{when}, nothing." + (" The last before that:" if told else "")


def _due(due: Due, today: date) -> DueShown:
    return DueShown(short_day(due.on), due.what, due.who, due.overdue(today), due.path)


def _due_sentence(due: Sequence[Due], today: date) -> str:
    if not due:
        return "Nothing is due in the next eight weeks."
    late = sum(each.overdue(today) for each in due)
    said = [f"{late} overdue"] if late else []
    said += [f"{len(due) - late} due in the next eight weeks"] if late < len(due) else []
    return f"{', '.join(said)}."


def _next(found: Whereabouts) -> NextShown | None:
    following = found.attention.next_step
    step = approach().step(following.code) if following else None
    phase = approach().phase_of(following.code) if following else None
    if following is None or step is None or phase is None:
        return None
    why = _why(found, following)
    return NextShown(step.name, step.code, phase.code, step.purpose, why, step.outputs)


def _why(found: Whereabouts, following: StepProgress) -> str:
    latest = found.progress.latest
    if latest is None:
        return "It is the first step of the Approach."
    if following.code == latest.step:
        return f"You were last at work on it on {plain_day(latest.on)}, and it is not reached yet."
    last = approach().step(latest.step)
    if last and following.code in last.usual_next:
        return f"It usually follows “{last.name}”, where you were last at work on {plain_day(latest.on)}."
    return "It is the first step on the usual way that is not settled yet."


def _support(support: Sequence[Support]) -> str:
    if not support:
        return "No support is recorded yet."
    last = support[0]
    return f"Last on {plain_day(last.on)}: {_given(last)}"


def _given(row: Support) -> str:
    days = "1 day" if row.days == 1 else f"{plain_days(row.days)} days"
    return f"{Support.Kind(row.kind).label} by {row.given_by} ({days}): {row.purpose}"

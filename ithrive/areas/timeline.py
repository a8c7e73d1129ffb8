"""An area's roles one after another: what may follow what, and what a new role would change.

There are two tracks. What the programme knows (accelerator, member, paused, left) is one; being a
comparison site is the other, known to evaluators alone. Roles of one track never overlap; the tracks
never look at each other, except that an evaluator is told when a comparison site has joined
(docs/decisions/0002-comparison-is-confidential.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ithrive.areas.membership import COUNTED, MemberRole, Membership

PUBLIC_ROLES = frozenset(MemberRole) - {MemberRole.COMPARISON}
# A joining day agreed beforehand may be recorded, but not a wish.
PLANNED_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Life:
    """When an area existed, as the reasons below say it. `starts` None: as far back as is known."""

    name: str
    starts: date | None = None
    ends: date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One change to one area's roles: begun (no before), corrected or ended (both)."""

    before: Membership | None
    after: Membership


def plain_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def in_words(membership: Membership) -> str:
    """ "member from 1 May 2016 to 1 April 2021"; an end is the first day on which it no longer held."""
    since = f" from {plain_day(membership.starts)}" if membership.starts else ""
    until = f" to {plain_day(membership.ends)}" if membership.ends else ""
    return f"{membership.role}{since}{until}" if since or until else f"{membership.role}, start not known"


def same_track(one: Membership, other: Membership) -> bool:
    return (one.role is MemberRole.COMPARISON) == (other.role is MemberRole.COMPARISON)


def overlaps(one: Membership, other: Membership) -> bool:
    """Whether two roles share a day. An unknown start reaches back as far as anyone asks."""
    return _before(one.starts, other.ends) and _before(other.starts, one.ends)


def _before(starts: date | None, ends: date | None) -> bool:
    return starts is None or ends is None or starts < ends


def why_not_dates(new: Membership, life: Life, today: date) -> str | None:
    """The reason why a role cannot have these days, or None if it can."""
    if new.starts and new.ends and new.ends <= new.starts:
        return "The end must be after the start."
    if new.starts is None and new.role is MemberRole.COMPARISON:
        return "Give the day on which it became a comparison site."
    if any(day and day > today + PLANNED_AHEAD for day in (new.starts, new.ends)):
        return "A day may lie at most 12 months ahead."
    return _why_not_in_life(new, life)


def _why_not_in_life(new: Membership, life: Life) -> str | None:
    if life.starts and new.starts and new.starts < life.starts:
        return f"{life.name} did not exist before {plain_day(life.starts)}."
    if life.ends and new.starts and new.starts >= life.ends:
        return f"{life.name} ended on {plain_day(life.ends)}{_became(life)}."
    return None


def _became(life: Life) -> str:
    return f" and became {' and '.join(life.successors)}. Record the role there" if life.successors else ""


def why_not_begin(existing: Iterable[Membership], new: Membership, life: Life, today: date) -> str | None:
    """The reason why an area cannot begin a role, or None if it can. A role still open does not stand
    in the way: it ends on the day on which the new one starts."""
    reason = why_not_dates(new, life, today)
    if reason:
        return reason
    alike = [each for each in existing if same_track(each, new)]
    held = current(alike, new)
    if held and held.role is new.role:
        return f"It has that role already: {in_words(held)}. Correct that role instead."
    if new.role is MemberRole.COMPARISON and _takes_part(existing, new.starts):
        return "It takes part in the programme on that day, so it cannot become a comparison site."
    return why_not_beside([each for each in alike if each != held], new)


def why_not_beside(others: Iterable[Membership], new: Membership) -> str | None:
    """The reason why a role cannot stand beside an area's others, or None if it can."""
    for other in others:
        if same_track(other, new) and overlaps(other, new):
            return f"It would overlap with another role: {in_words(other)}. Correct one of them first."
    return None


def _takes_part(existing: Iterable[Membership], day: date | None) -> bool:
    return any(each.role in COUNTED and day is not None and each.holds_on(day) for each in existing)


def current(alike: Iterable[Membership], new: Membership) -> Membership | None:
    """The open role of the same track which a new role would end on its start day."""
    for each in alike:
        if each.ends is None and new.starts and (each.starts is None or each.starts < new.starts):
            return each
    return None


def begun(existing: Iterable[Membership], new: Membership) -> tuple[Step, ...]:
    """What beginning a role changes: the current role's end, and the role itself."""
    held = current([each for each in existing if same_track(each, new)], new)
    ended = (Step(held, replace(held, ends=new.starts)),) if held else ()
    return (*ended, Step(None, new))


def joined_while_comparison(memberships: Sequence[Membership]) -> date | None:
    """The first day on which a comparison site took part in the programme, so that its figures no
    longer show what happens without it; None if it never did."""
    days = [
        max(site.starts or date.min, other.starts or date.min)
        for site in memberships
        if site.role is MemberRole.COMPARISON
        for other in memberships
        if other.role in COUNTED and overlaps(site, other)
    ]
    return min(days, default=None)

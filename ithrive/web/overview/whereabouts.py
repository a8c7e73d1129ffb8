"""Where areas are: their progress, how they seem, and when somebody last heard of them. For any number of
areas the queries are the same few, and only areas like one that is asked about are worked out beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from ithrive.areas.membership import COUNTED, MemberRole
from ithrive.framework.approach import approach
from ithrive.implementation import (
    Attention,
    Evidence,
    Post,
    Progress,
    Situation,
    attention,
    begun_within,
    no_lead_since,
    progress,
    rhythm,
    usual,
)
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Round
from ithrive.web.implementation import queries
from ithrive.web.implementation.values import area_key, as_post
from ithrive.web.overview import rounds

# Areas like one are the members that began within a year of it, before or after: the same two years.
LIKE_IT_WEEKS = 52
ON_THE_BOARD = COUNTED | {MemberRole.PAUSED}


@dataclass(frozen=True, slots=True)
class Standing:
    """An area's public role today, and since when it has taken part."""

    role: MemberRole | None = None
    joined: date | None = None

    @property
    def never_took_part(self) -> bool:
        return self.role is None and self.joined is None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one area is today. `alike` are the areas like it: for figures of them together, never one."""

    area: LocalArea
    standing: Standing
    progress: Progress
    attention: Attention
    alike: tuple[Progress, ...]
    last_contact: date | None
    last_round: date | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is on record of many areas, by number."""

    standings: Mapping[int, Standing]
    evidence: Mapping[str, list[Evidence]]
    posts: Mapping[int, list[Post]]
    rounds: Mapping[int, list[Round]]
    contacts: Mapping[int, date]


def whereabouts(areas: Iterable[LocalArea], today: date) -> list[Whereabouts]:
    """Where these areas are today, in the order given."""
    asked = list(areas)
    standings = _standings(today)
    numbers = {area.pk for area in asked}
    members = {number for number, each in standings.items() if each.role in ON_THE_BOARD}
    beside = members if members <= numbers else _began_about_then(members, numbers, today)
    known = _known(standings, beside | numbers, today)
    went = {number: _progress(number, known, today) for number in beside | numbers}
    others = [went[number] for number in sorted(beside)]
    return [_whereabouts(area, known, went[area.pk], others, today) for area in asked]


def members(today: date) -> list[int]:
    """The numbers of the areas on the board: those that take part, and those that pause."""
    return [number for number, each in _standings(today).items() if each.role in ON_THE_BOARD]


def _began_about_then(members: set[int], asked: set[int], today: date) -> set[int]:
    """The members that can be like one of the areas asked about: the rule of `begun_within`, from first
    days alone, so that the evidence of the others is never read."""
    first = dict(queries.first_dated(members | asked, today))
    for number, day in rounds.first_dated(members | asked, today).items():
        first[number] = min(day, first.get(number, day))
    days = {first[number] for number in asked if number in first}
    near = timedelta(weeks=LIKE_IT_WEEKS)
    return {each for each in members if each in first and any(abs(first[each] - day) <= near for day in days)}


def _standings(today: date) -> dict[int, Standing]:
    """Public roles alone: that an area is a comparison site plays no part here."""
    found: dict[int, Standing] = {}
    memberships = rounds.programmes_view(today).memberships().order_by("area", "starts", "pk")
    for row in memberships.select_related(None):
        if row.role == MemberRole.COMPARISON or (row.starts and row.starts > today):
            continue
        before = found.get(row.area_id, Standing())
        role = MemberRole(row.role) if row.ends is None or row.ends > today else before.role
        joined = before.joined or (row.starts if row.role in COUNTED else None)
        found[row.area_id] = Standing(role, joined)
    return found


def _known(standings: Mapping[int, Standing], numbers: set[int], today: date) -> _Known:
    held = rounds.rounds_in(numbers, today)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for each in queries.dated_evidence(numbers):
        evidence[each.area].append(each)
    for number, found in held.items():
        evidence[area_key(number)] += rounds.evidence(found)
    posts: dict[int, list[Post]] = defaultdict(list)
    for row in queries.posts_in(numbers):
        posts[row.area_id].append(as_post(row))
    support = rounds.programmes_view(today).support().filter(area__in=numbers, on__lte=today)
    contacts = support.order_by().values_list("area").annotate(Max("on"))
    return _Known(standings, evidence, posts, held, dict(contacts))


def _progress(number: int, known: _Known, today: date) -> Progress:
    key = area_key(number)
    return progress(key, known.evidence.get(key, ()), approach(), today)


def _whereabouts(
    area: LocalArea, known: _Known, went: Progress, others: Iterable[Progress], today: date
) -> Whereabouts:
    standing = known.standings.get(area.pk, Standing())
    alike = begun_within(others, went, LIKE_IT_WEEKS)
    held = known.rounds.get(area.pk, [])
    situation = Situation(
        area.name,
        went,
        since=standing.joined,
        taking_part=standing.role in COUNTED,
        no_lead_since=no_lead_since(known.posts.get(area.pk, ()), today, standing.joined),
        rounds_overdue=rounds.overdue(held, today),
        last_contact=known.contacts.get(area.pk),
    )
    seems = attention(situation, approach(), usual(rhythm(alike, approach())))
    last = (known.contacts.get(area.pk), rounds.last_signed_off(held))
    return Whereabouts(area, standing, went, seems, alike, *last)

"""How coverage changed between two days, and through which areas.

Both days are worked out on one geography and one population, so that only membership can move the
figure. Being a comparison site plays no part: an area that was one joins or leaves like any other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ithrive.areas.ages import AgeBand
from ithrive.areas.coverage.members import MemberPlace, codes_by_geography, member_place
from ithrive.areas.coverage.on_a_day import coverage, covered_people
from ithrive.areas.coverage.territory import Territory
from ithrive.areas.coverage.values import Coverage
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import COUNTED, MemberRole, Membership
from ithrive.problems import BadInput, Problem

LocalAreaKey = tuple[str, str]  # kind and code
Standing = tuple[MemberPlace, ...]  # the memberships that one local area holds on a day


class Reason(StrEnum):
    """Why an area moved, in the order in which the moves are counted."""

    LEFT = "left"
    ROLE = "role changed"
    REDRAWN = "boundary changed"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Move:
    """One area's part in the change. `people` is what its move added to those covered, or took away.

    Roles are None where the area had none. Moves are counted one after another, so that people who
    lived in a member area both before and after add nothing.
    """

    kind: str
    code: str
    name: str
    reason: Reason
    before: MemberRole | None
    after: MemberRole | None
    people: int


@dataclass(frozen=True)
class CoverageChange:
    """Coverage on two days, and the moves between them. The moves' people sum to the change exactly."""

    before: Coverage
    after: Coverage
    moves: tuple[Move, ...]

    @property
    def people(self) -> int:
        return self.after.covered - self.before.covered

    @property
    def share(self) -> float:
        """The change in the share covered (0.05 is five percentage points)."""
        return self.after.share - self.before.share

    @property
    def people_by_reason(self) -> dict[Reason, int]:
        return {reason: sum(move.people for move in self.moves if move.reason is reason) for reason in Reason}


def coverage_change(
    gazetteer: Gazetteer,
    memberships: Iterable[Membership],
    *,
    since: date,
    on: date,
    ages: AgeBand,
    geography: str | None = None,
    mid_year: int | None = None,
) -> CoverageChange:
    """What changed from `since` to `on`, on the geography and the population of `on`. Raises BadInput."""
    if since > on:
        what = f"{since} is later than {on}."
        raise BadInput(Problem("Change since", what, "Give the earlier day first."))
    known = [each for each in memberships if each.role is not MemberRole.COMPARISON]
    after = coverage(gazetteer, known, on=on, ages=ages, geography=geography, mid_year=mid_year)
    key, year = after.geography.key, after.mid_year
    before = coverage(gazetteer, known, on=since, ages=ages, geography=key, mid_year=year)
    territory = Territory(gazetteer, key, ages, year)
    moves = _moves(territory, _standings(gazetteer, known, since), _standings(gazetteer, known, on))
    return CoverageChange(before, after, tuple(moves))


def _standings(
    gazetteer: Gazetteer, memberships: Iterable[Membership], day: date
) -> dict[LocalAreaKey, Standing]:
    found: dict[LocalAreaKey, list[MemberPlace]] = {}
    for membership in memberships:
        if membership.holds_on(day):
            member = member_place(gazetteer, membership)
            found.setdefault(member.local_area, []).append(member)
    # Should roles overlap, the one that counts comes first, as in coverage itself.
    return {
        key: tuple(sorted(members, key=lambda member: member.membership.role not in COUNTED))
        for key, members in found.items()
    }


def _moves(
    territory: Territory, before: dict[LocalAreaKey, Standing], after: dict[LocalAreaKey, Standing]
) -> Iterator[Move]:
    def order(key: LocalAreaKey) -> tuple[int, LocalAreaKey]:
        return list(Reason).index(_reason(before.get(key, ()), after.get(key, ()))), key

    changed = (key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    now, covered = dict(before), _covered(territory, before)
    for key in sorted(changed, key=order):
        was, will_be = before.get(key, ()), after.get(key, ())
        now[key], so_far = will_be, covered
        covered = _covered(territory, now)
        if covered != so_far or (_counted(was + will_be) and _role(was) != _role(will_be)):
            yield _move(key, was, will_be, covered - so_far)


def _move(key: LocalAreaKey, was: Standing, will_be: Standing, people: int) -> Move:
    name = (will_be or was)[0].place.name
    return Move(*key, name, _reason(was, will_be), _role(was), _role(will_be), people)


def _reason(was: Standing, will_be: Standing) -> Reason:
    before, after = _role(was), _role(will_be)
    if before == after:
        return Reason.REDRAWN
    if after in (None, MemberRole.LEFT):
        return Reason.LEFT
    if before in (None, MemberRole.LEFT):
        return Reason.JOINED
    return Reason.ROLE


def _role(standing: Standing) -> MemberRole | None:
    return standing[0].membership.role if standing else None


def _counted(standing: Standing) -> Standing:
    return tuple(member for member in standing if member.membership.role in COUNTED)


def _covered(territory: Territory, standings: dict[LocalAreaKey, Standing]) -> int:
    counted = (member for standing in standings.values() for member in _counted(standing))
    reached = territory.reached(codes_by_geography(counted))
    people = territory.population.people
    return sum(covered_people(people[code], found.at_least) for code, found in reached.items())

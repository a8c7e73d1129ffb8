"""Which place a membership means: a code may be of any kind and any vintage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.lineage import geography_named
from ithrive.areas.membership import COUNTED, Membership
from ithrive.areas.places import Geography, Place
from ithrive.problems import BadInput, Problem


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """A membership and the place it is about, in the geography that says how far it reaches."""

    membership: Membership
    geography: Geography
    place: Place

    @property
    def local_area(self) -> tuple[str, str]:
        """The lasting area: its kind and code."""
        return self.geography.kind, self.place.code


def member_place(gazetteer: Gazetteer, membership: Membership) -> MemberPlace:
    """The place that a membership means.

    It is the place as it stood in the geography of its kind that held on the day the membership
    started; where that day is not known or the area did not exist on it, in the earliest geography
    that has the code. Raises BadInput for an unknown kind or code, suggesting the nearest.
    """
    having = _geographies_having(gazetteer, membership)
    if not having:
        raise BadInput(_unknown(gazetteer, membership))
    starts = membership.starts
    held = [each for each in having if starts and each.holds_on(starts)]
    geography = (held or having)[0]
    return MemberPlace(membership, geography, gazetteer.places_by_geography[geography.key][membership.code])


def members_on(gazetteer: Gazetteer, memberships: Iterable[Membership], day: date) -> tuple[MemberPlace, ...]:
    """The member areas counted on a day, each place once. Raises BadInput naming every unknown code."""
    found: dict[tuple[str, str], MemberPlace] = {}
    problems: list[Problem] = []
    for membership in memberships:
        if membership.role in COUNTED and membership.holds_on(day):
            try:
                member = member_place(gazetteer, membership)
                found.setdefault((member.geography.key, member.place.code), member)
            except BadInput as refusal:
                problems.extend(refusal.problems)
    if problems:
        raise BadInput(problems)
    return tuple(found[key] for key in sorted(found))


def codes_by_geography(members: Iterable[MemberPlace]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for member in members:
        found.setdefault(member.geography.key, set()).add(member.place.code)
    return found


def _geographies_having(gazetteer: Gazetteer, membership: Membership) -> list[Geography]:
    """Those of its kind (of any, where it gives none) that have the code, earliest first."""
    having = (
        geography
        for geography in gazetteer.geographies
        if membership.kind in ("", geography.kind)
        and membership.code in gazetteer.places_by_geography[geography.key]
    )
    return sorted(having, key=lambda geography: geography.starts)


def _unknown(gazetteer: Gazetteer, membership: Membership) -> Problem:
    kind, code = membership.kind, membership.code
    if kind and kind not in gazetteer.kinds:
        mend = f"Use one of {', '.join(gazetteer.kinds)}, or leave it empty."
        return Problem(f"Member {code}", f"“{kind}” is not a kind of area.", mend)
    of_kind = f" for a {kind}" if kind else ""
    what = f"no area of {gazetteer.country.name} has the code “{code}”{of_kind}."
    return Problem(f"Member {code}", what, _suggestion(gazetteer, kind, code))


def _suggestion(gazetteer: Gazetteer, kind: str, code: str) -> str:
    names = {place.code: place.name for place in gazetteer.places if kind in ("", _kind(gazetteer, place))}
    for place in gazetteer.places:
        if place.ods_code and place.ods_code == code and place.code in names:
            return f"{code} is the ODS code of {place.name}: write {place.code}."
    near = get_close_matches(code, names, n=3, cutoff=0.75)
    if near:
        return f"Did you mean {' or '.join(f'{each} ({names[each]})' for each in near)}?"
    return "Check the code, or load the geography that has it."


def _kind(gazetteer: Gazetteer, place: Place) -> str:
    return geography_named(gazetteer, place.geography).kind

"""An area's kin: what it was before, what it became, and which areas of other kinds share its people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.places import Geography


@dataclass(frozen=True, slots=True)
class Relative:
    """Another area, and the share of the people of each (0 to 1) that live in both."""

    geography: Geography
    code: str
    share_of_this: float
    share_of_that: float
    basis: str


@dataclass(frozen=True, slots=True)
class Kin:
    """The relatives of one area, those with most of its people first. `beside` is by kind of area."""

    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    beside: Mapping[str, tuple[Relative, ...]]


def kin_of(gazetteer: Gazetteer, kind: str, code: str) -> Kin:
    """The relatives of one local area; empty where no geography has it."""
    standings = [
        geography
        for geography in sorted(gazetteer.geographies, key=lambda each: each.starts)
        if geography.kind == kind and code in gazetteer.places_by_geography[geography.key]
    ]
    if not standings:
        return Kin((), (), {})
    first, last = standings[0], standings[-1]
    return Kin(
        before=_relatives(gazetteer, first, code, _followed(gazetteer, first)),
        after=_relatives(gazetteer, last, code, _followers(gazetteer, last)),
        beside=_beside(gazetteer, last, code),
    )


def follows(later: Geography, earlier: Geography) -> bool:
    """Whether one geography took the place of another: as it says itself, or by kind and day."""
    if later.follows:
        return later.follows == earlier.key
    return later.kind == earlier.kind and later.starts == earlier.ends


def _followed(gazetteer: Gazetteer, later: Geography) -> list[Geography]:
    return [earlier for earlier in gazetteer.geographies if follows(later, earlier)]


def _followers(gazetteer: Gazetteer, earlier: Geography) -> list[Geography]:
    return [later for later in gazetteer.geographies if follows(later, earlier)]


def _beside(gazetteer: Gazetteer, here: Geography, code: str) -> dict[str, tuple[Relative, ...]]:
    """Relatives in the latest linked geography of each other kind that held at the same time."""
    found: dict[str, tuple[Relative, ...]] = {}
    for other in sorted(gazetteer.geographies, key=lambda each: each.starts):
        if other.kind != here.kind and _meet(here, other):
            near = _relatives(gazetteer, here, code, [other])
            if near:
                found[other.kind] = near
    return found


def _meet(one: Geography, other: Geography) -> bool:
    return (one.ends is None or other.starts < one.ends) and (other.ends is None or one.starts < other.ends)


def _relatives(
    gazetteer: Gazetteer, here: Geography, code: str, others: Iterable[Geography]
) -> tuple[Relative, ...]:
    """The areas of other geographies that a recorded link joins to this one, whichever way it was written."""
    found: dict[tuple[str, str], Relative] = {}
    for other in others:
        for link in gazetteer.links_between.get((here.key, other.key), ()):
            if link.from_code == code:
                relative = Relative(other, link.to_code, link.share_of_from, link.share_of_to, link.basis)
                found[other.key, link.to_code] = relative
        for link in gazetteer.links_between.get((other.key, here.key), ()):
            if link.to_code == code:
                relative = Relative(other, link.from_code, link.share_of_to, link.share_of_from, link.basis)
                found[other.key, link.from_code] = relative
    return tuple(sorted(found.values(), key=lambda each: (-each.share_of_this, each.code)))

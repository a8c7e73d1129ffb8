"""The areas that share people with one: what it was, what it became, what it overlaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.places import Geography, LocalArea


@dataclass(frozen=True, slots=True)
class Relative:
    """Another area that shares people with this one."""

    geography: Geography
    code: str
    share_of_this: float
    share_of_that: float


@dataclass(frozen=True, slots=True)
class Lineage:
    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    overlaps: Mapping[str, tuple[Relative, ...]]


def lineage_of(gazetteer: Gazetteer, area: LocalArea) -> Lineage:
    relatives = list(_relatives_of(gazetteer, area))
    before = [each for each in relatives if each.geography.ends and each.geography.ends <= area.starts]
    after = [each for each in relatives if area.ends and area.ends <= each.geography.starts]
    beside: dict[str, list[Relative]] = {}
    for each in relatives:
        if each not in before and each not in after and each.geography.kind != area.kind:
            beside.setdefault(each.geography.kind, []).append(each)
    return Lineage(
        before=_of_latest(before),
        after=_of_earliest(after),
        overlaps={kind: _of_latest(found) for kind, found in beside.items()},
    )


def _of_latest(relatives: Sequence[Relative]) -> tuple[Relative, ...]:
    day = max((each.geography.starts for each in relatives), default=None)
    return _of_geography_from(relatives, day)


def _of_earliest(relatives: Sequence[Relative]) -> tuple[Relative, ...]:
    day = min((each.geography.starts for each in relatives), default=None)
    return _of_geography_from(relatives, day)


def _of_geography_from(relatives: Sequence[Relative], day: date | None) -> tuple[Relative, ...]:
    """Those of the geography that began on a day, most people first."""
    near = (each for each in relatives if each.geography.starts == day)
    return tuple(sorted(near, key=lambda each: -each.share_of_this))


def _relatives_of(gazetteer: Gazetteer, area: LocalArea) -> Iterable[Relative]:
    """Everything linked to the area in any geography that has it, once each."""
    own = {
        each.key
        for each in gazetteer.geographies
        if each.kind == area.kind and area.code in gazetteer.places_by_geography[each.key]
    }
    found: dict[tuple[str, str], Relative] = {}
    for (start, end), links in gazetteer.links_between.items():
        if start in own and end not in own:
            geography = gazetteer.geography_by_key[end]
            for link in links:
                if link.from_code == area.code:
                    found[end, link.to_code] = Relative(
                        geography, link.to_code, link.share_of_from, link.share_of_to
                    )
        elif end in own and start not in own:
            geography = gazetteer.geography_by_key[start]
            for link in links:
                if link.to_code == area.code:
                    found[start, link.from_code] = Relative(
                        geography, link.from_code, link.share_of_to, link.share_of_from
                    )
    return found.values()

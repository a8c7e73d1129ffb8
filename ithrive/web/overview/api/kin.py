"""An area's relations: what it came from, what it became, and what larger areas it lies in."""

from collections.abc import Iterator
from dataclasses import dataclass

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.places import Geography


@dataclass(frozen=True, slots=True)
class Relation:
    """Another area, and how much of the people of each is shared. `on` is the geography of the other."""

    kind: str
    code: str
    name: str
    geography: str
    share_of_this: float
    share_of_other: float
    basis: str


@dataclass(frozen=True, slots=True)
class Kin:
    predecessors: tuple[Relation, ...]
    successors: tuple[Relation, ...]
    lies_in: tuple[Relation, ...]


def kin(gazetteer: Gazetteer, kind: str, code: str) -> Kin:
    """The relations of one local area, each list with the largest share first."""
    before, after, around = list[Relation](), list[Relation](), list[Relation]()
    for mine, other, relation in _relations(gazetteer, kind, code):
        if other.kind == kind and relation.code != code:
            if other.starts == mine.ends:
                after.append(relation)
            elif other.ends == mine.starts:
                before.append(relation)
        elif _larger(gazetteer, other, mine) and _meet(mine, other):
            around.append(relation)
    return Kin(_ordered(before), _ordered(after), _ordered(around))


def _relations(gazetteer: Gazetteer, kind: str, code: str) -> Iterator[tuple[Geography, Geography, Relation]]:
    """Every link of the area, seen from the area: its geography, the other's, and the other."""
    of = gazetteer.geography_by_key
    for link in gazetteer.links:
        ends = (
            (link.from_geography, link.from_code, link.share_of_from),
            (link.to_geography, link.to_code, link.share_of_to),
        )
        for (here, this, mine), (there, other, theirs) in (ends, ends[::-1]):
            if this == code and of[here].kind == kind:
                name = gazetteer.places_by_geography[there][other].name
                relation = Relation(of[there].kind, other, name, there, mine, theirs, link.basis)
                yield of[here], of[there], relation


def _larger(gazetteer: Gazetteer, other: Geography, mine: Geography) -> bool:
    of = gazetteer.places_by_geography
    return other.kind != mine.kind and len(of[other.key]) < len(of[mine.key])


def _meet(one: Geography, other: Geography) -> bool:
    return (one.ends is None or other.starts < one.ends) and (other.ends is None or one.starts < other.ends)


def _ordered(relations: list[Relation]) -> tuple[Relation, ...]:
    return tuple(sorted(set(relations), key=lambda each: (each.kind, each.geography, -each.share_of_this)))

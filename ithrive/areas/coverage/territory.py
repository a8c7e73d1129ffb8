"""How much of each area of a geography lies within member areas, whatever vintage those are given in.

Member areas of one geography never overlap, so their parts add up. Between geographies they may: an
area and the successor that swallowed it, a council and the board around it. Nobody is counted twice.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import fsum

from ithrive.areas.ages import AgeBand
from ithrive.areas.crossings import Crossing
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.lineage import crossing
from ithrive.areas.populations import PopulationEstimate, populations

# Shares are floating point: an area whose parts within members add up to this much lies within them.
WHOLE = 1 - 1e-9

Members = Mapping[str, Collection[str]]  # geography -> codes of member areas in it


@dataclass(frozen=True, slots=True)
class Reached:
    """The share of one area's people that lives within member areas, between two bounds.

    They are equal unless areas of different geographies overlap in a way that no lineage tells.
    `parts` gives the share that each member area, by (geography, code), makes up of it: they sum to
    the share reached, or to more where members overlap.
    """

    at_least: float
    at_most: float
    parts: dict[tuple[str, str], float]


NOT_REACHED = Reached(0.0, 0.0, {})


@dataclass(frozen=True)
class Territory:
    """One geography with its people, on which members of any other can be laid."""

    gazetteer: Gazetteer
    geography: str
    ages: AgeBand
    mid_year: int

    @cached_property
    def population(self) -> PopulationEstimate:
        return populations(self.gazetteer, self.geography, self.ages, self.mid_year)

    def way_from(self, source: str) -> Crossing:
        return crossing(self.gazetteer, source, self.geography)

    def without_swallowed(self, members: Members) -> dict[str, set[str]]:
        """The members less those that lie wholly within members of another geography.

        In one order, however the members come: which of two may go depends on which was looked at first.
        """
        left = {source: set(codes) for source, codes in members.items() if codes}
        for source in sorted(left):
            for other in left.keys() - {source}:
                onward = crossing(self.gazetteer, source, other).onward
                left[source] -= {
                    code
                    for code in left[source]
                    if fsum(part.share_of_from for part in onward[code] if part.to_code in left[other])
                    >= WHOLE
                }
        return {source: codes for source, codes in left.items() if codes}

    def reached(self, members: Members) -> dict[str, Reached]:
        """By code of this geography, what members reach of it."""
        kept = self.without_swallowed(members)
        return {code: self._reached_of(code, members, kept) for code in self.population.people}

    def _reached_of(self, code: str, members: Members, kept: Members) -> Reached:
        claims = self._claims(code, members)
        if not claims:
            return NOT_REACHED
        apart = self._claims(code, kept)
        together = _share(fsum(share for shares in apart.values() for share in shares.values()))
        if self._apart(apart):
            return Reached(together, together, _parts(apart))
        # The members of one geography may together reach further than those of them that are kept.
        furthest = _share(max(fsum(shares.values()) for shares in claims.values()))
        return Reached(furthest, max(furthest, together), _parts(claims))

    def _claims(self, code: str, members: Members) -> dict[str, dict[str, float]]:
        """By geography and code, the shares of one area's people who live in members."""
        claims: dict[str, dict[str, float]] = {}
        for source, codes in members.items():
            shared = self._shares_of(source)[code]
            mine = shared.keys() & codes
            if mine:
                claims[source] = {each: shared[each] for each in sorted(mine)}
        return claims

    def _apart(self, claims: Mapping[str, Collection[str]]) -> bool:
        """Whether no area of one geography overlaps with one of another."""
        for one, other in combinations(claims, 2):
            onward = crossing(self.gazetteer, one, other).onward
            if any(part.to_code in claims[other] for code in claims[one] for part in onward[code]):
                return False
        return True

    def _shares_of(self, source: str) -> dict[str, dict[str, float]]:
        """By area here, the shares of its people that each area of the source geography makes up."""
        key = ("shares", source, self.geography, self.ages, self.mid_year)
        return self.gazetteer.remembered(key, lambda: dict(self._shares(source)))

    def _shares(self, source: str) -> Iterator[tuple[str, dict[str, float]]]:
        """Of people rather than the recorded shares, so that a merger is exact for every age and year.

        Only where an area has no people of these ages do the recorded shares stand in.
        """
        people = populations(self.gazetteer, source, self.ages, self.mid_year).people
        for code, parts in self.way_from(source).inward.items():
            makeup = {part.from_code: people[part.from_code] * part.share_of_from for part in parts}
            whole = fsum(makeup.values())
            if whole:
                yield code, {each: makeup[each] / whole for each in makeup}
            else:
                yield code, {part.from_code: part.share_of_to for part in parts}


def _share(total: float) -> float:
    """Overlaps may add up to more than everybody, and floating point to a hair less."""
    return 1.0 if total >= WHOLE else total


def _parts(claims: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    return {(source, code): share for source in claims for code, share in claims[source].items()}

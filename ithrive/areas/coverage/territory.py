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
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.lineage import Crossing, crossing
from ithrive.areas.populations import PopulationEstimate, populations

# Shares are floating point: an area whose parts within members add up to this much lies within them.
WHOLE = 1 - 1e-9

Members = Mapping[str, Collection[str]]  # geography -> codes of member areas in it


@dataclass(frozen=True, slots=True)
class Reached:
    """The share of one area's people that lives within member areas, between two bounds.

    They are equal unless areas of different geographies overlap in a way that no lineage tells.
    `parts` gives the share that each member area, by (geography, code), makes up of it.
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
        """The members less those that lie wholly within members of another geography."""
        left = {source: set(codes) for source, codes in members.items() if codes}
        for source in list(left):
            for other in left.keys() - {source}:
                onward = crossing(self.gazetteer, source, other).onward
                left[source] -= {
                    code
                    for code in left[source]
                    if fsum(part.share_of_from for part in onward[code] if part.to_code in left[other])
                    >= WHOLE
                }
        return {source: codes for source, codes in left.items() if codes}

    def reached(self, members: Members, within: Collection[str] | None = None) -> dict[str, Reached]:
        """By code of this geography, what members reach of it; `within` asks for some codes only."""
        kept = self.without_swallowed(members)
        codes = self.population.people if within is None else within
        return {code: self._reached_of(code, kept) for code in codes}

    def _reached_of(self, code: str, members: Mapping[str, set[str]]) -> Reached:
        parts: dict[tuple[str, str], float] = {}
        by_source: dict[str, set[str]] = {}
        shares: list[float] = []
        for source, codes in members.items():
            shared = self._people_of(source)[code]
            mine = shared.keys() & codes
            if not mine:
                continue
            whole = fsum(shared.values())
            by_source[source] = mine
            shares.append(fsum(shared[each] for each in mine) / whole)
            parts |= {(source, each): shared[each] / whole for each in sorted(mine)}
        if not shares:
            return NOT_REACHED
        together = min(1.0, fsum(shares))
        at_least = together if self._apart(by_source) else max(shares)
        at_most = at_least if at_least >= WHOLE else together
        return Reached(at_least, at_most, parts)

    def _apart(self, by_source: Mapping[str, set[str]]) -> bool:
        """Whether no area of one geography overlaps with one of another."""
        for one, other in combinations(by_source, 2):
            onward = crossing(self.gazetteer, one, other).onward
            if any(part.to_code in by_source[other] for code in by_source[one] for part in onward[code]):
                return False
        return True

    def _people_of(self, source: str) -> dict[str, dict[str, float]]:
        """By area here, how its people are made up of those of each area of the source geography."""
        key = ("makeup", source, self.geography, self.ages, self.mid_year)
        return self.gazetteer.remembered(key, lambda: dict(self._makeup(source)))

    def _makeup(self, source: str) -> Iterator[tuple[str, dict[str, float]]]:
        """People rather than the recorded shares, so that a merger is exact for every age and year.

        Only where an area has no people of these ages do the recorded shares stand in.
        """
        people = populations(self.gazetteer, source, self.ages, self.mid_year).people
        for code, parts in self.way_from(source).inward.items():
            makeup = {part.from_code: people[part.from_code] * part.share_of_from for part in parts}
            if not any(makeup.values()):
                makeup = {part.from_code: part.share_of_to for part in parts}
            yield code, makeup

"""Random countries put together from atoms: places so small that no boundary ever cuts through one.

    atoms    a b c d e f
    FINE     1 1 2 3 4 4     areas
    MERGED   1 1 1 2 2 2     areas put together
    TOP      1 1 1 1 1 1     and again
    CROSS    1 2 1 2 1 2     a set of areas that cuts across all of these

Whatever the rules work out can be checked here by counting atoms one by one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from hypothesis import strategies as st

from ithrive.areas.ages import AgeBand
from ithrive.areas.gazetteer import Gazetteer, Link, Population
from ithrive.areas.places import Country, Geography, Place

ALL = AgeBand(0, 2)
YEAR = 2020
NESTED = ("FINE", "MERGED", "TOP")
EVERY = (*NESTED, "CROSS")
CHAIN = (("FINE", "MERGED"), ("MERGED", "TOP"))
DIRECT = tuple(combinations(EVERY, 2))


@dataclass(frozen=True)
class Atoms:
    """People of each atom by age, and the area it lies in, by geography."""

    persons: tuple[tuple[int, int, int], ...]
    areas: dict[str, tuple[int, ...]]

    def code(self, geography: str, atom: int) -> str:
        return f"{geography}-{self.areas[geography][atom]}"

    def within(self, geography: str, codes: Iterable[str]) -> set[int]:
        wanted = set(codes)
        return {atom for atom in range(len(self.persons)) if self.code(geography, atom) in wanted}

    def people(self, atoms: Iterable[int], ages: AgeBand = ALL) -> int:
        return sum(sum(self.persons[atom][ages.youngest : ages.oldest + 1]) for atom in atoms)

    def codes(self, geography: str) -> list[str]:
        return sorted({self.code(geography, atom) for atom in range(len(self.persons))})

    def gazetteer(self, links: Sequence[tuple[str, str]], figures: Iterable[str]) -> Gazetteer:
        """With links for these pairs of geographies, and people for the geographies in `figures`."""
        return Gazetteer(
            country=Country("atomia", "Atomia", fictional=True),
            geographies=tuple(Geography(key, key.lower(), key.title(), date(2015, 4, 1)) for key in EVERY),
            places=tuple(Place(key, code, f"Area {code}") for key in EVERY for code in self.codes(key)),
            links=tuple(link for pair in links for link in self._links(*pair)),
            populations=tuple(population for key in figures for population in self._figures(key)),
        )

    def _links(self, one: str, other: str) -> Iterator[Link]:
        shared: dict[tuple[str, str], int] = defaultdict(int)
        for atom in range(len(self.persons)):
            shared[self.code(one, atom), self.code(other, atom)] += self.people([atom])
        for (near, far), people in shared.items():
            of_near = people / self.people(self.within(one, [near]))
            of_far = people / self.people(self.within(other, [far]))
            yield Link(one, near, other, far, of_near, of_far, "people aged 0 to 2 at mid-2020")

    def _figures(self, geography: str) -> Iterator[Population]:
        for code in self.codes(geography):
            atoms = self.within(geography, [code])
            by_age = tuple(self.people(atoms, AgeBand(age, age)) for age in range(3))
            yield Population(geography, code, YEAR, by_age)


@st.composite
def countries(draw: st.DrawFn) -> Atoms:
    size = draw(st.integers(1, 10))

    def labels(length: int, most: int) -> list[int]:
        return draw(st.lists(st.integers(0, most), min_size=length, max_size=length))

    persons = draw(
        st.lists(
            # At least one person in each atom, so that every share is of somebody.
            st.tuples(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500)),
            min_size=size,
            max_size=size,
        )
    )
    fine, into_merged, into_top = labels(size, 5), labels(6, 3), labels(4, 1)
    merged = [into_merged[each] for each in fine]
    areas = {
        "FINE": tuple(fine),
        "MERGED": tuple(merged),
        "TOP": tuple(into_top[each] for each in merged),
        "CROSS": tuple(labels(size, 3)),
    }
    return Atoms(tuple(persons), areas)


@st.composite
def members_of(draw: st.DrawFn, atoms: Atoms, geographies: Sequence[str]) -> dict[str, set[str]]:
    return {key: draw(st.sets(st.sampled_from(atoms.codes(key)))) for key in geographies}

"""A crossing: how the areas of one geography lie in those of another, as a value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from ithrive.areas.places import Geography


@dataclass(frozen=True, slots=True)
class Part:
    """What two areas have in common, as a share of the people of either (0 to 1)."""

    from_code: str
    to_code: str
    share_of_from: float
    share_of_to: float


@dataclass(frozen=True)
class Crossing:
    """The way from one geography to another: every part, and how it is known.

    `path` names the geographies from first to last; `basis` says of whom the shares are by which
    areas were divided on the way.
    """

    path: tuple[Geography, ...]
    parts: tuple[Part, ...]
    basis: tuple[str, ...] = ()

    @property
    def from_geography(self) -> str:
        return self.path[0].key

    @property
    def to_geography(self) -> str:
        return self.path[-1].key

    @cached_property
    def onward(self) -> Mapping[str, tuple[Part, ...]]:
        """The parts of each area of the first geography."""
        return _grouped((part.from_code, part) for part in self.parts)

    @cached_property
    def inward(self) -> Mapping[str, tuple[Part, ...]]:
        """The parts that make up each area of the last geography."""
        return _grouped((part.to_code, part) for part in self.parts)

    @cached_property
    def divided(self) -> frozenset[str]:
        """Areas of the first geography whose people have to be shared out among several areas."""
        return frozenset(code for code, parts in self.onward.items() if len(parts) > 1)

    @cached_property
    def scatter(self) -> float:
        """The mean share of an area's people who do not go with the greater part of their area (0 to 1).

        Of two ways, the one with less scatter guesses less. Counting divided areas would not do: a few
        large areas, each cut in many pieces, would pass for better than many small ones hardly cut.
        """
        strays = (1 - max(part.share_of_from for part in parts) for parts in self.onward.values())
        return fsum(strays) / len(self.onward)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of this crossing, in plain sentences."""
        if not self.divided:
            return ()
        first, *between, last = (f"“{geography.title}”" for geography in self.path)
        way = f" by way of {listed(between)}" if between else ""
        areas = "1 area is" if len(self.divided) == 1 else f"{len(self.divided)} areas are"
        basis = "; ".join(self.basis)
        return (f"From {first} to {last}{way}, {areas} divided among others by shares of {basis}.",)

    def notes_for(self, ages: str, mid_year: int) -> tuple[str, ...]:
        """The same, and for whom the shares stand in where they were made from others."""
        here = f"people aged {ages} at mid-{mid_year}"
        if not self.divided or all(each.startswith(here) for each in self.basis):
            return self.notes
        return (*self.notes, f"These shares are used here for {here}.")

    def reversed(self) -> "Crossing":
        """The same parts, seen from the other side."""
        parts = tuple(Part(p.to_code, p.from_code, p.share_of_to, p.share_of_from) for p in self.parts)
        return Crossing(self.path[::-1], parts, self.basis)


def listed(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _grouped(pairs: Iterable[tuple[str, Part]]) -> dict[str, tuple[Part, ...]]:
    found: dict[str, list[Part]] = {}
    for code, part in pairs:
        found.setdefault(code, []).append(part)
    return {code: tuple(parts) for code, parts in found.items()}

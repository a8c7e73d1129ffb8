"""The island with its people, divided in every way that the country knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from ithrive.areas.fictional import borders, mergers, names, people
from ithrive.areas.fictional.land import Labels, Land, Points, raise_land


@dataclass(frozen=True)
class Division:
    """One way of putting hamlets together: which area each hamlet is in, and what the areas are called."""

    geography: str
    area: Labels
    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Island:
    """The land, its people and every division of it."""

    land: Land
    children: people.Counts
    divisions: tuple[Division, ...]
    measured: dict[str, Points]

    @cached_property
    def division(self) -> dict[str, Division]:
        return {division.geography: division for division in self.divisions}

    @cached_property
    def weight(self) -> Points:
        """Children under 18 of each hamlet in mid 2020, by which shares and averages are taken."""
        return np.asarray(self.children[people.MID_YEARS.index(2020), :, :18].sum(axis=1), dtype=np.float64)


def settle(rng: np.random.Generator) -> Island:
    """Raise the land, people it, and divide it."""
    land = raise_land(rng)
    crowded = 1 + 8 * land.city
    early = borders.grown(land.ways, borders.settled(land.places, crowded, len(names.AREAS), rng))
    early = _renumbered(early, rng)
    children = people.children_by_age(land, early, rng)
    region = _regions(land, early, rng)
    late = _reformed(land, early, region, children)
    council = borders.grown(
        land.ways, borders.settled(land.places, 1 - 0.8 * land.city, len(names.COUNCILS), rng)
    )
    score = people.deprivation(land, rng)
    measured = {
        "deprivation": score,
        "rural": 100 * people.rural(land, rng),
        "mental-health-spend": people.spend_per_head(score, land, rng),
    }
    divisions = (
        Division("TM15", early, _codes("TM", range(1, 1 + len(names.AREAS))), names.AREAS),
        late,
        Division("TMR", region[early], _codes("TMR", range(1, 8)), names.REGIONS),
        Division("TMC", council, _codes("TMC", range(1, 21)), names.COUNCILS),
    )
    return Island(land, children, divisions, measured)


def _codes(prefix: str, numbers: Iterable[int]) -> tuple[str, ...]:
    """TM000001: no office of any real country gives out codes that begin like this."""
    return tuple(f"{prefix}{number:0{8 - len(prefix)}d}" for number in numbers)


def _renumbered(area: Labels, rng: np.random.Generator) -> Labels:
    """Shuffle, so that codes run with names and not across the map."""
    return np.asarray(rng.permutation(int(area.max()) + 1)[area], dtype=np.int64)


def _regions(land: Land, area: Labels, rng: np.random.Generator) -> Labels:
    """The region of each area: seven groups of areas that hang together."""
    count = int(area.max()) + 1
    touching = borders.borders(land.ways, area, count)
    size = np.bincount(area, minlength=count)
    centres = np.column_stack([np.bincount(area, land.places[:, axis]) / size for axis in (0, 1)])
    apart = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    ways = csr_array(np.where(touching > 2, apart, 0))
    return borders.grown(ways, borders.settled(centres, np.ones(count), len(names.REGIONS), rng))


def _reformed(land: Land, area: Labels, region: Labels, children: people.Counts) -> Division:
    """The areas from 2020: mergers and splits get new codes and names, the rest keep theirs."""
    count = len(names.AREAS)
    living = np.bincount(area, children[0].sum(axis=1), count).astype(np.int64)
    keep = {names.AREAS.index(name) for name in names.CAST}
    groups = mergers.mergers(borders.borders(land.ways, area, count), region, living, keep)
    merged = {i for group in groups for i in group}
    split = mergers.largest(living, keep | merged)
    stayed = [i for i in range(count) if i not in merged and i not in split]

    late, called = np.full(len(area), -1), list[str]()
    for i in stayed:
        late[area == i] = len(called)
        called.append(names.AREAS[i])
    for group, great in zip(groups, (*names.MERGED, *[""] * len(groups)), strict=False):
        late[np.isin(area, group)] = len(called)
        called.append(great if len(group) > 2 else " and ".join(names.AREAS[i] for i in group))
    for i in split:
        half = _halves(land, np.flatnonzero(area == i))
        late[area == i] = len(called) + half
        called += [f"{names.AREAS[i]} East", f"{names.AREAS[i]} West"]
    numbers = [*[i + 1 for i in stayed], *range(201, 201 + len(called) - len(stayed))]
    return Division("TM20", late, _codes("TM", numbers), tuple(called))


def _halves(land: Land, hamlets: Labels) -> Labels:
    """0 for the eastern half of an area, 1 for the western; both hang together."""
    inside = csr_array(land.ways[hamlets][:, hamlets])
    across = land.places[hamlets, 0]
    return borders.grown(inside, np.array([across.argmax(), across.argmin()]))

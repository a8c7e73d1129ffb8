"""The island with its people, divided in every way that the country knows."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from ithrive.areas.fictional import names, people
from ithrive.areas.fictional.borders import Division, borders, codes, grown, settled
from ithrive.areas.fictional.land import Labels, Land, Points, raise_land
from ithrive.areas.fictional.reform import reformed


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
    crowded = 1 + 8 * land.city  # areas are small where hamlets are many and full
    area = _renumbered(_divided(land, crowded, len(names.AREAS), rng), rng)
    children = people.children_by_age(land, area, rng)
    region = _regions(land, area, rng)
    council = _divided(land, 1 - 0.8 * land.city, len(names.COUNCILS), rng)
    divisions = (
        Division("TM15", area, codes("TM", range(1, 1 + len(names.AREAS))), names.AREAS),
        reformed(land, area, region, children[0].sum(axis=1)),
        Division("TMR", region[area], codes("TMR", range(1, 1 + len(names.REGIONS))), names.REGIONS),
        Division("TMC", council, codes("TMC", range(1, 1 + len(names.COUNCILS))), names.COUNCILS),
    )
    return Island(land, children, divisions, _measured(land, rng))


def _divided(land: Land, weights: Points, count: int, rng: np.random.Generator) -> Labels:
    return grown(land.ways, settled(land.places, weights, count, rng))


def _measured(land: Land, rng: np.random.Generator) -> dict[str, Points]:
    """Each attribute as it is in every hamlet."""
    score = people.deprivation(land, rng)
    return {
        "deprivation": score,
        "rural": 100 * people.rural(land, rng),
        "mental-health-spend": people.spend_per_head(score, land, rng),
    }


def _renumbered(area: Labels, rng: np.random.Generator) -> Labels:
    """Shuffle, so that codes run with names and not across the map."""
    return np.asarray(rng.permutation(int(area.max()) + 1)[area], dtype=np.int64)


def _regions(land: Land, area: Labels, rng: np.random.Generator) -> Labels:
    """The region of each area: seven groups of areas that hang together."""
    count = int(area.max()) + 1
    touching = borders(land.ways, area, count)
    size = np.bincount(area, minlength=count)
    centres = np.column_stack([np.bincount(area, land.places[:, axis]) / size for axis in (0, 1)])
    apart = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    ways = csr_array(np.where(touching > 2, apart, 0))
    return grown(ways, settled(centres, np.ones(count), len(names.REGIONS), rng))

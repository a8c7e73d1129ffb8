"""Drawing areas on the land: each grows from a centre until it meets the next."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from ithrive.areas.fictional.land import Labels, Points


@dataclass(frozen=True)
class Division:
    """One way of putting hamlets together: which area each hamlet is in, and what the areas are called."""

    geography: str
    area: Labels
    codes: tuple[str, ...]
    names: tuple[str, ...]


def codes(prefix: str, numbers: Iterable[int]) -> tuple[str, ...]:
    """TM000001: no office of any real country gives out codes that begin like this."""
    return tuple(f"{prefix}{number:0{8 - len(prefix)}d}" for number in numbers)


def grown(ways: csr_array, seeds: Labels) -> Labels:
    """To which seed each place is nearest along the ways: 0 to len(seeds) - 1. Every area hangs together."""
    _, _, source = dijkstra(ways, directed=False, indices=seeds, min_only=True, return_predecessors=True)
    numbers = np.full(ways.shape[0], -1)
    numbers[seeds] = np.arange(len(seeds))
    return np.asarray(numbers[source], dtype=np.int64)


def settled(places: Points, weights: Points, count: int, rng: np.random.Generator) -> Labels:
    """`count` places spread so that each is in the middle of those nearest to it (Lloyd's relaxation)."""
    centres = places[rng.choice(len(places), count, replace=False, p=weights / weights.sum())]
    for _ in range(15):
        nearest = cKDTree(centres).query(places)[1]
        weight = np.bincount(nearest, weights, count)
        centres = np.column_stack(
            [np.bincount(nearest, weights * places[:, axis], count) / weight for axis in (0, 1)]
        )
    return np.unique(cKDTree(places).query(centres)[1])


def borders(ways: csr_array, labels: Labels, count: int) -> NDArray[np.float64]:
    """How many ways lead from each area into each other one."""
    links = ways.tocoo()
    table = np.zeros((count, count))
    np.add.at(table, (labels[links.coords[0]], labels[links.coords[1]]), 1.0)
    np.fill_diagonal(table, 0)
    return table

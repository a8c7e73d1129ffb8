"""The ground that a country's hexagons stand on: one cell for each, and no hole in it."""

from itertools import pairwise

import numpy as np

from ithrive.areas.hexagons.grid import Cell, Points, cells_between, middles, neighbours, pieces


def ground(places: Points, radii: Points, count: int) -> list[Cell]:
    """`count` cells, those deepest inside the circles that areas would fill."""
    reach = float(radii.max()) + count**0.5 / 2 + 2
    cells = cells_between(*(places.min(axis=0) - reach), *(places.max(axis=0) + reach))
    outside = np.linalg.norm(middles(cells)[:, None] - places[None], axis=2) - radii
    depth = dict(zip(cells, np.round(outside.min(axis=1), 6).tolist(), strict=True))
    best_first = sorted(cells, key=lambda cell: (depth[cell], cell))
    return sorted(_filled_up(_without_holes(best_first, count), best_first, count))


def _without_holes(best_first: list[Cell], count: int) -> set[Cell]:
    """As many of the best cells as leave room to fill the holes between them."""
    sizes = range(count, 0, -1)
    return next(solid for size in sizes if len(solid := _solid(best_first, size)) <= count)


def _solid(best_first: list[Cell], size: int) -> set[Cell]:
    _outside, *holes = pieces(set(best_first[size:]))
    return set(best_first[:size]).union(*holes)


def _filled_up(taken: set[Cell], best_first: list[Cell], count: int) -> set[Cell]:
    """With more of the best cells beside those taken, until there are `count`; none shuts a hole in."""
    while len(taken) < count:
        beside = [cell for cell in best_first if cell not in taken and _held_on_one_side(cell, taken)]
        taken.add(next((cell for cell in beside if _held(cell, taken) >= 2), beside[0]))
    return taken


def _held(cell: Cell, taken: set[Cell]) -> int:
    return sum(near in taken for near in neighbours(cell))


def _held_on_one_side(cell: Cell, taken: set[Cell]) -> bool:
    """Whether the neighbours that are taken lie in one row around the cell, and the empty ones too."""
    around = [near in taken for near in neighbours(cell)]
    turns = sum(one != other for one, other in pairwise([*around, around[0]]))
    return turns == 2

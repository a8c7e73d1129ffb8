"""Which hexagons stand for which area."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from ithrive.areas.hexagons.adjacency import brought_together
from ithrive.areas.hexagons.cartogram import make_room
from ithrive.areas.hexagons.grid import Cell, Points, middles
from ithrive.areas.hexagons.ground import ground
from ithrive.areas.hexagons.mending import hung_together
from ithrive.problems import BadInput, Problem

HEXAGONS = 600  # about so many for a country: seen singly on a page, and countable
AT_MOST = 3000  # more could neither be told apart nor placed in a few seconds


@dataclass(frozen=True, slots=True)
class HexagonLayout:
    """The cells (column, row) of each area. Each stands for about `per_hexagon` people."""

    per_hexagon: float
    cells: dict[str, tuple[Cell, ...]]


def layout(
    positions: Mapping[str, tuple[float, float]],
    people: Mapping[str, float],
    *,
    per_hexagon: float | None = None,
) -> HexagonLayout:
    """Hexagons for every area that has both a position and a number of people.

    `positions` are metres east and north. An area has as many hexagons as it has times `per_hexagon`
    people, rounded, and at least one; by default about 600 make a country. Each area is in one piece.
    The order of the areas makes no difference. Raises BadInput where there would be too many hexagons.
    """
    codes = sorted(positions.keys() & people.keys())
    each = per_hexagon or round_number(sum(people[code] for code in codes) / HEXAGONS)
    counts = np.array([max(1, round(people[code] / each)) for code in codes], dtype=np.int64)
    _refuse_too_many(int(counts.sum()), each)
    if not codes:
        return HexagonLayout(each, {})
    places, radii, pairs = make_room(np.array([positions[code] for code in codes], dtype=float), counts)
    nearest = _nearest(ground(places, radii, int(counts.sum())), places, counts)
    whole = hung_together(nearest, places)
    final = brought_together(whole, places, [(one, other) for one, other in pairs.tolist()])
    return HexagonLayout(each, {code: tuple(sorted(cells)) for code, cells in zip(codes, final, strict=True)})


def round_number(people: float) -> float:
    """A number near this one that is easily said: 1, 1.5, 2, 2.5 ... 9.5 times a power of ten."""
    if people <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(people))
    return float(max(round(people / power * 2), 2) / 2 * power)


def _refuse_too_many(hexagons: int, each: float) -> None:
    if each < 0 or hexagons > AT_MOST:
        what = f"with {each:g} people to a hexagon there would be {hexagons:,} hexagons."
        mend = f"Let each stand for more people, so that there are at most {AT_MOST:,}."
        raise BadInput(Problem("people per hexagon", what, mend))


def _nearest(cells: list[Cell], places: Points, counts: NDArray[np.int64]) -> list[set[Cell]]:
    """Each area's cells, so that all together lie as near to their areas as can be."""
    owners = np.repeat(np.arange(len(counts)), counts)
    away = ((middles(cells)[:, None] - places[owners][None]) ** 2).sum(axis=2)
    _, columns = linear_sum_assignment(away)
    owned: list[set[Cell]] = [set() for _ in counts]
    for cell, area in zip(cells, owners[columns].tolist(), strict=True):
        owned[area].add(cell)
    return owned

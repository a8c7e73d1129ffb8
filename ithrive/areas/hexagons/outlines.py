"""Hexagons as outlines to be drawn: round each area one line, between its hexagons a thin one."""

from collections.abc import Iterable, Set

import numpy as np

from ithrive.areas.hexagons.clusters import HexagonLayout
from ithrive.areas.hexagons.grid import Cell, middle, neighbours
from ithrive.areas.shapes import MARGIN, Outlines, path_data

WIDTH = 1000  # about so wide; every corner is a whole number, so the exact width follows from the columns
Corner = tuple[int, int]

# The two corners of a cell on the side towards each step, in half widths and quarter heights.
_EAST, _WEST = ((1, -1), (1, 1)), ((-1, 1), (-1, -1))
_SOUTH_EAST, _SOUTH_WEST = ((1, 1), (0, 2)), ((0, 2), (-1, 1))
_NORTH_WEST, _NORTH_EAST = ((-1, -1), (0, -2)), ((0, -2), (1, -1))
_SIDES = (_EAST, _SOUTH_EAST, _SOUTH_WEST, _WEST, _NORTH_WEST, _NORTH_EAST)


def hexagons(layout: HexagonLayout) -> Outlines:
    """The outline of each area's hexagons, north up, about as wide as a land map."""
    every = [cell for cells in layout.cells.values() for cell in cells]
    if not every:
        return Outlines((0, 0, WIDTH, WIDTH), {}, {})
    pencil = _Pencil(every)
    return Outlines(
        view_box=pencil.view_box,
        paths={
            code: path_data(map(np.array, pencil.rings(set(cells)))) for code, cells in layout.cells.items()
        },
        anchors={code: pencil.point(*_doubled(_central(cells))) for code, cells in layout.cells.items()},
        inner="".join(pencil.inner(set(cells)) for cells in layout.cells.values()),
    )


def _doubled(cell: Cell) -> Corner:
    """A cell's middle in half widths and quarter heights."""
    q, r = cell
    return 2 * q + r, 3 * r


def _central(cells: Iterable[Cell]) -> Cell:
    """The cell nearest to the middle of its cluster."""
    held = sorted(cells)
    middles = np.array([middle(cell) for cell in held])
    return held[int(((middles - middles.mean(axis=0)) ** 2).sum(axis=1).round(9).argmin())]


class _Pencil:
    """Where corners lie in the picture, once the size of a hexagon is chosen."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        middles = np.array([_doubled(cell) for cell in cells])
        beyond = np.array((1, 2))  # from a middle to its furthest corners
        west, north = (middles.min(axis=0) - beyond).tolist()
        columns, rows = (np.ptp(middles, axis=0) + 2 * beyond).tolist()
        self.half = min(max(round((WIDTH - 2 * MARGIN) / columns), 4), 40)
        self.quarter = round(self.half / 3**0.5)
        self.west, self.north = west, north
        self.view_box = (0, 0, columns * self.half + 2 * MARGIN, rows * self.quarter + 2 * MARGIN)

    def point(self, across: int, down: int) -> Corner:
        return (across - self.west) * self.half + MARGIN, (down - self.north) * self.quarter + MARGIN

    def rings(self, cells: Set[Cell]) -> list[list[Corner]]:
        """The lines around a cluster, and around any hole in it."""
        onward = {
            start: end
            for cell in cells
            for step, near in enumerate(neighbours(cell))
            if near not in cells
            for start, end in [self.side(cell, step)]
        }
        rings = []
        while onward:
            ring = [min(onward)]
            while (following := onward.pop(ring[-1])) != ring[0]:
                ring.append(following)
            rings.append(ring)
        return rings

    def side(self, cell: Cell, step: int) -> tuple[Corner, Corner]:
        across, down = _doubled(cell)
        (x1, y1), (x2, y2) = _SIDES[step]
        return self.point(across + x1, down + y1), self.point(across + x2, down + y2)

    def inner(self, cells: Set[Cell]) -> str:
        """The sides between hexagons of one area; each is drawn once."""
        sides = (
            self.side(cell, step)
            for cell in sorted(cells)
            for step in range(3)
            if neighbours(cell)[step] in cells
        )
        return "".join(f"M{x} {y}l{x2 - x} {y2 - y}".replace(" -", "-") for (x, y), (x2, y2) in sides)

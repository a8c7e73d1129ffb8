"""The grid of hexagons: cells by column `q` and row `r` (axial coordinates), their corners upwards."""

from collections.abc import Iterable, Sequence, Set

import numpy as np
from numpy.typing import NDArray

Cell = tuple[int, int]
Points = NDArray[np.float64]

# The six neighbours of a cell, clockwise from the east (rows run downwards).
STEPS: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
AREA = 3**0.5 / 2  # of a cell, where the middles of neighbours lie 1 apart


def neighbours(cell: Cell) -> list[Cell]:
    q, r = cell
    return [(q + across, r + down) for across, down in STEPS]


def middle(cell: Cell) -> tuple[float, float]:
    """Where a cell's middle lies: x to the east, y to the north, one between neighbours."""
    q, r = cell
    return q + r / 2, -r * AREA


def middles(cells: Iterable[Cell]) -> Points:
    return np.array([middle(cell) for cell in cells], dtype=np.float64).reshape(-1, 2)


def cells_between(west: float, south: float, east: float, north: float) -> list[Cell]:
    """Every cell whose middle lies in a rectangle, row by row from the north."""
    rows = range(int(np.floor(-north / AREA)), int(np.ceil(-south / AREA)) + 1)
    return [(q, r) for r in rows for q in range(int(np.floor(west - r / 2)), int(np.ceil(east - r / 2)) + 1)]


def pieces(cells: Set[Cell]) -> list[set[Cell]]:
    """The parts of a set of cells that hang together, the largest first."""
    left, found = set(cells), []
    while left:
        piece = reached(min(left), left)
        left -= piece
        found.append(piece)
    return sorted(found, key=lambda piece: (-len(piece), min(piece)))


def reached(start: Cell, within: Set[Cell]) -> set[Cell]:
    """Every cell that can be walked to from `start` without leaving `within`."""
    seen, edge = {start}, [start]
    while edge:
        fresh = [cell for cell in neighbours(edge.pop()) if cell in within and cell not in seen]
        seen.update(fresh)
        edge.extend(fresh)
    return seen


def hang_together(cells: Set[Cell]) -> bool:
    return not cells or len(reached(next(iter(cells)), cells)) == len(cells)


def away(cell: Cell, place: Sequence[float]) -> float:
    """The squared distance of a cell from a place."""
    across, up = middle(cell)
    return (across - place[0]) ** 2 + (up - place[1]) ** 2

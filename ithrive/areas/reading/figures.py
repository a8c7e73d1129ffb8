"""Outlines as a file of boundaries gives them, before they are checked."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The corners of one ring: as many rows as corners, two columns, in the file's own coordinates.
Ring = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """One area of the file: polygons, each an outer ring and the rings of its holes."""

    place: str
    properties: dict[str, Any]
    polygons: list[list[Ring]]


class NoFigure(ValueError):
    """A shape that is not a polygon or several. Its message says why."""


def corners(positions: object) -> Ring:
    """The corners in a list of positions; heights are dropped. Raises NoFigure."""
    try:
        ring = np.asarray(positions, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise NoFigure("Its outline holds something that is not a coordinate.") from error
    if ring.ndim != 2 or ring.shape[1] < 2:
        raise NoFigure("Its outline is not a list of positions.")
    return ring[:, :2]


def is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)

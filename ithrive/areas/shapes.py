"""Outlines of areas, ready to be drawn: projected, simplified and written as path data once, drawn often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ithrive.areas.gazetteer import Boundary

MARGIN = 4  # so that a border on the edge of the picture is not cut off
Corners = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Areas as SVG path data in whole numbers, by code, inside `view_box` (left, top, width, height).

    `anchors` are places well inside each area, for a symbol or a label. `inner` is path data of lines
    inside the areas (the sides between hexagons of one area), drawn thin over all of them.
    """

    view_box: tuple[int, int, int, int]
    paths: dict[str, str]
    anchors: dict[str, tuple[int, int]]
    inner: str = ""


def land(boundaries: Iterable[Boundary], width: int = 1000, tolerance: float = 0.5) -> Outlines:
    """Areas as they lie on the ground, north up, `width` units wide.

    Borders are simplified by about `tolerance` units, and neighbours keep the border they share.
    Islets and lakes too small to see are left out, but never a whole area.
    Boundaries are those of one geography, in metres. None at all give an empty picture.
    """
    full = {each.code: each.outline for each in boundaries if not each.outline.is_empty}
    if not full:
        return Outlines((0, 0, width, width), {}, {})
    frame = _Frame.around(list(full.values()), width)
    simple = shapely.coverage_simplify(list(full.values()), tolerance * frame.metres)
    drawn = {code: _rings(frame, shape) for code, shape in zip(full, simple, strict=True)}
    anchors = {code: _anchor(frame, outline) for code, outline in full.items()}
    return Outlines(
        view_box=(0, 0, width, frame.height),
        paths={code: path_data(rings or [_SPECK + anchors[code]]) for code, rings in drawn.items()},
        anchors=anchors,
    )


# What is drawn of an area too small to see.
_SPECK: Corners = np.array([(0, -1), (1, 0), (0, 1), (-1, 0)], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the ground lies in the picture: `metres` to one unit, from the north-west corner."""

    west: float
    north: float
    metres: float
    height: int

    @classmethod
    def around(cls, outlines: Sequence[BaseGeometry], width: int) -> "_Frame":
        west, south, east, north = shapely.total_bounds(outlines)
        metres = max(east - west, 1.0) / (width - 2 * MARGIN)
        return cls(west, north, metres, round((north - south) / metres) + 2 * MARGIN)

    def units(self, metres: NDArray[np.float64]) -> Corners:
        across = (metres[:, 0] - self.west) / self.metres + MARGIN
        down = (self.north - metres[:, 1]) / self.metres + MARGIN
        return np.rint(np.column_stack([across, down])).astype(np.int64)


def _anchor(frame: _Frame, outline: BaseGeometry) -> tuple[int, int]:
    """The middle of the largest circle inside the largest part."""
    polygons = [part for part in shapely.get_parts(outline) if isinstance(part, shapely.Polygon)]
    circle = shapely.maximum_inscribed_circle(max(polygons, key=lambda part: part.area), frame.metres)
    across, down = frame.units(shapely.get_coordinates(circle)[:1])[0].tolist()
    return across, down


def _rings(frame: _Frame, outline: BaseGeometry) -> list[Corners]:
    """The rings of an area in units, without those too small to see."""
    rings = shapely.get_rings(shapely.get_parts(outline))
    corners = (_without_repeats(frame.units(shapely.get_coordinates(ring))) for ring in rings)
    return [each for each in corners if _size(each) >= 1]


def _without_repeats(corners: Corners) -> Corners:
    """A closed ring without its last corner and without corners that fell on the one before."""
    moved = np.any(corners[1:] != corners[:-1], axis=1)
    return corners[1:][moved]


def _size(corners: Corners) -> float:
    """The area inside a ring in square units (the shoelace formula)."""
    across, down = corners[:, 0], corners[:, 1]
    return abs(float(across @ np.roll(down, -1) - down @ np.roll(across, -1))) / 2


def path_data(rings: Iterable[Corners]) -> str:
    """Closed rings as relative SVG path data, as short as whole numbers allow."""
    return "".join(_ring_data(corners) for corners in rings)


def _ring_data(corners: Corners) -> str:
    steps = np.diff(corners, axis=0).ravel().tolist()
    written = " ".join(map(str, steps)).replace(" -", "-")
    return f"M{corners[0, 0]} {corners[0, 1]}l{written}z"

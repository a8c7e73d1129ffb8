"""Reading TopoJSON: areas as lists of arcs that neighbours share."""

from typing import Any

import numpy as np

from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.figures import Figure, NoFigure, Ring, corners, is_list


def figures(document: dict[str, Any], faults: Faults, *, wanted: str | None = None) -> list[Figure]:
    """Every polygon of one object of a TopoJSON document (the only one unless `wanted` names it)."""
    try:
        arcs = _arcs(document)
        shapes = _shapes(document.get("objects"), wanted)
    except NoFigure as error:
        faults.add(str(error), "Export the areas as TopoJSON polygons.")
        return []
    found = []
    for number, shape in enumerate(shapes, 1):
        place = f"shape {number}"
        try:
            found.append(_figure(shape, arcs, place))
        except NoFigure as error:
            faults.add(str(error), "Export the areas as polygons.", at=place)
    return found


def _arcs(document: dict[str, Any]) -> list[Ring]:
    """Every arc in the file's coordinates. Quantised arcs are steps on a grid: summed, scaled and moved."""
    if not is_list(document.get("arcs")):
        raise NoFigure("It has no arcs.")
    arcs = [corners(arc) for arc in document["arcs"]]
    transform = document.get("transform")
    if transform is None:
        return arcs
    try:
        scale, move = (np.asarray(transform[each], dtype=np.float64) for each in ("scale", "translate"))
        # What grows endless here is refused later, with its area's code.
        with np.errstate(over="ignore", invalid="ignore"):
            return [np.cumsum(arc, axis=0) * scale + move for arc in arcs]
    except (KeyError, TypeError, ValueError) as error:
        raise NoFigure("Its transform does not give a scale and a translation.") from error


def _shapes(objects: Any, wanted: str | None) -> list[Any]:
    names = list(objects) if isinstance(objects, dict) else []
    if wanted not in names and (wanted or len(names) != 1):
        there = ", ".join(names) or "none"
        raise NoFigure(f"It is not clear which object holds the areas; there are: {there}.")
    chosen = objects[wanted or names[0]]
    shapes = chosen.get("geometries") if isinstance(chosen, dict) else None
    if not isinstance(shapes, list) or not shapes:
        raise NoFigure("Its object holds no areas.")
    return shapes


def _figure(shape: Any, arcs: list[Ring], place: str) -> Figure:
    if not isinstance(shape, dict) or not is_list(shape.get("arcs")):
        raise NoFigure("It has no outline.")
    kind, polygons = shape.get("type"), shape["arcs"]
    if kind == "Polygon":
        polygons = [polygons]
    elif kind != "MultiPolygon":
        raise NoFigure(f"It is a {kind} and not a polygon.")
    properties = shape.get("properties")
    rings = [[_ring(numbers, arcs) for numbers in _listed(polygon)] for polygon in polygons]
    return Figure(place, properties if isinstance(properties, dict) else {}, rings)


def _ring(numbers: Any, arcs: list[Ring]) -> Ring:
    """The arcs one after another; ~n means arc n backwards. Each starts where the last one ended."""
    parts: list[Ring] = []
    for number in _listed(numbers):
        if not isinstance(number, int) or not -len(arcs) <= number < len(arcs):
            raise NoFigure(f"It names arc {number}, which is not there.")
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        if parts and (parts[-1][-1] != arc[0]).any():
            raise NoFigure("Its arcs do not meet.")
        parts.append(arc[1:] if parts else arc)
    return np.concatenate(parts)


def _listed(value: Any) -> list[Any]:
    if not is_list(value):
        raise NoFigure("One of its polygons is empty.")
    listed: list[Any] = value
    return listed

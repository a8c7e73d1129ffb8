"""Reading GeoJSON."""

from typing import Any

from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.figures import Figure, NoFigure, Ring, corners, is_list


def figures(document: dict[str, Any], faults: Faults) -> list[Figure]:
    """Every polygon feature of a GeoJSON document; others are faults."""
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not is_list(features):
        faults.add("It is not a GeoJSON feature collection.", "Export the areas as GeoJSON polygons.")
        return []
    found = []
    for number, feature in enumerate(features or (), 1):
        place = f"feature {number}"
        try:
            found.append(_figure(feature, place))
        except NoFigure as error:
            faults.add(str(error), "Export the areas as polygons.", at=place)
    return found


def _figure(feature: Any, place: str) -> Figure:
    if not isinstance(feature, dict):
        raise NoFigure("It is not a feature.")
    properties = feature.get("properties")
    polygons = _polygons(feature.get("geometry"))
    return Figure(place, properties if isinstance(properties, dict) else {}, polygons)


def _polygons(geometry: Any) -> list[list[Ring]]:
    if not isinstance(geometry, dict) or not is_list(geometry.get("coordinates")):
        raise NoFigure("It has no outline.")
    kind, coordinates = geometry.get("type"), geometry["coordinates"]
    if kind == "Polygon":
        coordinates = [coordinates]
    elif kind != "MultiPolygon":
        raise NoFigure(f"It is a {kind} and not a polygon.")
    return [[corners(ring) for ring in _rings(polygon)] for polygon in coordinates]


def _rings(polygon: Any) -> list[Any]:
    if not is_list(polygon):
        raise NoFigure("One of its polygons is empty.")
    rings: list[Any] = polygon
    return rings

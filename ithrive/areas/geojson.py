"""Outlines as GeoJSON (RFC 7946): longitude and latitude, WGS 84, to about a metre."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from ithrive.areas.gazetteer import Boundary, Gazetteer
from ithrive.areas.places import Country

BRITISH_NATIONAL_GRID = "EPSG:27700"
# An invented country has metres but no place on earth. It is laid in the empty South Atlantic, so that
# its outlines can be drawn by any program and cover nobody's home.
NOWHERE = "+proj=tmerc +lat_0=-30 +lon_0=-20 +ellps=WGS84 +units=m"
DECIMALS = 5  # of a degree: about a metre


def feature_collection(gazetteer: Gazetteer, geography: str, outlines: Iterable[Boundary]) -> dict[str, Any]:
    """One feature for each outline, with the area's code and name."""
    names = gazetteer.places_by_geography[geography]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": each.code,
                "properties": {"geography": geography, "code": each.code, "name": names[each.code].name},
                "geometry": geometry(gazetteer.country, each),
            }
            for each in outlines
        ],
    }


def geometry(country: Country, boundary: Boundary) -> dict[str, Any]:
    """One outline in degrees, rings turned as the standard asks."""
    to_degrees = _transformer(country.fictional)

    def in_degrees(metres: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to_degrees.transform(metres[:, 0], metres[:, 1]))

    oriented = shapely.orient_polygons(shapely.transform(boundary.outline, in_degrees))
    degrees: dict[str, Any] = _rounded(shapely.geometry.mapping(oriented))
    return degrees


@cache
def _transformer(fictional: bool) -> Transformer:
    return Transformer.from_crs(NOWHERE if fictional else BRITISH_NATIONAL_GRID, "EPSG:4326", always_xy=True)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, DECIMALS) if isinstance(value, float) else value

"""Outlines in degrees land where they should, and an invented country lands on nobody."""

from datetime import date

import pytest
import shapely
from shapely.geometry import Polygon, shape

from ithrive.areas.gazetteer import Boundary, Gazetteer
from ithrive.areas.geojson import feature_collection, geometry
from ithrive.areas.places import Country, Geography, Place

# Ordnance Survey's worked example (A guide to coordinate systems in Great Britain): OSGB36 651409.903 E,
# 313177.270 N is 52 39 28.8282 N, 1 42 57.8663 E on ETRS89, which here is as good as WGS 84.
EAST, NORTH = 651_409.903, 313_177.270
DEGREES = (1 + 42 / 60 + 57.8663 / 3600, 52 + 39 / 60 + 28.8282 / 3600)
TOLERANCE = 1e-4  # of a degree, some 7 m by 11 m: without the OSTN grid the transformation is good to 5 m

SQUARE = Polygon([(EAST, NORTH), (EAST, NORTH + 9), (EAST + 9, NORTH + 9), (EAST + 9, NORTH)])


def test_the_national_grid_becomes_longitude_and_latitude() -> None:
    place = shape(geometry(Country("england", "England"), Boundary("CCG15", "E1", SQUARE))).centroid
    assert (place.x, place.y) == pytest.approx(DEGREES, abs=TOLERANCE)


def test_an_invented_country_lies_in_the_empty_south_atlantic() -> None:
    country = Country("thornmere", "Thornmere", fictional=True)
    corner = Polygon([(0, 0), (0, 400_000), (400_000, 400_000), (400_000, 0)])
    west, south, east, north = shape(geometry(country, Boundary("LA", "T1", corner))).bounds
    assert -21 < west < east < -15
    assert -31 < south < north < -26


def test_rings_turn_as_the_standard_asks() -> None:
    found = geometry(Country("england", "England"), Boundary("CCG15", "E1", SQUARE))
    assert shapely.is_ccw(shape(found).exterior)


def test_a_collection_names_its_areas() -> None:
    geography = Geography("CCG15", "ccg", "Clinical commissioning groups", date(2013, 4, 1))
    gazetteer = Gazetteer(Country("england", "England"), (geography,), (Place("CCG15", "E1", "Alderbrook"),))
    found = feature_collection(gazetteer, "CCG15", [Boundary("CCG15", "E1", SQUARE)])
    assert [feature["properties"] for feature in found["features"]] == [
        {"geography": "CCG15", "code": "E1", "name": "Alderbrook"}
    ]

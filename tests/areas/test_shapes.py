"""Outlines of areas as path data."""

import re

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.areas.fictional import thornmere
from ithrive.areas.gazetteer import Boundary
from ithrive.areas.shapes import MARGIN, land

SQUARE = shapely.box(0, 0, 1000, 1000)


def boundaries(*outlines: shapely.Geometry) -> list[Boundary]:
    return [Boundary("TM20", f"A{number}", outline) for number, outline in enumerate(outlines)]


def rings(path: str) -> list[list[tuple[int, int]]]:
    """A slow reader of path data: the corners of every ring."""
    found = []
    for start, steps in re.findall(r"M([\d -]+)l([\d -]+)z", path):
        corners = [tuple(map(int, start.split()))]
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + across, corners[-1][1] + down))
        found.append(corners)
    return found


def polygon(path: str) -> shapely.Geometry:
    return shapely.union_all([shapely.Polygon(ring) for ring in rings(path)])


def test_an_area_is_drawn_in_whole_numbers_with_north_up():
    outlines = land(boundaries(shapely.box(0, 0, 500, 1000), shapely.box(500, 500, 1000, 1000)), width=108)
    assert outlines.view_box == (0, 0, 108, 108)
    assert polygon(outlines.paths["A0"]).bounds == (4, 4, 54, 104)
    assert polygon(outlines.paths["A1"]).bounds == (54, 4, 104, 54)


def test_the_picture_is_as_high_as_the_country():
    assert land(boundaries(shapely.box(0, 0, 1000, 2500)), width=108).view_box == (0, 0, 108, 258)


def test_no_boundaries_give_an_empty_picture():
    assert land([]).paths == {}
    assert land(boundaries(shapely.Polygon())).paths == {}


def test_neighbours_keep_the_border_they_share():
    country = thornmere()
    outlines = land(each for each in country.boundaries if each.geography == "TM20")
    shapes = [polygon(path).buffer(0) for path in outlines.paths.values()]
    drawn = shapely.union_all(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(drawn.area, rel=1e-3)


def test_an_islet_too_small_to_see_is_left_out():
    outlines = land(boundaries(SQUARE | shapely.box(1500, 0, 1500.1, 0.1)), width=100)
    assert len(rings(outlines.paths["A0"])) == 1


def test_a_whole_area_is_never_left_out():
    outlines = land(boundaries(shapely.box(0, 0, 1e6, 1e6), shapely.box(2e6, 0, 2e6 + 1, 1)), width=100)
    assert polygon(outlines.paths["A1"]).area > 0


def test_areas_that_overlap_are_drawn_all_the_same():
    outlines = land(boundaries(SQUARE, shapely.box(500, 0, 1500, 1000)), width=158)
    assert [polygon(path).area for path in outlines.paths.values()] == [10_000, 10_000]


def test_a_lake_stays_a_hole():
    lake = shapely.box(400, 400, 600, 600)
    assert len(rings(land(boundaries(SQUARE - lake)).paths["A0"])) == 2


def test_an_anchor_lies_well_inside_the_largest_part():
    horseshoe = SQUARE - shapely.box(200, -1, 800, 800)
    outlines = land(boundaries(horseshoe | shapely.box(2000, 0, 2100, 100)), width=500)
    inside = shapely.Point(outlines.anchors["A0"])
    assert polygon(outlines.paths["A0"]).contains(inside.buffer(5))


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.floats(0, 9e5)] * 2), min_size=3, max_size=12), st.integers(50, 1500))
def test_every_corner_lies_in_the_picture(corners, width):
    outline = shapely.MultiPoint(corners).convex_hull.buffer(10)
    outlines = land(boundaries(outline), width=width)
    _, _, across, down = outlines.view_box
    for ring in rings(outlines.paths["A0"]):
        assert all(MARGIN - 1 <= x <= across - MARGIN + 1 for x, _ in ring)
        assert all(MARGIN - 1 <= y <= down - MARGIN + 1 for _, y in ring)

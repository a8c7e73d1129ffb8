"""Equal-population hexagons: what holds for any country, and how England looks."""

import csv
import json

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ithrive.areas.hexagons import HexagonLayout, hexagons, layout
from ithrive.areas.hexagons.adjacency import brought_together
from ithrive.areas.hexagons.clusters import round_number
from ithrive.areas.hexagons.grid import cells_between, middle, neighbours, pieces
from ithrive.areas.hexagons.ground import ground
from ithrive.areas.hexagons.mending import hung_together
from ithrive.problems import BadInput
from tests.areas.test_shapes import polygon

places = st.tuples(st.floats(0, 6e5), st.floats(0, 6e5))
corners = st.sampled_from([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (5.0, 5.0)])  # in one spot, in one line
countries = st.lists(st.tuples(places | corners, st.integers(0, 40)), min_size=1, max_size=25)


# Areas round a lagoon: filling it in would take too many cells, so it is not enclosed at all.
RING = [(2 * np.cos(turn), 2 * np.sin(turn), 2) for turn in np.arange(8) * np.pi / 4]


def made(country: list[tuple[tuple[float, float], int]]) -> tuple[dict, dict]:
    codes = [f"A{number:02}" for number in range(len(country))]
    return (
        {code: place for code, (place, _) in zip(codes, country, strict=True)},
        {code: float(people) for code, (_, people) in zip(codes, country, strict=True)},
    )


@settings(max_examples=80, deadline=None)
@given(countries)
def test_every_area_has_hexagons_by_its_people_in_one_piece_and_shares_none(country):
    positions, people = made(country)
    found = layout(positions, people, per_hexagon=4)
    cells = [cell for cells in found.cells.values() for cell in cells]
    assert len(set(cells)) == len(cells)
    assert {code: len(cells) for code, cells in found.cells.items()} == {
        code: max(1, round(number / 4)) for code, number in people.items()
    }
    assert all(len(pieces(set(cells))) == 1 for cells in found.cells.values())


@settings(max_examples=25, deadline=None)
@given(countries, st.randoms())
def test_the_order_of_the_areas_makes_no_difference(country, random):
    positions, people = made(country)
    shuffled = list(positions)
    random.shuffle(shuffled)
    again = layout({code: positions[code] for code in shuffled}, people, per_hexagon=4)
    assert again == layout(positions, people, per_hexagon=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9), st.integers(1, 12)), min_size=1, max_size=30))
@example(RING)
def test_the_ground_has_a_cell_for_every_hexagon_and_no_hole(areas):
    count = sum(each for _, _, each in areas)
    spots, radii = np.array([place for *place, _ in areas]), np.array([each**0.5 / 2 for _, _, each in areas])
    found = set(ground(spots, radii, count))
    columns, rows = np.array(sorted(found)).T
    frame = {
        (q, r)
        for q in range(columns.min() - 1, columns.max() + 2)
        for r in range(rows.min() - 1, rows.max() + 2)
    }
    assert len(found) == count
    assert len(pieces(frame - found)) == 1


def test_areas_without_a_position_or_without_people_are_left_out():
    found = layout({"A": (0, 0), "B": (1, 1)}, {"A": 100, "C": 100})
    assert found.cells.keys() == {"A"}


def test_no_areas_give_an_empty_layout_and_an_empty_picture():
    found = layout({}, {})
    assert found.cells == {}
    assert hexagons(found).paths == {}


@pytest.mark.parametrize("per_hexagon", [0.01, -5])
def test_too_many_hexagons_are_refused_with_the_way_to_mend_it(per_hexagon):
    with pytest.raises(BadInput, match=r"people per hexagon.*more people"):
        layout({"A": (0, 0)}, {"A": 100}, per_hexagon=per_hexagon)


@pytest.mark.parametrize(
    ("people", "said"), [(20_033, 20_000), (27_600, 30_000), (13_100, 15_000), (0.9, 0.9), (0, 1), (1, 1)]
)
def test_a_hexagon_stands_for_a_number_that_is_easily_said(people, said):
    assert round_number(people) == pytest.approx(said)


def test_west_stays_west_and_north_stays_north():
    across = {f"A{x}{y}": (x * 1e4, y * 1e4) for x in range(5) for y in range(5)}
    found = layout(across, dict.fromkeys(across, 30), per_hexagon=10)
    x, y = {}, {}
    for code, cells in found.cells.items():
        x[code], y[code] = np.mean([middle(cell) for cell in cells], axis=0)
    assert all(x[f"A0{n}"] < x[f"A2{n}"] < x[f"A4{n}"] for n in range(5))
    assert all(y[f"A{n}0"] < y[f"A{n}2"] < y[f"A{n}4"] for n in range(5))


def test_an_area_in_pieces_is_mended_by_exchange():
    line = [(q, 0) for q in range(6)]
    broken = [{line[0], line[2], line[3]}, {line[1], line[4], line[5]}]
    spots = np.array([middle((1, 0)), middle((4, 0))])
    assert hung_together(broken, spots) == [set(line[:3]), set(line[3:])]


def test_an_area_that_nobody_can_help_moves_to_free_ground():
    """One cell is walled in, its other one far away, and the wall can give up no cell for that."""
    walled_in, wall = {(0, 0), (10, 0)}, set(neighbours((0, 0)))
    moved, stayed = hung_together([walled_in, wall], np.array([(0.0, 0.0), (0.0, 0.0)]))
    assert (len(moved), len(pieces(moved)), stayed) == (2, 1, wall)
    assert not moved & stayed


def test_neighbours_are_brought_to_touch():
    row = [{(q, 0)} for q in range(4)]
    spots = np.array([middle((q, 0)) for q in (0, 1, 2, 3)]) * 0.1
    first, *_, last = brought_together(row, spots, [(0, 3)])
    assert neighbours(*first).count(*last) == 1


def test_each_area_is_drawn_as_one_outline_with_thin_lines_between_its_hexagons():
    outlines = hexagons(HexagonLayout(1, {"A": ((0, 0), (1, 0), (0, 1)), "B": ((2, 0),)}))
    assert outlines.paths["A"].count("M") == 1
    assert outlines.inner.count("M") == 3
    assert polygon(outlines.paths["A"]).area == 3 * polygon(outlines.paths["B"]).area
    assert polygon(outlines.paths["A"]).intersection(polygon(outlines.paths["B"])).area == 0


def test_a_ring_of_hexagons_has_a_hole():
    outlines = hexagons(HexagonLayout(1, {"A": tuple(neighbours((0, 0)))}))
    assert outlines.paths["A"].count("M") == 2


@settings(max_examples=20, deadline=None)
@given(countries)
def test_hexagons_lie_in_the_picture_with_their_anchors_inside(country):
    outlines = hexagons(layout(*made(country), per_hexagon=4))
    picture = shapely.box(0, 0, *outlines.view_box[2:])
    for code, path in outlines.paths.items():
        assert picture.contains(polygon(path))
        assert polygon(path).contains(shapely.Point(outlines.anchors[code]))


def test_cells_between_are_all_in_the_rectangle():
    within = cells_between(-3, -2, 4, 5)
    assert {(0, 0), (4, 0)} <= set(within)
    assert len(within) == len(set(within))


@pytest.mark.shared
def test_on_england_most_neighbours_stay_neighbours(shared_data):
    """209 clinical commissioning groups: 73% of the pairs that share a border touch as hexagons."""
    outlines, people = england(shared_data)
    found = layout({code: centre(outline) for code, outline in outlines.items()}, people)
    owner = {cell: code for code, cells in found.cells.items() for cell in cells}
    touching = {frozenset((owner[cell], owner.get(near))) for cell in owner for near in neighbours(cell)}
    tree = shapely.STRtree(list(outlines.values()))
    one, other = tree.query(list(outlines.values()), predicate="intersects")
    codes = list(outlines)
    real = {frozenset((codes[i], codes[j])) for i, j in zip(one, other, strict=True) if i != j}
    assert found.per_hexagon == 20_000
    assert 560 < len(owner) < 640
    assert len(real & touching) / len(real) > 0.7


def centre(outline: shapely.Geometry) -> tuple[float, float]:
    return outline.centroid.x, outline.centroid.y


def england(shared_data):
    to_metres = pyproj.Transformer.from_crs(4326, 27700, always_xy=True).transform
    features = json.loads((shared_data / "boundaries" / "ccg_2015_07.geojson").read_text())["features"]
    outlines = {
        each["properties"]["CCG15CD"]: shapely.transform(
            shapely.geometry.shape(each["geometry"]),
            lambda degrees: np.column_stack(to_metres(*degrees.T)),
        )
        for each in features
    }
    with (shared_data / "population" / "population_by_area_age_band.csv").open() as lines:
        rows = [
            row for row in csv.DictReader(lines) if (row["geography"], row["mid_year"]) == ("CCG15", "2017")
        ]
    return outlines, {row["area_code"]: float(row["age_0_17"]) for row in rows}

"""Outlines that cannot be what they seem are refused, naming the area and the place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas.reading import geojson, topojson
from ithrive.areas.reading.faults import Faults
from tests.areas.official_files import OfficialFiles, collection, feature, square


@pytest.fixture
def files(tmp_path: Path) -> OfficialFiles:
    return OfficialFiles(tmp_path)


def geometry(document: Any, number: int = 0) -> Any:
    return document["features"][number]["geometry"]


def moved(change: Callable[[float, float], list[float]]) -> Callable[[Any], None]:
    """Every corner of a GeoJSON document elsewhere."""

    def move(document: Any) -> None:
        for each in document["features"]:
            rings = each["geometry"]["coordinates"]
            each["geometry"]["coordinates"] = [[change(x, y) for x, y in ring] for ring in rings]

    return move


def fault(files: OfficialFiles) -> str:
    return files.faults()[0]


def test_metres_in_a_file_that_says_degrees_are_refused(files: OfficialFiles) -> None:
    files.redraw("old.geojson", moved(lambda x, y: [x * 70_000 + 600_000, y * 1000]))
    assert fault(files) == (
        "old.geojson: The coordinates reach 600,000, 53,000: these are not degrees. "
        "If they are on the national grid, write crs = “EPSG:27700” in the manifest."
    )


def test_degrees_in_a_file_that_says_metres_are_refused(files: OfficialFiles) -> None:
    files.spoil("manifest", 'path = "old.geojson"', 'path = "old.geojson"\ncrs = "EPSG:27700"')
    assert fault(files) == (
        "old.geojson: The coordinates reach 0.00, 53.00: these are not metres. "
        "If they are degrees, write crs = “EPSG:4326” in the manifest."
    )


def test_outlines_already_on_the_grid_are_taken_as_they_are(files: OfficialFiles) -> None:
    files.outlines["old.geojson"] = collection(
        feature("A", square(400_000, 410_000, 300_000, 310_000)),
        feature("B", square(410_000, 420_000, 300_000, 310_000)),
        feature("C", square(420_000, 430_000, 300_000, 310_000)),
    )
    files.spoil("manifest", 'path = "old.geojson"', 'path = "old.geojson"\ncrs = "EPSG:27700"')
    outlines = [each.outline.bounds for each in files.load().boundaries if each.geography == "OLD"]
    assert outlines[1] == (410_000, 300_000, 420_000, 310_000)


def test_latitude_before_longitude_is_refused_naming_each_area(files: OfficialFiles) -> None:
    files.redraw("old.geojson", moved(lambda x, y: [y, x]))
    faults = files.faults()
    assert faults[0].startswith("old.geojson, A: It lies outside the country: 52.00, -3.00 to 53.00, -2.00")
    assert faults[0].endswith("Check “crs” in the manifest, and that longitude comes before latitude.")
    assert len(faults) == 3


def test_an_area_of_another_country_is_refused(files: OfficialFiles) -> None:
    files.spoil("manifest", "fictional = true", "fictional = true\nextent = [-3.1, 51.0, -0.5, 54.0]")
    assert [line.split(":")[0] for line in files.faults()] == [
        "old.geojson, C", "new.topojson, D", "councils.geojson, E", "districts.geojson, R"
    ]  # fmt: skip


def test_metres_that_no_map_holds_are_outside_the_country(files: OfficialFiles) -> None:
    files.redraw("old.geojson", moved(lambda x, y: [x * 1e12, y * 1e12]))
    files.spoil("manifest", 'path = "old.geojson"', 'path = "old.geojson"\ncrs = "EPSG:27700"')
    assert "It lies outside the country" in fault(files)


def test_a_self_crossing_outline_is_refused_naming_the_area_and_the_point(files: OfficialFiles) -> None:
    bow_tie = [[-3, 52], [-2, 53], [-2, 52], [-3, 53], [-3, 52]]
    files.redraw("old.geojson", lambda document: geometry(document).update(coordinates=[bow_tie]))
    assert fault(files) == (
        "old.geojson, A: The outline is not sound: Self-intersection at -2.5 52.5. "
        "Repair the shape, or use the publisher's generalised boundaries."
    )


def test_a_hole_outside_its_area_is_refused(files: OfficialFiles) -> None:
    files.redraw("old.geojson", lambda document: geometry(document)["coordinates"].append(square(-1, -0.5)))
    assert "old.geojson, A: The outline is not sound: Hole lies outside shell" in fault(files)


def test_rings_wound_either_way_give_the_same_outline(files: OfficialFiles) -> None:
    as_drawn = files.load().boundaries

    def turn(document: Any) -> None:
        for number in range(3):
            geometry(document, number)["coordinates"][0].reverse()

    turned = files.redraw("old.geojson", turn).load().boundaries
    for before, after in zip(as_drawn, turned, strict=True):
        assert shapely.equals(before.outline, after.outline)
        assert shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(after.outline))).all()


def test_two_areas_with_one_outline_are_refused(files: OfficialFiles) -> None:
    turned = square(-3, -2)[::-1]
    files.redraw("old.geojson", lambda document: geometry(document, 1).update(coordinates=[turned]))
    assert "old.geojson, B: It has the same outline as A." in fault(files)


def test_two_areas_within_the_same_frame_are_two(files: OfficialFiles) -> None:
    lower, upper = [[-3, 52], [-2, 52], [-2, 53], [-3, 52]], [[-3, 52], [-2, 53], [-3, 53], [-3, 52]]
    files.redraw("old.geojson", lambda document: geometry(document).update(coordinates=[lower]))
    files.redraw("old.geojson", lambda document: geometry(document, 1).update(coordinates=[upper]))
    assert len(files.load().boundaries) == 10


def put(value: Any, *path: Any) -> Callable[[Any], None]:
    """Puts a value somewhere into a document."""

    def change(document: Any) -> None:
        for step in path[:-1]:
            document = document[step]
        document[path[-1]] = value

    return change


SHAPE = ("features", 0, "geometry")
TOPO = ("objects", "areas", "geometries", 0)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("old.geojson", put("Feature", "type"), "old.geojson: It is not a GeoJSON feature collection."),
        ("old.geojson", put([], "features"), "old.geojson: It is not a GeoJSON feature collection."),
        ("old.geojson", put(7, "features", 0), "feature 1: It is not a feature."),
        ("old.geojson", put(None, *SHAPE), "feature 1: It has no outline."),
        ("old.geojson", put([], *SHAPE, "coordinates"), "feature 1: It has no outline."),
        (
            "old.geojson",
            put([[]], *SHAPE, "coordinates"),
            "feature 1: Its outline is not a list of positions.",
        ),
        (
            "districts.geojson",
            put({"type": "MultiPolygon", "coordinates": [[]]}, *SHAPE),
            "One of its polygons",
        ),
        ("old.geojson", put("Point", *SHAPE, "type"), "feature 1: It is a Point and not a polygon."),
        ("old.geojson", put("MultiPolygon", *SHAPE, "type"), "feature 1: Its outline is not a list of pos"),
        ("old.geojson", put([["a"]], *SHAPE, "coordinates"), "something that is not a coordinate"),
        ("old.geojson", put([[[1, 2], [3]]], *SHAPE, "coordinates"), "something that is not a coordinate"),
        (
            "old.geojson",
            put([[[None, 2]] * 4], *SHAPE, "coordinates"),
            "A: A coordinate is missing or endless.",
        ),
        ("old.geojson", put([square(-3, -2)[:3]], *SHAPE, "coordinates"), "A: A ring has fewer than four"),
        ("old.geojson", put([square(-3, -2)[:4]], *SHAPE, "coordinates"), "A: A ring does not close."),
        ("old.geojson", put({}, "features", 0, "properties"), "feature 1, column CODE: The code is empty"),
        ("old.geojson", put(None, "features", 0, "properties"), "feature 1, column CODE: The code is empty"),
        (
            "old.geojson",
            put("B", "features", 0, "properties", "CODE"),
            "feature 2, column CODE: The code B is",
        ),
        ("old.geojson", put("Z", "features", 0, "properties", "CODE"), "The code Z is not an area of OLD."),
        ("districts.geojson", put("x" * 151, "features", 0, "properties", "NAME"), "more than 150 letters"),
        (
            "districts.geojson",
            put("x\0", "features", 0, "properties", "NAME"),
            "a letter that cannot be printed",
        ),
        ("new.topojson", put([], "arcs"), "new.topojson: It has no arcs."),
        ("new.topojson", put([["x"]], "arcs"), "something that is not a coordinate"),
        ("new.topojson", put({}, "transform"), "Its transform does not give a scale and a translation."),
        ("new.topojson", put({"scale": 1, "translate": "x"}, "transform"), "Its transform does not give"),
        ("new.topojson", put([1e308, 1e308], "transform", "scale"), "A: A coordinate is missing or endless."),
        ("new.topojson", put({}, "objects", "more"), "which object holds the areas; there are: areas, more."),
        ("new.topojson", put([], "objects"), "which object holds the areas; there are: none."),
        ("new.topojson", put(7, "objects", "areas"), "Its object holds no areas."),
        ("new.topojson", put([], "objects", "areas", "geometries"), "Its object holds no areas."),
        ("new.topojson", put(7, *TOPO), "shape 1: It has no outline."),
        ("new.topojson", put([], *TOPO, "arcs"), "shape 1: It has no outline."),
        ("new.topojson", put("LineString", *TOPO, "type"), "shape 1: It is a LineString and not a polygon."),
        ("new.topojson", put([[]], *TOPO, "arcs"), "shape 1: One of its polygons is empty."),
        ("new.topojson", put([[9]], *TOPO, "arcs"), "shape 1: It names arc 9, which is not there."),
        ("new.topojson", put([["0"]], *TOPO, "arcs"), "shape 1: It names arc 0, which is not there."),
        ("new.topojson", put([[0, 2]], *TOPO, "arcs"), "shape 1: Its arcs do not meet."),
        ("new.topojson", put([[0]], *TOPO, "arcs"), "A: A ring has fewer than four corners."),
        ("new.topojson", put(None, *TOPO, "properties"), "shape 1, column CODE: The code is empty"),
    ],
)
def test_a_spoilt_shape_is_refused_naming_it(
    files: OfficialFiles, name: str, change: Callable[[Any], None], said: str
) -> None:
    first = fault(files.redraw(name, change))
    assert first.startswith(name)
    assert said in first


def test_an_area_without_an_outline_is_named(files: OfficialFiles) -> None:
    files.redraw("old.geojson", lambda document: document["features"].pop())
    assert fault(files) == "old.geojson: OLD C has no outline. Add its shape to the file."


def test_some_of_the_shapes_may_be_left_out(files: OfficialFiles) -> None:
    files.redraw(
        "old.geojson", lambda document: document["features"].append(feature("S", square(-3, 0), LAND="sea"))
    )
    assert "The code S is not an area of OLD." in fault(files)
    for each in files.outlines["old.geojson"]["features"][:3]:
        each["properties"]["LAND"] = "land"
    files.spoil("manifest", 'path = "old.geojson"', 'path = "old.geojson"\nwhere = { LAND = ["land"] }')
    assert len(files.load().boundaries) == 10


@pytest.mark.parametrize("path", ["old.geojson", "councils.geojson"])
def test_a_file_of_which_no_shape_is_left_is_refused(files: OfficialFiles, path: str) -> None:
    files.spoil("manifest", f'path = "{path}"', f'path = "{path}"\nwhere = {{ LAND = ["land"] }}')
    assert fault(files).startswith(f"{path}: Nothing is left to read.")


def test_an_object_is_chosen_by_name(files: OfficialFiles) -> None:
    files.redraw("new.topojson", put({}, "objects", "more"))
    files.spoil("manifest", 'path = "new.topojson"', 'path = "new.topojson"\nobject = "areas"')
    assert len(files.load().boundaries) == 10


def test_heights_are_dropped(files: OfficialFiles) -> None:
    plain = files.load().boundaries
    files.redraw("old.geojson", moved(lambda x, y: [x, y, 120.0]))
    assert files.load().boundaries == plain


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe{", b"[" * 100_000, b"null", b"[]", b"7"],
    ids=lambda content: str(content[:4]),
)
def test_what_is_not_a_document_of_areas_is_refused(files: OfficialFiles, content: bytes) -> None:
    files.raw["old.geojson"] = content
    assert fault(files).startswith("old.geojson: It is not ")


def test_not_a_number_is_refused(files: OfficialFiles) -> None:
    document = json.dumps(files.outlines["old.geojson"]).replace("[-3, 52.0]", "[NaN, 52.0]")
    files.raw["old.geojson"] = document.encode()
    assert "old.geojson, A: A coordinate is missing or endless." in fault(files)


def test_outlines_of_fifty_megabytes_are_refused(files: OfficialFiles) -> None:
    files.raw["old.geojson"] = b" " * 50_000_000
    assert "old.geojson: The file is bigger than 40 MB." in fault(files)


def test_nothing_of_a_country_comes_back_when_one_shape_is_bad(files: OfficialFiles) -> None:
    heard: list[str] = []
    files.redraw("old.geojson", put(None, *SHAPE))
    with pytest.raises(Exception, match="It has no outline"):
        files.load(progress=lambda label, *_: heard.append(label))
    assert "Lineage" not in heard


# Decoding TopoJSON checked with the plain way: one point after another, as the format says.
STEPS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=2, max_size=6)


@given(
    arcs=st.lists(STEPS, min_size=1, max_size=4),
    scale=st.sampled_from([0.1, 0.25, 1.0]),
    move=st.tuples(st.integers(-9, 9), st.integers(-9, 9)),
    backwards=st.booleans(),
)
def test_decoding_arcs_agrees_with_walking_them_point_by_point(
    arcs: list[list[tuple[int, int]]], scale: float, move: tuple[int, int], backwards: bool
) -> None:
    for number, arc in enumerate(arcs):
        walked, x, y = [], 0, 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            walked.append((x * scale + move[0], y * scale + move[1]))
        shape = {"type": "Polygon", "arcs": [[~number if backwards else number]]}
        document = {
            "arcs": arcs,
            "transform": {"scale": [scale, scale], "translate": move},
            "objects": {"areas": {"geometries": [shape]}},
        }
        (figure,) = topojson.figures(json.loads(json.dumps(document)), Faults("a"))
        assert np.allclose(figure.polygons[0][0], walked[::-1] if backwards else walked)


NAMES = ["ccg_2015_07", "ccg_2017", "ccg_2018", "ccg_2019", "ccg_2020", "ccg_2021", "icb_2023", "sicbl_2023"]
NAMES += ["stp_2021", "nhs_region_2024", "ltla_2021", "utla_2021"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_official_file_gives_the_same_outlines_either_way(shared_data: Path, name: str) -> None:
    one, other = Faults("geojson"), Faults("topojson")
    as_geojson = geojson.figures(json.loads((shared_data / f"boundaries/{name}.geojson").read_bytes()), one)
    as_topojson = topojson.figures(
        json.loads((shared_data / f"boundaries/{name}.topojson").read_bytes()), other
    )
    one.raise_if_any()
    other.raise_if_any()
    assert [figure.properties for figure in as_geojson] == [figure.properties for figure in as_topojson]
    for left, right in zip(as_geojson, as_topojson, strict=True):
        assert shapely.equals(_shape(left.polygons), _shape(right.polygons))


def _shape(polygons: list[list[Any]]) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([(rings[0], rings[1:]) for rings in polygons])

"""Reading boundaries: checked in the file's own coordinates, then laid on the country's grid in metres."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from ithrive.areas.gazetteer import Boundary
from ithrive.areas.manifest import BoundariesFile, CountryTable
from ithrive.areas.places import Place
from ithrive.areas.reading import geojson, topojson
from ithrive.areas.reading.codes import Places, why_unusable
from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.figures import Figure
from ithrive.areas.reading.files import NOTHING_LEFT, Files

Shapes = NDArray[np.object_]
DEGREES = "EPSG:4326"


def read_figures(file: BoundariesFile, files: Files) -> list[Figure]:
    """The shapes in a GeoJSON or TopoJSON file with one code each. Raises BadInput."""
    faults = Faults(file.path)
    document = _document(files.unpacked(file.path), faults)
    if document.get("type") == "Topology":
        figures = topojson.figures(document, faults, wanted=file.object)
    else:
        figures = geojson.figures(document, faults)
    wanted = {column: frozenset(values) for column, values in file.where.items()}
    figures = [each for each in figures if all(_text(each, column) in wanted[column] for column in wanted)]
    faults.raise_if_any()
    if not figures:
        faults.add(*NOTHING_LEFT)
    _refuse_wrong_codes(figures, file, faults)
    faults.raise_if_any()
    return figures


def _document(content: bytes, faults: Faults) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        faults.add(f"It is not JSON text ({error}).", "Download or export it again.")
        faults.raise_if_any()
    return document if isinstance(document, dict) else {}


def _text(figure: Figure, column: str) -> str:
    value = figure.properties.get(column)
    return "" if value is None else str(value).strip()


def _refuse_wrong_codes(figures: Sequence[Figure], file: BoundariesFile, faults: Faults) -> None:
    seen: set[str] = set()
    for figure in figures:
        code = _text(figure, file.columns.code)
        at = f"{figure.place}, column {file.columns.code}"
        if not code:
            faults.add("The code is empty or the property is missing.", "Give every area its code.", at=at)
        elif code in seen:
            faults.add(f"The code {code} is there twice.", "Keep one shape for each area.", at=at)
        seen.add(code)


def named_figures(figures: Sequence[Figure], file: BoundariesFile) -> dict[str, Place]:
    """The places that boundaries name, for a geography without a file of codes. Raises BadInput."""
    faults, columns = Faults(file.path), file.columns
    if not columns.name:
        faults.add(f"Nothing names the areas of {file.geography}.", "Say which column holds the name.")
        faults.raise_if_any()
    places = {}
    for figure in figures:
        code, name = _text(figure, columns.code), " ".join(_text(figure, columns.name or "").split())
        ods_code = _text(figure, columns.ods_code) if columns.ods_code else ""
        if not name:
            faults.add("The name is empty.", "Give every area its name.", at=f"{figure.place} ({code})")
        places[code] = Place(file.geography, code, name, ods_code or None)
        if unusable := why_unusable(places[code]):
            faults.add(unusable, "Shorten or correct it.", at=f"{figure.place} ({code[:20]})")
    faults.raise_if_any()
    return places


def read_boundaries(
    figures: Sequence[Figure], file: BoundariesFile, places: Places, country: CountryTable
) -> list[Boundary]:
    """The outlines as multipolygons in metres on the country's grid. Raises BadInput."""
    faults = Faults(file.path)
    codes = [_text(figure, file.columns.code) for figure in figures]
    _refuse_unknown(codes, file.geography, places, faults)
    _refuse_unclosed(figures, codes, faults)
    faults.raise_if_any()
    shapes = _multipolygons(figures)
    _refuse_outside(shapes, codes, file, country, faults)
    faults.raise_if_any()
    _refuse_invalid(shapes, codes, faults)
    _refuse_repeated(shapes, codes, faults)
    faults.raise_if_any()
    on_grid = _on_grid(shapes, file.crs, country.grid)
    return [Boundary(file.geography, code, shape) for code, shape in zip(codes, on_grid, strict=True)]


def _refuse_unknown(codes: Sequence[str], geography: str, places: Places, faults: Faults) -> None:
    for code in codes:
        if code not in places[geography]:
            what = f"The code {code} is not an area of {geography}."
            faults.add(what, "Correct it, or add the area to the codes.")
    for code in sorted(places[geography].keys() - set(codes)):
        faults.add(f"{geography} {code} has no outline.", "Add its shape to the file.")


def _refuse_unclosed(figures: Sequence[Figure], codes: Sequence[str], faults: Faults) -> None:
    for figure, code in zip(figures, codes, strict=True):
        rings = [ring for polygon in figure.polygons for ring in polygon]
        if not all(np.isfinite(ring).all() for ring in rings):
            faults.add("A coordinate is missing or endless.", "Export the area again.", at=code)
        elif any(len(ring) < 4 for ring in rings):
            faults.add("A ring has fewer than four corners.", "Export the area again.", at=code)
        elif any((ring[0] != ring[-1]).any() for ring in rings):
            faults.add("A ring does not close.", "End it where it starts.", at=code)


def _multipolygons(figures: Sequence[Figure]) -> Shapes:
    """All shapes at once: shapely takes one long list of corners and where each ring begins."""
    polygons = [polygon for figure in figures for polygon in figure.polygons]
    rings = [ring for polygon in polygons for ring in polygon]
    loops = shapely.linearrings(np.concatenate(rings), indices=_owners([len(ring) for ring in rings]))
    filled = shapely.polygons(np.asarray(loops), indices=_owners([len(polygon) for polygon in polygons]))
    owners = _owners([len(figure.polygons) for figure in figures])
    return np.asarray(shapely.multipolygons(np.asarray(filled), indices=owners))


def _owners(sizes: Sequence[int]) -> NDArray[np.intp]:
    return np.repeat(np.arange(len(sizes)), sizes)


def _refuse_outside(
    shapes: Shapes, codes: Sequence[str], file: BoundariesFile, country: CountryTable, faults: Faults
) -> None:
    """Coordinates that cannot be what the manifest says: metres for degrees, swapped, or another country."""
    crs = pyproj.CRS.from_user_input(file.crs)
    west, south, east, north = shapely.total_bounds(shapes)
    small = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    if crs.is_geographic and not small:
        mend = "If they are on the national grid, write crs = “EPSG:27700” in the manifest."
        faults.add(f"The coordinates reach {east:,.0f}, {north:,.0f}: these are not degrees.", mend)
    elif crs.is_projected and small:
        mend = "If they are degrees, write crs = “EPSG:4326” in the manifest."
        faults.add(f"The coordinates reach {east:.2f}, {north:.2f}: these are not metres.", mend)
    else:
        _refuse_elsewhere(shapes, codes, file.crs, _extent(country), faults)


def _extent(country: CountryTable) -> tuple[float, float, float, float]:
    area = pyproj.CRS.from_user_input(country.grid).area_of_use
    return country.extent or (area.bounds if area else (-180, -90, 180, 90))


def _refuse_elsewhere(
    shapes: Shapes, codes: Sequence[str], crs: str, extent: tuple[float, float, float, float], faults: Faults
) -> None:
    west, south, east, north = shapely.bounds(shapes).T
    to_degrees = pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)
    west, south = to_degrees.transform(west, south)
    east, north = to_degrees.transform(east, north)
    # A corner that cannot be turned into degrees is endless, and therefore not inside.
    inside = (west >= extent[0]) & (south >= extent[1]) & (east <= extent[2]) & (north <= extent[3])
    for index in _where_not(inside):
        where = f"{west[index]:.2f}, {south[index]:.2f} to {east[index]:.2f}, {north[index]:.2f}"
        mend = "Check “crs” in the manifest, and that longitude comes before latitude."
        faults.add(f"It lies outside the country: {where} degrees.", mend, at=codes[index])


def _where_not(good: NDArray[np.bool_]) -> list[int]:
    return [int(index) for index in np.flatnonzero(~good)]


def _refuse_invalid(shapes: Shapes, codes: Sequence[str], faults: Faults) -> None:
    for index in _where_not(shapely.is_valid(shapes)):
        reason = shapely.is_valid_reason(shapes[index]).replace("[", " at ").replace("]", "")
        mend = "Repair the shape, or use the publisher's generalised boundaries."
        faults.add(f"The outline is not sound: {reason}.", mend, at=codes[index])


def _refuse_repeated(shapes: Shapes, codes: Sequence[str], faults: Faults) -> None:
    alike: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for index, bounds in enumerate(shapely.bounds(shapes)):
        for other in alike[tuple(bounds)]:
            if shapely.equals(shapes[index], shapes[other]):
                what = f"It has the same outline as {codes[other]}."
                faults.add(what, "Give each area its own.", at=codes[index])
        alike[tuple(bounds)].append(index)


def _on_grid(shapes: Shapes, crs: str, grid: str) -> Shapes:
    if crs != grid:
        transformer = pyproj.Transformer.from_crs(crs, grid, always_xy=True)
        shapes = shapely.transform(
            shapes, lambda corners: np.column_stack(transformer.transform(corners[:, 0], corners[:, 1]))
        )
    # Outer rings the same way round everywhere, so that the same outline is always the same line.
    return np.asarray(shapely.orient_polygons(shapes))

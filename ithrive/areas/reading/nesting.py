"""Finding which larger area holds each small one, by their outlines."""

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ithrive.areas.gazetteer import Boundary
from ithrive.areas.manifest import Nesting
from ithrive.areas.reading.faults import Faults

# Generalised outlines of the same ground differ a little along the edge and by the sea.
LEAST_SHARE_INSIDE = 0.9


def nested(table: Nesting, boundaries: Iterable[Boundary], name: str) -> dict[str, str]:
    """Small code -> larger code. Raises BadInput where a small area lies in none, or clearly in several."""
    faults = Faults(f"{name}, [[nesting]] {table.small} in {table.large}")
    outlines: dict[str, dict[str, BaseGeometry]] = {table.small: {}, table.large: {}}
    for boundary in boundaries:
        if boundary.geography in outlines:
            outlines[boundary.geography][boundary.code] = boundary.outline
    for key, found in outlines.items():
        if not found:
            faults.add(f"There are no boundaries of {key}.", "Add a file of boundaries for it.")
    faults.raise_if_any()
    small, large = outlines[table.small], outlines[table.large]
    holders = _holders(small, large)
    for code in small.keys() - holders.keys():
        faults.add(f"{code} lies in no single area of {table.large}.", "Check both files of boundaries.")
    faults.raise_if_any()
    return holders


def _holders(small: dict[str, BaseGeometry], large: dict[str, BaseGeometry]) -> dict[str, str]:
    shapes, holders = np.array(list(small.values())), np.array(list(large.values()))
    codes, larger_codes = list(small), list(large)
    tree = shapely.STRtree(holders)
    inside, of = tree.query(shapely.point_on_surface(shapes), predicate="within")
    shares = shapely.area(shapely.intersection(shapes[inside], holders[of])) / shapely.area(shapes[inside])
    return {
        codes[index]: larger_codes[holder]
        for index, holder, share in zip(inside, of, shares, strict=True)
        if share >= LEAST_SHARE_INSIDE
    }

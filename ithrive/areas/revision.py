"""Telling whether anything changed since a country's areas were last loaded."""

import hashlib
from collections.abc import Iterable

import numpy as np
import shapely

from ithrive.areas.gazetteer import Boundary, Gazetteer


def revision(gazetteer: Gazetteer) -> str:
    """A digest of everything in a gazetteer: equal when, and only when, its contents are.

    Outlines count to the nearest decimetre, so that another release of the projection library on
    the same files does not look like a change.
    """
    digest = hashlib.sha256()
    plain = (
        (gazetteer.country,), gazetteer.geographies, gazetteer.places, gazetteer.links, gazetteer.populations,
        gazetteer.attributes, gazetteer.values, gazetteer.sources,
    )  # fmt: skip
    for facts in plain:
        digest.update(repr(facts).encode())
    for part in _outlines(gazetteer.boundaries):
        digest.update(part)
    return digest.hexdigest()


def _outlines(boundaries: Iterable[Boundary]) -> Iterable[bytes]:
    for boundary in boundaries:
        yield f"{boundary.geography} {boundary.code} {len(shapely.get_parts(boundary.outline))}".encode()
        yield np.rint(shapely.get_coordinates(boundary.outline) * 10).astype("<i8").tobytes()

"""Moving areas until each has the room that its people need, and its neighbours still lie where they lay."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array
from scipy.sparse.linalg import spsolve
from scipy.spatial import Delaunay, QhullError

from ithrive.areas.hexagons.grid import AREA, Points

Pairs = NDArray[np.int64]

# A neighbour may be so many times as far as the others are: beyond lies water, which stays open.
FAR = 2.0
# How much an area keeps to its place, against 1 for each neighbour's wish. Low: room matters more.
KEEP = 0.2


def make_room(positions: Points, counts: NDArray[np.int64]) -> tuple[Points, Points, Pairs]:
    """New positions, in distances between hexagons; each area's radius; the pairs that are neighbours.

    Every pair of neighbours wishes to lie in the direction in which it lay, as far apart as two circles
    that hold their hexagons. The positions fulfil all wishes as well as can be (least squares).
    """
    radii = np.sqrt(counts * AREA / np.pi)
    places = _to_scale(positions, int(counts.sum()))
    pairs = neighbours(places)
    one, other = pairs.T
    apart = places[one] - places[other]
    length = np.maximum(np.linalg.norm(apart, axis=1), 1e-9)
    wishes = apart * ((radii[one] + radii[other]) / length)[:, None]
    return _fulfilled(places, pairs, wishes), radii, pairs


def _fulfilled(places: Points, pairs: Pairs, wishes: Points) -> Points:
    rows = np.arange(len(pairs))
    signs = np.concatenate([np.ones(len(pairs)), -np.ones(len(pairs))])
    apart = csr_array((signs, (np.tile(rows, 2), pairs.T.ravel())), shape=(len(pairs), len(places)))
    wanted = apart.T @ wishes + KEEP * places
    held = (apart.T @ apart + KEEP * eye_array(len(places))).tocsc()
    return np.column_stack([np.atleast_1d(spsolve(held, wanted[:, axis])) for axis in (0, 1)])


def _to_scale(positions: Points, hexagons: int) -> Points:
    """The country as large as its hexagons together; areas in one spot are put a little apart."""
    spread = positions - positions.mean(axis=0)
    size = float(np.sqrt((spread**2).sum(axis=1).mean()))
    # The points of a disc as large as the hexagons lie, in the mean square, so far from its middle.
    wanted = float(np.sqrt(hexagons * AREA / (2 * np.pi)))
    turn = np.arange(len(positions)) * 2.399963  # the golden angle: no two in one direction
    aside = np.column_stack([np.cos(turn), np.sin(turn)]) * 1e-3
    return np.asarray(spread * (wanted / size if size > 0 else 0.0) + aside)


def neighbours(places: Points) -> Pairs:
    """Pairs of areas with nothing between them, without those far apart."""
    pairs = np.unique(np.sort(_lines(places), axis=1), axis=0).reshape(-1, 2)
    length = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    usual = np.full(len(places), np.inf)
    for area in np.unique(pairs):
        usual[area] = np.median(length[(pairs == area).any(axis=1)])
    return np.asarray(pairs[length <= FAR * usual[pairs].min(axis=1, initial=np.inf)])


def _lines(places: Points) -> Pairs:
    """The sides of the triangles between places; where there are none, from each place to the next."""
    try:
        corners = Delaunay(places).simplices
    except (QhullError, ValueError):  # fewer than three places, or all in one line
        order = np.lexsort(places.T)
        return np.column_stack([order[:-1], order[1:]])
    return np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])

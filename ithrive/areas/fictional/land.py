"""The island: its coast, its cities, and the hamlets that every area is put together from."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import Delaunay

Points = NDArray[np.float64]
Labels = NDArray[np.int64]

# Corners of the coast in kilometres, clockwise from the north: bays, estuaries and a long south-west arm.
_MAINLAND = (
    (150, 480), (205, 500), (250, 468), (240, 428), (288, 402), (302, 350), (268, 318), (290, 288),
    (332, 270), (346, 220), (322, 168), (288, 150), (302, 108), (268, 68), (214, 60), (190, 92),
    (168, 62), (110, 52), (62, 66), (44, 26), (14, 50), (56, 112), (98, 138), (68, 180),
    (46, 236), (78, 272), (124, 282), (82, 312), (92, 368), (128, 398), (106, 438),
)  # fmt: skip
_ISLES = (((24, 330), 15.0), ((362, 318), 18.0), ((344, 342), 9.0), ((150, 20), 11.0))
# Centre, reach in kilometres and hamlets of each city: small areas, so that they vanish on a land map.
CITIES = (((232, 188), 9.0, 900), ((136, 336), 6.0, 420), ((252, 372), 5.0, 320), ((112, 96), 4.5, 240))
_SPACING = 4.6
_ORIGIN = (150_000.0, 50_000.0)  # so that every coordinate is positive, as on a national grid


@dataclass(frozen=True)
class Land:
    """Hamlets on the ground: where each is, the cell of land it stands on, and the ways between them."""

    places: Points  # metres
    cells: NDArray[np.object_]  # polygons that meet exactly
    ways: csr_array  # length in metres of the way from each hamlet to its neighbours
    city: Points  # how much each hamlet belongs to a city, 0 to 1


def raise_land(rng: np.random.Generator) -> Land:
    """An island with some six thousand hamlets."""
    places = _scattered(rng)
    cells = _cells_around(places)
    dry = shapely.contains_xy(_coast(rng), places)
    places, cells = places[dry], cells[dry]
    return Land(places * 1000 + _ORIGIN, _on_the_ground(cells), _ways(places * 1000, rng), _city(places))


def _coast(rng: np.random.Generator) -> shapely.Geometry:
    isles = [_rough(_ring(centre, reach), rng, rounds=3) for centre, reach in _ISLES]
    return shapely.union_all([_rough(np.array(_MAINLAND, float), rng, rounds=6), *isles])


def _ring(centre: tuple[float, float], reach: float) -> Points:
    angles = np.linspace(0, 2 * np.pi, 7)[:-1]
    return np.array(centre) + reach * np.column_stack([1.2 * np.sin(angles), 0.8 * np.cos(angles)])


def _rough(corners: Points, rng: np.random.Generator, rounds: int) -> shapely.Geometry:
    """Push the middle of every edge in or out, again and again: coasts are as ragged near as far."""
    for _ in range(rounds):
        onward = np.roll(corners, -1, axis=0) - corners
        outward = np.column_stack([-onward[:, 1], onward[:, 0]])
        middles = corners + onward / 2 + outward * rng.normal(0, 0.13, (len(corners), 1))
        corners = np.stack([corners, middles], axis=1).reshape(-1, 2)
    return shapely.make_valid(shapely.Polygon(corners))


def _scattered(rng: np.random.Generator) -> Points:
    """Places on a shaken triangular grid over land and sea, and many more around each city."""
    across, up = np.meshgrid(np.arange(-40, 420, _SPACING), np.arange(-40, 560, _SPACING * 0.87))
    across[1::2] += _SPACING / 2
    grid = np.column_stack([across.ravel(), up.ravel()])
    country = grid + rng.uniform(-0.38, 0.38, grid.shape) * _SPACING
    towns = [rng.normal(centre, reach, (hamlets, 2)) for centre, reach, hamlets in CITIES]
    return np.concatenate([country, *towns])


def _cells_around(places: Points) -> NDArray[np.object_]:
    cells = shapely.voronoi_polygons(shapely.MultiPoint(places), ordered=True)
    return np.array(cells.geoms, dtype=object)


def _on_the_ground(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """Kilometres to whole metres; cells that shared a corner still share it."""
    return shapely.transform(cells, lambda corners: np.round(corners * 1000 + _ORIGIN))


def _ways(places: Points, rng: np.random.Generator) -> csr_array:
    """Ways between neighbouring hamlets. Long ones cross water and are dear; all wind a little."""
    first, second = _neighbours(places)
    length = np.linalg.norm(places[first] - places[second], axis=1)
    water = np.where(length > 2.2 * _SPACING * 1000, 8.0, 1.0)
    winding = rng.lognormal(0, 0.35, len(length))
    dear = length * water * winding + 1.0
    ends = (np.concatenate([first, second]), np.concatenate([second, first]))
    return csr_array((np.tile(dear, 2), ends), shape=(len(places), len(places)))


def _neighbours(places: Points) -> tuple[Labels, Labels]:
    corners = Delaunay(places).simplices
    pairs = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    first, second = np.unique(pairs, axis=0).T
    return first, second


def _city(places: Points) -> Points:
    """Near 1 in the middle of a city, 0 far out."""
    nearness = [
        np.exp(-(((places - centre) / (2.2 * reach)) ** 2).sum(axis=1) / 2) for centre, reach, _ in CITIES
    ]
    return np.asarray(np.max(nearness, axis=0), dtype=np.float64)

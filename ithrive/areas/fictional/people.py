"""The people of the hamlets, and how things are for them."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ithrive.areas.fictional.land import Labels, Land, Points

MID_YEARS = (2017, 2019, 2020, 2023)
AGES = 25
Counts = NDArray[np.int64]


def children_by_age(land: Land, area: Labels, rng: np.random.Generator) -> Counts:
    """Children and young people of each hamlet: [mid year, hamlet, single year of age 0 to 24]."""
    share = rng.lognormal(0, 0.4, len(area))
    share /= np.bincount(area, share)[area]
    total = _areas_totals(int(area.max()) + 1, rng)[area] * share
    growth = rng.normal(0.004, 0.008, int(area.max()) + 1)[area]
    years = [
        total[:, None] * (1 + growth[:, None]) ** (year - 2017) * _ages(year, land.city) for year in MID_YEARS
    ]
    return np.rint(np.stack(years)).astype(np.int64)


def _areas_totals(count: int, rng: np.random.Generator) -> Points:
    """People aged 0 to 24 in each area: lognormal, as England's clinical commissioning groups were."""
    return np.clip(rng.lognormal(np.log(60_000), 0.55, count), 9_000, 140_000)


def _ages(year: int, city: Points) -> Points:
    """The share of each age: a wave of births that grows up, and students who come to the cities."""
    ages = np.arange(AGES)
    born = year - ages
    births = 1 + 0.08 * np.cos((born - 2011) / 24 * 2 * np.pi)
    students = np.exp(-(((ages - 20.5) / 1.6) ** 2) / 2)
    profile = births * (1 + (0.7 * city[:, None] - 0.12) * students)
    return np.asarray(profile / profile.sum(axis=1, keepdims=True))


def smooth_field(ways: csr_array, rng: np.random.Generator) -> Points:
    """A standard normal value for each hamlet that changes slowly from one neighbour to the next."""
    links = csr_array((np.ones(ways.nnz), ways.indices, ways.indptr), shape=ways.shape)
    around = links.sum(axis=1) + 1
    value = rng.normal(size=links.shape[0])
    for _ in range(150):
        value = (links @ value + value) / around
    return np.asarray((value - value.mean()) / value.std())


def deprivation(land: Land, rng: np.random.Generator) -> Points:
    """A score like the Index of Multiple Deprivation's: about 5 to 50, higher in cities."""
    slow = smooth_field(land.ways, rng)
    return np.clip(np.exp(2.8 + 0.33 * slow + 0.35 * land.city), 4, 60)


def rural(land: Land, rng: np.random.Generator) -> Points:
    """1 for a hamlet in the country, 0 in a town; towns stand everywhere, more of them near a city."""
    town = land.city * 4 + smooth_field(land.ways, rng) * 0.8 + rng.normal(0, 0.9, len(land.city))
    return (town < -0.1).astype(np.float64)


def spend_per_head(score: Points, land: Land, rng: np.random.Generator) -> Points:
    """Spend on mental health in pounds per head: more where deprivation is higher, but not only there."""
    slow = smooth_field(land.ways, rng)
    return 128 + 1.6 * score + 14 * slow + 18 * land.city

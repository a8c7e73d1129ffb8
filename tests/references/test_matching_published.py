"""Matching against results of R's optmatch, which its authors publish with the package.

Hansen, B. B. and Fredrickson, M., optmatch (github.com/markmfredrickson/optmatch): stored output of the tests
`pairmatch-tests` and `mahal-dist`. The distances between seven refurbished (A to G) and nineteen new (H to Z)
nuclear power plants are those of Rosenbaum (Observational Studies, 2002, section 10.4), the data on plants
those of Cox and Snell (Applied Statistics, 1981, example G).
"""

import numpy as np
import pytest

from ithrive.evaluation.matching import Candidates, distances
from ithrive.evaluation.matching.optimal import assign
from tests.evaluation.matching.plain import greedy

PRINTED = 5e-8  # the stored output prints eight significant digits of squared distances

PLANTS = """
28  0  3 22 14 30 17 28 26 28 20 22 23 26 21 18 34 40 28
24  3  0 22 10 27 14 26 24 24 16 19 20 23 18 16 31 37 25
10 18 14 18  4 12  6 11  9 10 14 12  6 14 22 10 16 22 28
 7 28 24  8 14  2 10  6 12  0 24 22  4 24 32 20 18 16 38
17 20 16 32 18 26 20 18 12 24  0  2 20  6  8  4 14 20 14
20 31 28 35 20 29 22 20 14 26 12  9 22  5 15 12  9 11 12
14 32 29 30 18 24 17 16 10 22 12 10 17  6 16 14  4  8 17
"""
APART = np.array([line.split() for line in PLANTS.strip().splitlines()], dtype=float)
NEW = "HIJKLMNOPQRSTUVWXYZ"

# Date of the permit, plants built before by the same engineers, and capacity, in the order of R's data.
DATE = """68.58 67.33 67.33 68.00 68.00 67.92 68.17 68.42 68.42 68.33 68.58 68.75 68.42 68.92 68.92 68.42
69.50 68.42 69.17 68.92 68.75 70.92 69.67 70.08 70.42 71.08 67.25 67.17 67.83 67.83 67.25 67.83"""
BUILT = "14 1 1 12 12 3 5 1 5 2 3 6 2 7 16 3 17 2 1 8 15 20 18 3 19 21 8 7 11 11 8 11"
CAPACITY = """687 1065 1065 1065 1065 514 822 457 822 792 560 790 530 1050 850 778 845 530 1090 1050
913 828 786 821 538 1130 745 821 886 886 745 886"""
REFURBISHED = {3, 5, 9, 18, 20, 22, 24, 30, 31, 32}


def names(columns: tuple[tuple[int, ...], ...]) -> str:
    return " ".join("".join(sorted(NEW[at] for at in each)) or "-" for each in columns)


def test_pairs_of_plants():
    found = assign(APART, np.ones(APART.shape, dtype=bool))
    assert names(found.columns) == "I J L Q R U X"
    assert found.total == 13


def test_two_new_plants_for_each_where_greed_loses():
    found = assign(APART, np.ones(APART.shape, dtype=bool), k=2)
    assert names(found.columns) == "IW JL NT MQ RS UZ XY"
    assert found.total == 73
    assert greedy(np.repeat(APART, 2, axis=0)) == 83


def test_a_caliper_leaves_one_plant_without():
    assert names(assign(APART, APART < 5).columns) == "I J L Q R - X"


@pytest.mark.parametrize(
    ("covariates", "plant", "printed"),
    [
        ([CAPACITY], 3, {1: 3.95852869, 2: 0, 6: 8.41111160, 8: 10.2413535, 29: 0.88767964}),
        ([CAPACITY], 22, {1: 0.55079301, 7: 9.973617e-04, 10: 0.03590502, 25: 2.329947811}),
        ([DATE, BUILT], 3, {1: 4.1066172, 4: 3.04790077, 6: 0.3278118, 26: 15.02517722, 29: 2.61425804}),
        ([DATE, BUILT], 18, {1: 4.5641583, 13: 0, 8: 0.03461242, 21: 4.9806045, 28: 4.44857922}),
        ([DATE, BUILT], 32, {1: 0.5362585, 4: 0.03328196, 19: 9.0508934, 25: 6.3423283, 29: 0}),
    ],
)
def test_the_covariance_is_pooled_within_the_groups(
    covariates: list[str], plant: int, printed: dict[int, float]
):
    candidates = Candidates.of(
        [str(at) for at in range(1, 33)],
        np.array([each.split() for each in covariates], dtype=float).T,
        [at in REFURBISHED for at in range(1, 33)],
        covariates=[str(at) for at in range(len(covariates))],
    )
    mine = [site for site, yes in zip(candidates.sites, candidates.accelerator, strict=True) if yes]
    others = [site for site, yes in zip(candidates.sites, candidates.accelerator, strict=True) if not yes]
    row = distances(candidates, "mahalanobis")[mine.index(str(plant))] ** 2
    for other, squared in printed.items():
        assert row[others.index(str(other))] == pytest.approx(squared, rel=PRINTED * 10, abs=PRINTED)

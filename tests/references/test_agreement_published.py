"""Agreement between raters, checked against figures that others published and against statsmodels.

- Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania, Annenberg
  School for Communication: the example of four observers, twelve units and missing values. Nominal .743,
  ordinal .815, interval .849.
- Shrout, P. E. and Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability.
  Psychological Bulletin 86, 420-428: six targets, four judges, ICC(2,1) = .29 and ICC(2,4) = .62. The
  intervals are those that the R package psych prints for the same data (0.02 to 0.76 and 0.07 to 0.93).
- Hout, M., Duncan, O. D. and Sobel, M. E. (1987), as the data set SexualFun of the R package vcd (two raters,
  four ordered answers, 91 couples): its Kappa() prints weighted kappa 0.2374, standard error 0.07832, with
  equal-spacing (linear) weights.
- The SAS output that statsmodels keeps in its own tests (three ordered categories, 19 cases): weighted kappa
  0.4701, standard error 0.1457, with linear weights.
"""

from math import log
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from ithrive.assessments.agreement.grid import given
from ithrive.assessments.agreement.intraclass import intraclass
from ithrive.assessments.agreement.kappa import LINEAR, QUADRATIC, Kappa, kappa_interval, weighted_kappa
from ithrive.assessments.agreement.krippendorff import (
    alpha_interval,
    interval,
    krippendorff_alpha,
    nominal,
    ordinal,
)

PRINTED_TO_THREE = 5e-4
PRINTED_TO_TWO = 5e-3
PRINTED_TO_FOUR = 5e-5
# Of a hundred times as many cases the two kinds of error differ by some thousandths of themselves.
TENFOLD = 0.01
# Both do the same sums in another order.
SAME = 1e-12

# Observers in rows, units in columns, 0 where a value is missing.
OBSERVERS = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
])  # fmt: skip
# Targets in rows, judges in columns.
JUDGES = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


def pairs(counts: Any) -> Any:
    """A table of counts (first rater's score by second's) as one round of two raters' scores."""
    return np.array(
        [[a + 1, b + 1] for a, row in enumerate(counts) for b, times in enumerate(row) for _ in range(times)]
    )[None]


@pytest.mark.parametrize(("metric", "published"), [(nominal, 0.743), (ordinal, 0.815), (interval, 0.849)])
def test_alpha_equals_krippendorffs_worked_example(metric: Any, published: float) -> None:
    counts = given(OBSERVERS.T[None], highest=5)
    assert krippendorff_alpha(counts, metric)[0] == pytest.approx(published, abs=PRINTED_TO_THREE)


def test_the_interval_of_alpha_holds_krippendorffs_figure() -> None:
    low, high = alpha_interval(given(OBSERVERS.T[None], highest=5))
    assert low[0] < 0.815 < high[0]


def test_intraclass_correlations_equal_shrout_and_fleiss() -> None:
    found = intraclass(JUDGES[None], np.array([4]))
    assert found.single[0] == pytest.approx(0.29, abs=PRINTED_TO_TWO)
    assert found.mean[0] == pytest.approx(0.62, abs=PRINTED_TO_TWO)
    assert (found.single_low[0], found.single_high[0]) == pytest.approx((0.02, 0.76), abs=PRINTED_TO_TWO)
    assert (found.mean_low[0], found.mean_high[0]) == pytest.approx((0.07, 0.93), abs=PRINTED_TO_TWO)


def test_linear_kappa_equals_r_and_sas() -> None:
    assert weighted_kappa(pairs(COUPLES), LINEAR).value[0] == pytest.approx(0.2374, abs=PRINTED_TO_FOUR)
    assert weighted_kappa(pairs(SAS), LINEAR, highest=3).value[0] == pytest.approx(
        0.4701, abs=PRINTED_TO_FOUR
    )


@pytest.mark.parametrize(("counts", "highest", "published"), [(COUPLES, 4, 0.07832), (SAS, 3, 0.1457)])
def test_the_jackknifed_error_nears_the_large_sample_one_of_r_and_sas(
    counts: Any, highest: int, published: float
) -> None:
    """The same answers a hundred times over have a tenth of the error, and then both methods are one."""
    many = np.tile(pairs(counts), (1, 100, 1))
    error = weighted_kappa(many, LINEAR, highest=highest).error[0]
    assert 10 * error == pytest.approx(published, rel=TENFOLD)


@pytest.mark.parametrize(("raters", "statements", "t"), [(2, 100_000, 1.960), (2, 6, 2.571), (4, 6, 2.571)])
def test_the_interval_of_kappa_is_students_on_fishers_scale(raters: int, statements: int, t: float) -> None:
    """Fisher (1925), Statistical Methods for Research Workers, section 39: z for k raters is half the
    logarithm of (1 + (k - 1) r) / (1 - r). Student's t is from the printed tables."""
    kappa = Kappa(np.array([0.5]), np.array([0.1]), np.array([raters]), np.array([statements]))

    def z(r: float) -> float:
        return log((1 + (raters - 1) * r) / (1 - r)) / 2

    slope = raters / (2 * 0.5 * (1 + (raters - 1) * 0.5))
    ends = [z(float(end[0])) for end in kappa_interval(kappa)]
    reach = 0.1 * slope * t
    assert ends == pytest.approx([z(0.5) - reach, z(0.5) + reach], abs=PRINTED_TO_THREE)


@pytest.mark.parametrize(("power", "name"), [(LINEAR, "linear"), (QUADRATIC, "quadratic")])
def test_kappa_equals_statsmodels_on_random_tables(power: int, name: str) -> None:
    chance = np.random.default_rng(2015)
    for _ in range(50):
        counts = chance.poisson(3, size=(4, 4))
        theirs = cohens_kappa(counts, wt=name)
        many = weighted_kappa(np.tile(pairs(counts), (1, 100, 1)), power)
        assert weighted_kappa(pairs(counts), power).value[0] == pytest.approx(theirs.kappa, abs=SAME)
        assert 10 * many.error[0] == pytest.approx(theirs.std_kappa, rel=TENFOLD)


def test_quadratic_kappa_nears_the_intraclass_correlation_as_fleiss_and_cohen_proved() -> None:
    """Fleiss and Cohen (1973), Educational and Psychological Measurement 33, 613-619: up to 1/n."""
    scores = np.tile(pairs(COUPLES), (1, 200, 1))
    kappa = weighted_kappa(scores, QUADRATIC).value[0]
    assert kappa == pytest.approx(intraclass(scores, np.array([2])).single[0], abs=1e-4)

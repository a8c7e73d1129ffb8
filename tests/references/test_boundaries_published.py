"""Boundaries against published tables.

Lan-DeMets boundaries of O'Brien-Fleming type for five equal looks, two-sided 5% as two one-sided 2.5%: 4.877,
3.357, 2.680, 2.290, 2.031 (Reboussin, DeMets, Kim & Lan 2000, Table 1; the same in rpact and ldbounds).
Lan-DeMets boundaries of Pocock type for five equal looks: 2.438, 2.427, 2.410, 2.397, 2.386 (same source).
"""

import pytest

from ithrive.evaluation.looks import boundaries
from ithrive.problems import BadInput

TOLERANCE = 6e-4  # the tables print three decimals
FIFTHS = (0.2, 0.4, 0.6, 0.8, 1.0)


@pytest.mark.parametrize(
    ("function", "published"),
    [
        ("obrien-fleming", (4.877, 3.357, 2.680, 2.290, 2.031)),
        ("pocock", (2.438, 2.427, 2.410, 2.397, 2.386)),
    ],
)
def test_boundaries_agree_with_the_tables(function: str, published: tuple[float, ...]) -> None:
    assert boundaries(FIFTHS, function=function) == pytest.approx(published, abs=TOLERANCE)


def test_one_look_is_the_ordinary_test() -> None:
    assert boundaries((1.0,), function="last-look-only") == pytest.approx((1.959964,), abs=1e-5)


def test_a_look_that_may_spend_nothing_stops_nobody() -> None:
    assert boundaries((0.5, 1.0), function="last-look-only")[0] == 8.0


def test_looks_must_know_more_each_time() -> None:
    with pytest.raises(BadInput, match="more than the last"):
        boundaries((0.5, 0.5), function="pocock")

"""Movement is judged by an exact test of two counts, which asks no more often for nothing than it says."""

from csv import DictReader
from datetime import date
from fractions import Fraction
from math import comb
from pathlib import Path
from statistics import mean, quantiles

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom, binomtest, nbinom

from ithrive.periods import add_months
from ithrive.returns.chance import MANY, USUAL_SWING, chance_of_change
from ithrive.returns.checks.movement import ENOUGH, FALSE_QUERIES, FAR

K = round(USUAL_SWING**-2)
# Sums of up to a few hundred terms of double precision.
RELATIVE = 1e-9


def by_hand(before: int, after: int) -> float:
    """The slow twin: the beta-binomial in exact fractions, from rising factorials."""

    def rising(start: int, steps: int) -> int:
        found = 1
        for step in range(steps):
            found *= start + step
        return found

    n, low = before + after, min(before, after)
    below = sum(comb(n, x) * rising(K, x) * rising(K, n - x) for x in range(low + 1))
    return float(min(Fraction(1), 2 * Fraction(below, rising(2 * K, n))))


@settings(max_examples=60)
@given(st.integers(0, 60), st.integers(0, 60))
def test_it_agrees_with_exact_fractions(before: int, after: int) -> None:
    assert chance_of_change(before, after) == pytest.approx(by_hand(before, after), rel=RELATIVE)


@settings(max_examples=40)
@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_it_agrees_with_scipys_beta_binomial(before: int, after: int) -> None:
    other = min(1.0, 2 * betabinom.cdf(min(before, after), before + after, K, K))
    assert chance_of_change(before, after) == pytest.approx(other, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("before", "after"), [(0, 6), (3, 14), (40, 61), (120, 90)])
def test_without_a_swing_it_is_the_exact_test_of_two_poisson_counts(before: int, after: int) -> None:
    plain = chance_of_change(before, after, swing=1e-4)
    assert plain == pytest.approx(binomtest(before, before + after).pvalue, rel=1e-4)


def test_it_agrees_with_a_sum_done_by_hand() -> None:
    # 1 + 24 + 276 + 2,024 + 10,626 ways to have at most 4 heads in 24 throws, on either side.
    assert chance_of_change(4, 20, swing=1e-4) == pytest.approx(2 * 12951 / 2**24, rel=1e-4)


@pytest.mark.parametrize("level", [0.5, 2, 10, 60, 300, 1_000])
def test_no_more_than_the_promised_share_of_unmoved_figures_is_queried(level: float) -> None:
    """Every pair of counts that such a service can have, weighed by its chance: no simulation."""
    share = K / (K + level)
    top = int(nbinom.ppf(1 - 1e-9, K, share)) + 1
    chance = nbinom.pmf(np.arange(top + 1), K, share)
    queried = 0.0
    for before in range(top + 1):
        low, high = _silent(before, top)
        queried += chance[before] * (chance[:low].sum() + chance[high + 1 :].sum())
    assert queried <= FALSE_QUERIES


def _silent(before: int, top: int) -> tuple[int, int]:
    """The lowest and the highest count that follow another without a query, by halving."""

    def first(low: int, high: int, asks: bool) -> int:
        while low < high:
            middle = (low + high) // 2
            if (chance_of_change(before, middle) < FALSE_QUERIES) is asks:
                high = middle
            else:
                low = middle + 1
        return low

    lowest = first(0, before, asks=False)
    highest = first(before, top + 1, asks=True) - 1
    return lowest, highest


@settings(max_examples=50)
@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_it_is_a_chance_and_does_not_care_which_came_first(before: int, after: int) -> None:
    found = chance_of_change(before, after)
    assert 0 <= found <= 1
    assert found == chance_of_change(after, before)


@settings(max_examples=50)
@given(st.integers(0, 2_000), st.integers(0, 500), st.integers(0, 500))
def test_further_apart_is_never_likelier(before: int, near: int, more: int) -> None:
    assert chance_of_change(before, before + near + more) <= chance_of_change(before, before + near) + 1e-9


def test_small_counts_may_double_and_large_ones_may_not() -> None:
    assert chance_of_change(3, 6) > FALSE_QUERIES
    assert chance_of_change(300, 600) < FALSE_QUERIES
    assert chance_of_change(0, 5) > FALSE_QUERIES
    assert chance_of_change(0, 40) < FALSE_QUERIES
    assert chance_of_change(0, 0) == 1.0


def test_very_large_counts_go_on_where_the_sum_ends() -> None:
    just, beyond = MANY // 2, MANY // 2 + 1
    assert chance_of_change(just, int(just * 0.7)) > 0
    below = chance_of_change(int(MANY * 0.6), int(MANY * 0.4))
    above = chance_of_change(int(MANY * 0.6) + 3, int(MANY * 0.4) + 2)
    assert above == pytest.approx(below, rel=0.02)
    assert chance_of_change(beyond, beyond) == pytest.approx(1.0)


@pytest.mark.parametrize(("before", "after", "swing"), [(-1, 2, 0.1), (2, -1, 0.1), (1, 2, 0.0)])
def test_what_is_no_count_has_no_chance(before: int, after: int, swing: float) -> None:
    with pytest.raises(ValueError, match="nought or more"):
        chance_of_change(before, after, swing=swing)


def test_a_median_of_enough_waits_rarely_doubles_by_chance() -> None:
    """The medians of ENOUGH exponential waits, each twice: the chance that one is FAR times the other, by
    adding up over the exact law of an order statistic (a beta law, carried through -log(1 - u)).
    """
    grid = np.linspace(1e-6, 1 - 1e-6, 200_001)
    place = ENOUGH // 2  # the 50th of 100
    law = beta(place, ENOUGH - place + 1)
    waits = -np.log1p(-grid)
    twice = 1 - np.exp(-waits / FAR)  # the share of waits below half of each
    shrank = np.trapezoid(law.pdf(grid) * law.cdf(twice), grid)
    assert 2 * shrank <= FALSE_QUERIES


COUNTS = (
    *("total", "wait_0_4w", "wait_4_6w", "wait_6_8w", "wait_8_10w", "closed_before_treatment"),
    *("still_waiting_no_contact", "still_waiting_one_contact"),
)
# The first quarter of the pandemic: everything truly moved.
STANDSTILL = date(2020, 4, 1)


def test_real_waits_are_asked_about_as_seldom_as_the_handbook_says(shared_data: Path) -> None:
    """Waits of children by CCG, 12 quarters: eight counts of each area, each beside the quarter before."""
    queried = _queried_counts(shared_data / "cyp_waits" / "cyp_waits_people_mh_2019_2022.csv")
    ordinary = [each for (_, starts), each in queried.items() if starts != STANDSTILL]
    assert mean(map(mean, ordinary)) == pytest.approx(0.059, abs=0.002)
    assert mean(sum(each) == 0 for each in ordinary) == pytest.approx(0.70, abs=0.01)
    assert quantiles(map(sum, ordinary), n=10)[-1] <= 1
    moved = [each for (_, starts), each in queried.items() if starts == STANDSTILL]
    assert mean(map(mean, moved)) == pytest.approx(0.39, abs=0.01)


def _queried_counts(file: Path) -> dict[tuple[str, date], list[bool]]:
    """For each area and quarter that has one before it, which of its counts would be asked about."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [
            row for row in DictReader(lines) if row["org_type"] == "CCG" and row["period"].startswith("Q")
        ]
    by_place = {(row["org_code"], date.fromisoformat(row["period_start"])): row for row in rows}
    found: dict[tuple[str, date], list[bool]] = {}
    for (area, starts), row in by_place.items():
        before = by_place.get((area, add_months(starts, -3)))
        pairs = [(before[count], row[count]) for count in COUNTS] if before else []
        known = [(int(then), int(now)) for then, now in pairs if then.isdigit() and now.isdigit()]
        if known:
            found[area, starts] = [chance_of_change(*pair) < FALSE_QUERIES for pair in known]
    return found

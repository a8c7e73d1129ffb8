"""A funnel compares areas fairly: by what they count, and by how much areas differ anyway."""

from math import asin, pi, sin, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.improvement import Funnel, FunnelArea, FunnelKind, funnel, funnel_sentence
from ithrive.measures import Cell, CellState
from ithrive.problems import BadInput

SHARES, RATES = FunnelKind.SHARES, FunnelKind.RATES


def areas(pairs: list[tuple[float, float]]) -> list[FunnelArea]:
    return [FunnelArea(f"Area {at}", Cell.of(count), Cell.of(of)) for at, (count, of) in enumerate(pairs)]


def drawn(kind: FunnelKind, differ: float, seed: int = 1, many: int = 400) -> Funnel:
    """Areas around 30%, or 0.3 for each, whose true levels `differ` on the transformed scale."""
    random = np.random.default_rng(seed)
    of = random.integers(100, 3_000, many)
    middle = asin(sqrt(0.3)) if kind is SHARES else sqrt(0.3)
    level = random.normal(middle, differ, many)
    share = np.sin(level) ** 2 if kind is SHARES else level**2
    counts = random.binomial(of, share) if kind is SHARES else random.poisson(of * share)
    return funnel(areas([(int(count), int(each)) for count, each in zip(counts, of, strict=True)]), kind)


@pytest.mark.parametrize("kind", FunnelKind)
@pytest.mark.parametrize("differ", [0.0, 0.08])
def test_two_areas_in_a_thousand_leave_the_limits_by_chance(kind: FunnelKind, differ: float) -> None:
    deviates = [point.deviate for seed in range(10) for point in drawn(kind, differ, seed).points]
    assert np.mean(np.abs(deviates) > 1.959964) == pytest.approx(0.05, abs=0.02)
    assert 0.001 < np.mean(np.abs(deviates) > 3.090232) < 0.0045


@pytest.mark.parametrize("kind", FunnelKind)
def test_how_much_areas_differ_is_found_again(kind: FunnelKind) -> None:
    alike, different = drawn(kind, 0.0), drawn(kind, 0.08)
    assert alike.dispersion < 1.2
    assert alike.between < 0.015
    assert different.between == pytest.approx(0.08, abs=0.008)


pairs = st.lists(
    st.integers(min_value=1, max_value=500).flatmap(
        lambda of: st.tuples(st.integers(min_value=0, max_value=of), st.just(of))
    ),
    min_size=10,
    max_size=30,
)


@settings(deadline=None)
@given(pairs)
def test_funnels_agree_with_the_plain_way(counted: list[tuple[int, int]]) -> None:
    found = funnel(areas([(float(count), float(of)) for count, of in counted]), SHARES)
    average = sum(count for count, _ in counted) / sum(of for _, of in counted)
    away = [asin(sqrt(count / of)) - asin(sqrt(average)) for count, of in counted]
    by_chance = [1 / (4 * of) for _, of in counted]

    def deviates(between: float) -> list[float]:
        return [each / sqrt(chance + between**2) for each, chance in zip(away, by_chance, strict=True)]

    assert found.average == pytest.approx(average)
    assert found.dispersion == pytest.approx(scatter(deviates(0)), abs=1e-9)
    assert [point.deviate for point in found.points] == pytest.approx(deviates(found.between), abs=1e-9)
    if found.between:
        assert scatter(deviates(found.between)) == pytest.approx(1 - 1 / len(counted), rel=1e-6)
    else:
        assert found.dispersion <= 1 - 1 / len(counted) + 1e-9


def scatter(deviates: list[float]) -> float:
    """Their mean square, a tenth at either end drawn in, against that of a normal spread so drawn in."""
    ordered = sorted(deviates)
    low, high = tenth(ordered), -tenth([-each for each in reversed(ordered)])
    return sum(min(max(each, low), high) ** 2 for each in deviates) / len(deviates) / 0.678656


def tenth(ordered: list[float]) -> float:
    """The figure a tenth of the way along, between two neighbours where it falls between."""
    place = 0.1 * (len(ordered) - 1)
    before = int(place)
    return ordered[before] + (place - before) * (ordered[before + 1] - ordered[before])


def test_an_area_on_a_limit_has_that_deviate() -> None:
    plot = drawn(SHARES, 0.08)
    limits = plot.limits(400)
    scale = sqrt(1 / 1600 + plot.between**2)
    deviates = [
        (asin(sqrt(each)) - asin(sqrt(plot.average))) / scale
        for each in (limits.lowest, limits.low, limits.high, limits.highest)
    ]
    assert deviates == pytest.approx([-3.090232, -1.959964, 1.959964, 3.090232])
    assert plot.limits(4_000).highest < limits.highest


@pytest.mark.parametrize(("kind", "most"), [(SHARES, sin(pi / 2)), (RATES, float("inf"))])
def test_limits_stay_within_what_can_be(kind: FunnelKind, most: float) -> None:
    limits = drawn(kind, 0.0).limits(1)
    assert limits.lowest == 0
    assert limits.low < limits.high < limits.highest <= most


def test_areas_without_a_figure_are_named_and_left_out() -> None:
    known = areas([(30, 100)] * 12)
    hidden = FunnelArea("Alderbrook", Cell.without(CellState.SUPPRESSED), Cell.of(90))
    nobody = FunnelArea("Corrie", Cell.of(0), Cell.of(0))
    plot = funnel([*known, hidden, nobody], SHARES)
    assert plot.left_out == ("Alderbrook", "Corrie")
    assert funnel_sentence(plot) == (
        "12 areas about their average. None lies outside the limits that two areas in a thousand leave by "
        "chance. Not compared, for want of a figure: Alderbrook, Corrie. "
        "It does not say why an area differs, and the order of the others means nothing."
    )


@pytest.mark.parametrize(
    ("unusual", "said"),
    [([(90, 100)], "Area 40 lies outside"), ([(90, 100), (95, 100)], "Area 40, Area 41 lie outside")],
)
def test_unusual_areas_are_named(unusual: list[tuple[float, float]], said: str) -> None:
    assert said in funnel_sentence(funnel(areas([(30, 100)] * 40 + unusual), SHARES))


def test_limits_that_allow_for_differences_between_areas_say_so() -> None:
    assert "Areas differ more than counting explains" in funnel_sentence(drawn(SHARES, 0.08))


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(1, 5)] * 9, "Funnel: 9 areas have a figure; a funnel needs 10. Compare more areas, or over"),
        ([(6, 5), *[(1, 5)] * 9], "Area 0: 6 is more than the 5 it is a share of. Correct its figures."),
        ([(-1, 5), *[(1, 5)] * 9], "Area 0: -1 of 5: a count cannot be negative. Correct its figures."),
        ([(1, -5), *[(1, 5)] * 9], "Area 0: 1 of -5: a count cannot be negative. Correct its figures."),
    ],
)
def test_what_cannot_be_compared_is_refused(pairs: list[tuple[float, float]], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        funnel(areas(pairs), SHARES)
    assert str(refused.value).startswith(said)


def test_more_events_than_people_make_a_rate() -> None:
    assert funnel(areas([(15, 10)] * 10), RATES).average == 1.5

"""Agreement with NHSRplotthedots, the reference implementation of NHS Making Data Count, case by case.

Source: github.com/nhs-r-community/NHSRplotthedots (MIT), tests/testthat. Each case names its file:

- `_snaps/ptd_spc_standard.md` and `_snaps/ptd_spc.md`: its lines for 20 figures drawn with seed 123;
- `test-ptd_calculate_point_type.R`: which points each rule marks;
- `test-ptd_calculate_assurance_type.R`: the assurance icon for limits around a target of 4;
- `test-ptd_spc_standard.R`: two points near opposite limits, groups of a rebase, lines fixed after 12 points;
- `test-ptd_add_rebase_column.R` and `test-ptd_add_short_group_warnings.R`: where lines begin anew, and which
  groups are short.

Left out are its cases on data frames, plots, facets and mocked calls, which state no rule.

It finds the point that completes a run and marks all seven in a second step; we mark them at once.
We deviate in one place, which its case names: on a plateau, the last rising point is rising.
"""

from datetime import date
from itertools import pairwise
from math import isnan

import numpy as np
import pytest

from ithrive.improvement import (
    Assurance,
    ChartKind,
    Choices,
    Point,
    Rebase,
    Rule,
    Series,
    Statistics,
    Variation,
    statistics,
)
from ithrive.improvement.icons import assurance, variation
from ithrive.improvement.rules import shifts, trends, two_of_three
from ithrive.measures import Cell, Direction

# The snapshots print seven digits, or three; the data are printed to eight places.
SEVEN_DIGITS = 5e-7
THREE_DIGITS = 5e-3

SEED_123 = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774),
    *(1.71506499, 0.46091621, -1.26506123, -0.68685285, -0.44566197),
    *(1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113),
    *(1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141),
]
WITH_AN_OUTLIER = [*SEED_123[:14], 10.0, *SEED_123[15:]]


def reference(figures: list[float], *, screen_outliers: bool = True) -> Statistics:
    choices = Choices(screen_outliers=screen_outliers, limits_from=1)
    return statistics(ChartKind.INDIVIDUALS, np.array([figures]), choices=choices)


def lines(found: Statistics) -> tuple[float, float, float]:
    drawn = found.lines
    return float(drawn.centre[0, -1]), float(drawn.lower[0, -1]), float(drawn.upper[0, -1])


@pytest.mark.parametrize(
    ("figures", "screen", "printed"),
    [
        (SEED_123, True, (0.1416238, -3.01138, 3.294627)),
        (WITH_AN_OUTLIER, True, (0.6694159, -2.383666, 3.722497)),
        (WITH_AN_OUTLIER, False, (0.6694159, -4.596625, 5.935457)),
    ],
    ids=["as drawn", "outlier screened", "outlier kept"],
)
def test_lines_of_the_standard_chart(
    figures: list[float], screen: bool, printed: tuple[float, float, float]
) -> None:
    """`ptd_spc_standard.md`: r1, r2 and r3."""
    assert lines(reference(figures, screen_outliers=screen)) == pytest.approx(printed, abs=SEVEN_DIGITS * 10)


@pytest.mark.parametrize(
    ("figures", "printed"),
    [
        (SEED_123, (0.142, -3.01, 3.29)),
        (SEED_123[:10], (0.0746, -2.60, 2.75)),
        (SEED_123[10:], (0.209, -3.28, 3.70)),
    ],
    ids=["whole", "first facet", "second facet"],
)
def test_summary_of_each_facet(figures: list[float], printed: tuple[float, float, float]) -> None:
    """`ptd_spc.md`: mean and limits, and every point common cause."""
    found = reference(figures)
    assert lines(found) == pytest.approx(printed, abs=THREE_DIGITS)
    assert not found.findings.rule.any()


def test_a_chart_with_an_outlier_has_wider_limits_when_it_is_kept() -> None:
    """`test-ptd_spc_standard.R`: the range of the third result is larger than that of the second."""
    screened, kept = (lines(reference(WITH_AN_OUTLIER, screen_outliers=screen)) for screen in (True, False))
    assert kept[2] - kept[1] > screened[2] - screened[1]


@pytest.mark.parametrize(
    ("sides", "completes"),
    [
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([-1] * 8 + [1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([-1] + [1] * 8 + [-1], [0, 0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([1] + [-1] * 8 + [1], [0, 0, 0, 0, 0, 0, 0, 1, 1, 0]),
    ],
)
def test_seven_points_on_one_side_of_the_mean(sides: list[int], completes: list[int]) -> None:
    """`ptd_seven_point_one_side_mean`, then `ptd_part_of_seven_trend` on what it gives."""
    assert shifts(np.array([sides]))[0].tolist() == part_of_seven(completes)


@pytest.mark.parametrize(
    ("figures", "completes"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [0] * 6 + [1]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0] * 7 + [1, 0]),
        ([7, 6, 5, 4, 3, 2, 1], [0] * 6 + [-1]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0] * 7 + [-1, 0]),
    ],
)
def test_seven_points_that_rise_or_fall(figures: list[float], completes: list[int]) -> None:
    """`ptd_seven_point_trend`, then `ptd_part_of_seven_trend` on what it gives."""
    found = trends(np.array([figures], dtype=float))[0]
    assert (found != 0).tolist() == part_of_seven(completes)
    assert set(found[found != 0].tolist()) == set(completes) - {0}


@pytest.mark.parametrize(
    ("completes", "marked"),
    [
        ([0] * 6, [0] * 6),
        ([0] * 6 + [1, 0], [1] * 7 + [0]),
        ([0] * 7 + [1, 0], [0] + [1] * 7 + [0]),
        ([0] * 6 + [-1, 0], [1] * 7 + [0]),
        ([0] * 7 + [-1, 0], [0] + [1] * 7 + [0]),
    ],
)
def test_all_seven_are_marked(completes: list[int], marked: list[int]) -> None:
    """`ptd_part_of_seven_trend`: from the point that completes a run to the points of the run."""
    assert part_of_seven(completes) == [bool(mark) for mark in marked]


def part_of_seven(completes: list[int]) -> list[bool]:
    return [any(completes[at : at + 7]) for at in range(len(completes))]


@pytest.mark.parametrize(
    ("near", "sides", "marked"),
    [
        ([0, 0, 0], [1, 1, 1], [0, 0, 0]),
        ([1, 0, 1], [1, 1, 1], [1, 0, 1]),
        ([0, 1, 1], [1, 1, 1], [0, 1, 1]),
        ([1, 1, 0], [1, 1, 1], [1, 1, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 0, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [1] * 7, [0, 0, 1, 1, 0, 0, 0]),
        ([1, 0, 0, 1], [1] * 4, [0, 0, 0, 0]),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 0, 1, 1]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 1, 1], [1, -1, 1], [0, 0, 0]),
        ([1, 1, 0], [1, -1, 1], [0, 0, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1, -1, 1, -1, 1, -1, 1], [0] * 7),
        ([0, 0, 1, 1, 0, 0, 0], [-1, 1, -1, 1, -1, 1, -1], [0] * 7),
    ],
)
def test_two_of_three_near_a_limit(near: list[int], sides: list[int], marked: list[int]) -> None:
    """`ptd_part_of_two_in_three` on `ptd_two_in_three`."""
    found = two_of_three(np.array([near]), np.array([sides]))[0]
    assert found.tolist() == [bool(mark) for mark in marked]


def test_two_points_near_opposite_limits_are_common_cause() -> None:
    """`test-ptd_spc_standard.R`: figures of 1 and -1 in turn, then 5.5 and -5.5."""
    found = reference([1.0, -1.0] * 7 + [5.5, -5.5])
    assert found.findings.rule[0, -2:].tolist() == [Rule.COMMON_CAUSE, Rule.COMMON_CAUSE]


@pytest.mark.parametrize(
    ("better", "expected"),
    [
        (Direction.HIGHER, [Assurance.FAILS, Assurance.PASSES, Assurance.HIT_AND_MISS]),
        (Direction.LOWER, [Assurance.PASSES, Assurance.FAILS, Assurance.HIT_AND_MISS]),
        (Direction.NEITHER, [None, None, None]),
    ],
)
def test_assurance_for_a_target_of_four(better: Direction, expected: list[Assurance | None]) -> None:
    """`test-ptd_calculate_assurance_type.R`: limits 1 to 3, 5 to 7 and 1 to 5."""
    assert [assurance(4, low, high, better) for low, high in [(1, 3), (5, 7), (1, 5)]] == expected


def test_without_a_target_there_is_no_assurance() -> None:
    """`test-ptd_calculate_assurance_type.R`: NA if there is no target."""
    assert assurance(None, 1, 3, Direction.HIGHER) is None


@pytest.mark.parametrize(
    ("rebased_on", "begins"),
    [
        ([], [0] * 10),
        ([3, 8], [0, 1, 0, 0, 0, 0, 1, 0, 0, 0]),
        ([3], [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ([8], [0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
    ],
    ids=["no rebase", "a vector of days", "facet a", "facet b"],
)
def test_where_lines_begin_anew(rebased_on: list[int], begins: list[int]) -> None:
    """`test-ptd_add_rebase_column.R`: days 2 to 11 of January 2020, rebased on the 3rd and the 8th."""
    points = tuple(Point(date(2020, 1, 2 + at), Cell.of(1.0)) for at in range(10))
    rebases = tuple(Rebase(date(2020, 1, day), "known cause", "Ada") for day in rebased_on)
    made = Series("x", ChartKind.INDIVIDUALS, points, Direction.HIGHER, rebases=rebases)
    steps = [later - earlier for earlier, later in pairwise([0, *made.segments])]
    assert steps == begins


@pytest.mark.parametrize(
    ("lengths", "short"),
    [
        ([11], [True]),
        ([12], [False]),
        ([20, 20], [False, False]),
        ([35, 5], [False, True]),
    ],
)
def test_groups_shorter_than_twelve(lengths: list[int], short: list[bool]) -> None:
    """`test-ptd_add_short_group_warnings.R`: it warns of a group of 11 and not of one of 12.

    We go further: where it warns we draw no limits, and up to 20 points call them provisional.
    """
    segments = np.array([[number for number, length in enumerate(lengths) for _ in range(length)]])
    figures = np.array([SEED_123 * 2])[:, : segments.shape[1]]
    found = statistics(ChartKind.INDIVIDUALS, figures, segments=segments)
    ends = np.cumsum(lengths) - 1
    assert np.isnan(found.lines.centre[0, ends]).tolist() == short


def test_lines_fixed_after_twelve_points_differ_from_those_of_all() -> None:
    """`test-ptd_spc_standard.R`: setting fix_after_n_points changes both limits."""
    _, lower, upper = lines(reference(SEED_123))
    fixed = statistics(
        ChartKind.INDIVIDUALS, np.array([SEED_123]), choices=Choices(fix_after=12, limits_from=1)
    )
    assert lines(fixed)[1] != lower
    assert lines(fixed)[2] != upper


def test_a_rebase_group_runs_from_its_day_to_the_next() -> None:
    """`test-ptd_spc_standard.R`: a rebase at the eleventh of 20 points makes groups of ten and ten."""
    points = tuple(Point(date(2020, 1, 2 + at), Cell.of(y)) for at, y in enumerate(SEED_123))
    rebased = (Rebase(date(2020, 1, 12), "known cause", "Ada"),)
    made = Series("x", ChartKind.INDIVIDUALS, points, Direction.HIGHER, rebases=rebased)
    assert made.segments == [0] * 10 + [1] * 10


# From here on: rules that ../shared/STATISTICS.md section 8 states from the source of the reference.


def test_a_target_on_a_limit_is_hit_and_miss() -> None:
    assert [assurance(4, low, high, Direction.HIGHER) for low, high in [(1, 4), (4, 7)]] == [
        Assurance.HIT_AND_MISS
    ] * 2


def test_a_point_on_the_mean_breaks_a_shift_and_a_tie_breaks_a_trend() -> None:
    assert not shifts(np.array([[1, 1, 1, 1, 1, 1, 0, 1, 1]])).any()
    assert not trends(np.array([[1.0, 2, 3, 4, 5, 6, 6, 7, 8, 9]])).any()


def test_a_turning_point_takes_the_later_direction() -> None:
    peak = [1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    assert trends(np.array([peak]))[0].tolist() == [1] * 6 + [-1] * 7


def test_on_a_plateau_the_last_rising_point_is_rising() -> None:
    """Deviates: the reference labels it decreasing, because its next step is nought."""
    plateau = [1.0, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1]
    assert trends(np.array([plateau]))[0].tolist() == [1] * 7 + [-1] * 7


def test_a_constant_series_is_a_state_of_its_own() -> None:
    found = reference([0.1] * 14)
    assert found.constant.all()
    assert all(isnan(line) for line in lines(found))
    assert not found.findings.rule.any()


def test_one_point_has_no_limits_and_a_missing_one_costs_two_ranges() -> None:
    assert isnan(lines(reference([5.0]))[2])
    assert lines(reference([1.0, 3.0, float("nan"), 2.0, 6.0])) == pytest.approx((3, 3 - 7.98, 3 + 7.98))


def test_a_point_beyond_a_limit_does_not_count_as_near_it_unless_chosen() -> None:
    """Section 8.4: the rule of November 2023 lets it count, and marks only what lies beyond two sigma."""
    # Centre 5.5, limit 8.16, near limit 7.27.
    near = np.array([[5.0, 6.0] * 7 + [9.5, 8.0, 5.8]])
    usual, newer = (
        statistics(
            ChartKind.INDIVIDUALS,
            near,
            choices=Choices(fix_after=14, beyond_counts=beyond, screen_outliers=False),
        )
        for beyond in (False, True)
    )
    assert usual.findings.rule[0, -3:].tolist() == [Rule.OUTSIDE, Rule.COMMON_CAUSE, Rule.COMMON_CAUSE]
    assert newer.findings.rule[0, -3:].tolist() == [Rule.OUTSIDE, Rule.TWO_OF_THREE, Rule.COMMON_CAUSE]


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        (Direction.HIGHER, Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
        (Direction.LOWER, Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
        (Direction.NEITHER, Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
    ],
)
def test_the_variation_icon_is_the_class_of_the_last_point(
    better: Direction, high: Variation, low: Variation
) -> None:
    assert [variation(way, better) for way in (1, -1, 0)] == [high, low, Variation.COMMON_CAUSE]


@pytest.mark.parametrize(
    ("points", "alike", "any_mark", "icon"),
    [
        (24, 0.0, 19, 1.5),
        (24, 0.3, 46, 5.6),
        (24, 0.6, 81, 18),
        (9, 0.0, 3.6, None),
        (9, 0.3, 9.1, None),
        (9, 0.6, 20, None),
    ],
)
def test_how_often_chance_alone_marks_a_stable_process(
    points: int, alike: float, any_mark: float, icon: float | None
) -> None:
    """STATISTICS.md section 8.3, in charts of a hundred, measured there on 3,000 charts."""
    marked = stable(points, alike).findings.rule != 0
    assert 100 * marked.any(axis=1).mean() == pytest.approx(any_mark, abs=2)
    if icon is not None:
        assert 100 * marked[:, -1].mean() == pytest.approx(icon, abs=1.5)


def stable(points: int, alike: float) -> Statistics:
    """10,000 charts of a process that never changes, each figure `alike` to the one before."""
    shocks = np.random.default_rng(2015).normal(size=(10_000, points + 50))
    figures = np.zeros_like(shocks)
    for at in range(1, shocks.shape[1]):
        figures[:, at] = alike * figures[:, at - 1] + shocks[:, at]
    return statistics(ChartKind.INDIVIDUALS, figures[:, 50:], choices=Choices(limits_from=1))

"""A chart holds what is drawn, says at which stage it is, and never draws what it cannot know."""

from dataclasses import replace
from datetime import date

import pytest

from ithrive.improvement import (
    NATIONAL_EVENTS,
    Assurance,
    ChartKind,
    Choices,
    Point,
    Rebase,
    Rule,
    Series,
    Stage,
    Variation,
    chart,
    charts,
    icon_table,
)
from ithrive.measures import Cell, CellState, Direction
from ithrive.problems import BadInput
from tests.improvement.drawing import STEADY, month, series


@pytest.mark.parametrize(
    ("points", "stage"),
    [
        (9, Stage.RUN_CHART),
        (11, Stage.RUN_CHART),
        (12, Stage.PROVISIONAL),
        (20, Stage.PROVISIONAL),
        (21, Stage.SETTLED),
        (24, Stage.SETTLED),
    ],
)
def test_limits_come_at_twelve_points_and_settle_after_twenty(points: int, stage: Stage) -> None:
    made = chart(series((STEADY * 2)[:points], target=50))
    assert made.stage is stage
    has_icons = stage is not Stage.RUN_CHART
    assert (made.variation is not None) == (made.assurance is not None) == has_icons
    assert {point.upper is not None for point in made.points} == {has_icons}
    assert {point.median is not None for point in made.points} == {True}


def test_the_same_figure_throughout_is_a_stage_of_its_own() -> None:
    made = chart(series([7.0] * 15, target=6))
    assert (made.stage, made.variation, made.assurance) == (Stage.CONSTANT, None, None)
    assert made.autocorrelation is None


def test_icons_are_those_of_the_last_point_with_a_figure() -> None:
    made = chart(series([*STEADY, 90.0, "", "*"], target=200))
    assert made.latest is not None
    assert (made.latest.day, made.latest.rule) == (month(12), Rule.OUTSIDE)
    assert (made.variation, made.assurance) == (Variation.CONCERN_HIGH, Assurance.PASSES)


def test_states_travel_to_the_chart() -> None:
    made = chart(series([1.0, "*", "", "-", "n/a", 0.0]))
    assert [point.figure.state for point in made.points] == [
        CellState.VALUE,
        CellState.SUPPRESSED,
        CellState.NOT_SUBMITTED,
        CellState.WITHHELD,
        CellState.NOT_APPLICABLE,
        CellState.ZERO,
    ]


def test_a_share_is_a_figure_only_where_both_its_parts_are() -> None:
    made = chart(series([5.0, "*", 3.0, 0.0], of=[20.0, 20.0, "*", 0.0], kind=ChartKind.PROPORTIONS))
    assert [point.figure for point in made.points] == [
        Cell.of(0.25),
        Cell.without(CellState.SUPPRESSED),
        Cell.without(CellState.SUPPRESSED),
        Cell.without(CellState.NOT_APPLICABLE),
    ]


def test_a_p_chart_says_when_its_limits_are_those_of_p_prime() -> None:
    wild = series([10.0, 900.0] * 8, of=[1000.0] * 16, kind=ChartKind.PROPORTIONS)
    calm = series([500.0, 510.0] * 8, of=[1000.0] * 16, kind=ChartKind.PROPORTIONS)
    assert [made.limits_of for made in charts([wild, calm])] == ["P′", "P"]


def test_charts_keep_the_order_they_are_given_in_whatever_their_kinds() -> None:
    many = [
        series(STEADY),
        series([3.0, 4.0], kind=ChartKind.COUNTS),
        series(STEADY[:10]),
        series([30.0, 50.0, 10.0], kind=ChartKind.TIME_BETWEEN),
        series([3.0, 4.0], of=[10.0, 12.0], kind=ChartKind.RATES),
        series([30.0, 50.0, 10.0], kind=ChartKind.CASES_BETWEEN),
    ]
    together = charts(many)
    assert [made.series for made in together] == many
    assert together == tuple(chart(each) for each in many)


def test_no_series_make_no_charts() -> None:
    assert charts([]) == ()


def test_points_are_drawn_in_the_order_of_their_days() -> None:
    backwards = replace(series(STEADY), points=tuple(reversed(series(STEADY).points)))
    assert chart(backwards) == chart(series(STEADY))


def test_lines_begin_anew_at_a_rebase_and_the_old_ones_stay() -> None:
    rebase = Rebase(month(12), "A second team opened", "Ada Lead")
    made = chart(series(STEADY + [figure - 30 for figure in STEADY], rebases=(rebase,)))
    before, after = made.points[11], made.points[12]
    assert (before.segment, after.segment) == (0, 1)
    assert before.centre is not None
    assert after.centre == pytest.approx(before.centre - 30)
    assert (made.stage, made.counted) == (Stage.PROVISIONAL, 12)


def test_after_a_rebase_too_few_points_have_no_limits_though_the_old_ones_keep_theirs() -> None:
    rebase = Rebase(month(12), "A second team opened", "Ada Lead")
    made = chart(series([*STEADY, 20.0, 21.0], rebases=(rebase,)))
    assert (made.stage, made.variation) == (Stage.RUN_CHART, None)
    assert made.points[11].upper is not None
    assert made.points[12].upper is None


def test_a_trend_before_a_rebase_is_not_one_after_it() -> None:
    rebase = Rebase(month(8), "A second team opened", "Ada Lead")
    rising = series([float(at) for at in range(8)] + STEADY[:4], rebases=(rebase,))
    assert not chart(rising).run.trend
    assert chart(replace(rising, rebases=())).run.trend


def test_nine_points_can_show_a_change_only_by_a_trend_unless_an_earlier_median_is_kept() -> None:
    assert not chart(series(STEADY[:9])).run.runs_could_show
    assert chart(series(STEADY)).run.runs_could_show
    kept = chart(series(STEADY + [20.0] * 9), Choices(fix_after=12)).run
    assert kept.runs_could_show
    assert kept.shows_change


def test_figures_that_all_lie_on_one_side_of_a_median_they_touch_could_show_something() -> None:
    assert chart(series([1.0] * 6 + [2.0] * 6)).run.shows_change
    assert chart(series([1.0] * 6 + [2.0] * 6)).run.runs_could_show
    touching = chart(series([1.0] * 7 + [2.0] * 6)).run
    assert (touching.crossings, touching.crossings_needed) == (0, 1)
    assert touching.shows_change
    assert touching.runs_could_show


def test_annotations_within_the_time_of_the_chart_are_shown() -> None:
    made = chart(replace(series(STEADY * 2), annotations=NATIONAL_EVENTS))
    assert [each.words for each in made.annotations] == [
        "COVID-19, from March 2020",
        "National data set, version 5",
    ]


def test_the_icon_table_has_a_row_for_each_chart_in_the_order_given() -> None:
    rows = icon_table(charts([series([*STEADY, 90.0]), series(["*", "*"]), series(STEADY[:9])]))
    assert [(row.day, row.variation, row.stage) for row in rows] == [
        (month(12), Variation.CONCERN_HIGH, Stage.PROVISIONAL),
        (None, None, Stage.RUN_CHART),
        (month(8), None, Stage.RUN_CHART),
    ]
    assert [row.figure for row in rows] == [Cell.of(90), None, Cell.of(54)]


# What would mislead, and what is then said.
BEFORE = Rebase(date(2019, 1, 1), "x", "y")
TWICE = Rebase(month(1), "x", "y")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: series([]), "Days waited: There is nothing to show. Give it at least one point."),
        (
            lambda: Series("Days", ChartKind.COUNTS, (Point(month(0), Cell.of(1)),) * 2, Direction.LOWER),
            "Days, 2020-01-01: Two points lie on this day. Keep one of them.",
        ),
        (
            lambda: series([1.0], of=[2.0]),
            (
                "Days waited, 2020-01-01: XmR charts have no denominators. "
                "Correct the figure, or the kind of chart."
            ),
        ),
        (
            lambda: series([1.0], kind=ChartKind.RATES),
            (
                "Days waited, 2020-01-01: U charts need denominators. "
                "Correct the figure, or the kind of chart."
            ),
        ),
        (
            lambda: series([-1.0], kind=ChartKind.COUNTS),
            (
                "Days waited, 2020-01-01: C charts cannot show the negative figure -1.0. "
                "Correct the figure, or the kind of chart."
            ),
        ),
        (
            lambda: series([1.0], of=[-2.0], kind=ChartKind.RATES),
            (
                "Days waited, 2020-01-01: The denominator -2.0 is negative. "
                "Correct the figure, or the kind of chart."
            ),
        ),
        (
            lambda: series([3.0], of=[2.0], kind=ChartKind.PROPORTIONS),
            (
                "Days waited, 2020-01-01: 3.0 is more than the 2.0 it is counted in. "
                "Correct the figure, or the kind of chart."
            ),
        ),
        (
            lambda: series(STEADY, rebases=(BEFORE,)),
            (
                "Days waited, rebase of 2019-01-01: No later point lies on this day. "
                "Choose the day of the first point after the change."
            ),
        ),
        (
            lambda: series(STEADY, rebases=(TWICE, TWICE)),
            "Days waited, rebase of 2020-02-01: It is there twice. Keep one of them.",
        ),
        (
            lambda: series(STEADY, rebases=(Rebase(month(3), " ", "Ada"),)),
            (
                "Days waited, rebase of 2020-04-01: It has no reason or nobody's name. "
                "Say what changed, and who decided to rebase."
            ),
        ),
        (
            lambda: series(STEADY, rebases=(Rebase(month(3), "New team", ""),)),
            (
                "Days waited, rebase of 2020-04-01: It has no reason or nobody's name. "
                "Say what changed, and who decided to rebase."
            ),
        ),
        (
            lambda: series(STEADY, target=float("nan")),
            (
                "Days waited: nan cannot be a target here. "
                "Give a plain number; in a P chart a share of 1, such as 0.95 for 95%."
            ),
        ),
        (
            lambda: series([1.0], of=[2.0], kind=ChartKind.PROPORTIONS, target=95),
            (
                "Days waited: 95 cannot be a target here. "
                "Give a plain number; in a P chart a share of 1, such as 0.95 for 95%."
            ),
        ),
    ],
)
def test_what_would_mislead_is_refused(make: object, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        make()  # type: ignore[operator]  # each of the above makes a series
    assert str(refused.value) == said

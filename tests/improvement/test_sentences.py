"""A chart says in a sentence what it shows, and what it does not."""

import pytest

from ithrive.improvement import ChartKind, Choices, Rebase, Series, chart, chart_notes, chart_sentence
from ithrive.improvement.sentences import NOT_AN_EFFECT, figure_words
from ithrive.measures import Direction
from tests.improvement.drawing import STEADY, month, series

RISING = [40.0, 42, 44, 46, 48, 50, 52]
ALTERNATING = [50.0, 54, 50, 54, 50, 54, 50, 54, 50, 54, 50, 54]


def said(one: Series, choices: Choices = Choices()) -> str:  # noqa: B008  # frozen
    words = chart_sentence(chart(one, choices))
    assert words.endswith(NOT_AN_EFFECT)
    return words.removesuffix(NOT_AN_EFFECT).strip()


def test_nine_points_say_how_little_they_can_show() -> None:
    assert said(series(STEADY[:9])) == (
        "Days waited: 9 points, too few for limits, so only the median is drawn. "
        "So few points show a change only where 7 of them rise or fall in a row. These do not."
    )


def test_eleven_points_as_chance_would_have_them() -> None:
    assert said(series(STEADY[:11])).endswith("They lie about it as chance would have it.")


def test_points_that_change_sides_never() -> None:
    assert "which they change 0 times." in said(series([1.0] * 7 + [2.0] * 6), Choices(limits_from=20))


def test_a_trend_in_a_run_chart() -> None:
    assert "There are 7 points in a row that all rise or all fall" in said(series(RISING))


def test_points_that_cross_the_median_too_seldom() -> None:
    low_then_high = [1.0, 3, 2, 4, 2, 9, 8, 10, 8, 11]
    assert "as chance would have it: 5 in a row on one side, which they change once." in said(
        series(low_then_high)
    )


@pytest.mark.parametrize(
    ("latest", "words"),
    [
        ([52.0], "is what this process usually gives"),
        ([90.0], "lies above the limits. That reads as concern, high"),
        ([10.0], "lies below the limits. That reads as improvement, low"),
        ([52.1, 52.2, 52.3, 52.4, 52.5, 52.6, 52.7], "is part of 7 points that rise one after another"),
        ([53.0, 54, 53, 54, 53, 54, 53], "is part of 7 points in a row above the centre line"),
        ([60.0, 60.0], "is one of at least two of three points close to the upper limit"),
        ([50.0, 44, 44], "is one of at least two of three points close to the lower limit"),
    ],
)
def test_the_latest_figure_and_why_it_is_marked(latest: list[float], words: str) -> None:
    one = series(ALTERNATING + latest)
    assert words in said(one, Choices(fix_after=12))


def test_the_target_is_told_where_there_is_assurance() -> None:
    assert "With limits like these it consistently passes the target of 200." in said(
        series(STEADY, target=200)
    )
    assert "target" not in said(series(STEADY, better=Direction.NEITHER, target=200))


def test_a_series_without_any_figure() -> None:
    assert said(series(["", "*"])) == (
        "Days waited: no figure has been published yet. "
        "1 point is not submitted and left open. 1 point is suppressed and left open."
    )


def test_a_constant_series() -> None:
    assert said(series([7.0] * 15)) == (
        "Days waited: every figure is 7, so there is no variation to judge by."
    )


def test_notes_name_what_is_provisional_missing_and_chosen() -> None:
    one = series([*ALTERNATING, "*", "*"])
    choices = Choices(screen_outliers=False, fix_after=12, run_of=6, beyond_counts=True, limits_from=10)
    assert chart_notes(chart(one, choices)) == [
        "The limits rest on 12 points and are provisional.",
        "2 points are suppressed and left open.",
        "Outlying moving ranges were kept, as in the Excel tool.",
        "The first 12 points set the lines.",
        "6 points make a run.",
        "Points beyond a limit count towards two of three (rule of November 2023).",
        "Limits were drawn from 10 points on, for comparison with another tool.",
    ]


def test_figures_like_their_neighbours_are_told() -> None:
    slow = [50.0, 51, 52, 53, 54, 54, 53, 52, 51, 50, 49, 48, 49, 50, 51, 52]
    assert any(
        note.startswith("Neighbouring figures are alike (autocorrelation 0.8)")
        for note in chart_notes(chart(series(slow)))
    )
    assert not any("alike" in note for note in chart_notes(chart(series(ALTERNATING))))


def test_a_rebase_is_told_with_its_reason() -> None:
    rebased = series(STEADY * 2, rebases=(Rebase(month(12), "A second team opened.", "Ada Lead"),))
    assert "Lines begin anew on 1 January 2021: A second team opened (Ada Lead)." in said(rebased)


def test_a_latest_figure_before_a_rebase_without_any() -> None:
    rebased = series([*STEADY[:5], *["*"] * 12], rebases=(Rebase(month(5), "New codes", "Ada"),))
    assert "0 points, too few for limits" in said(rebased)


def test_figures_with_gaps_between_them_have_no_limits() -> None:
    gaps = [figure for each in STEADY for figure in (each, "*")]
    assert said(series(gaps)).startswith("Days waited: 12 points, with too many gaps for limits, so only the")


def test_a_figure_of_thousands_is_told_to_the_last_one() -> None:
    assert figure_words(674485, ChartKind.INDIVIDUALS) == "674,485"
    assert figure_words(99.96, ChartKind.INDIVIDUALS) == "100"


def test_shares_are_told_as_percentages() -> None:
    assert figure_words(0.25, ChartKind.PROPORTIONS) == "25%"
    assert figure_words(12.3456, ChartKind.INDIVIDUALS) == "12.3"
    assert figure_words(0.01234, ChartKind.RATES) == "0.0123"
    wild = series([10.0, 900.0] * 8, of=[1000.0] * 16, kind=ChartKind.PROPORTIONS)
    assert "the latest figure, 90% on 1 April 2021" in said(wild)
    assert "so the limits are those of a P′ chart." in said(wild)

"""What is shown is worked out from what was returned, and only where all of it was."""

import pytest

from ithrive.measures import (
    Cell,
    CellState,
    FigureKey,
    Measure,
    Shown,
    Unit,
    measures,
    resting_on,
    shown_cell,
)

MEASURE = measures()["H3"]
SHARE = MEASURE.headline


def sent(**numbers: float) -> dict[FigureKey, Cell]:
    """Figures of H3 by code, with hyphens for underscores."""
    return {FigureKey("H3", code.replace("_", "-")): Cell.of(number) for code, number in numbers.items()}


def shown(measure: str, code: str) -> tuple[Measure, Shown]:
    found = measures()[measure]
    return found, next(each for each in found.shown if each.code == code)


def test_a_share_is_made_of_its_counts() -> None:
    figures = sent(started=240, within_28_days=60)
    assert shown_cell(MEASURE, SHARE, figures) == Cell.of(25.0)
    assert resting_on(MEASURE, SHARE, figures) == Cell.of(240)


def test_what_was_not_returned_was_not_submitted() -> None:
    assert shown_cell(MEASURE, SHARE, sent(within_28_days=60)).state is CellState.NOT_SUBMITTED
    assert resting_on(MEASURE, SHARE, sent(within_28_days=60)).state is CellState.NOT_SUBMITTED


def test_of_nobody_there_is_no_share() -> None:
    assert shown_cell(MEASURE, SHARE, sent(started=0, within_28_days=0)).state is CellState.NOT_APPLICABLE


def test_several_counts_are_added_before_they_are_shared_out() -> None:
    both = Shown(code="x", title="X", unit=Unit.PERCENT, top=("a", "b"), bottom="started")
    figures = sent(a=10, b=20, started=120)
    assert shown_cell(MEASURE, both, figures) == Cell.of(25.0)
    assert resting_on(MEASURE, both, figures) == Cell.of(120)


def test_a_rate_over_the_population_needs_the_population() -> None:
    measure, rate = shown("H1", "rate")
    figures = {FigureKey("H1", "people"): Cell.of(300)}
    assert shown_cell(measure, rate, figures, population=Cell.of(20_000)) == Cell.of(1_500.0)
    assert shown_cell(measure, rate, figures).state is CellState.NOT_SUBMITTED
    assert resting_on(measure, rate, figures, population=Cell.of(20_000)) == Cell.of(20_000)


def test_a_median_is_shown_as_returned_and_rests_on_its_count() -> None:
    measure, median = shown("H2", "median")
    figures = {FigureKey("H2", "median-days"): Cell.of(21.5), FigureKey("H2", "seen"): Cell.of(90)}
    assert shown_cell(measure, median, figures) == Cell.of(21.5)
    assert resting_on(measure, median, figures) == Cell.of(90)


def test_a_gap_is_the_difference_of_two_figures() -> None:
    measure, gap = shown("W2", "deprivation-wait-gap")
    figures = {
        FigureKey("W2", "deprivation-in-median-days"): Cell.of(30),
        FigureKey("W2", "deprivation-out-median-days"): Cell.of(24.5),
    }
    assert shown_cell(measure, gap, figures) == Cell.of(5.5)


def test_a_count_rests_on_itself() -> None:
    measure, count = shown("H3", "contacts")
    figures = sent(contact_made=44)
    assert shown_cell(measure, count, figures) == resting_on(measure, count, figures) == Cell.of(44)


def test_a_grouping_and_a_breakdown_have_figures_of_their_own() -> None:
    figures = {
        FigureKey("H3", code, "getting-help", "sex=female"): Cell.of(number)
        for code, number in (("started", 10), ("within-28-days", 5))
    }
    girls = "sex=female"
    assert shown_cell(MEASURE, SHARE, figures, grouping="getting-help", breakdown=girls) == Cell.of(50.0)
    assert resting_on(MEASURE, SHARE, figures, grouping="getting-help", breakdown=girls) == Cell.of(10)
    assert shown_cell(MEASURE, SHARE, figures).state is CellState.NOT_SUBMITTED


@pytest.mark.parametrize("measure", list(measures().values()), ids=lambda measure: measure.id)
def test_everything_that_is_shown_can_be_worked_out_of_a_full_return(measure: Measure) -> None:
    full = {FigureKey(measure.id, each.code): Cell.of(7) for each in measure.returned}
    for each in measure.shown:
        assert shown_cell(measure, each, full, population=Cell.of(1_000)).is_figure
        assert resting_on(measure, each, full, population=Cell.of(1_000)).is_figure

"""A resubmission says what it changes, and what that does to the figures people see."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.measures import Cell, CellState, FigureKey, measures, shown_cell
from ithrive.returns import differences
from tests.returns.scenes import FORM, METHODS, a_return, explained, missing

BEFORE = a_return({"H3.started": 200, "H3.within-28-days": 50})


def test_nothing_changes_where_nothing_is_changed() -> None:
    report = differences(BEFORE, BEFORE, FORM)
    assert (report.changes, report.shown, dict(report.methods)) == ((), (), {})
    assert report.sentence == "Nothing has changed."


def test_a_changed_figure_is_told_with_its_reason_and_what_it_does_to_what_is_shown() -> None:
    after = explained(
        a_return({"H3.started": 200, "H3.within-28-days": 90}), "H3.within-28-days", "A team was left out."
    )
    report = differences(BEFORE, after, FORM)
    (change,) = report.changes
    assert (change.line.code, change.before, change.after) == ("H3.within-28-days", Cell.of(50), Cell.of(90))
    assert change.reason == "A team was left out."
    (shown,) = report.shown
    assert (shown.measure, shown.code, shown.whom) == ("H3", "share", "All together")
    assert (shown.before, shown.after) == (Cell.of(25.0), Cell.of(45.0))
    assert report.sentence == "1 returned figure changed; that changes 1 shown figure."


def test_a_figure_withdrawn_is_a_change_of_state() -> None:
    after = a_return({"H3.started": 200, "H3.within-28-days": missing(CellState.WITHHELD)})
    (shown,) = differences(BEFORE, after, FORM).shown
    assert (shown.before, shown.after) == (Cell.of(25.0), missing(CellState.WITHHELD))


def test_rates_over_the_population_need_the_population() -> None:
    before, after = a_return({"H1.people": 100}), a_return({"H1.people": 150})
    assert differences(before, after, FORM).shown == ()
    (shown,) = differences(before, after, FORM, population=Cell.of(10_000)).shown
    assert (shown.before, shown.after) == (Cell.of(1_000.0), Cell.of(1_500.0))


def test_groupings_are_told_apart() -> None:
    after = a_return({"H3.started": 200, "H3.within-28-days": 50, "H3.started/thriving": 1_000})
    (shown,) = differences(BEFORE, after, FORM).shown
    assert (shown.grouping, shown.whom) == ("thriving", "Thriving")


def test_another_instrument_is_told() -> None:
    after = replace(BEFORE, methods={**METHODS, "D4": "SDM-Q-9"})
    report = differences(BEFORE, after, FORM)
    assert dict(report.methods) == {"D4": (METHODS["D4"], "SDM-Q-9")}
    assert (
        report.sentence
        == "0 returned figures changed, and 1 answer on methods; that changes 0 shown figures."
    )


def test_a_measure_that_is_gone_is_passed_over() -> None:
    after = a_return({"H3.started": 999})
    report = differences(BEFORE, after, FORM, measures={"H1": measures()["H1"]})
    assert len(report.changes) == 2
    assert report.shown == ()


def test_a_draft_with_a_number_below_nought_can_be_compared() -> None:
    (shown,) = differences(BEFORE, a_return({"H3.started": -200, "H3.within-28-days": 50}), FORM).shown
    assert shown.after.state is CellState.NOT_SUBMITTED


codes = st.sampled_from([line.code for line in FORM.lines])


@settings(max_examples=10)
@given(st.dictionaries(codes, st.one_of(st.none(), st.integers(0, 500))))
def test_what_is_reported_agrees_with_working_everything_out_again(changes: dict[str, int | None]) -> None:
    after = a_return(dict(changes))
    report = differences(BEFORE, after, FORM, population=Cell.of(9_000))
    told = {(each.measure, each.code, each.grouping) for each in report.shown}
    groupings = {line.key.grouping for line in FORM.lines}
    again = {
        (measure.id, shown.code, grouping)
        for measure in measures().values()
        for shown in measure.shown
        for grouping in groupings
        if len(
            {
                shown_cell(measure, shown, each.cells, population=Cell.of(9_000), grouping=grouping)
                for each in (BEFORE, after)
            }
        )
        > 1
    }
    assert told == again
    assert {each.line.key for each in report.changes} == {
        FigureKey.parse(line.code) for line in FORM.lines if BEFORE.cell(line.key) != after.cell(line.key)
    }

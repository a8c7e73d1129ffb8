"""Each check finds what is wrong, names sheet and cell, and leaves alone what is right."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.measures import Cell, CellState, FigureKey, measures
from ithrive.returns import Severity, check, return_form
from ithrive.returns.figures import ReturnedFigure, ReturnFigures
from tests.returns.scenes import ALDERBROOK, FORM, METHODS, a_return, explained, found, missing, numbers

HELP = "H3.started"


def said(figures: ReturnFigures, **options: object) -> list[tuple[str, str]]:
    """What was found, as code and rule."""
    return [(each.key.text if each.key else each.place, each.rule) for each in found(figures, **options)]


def test_a_return_that_is_right_is_left_alone() -> None:
    right = a_return()
    assert found(right, last=right.cells, last_methods=METHODS) == []


def test_every_finding_names_sheet_and_cell_and_how_to_mend_it() -> None:
    (finding,) = found(a_return({HELP: numbers()[FigureKey("H3", "started")] - 2}))
    assert str(finding) == (
        f"Getting Help, {FORM.places[HELP].rpartition(', ')[2]}: The groupings add up to "
        f"{numbers()[FigureKey('H3', 'started')]:,}, and all together are "
        f"{numbers()[FigureKey('H3', 'started')] - 2:,}. Find the 2 counted twice, or correct the sum."
    )


@pytest.mark.parametrize(
    ("code", "number", "what"),
    [
        ("T1.settings", -3, "-3 is below nought."),
        ("T1.settings", 12.5, "12.5 is not a whole number, and this counts people or things."),
        ("D4.sdmq9-mean", 101, "101 is above 100, the highest there can be."),
        ("H2.median-days", -1.5, "-1.5 is below nought."),
    ],
)
def test_a_number_is_one_that_its_figure_can_be(code: str, number: float, what: str) -> None:
    findings = [each for each in found(a_return({code: number})) if each.rule == "number"]
    assert [(each.key.text if each.key else "", each.what) for each in findings] == [(code, what)]
    assert findings[0].severity is Severity.MUST_FIX


def test_a_measure_that_was_left_out_is_asked_for_once() -> None:
    empty = {line.code: None for line in FORM.lines if line.key.measure == "M4"}
    (finding,) = found(a_return(empty))
    assert (finding.severity, finding.rule) == (Severity.QUERY, "gap")
    assert finding.what.startswith("Nothing was filled in for “")
    assert finding.place == FORM.places["M4.discharges"]


def test_a_reason_beside_the_figure_answers_its_query() -> None:
    left_out = a_return({line.code: None for line in FORM.lines if line.key.measure == "M4"})
    (finding,) = found(explained(left_out, "M4.discharges", "The ward closed."))
    assert finding.answer == "The ward closed."
    assert not finding.stands_in_the_way


def test_a_figure_missing_from_a_measure_is_asked_for() -> None:
    assert said(a_return({"T1.covered": None})) == [("T1.covered", "gap")]


@pytest.mark.parametrize("state", [CellState.SUPPRESSED, CellState.WITHHELD])
def test_a_figure_held_back_is_asked_about(state: CellState) -> None:
    assert said(a_return({"T1.covered": missing(state)})) == [("T1.covered", "held back")]


def test_what_does_not_apply_is_left_alone() -> None:
    assert said(a_return({"T1.covered": missing(CellState.NOT_APPLICABLE)})) == []


def groupings(**changes: Cell | float | None) -> dict[str, Cell | float | None]:
    """H1 with ten people in each of the five groupings and ten not known, sixty in all, and some changes."""
    codes = ("thriving", "getting-advice", "getting-help", "getting-more-help", "getting-risk-support")
    even: dict[str, Cell | float | None] = {f"H1.people/{code}": 10 for code in (*codes, "not-known")}
    named = {f"H1.people/{name.replace('_', '-')}": cell for name, cell in changes.items() if name != "whole"}
    return {"H1.people": changes.get("whole", 60), **even, **named}


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"whole": 61}, ["sum"]),
        ({"whole": 59}, ["sum"]),
        ({"not_known": None, "whole": 50}, []),
        ({"not_known": None}, ["sum"]),
        # A hidden number may be what is missing; one more than all together cannot be.
        ({"not_known": missing(CellState.SUPPRESSED)}, []),
        ({"not_known": missing(CellState.SUPPRESSED), "whole": 49}, ["sum"]),
        ({"thriving": missing(CellState.SUPPRESSED), "whole": 75}, []),
        ({"thriving": None}, ["gap"]),
        ({"thriving": None, "whole": 45}, ["sum", "gap"]),
        ({"whole": None}, ["gap"]),
        ({"whole": missing(CellState.NOT_APPLICABLE)}, []),
    ],
)
def test_groupings_add_up_within_those_not_known(
    changes: dict[str, Cell | float | None], rules: list[str]
) -> None:
    assert [rule for _, rule in said(a_return(groupings(**changes)))] == rules


def test_a_return_that_knows_no_groupings_is_not_asked_to_add_them() -> None:
    none = {line.code: None for line in FORM.lines if line.key.measure == "H1" and line.key.grouping}
    assert said(a_return(none)) == []


def test_how_many_are_missing_from_the_groupings_is_said() -> None:
    (finding,) = found(a_return(groupings(whole=73)))
    assert finding.mend == ("Put the 13 whose grouping is not known beside “Grouping not known”, or correct.")


def test_a_part_is_no_more_than_its_whole() -> None:
    assert said(a_return({"T1.covered": 10_000})) == [("T1.covered", "part")]
    inside = a_return({"H3.within-28-days/thriving": 900})
    assert ("H3.within-28-days/thriving", "part") in said(inside)


def test_a_count_is_what_it_is_made_of_and_every_cell_is_named() -> None:
    right = numbers()
    codes = ("H7.improved-self", "H7.deteriorated-self", "H7.unchanged-self")
    parts = [right[FigureKey.parse(code)] for code in codes]
    whole = int(sum(parts))
    (finding,) = found(a_return({codes[2]: parts[2] - 1}))
    assert (finding.key, finding.rule) == (FigureKey("H7", "paired-self"), "made of")
    assert (finding.place, finding.severity) == (FORM.places["H7.paired-self"], Severity.MUST_FIX)
    assert finding.what == (
        f"It is {whole:,}, and what it is made of adds up to {whole - 1:,}: {parts[0]:,} in "
        f"{FORM.places[codes[0]]}, {parts[1]:,} in {FORM.places[codes[1]]}, "
        f"{parts[2] - 1:,} in {FORM.places[codes[2]]}."
    )


def test_a_count_is_what_it_is_made_of_in_each_grouping_too() -> None:
    part, other = "W3.by-code/thriving", "W3.by-code/getting-help"
    right = numbers()
    moved = {part: right[FigureKey.parse(part)] + 1, other: right[FigureKey.parse(other)] - 1}
    assert said(a_return(moved)) == [
        ("W3.grouped/thriving", "made of"),
        ("W3.grouped/getting-help", "made of"),
    ]


@pytest.mark.parametrize(("more", "told"), [(0, []), (1, [("H7.paired-self", "made of")])])
def test_with_a_part_hidden_the_others_are_no_more_than_their_whole(
    more: int, told: list[tuple[str, str]]
) -> None:
    """All of them but the hidden: one more, and the whole holds more people than there are."""
    whole, worse = (int(numbers()[FigureKey("H7", code)]) for code in ("paired-self", "deteriorated-self"))
    hidden = {"H7.unchanged-self": missing(CellState.SUPPRESSED), "H7.improved-self": whole - worse + more}
    rules = said(explained(a_return(hidden), "H7.unchanged-self", "Fewer than five."))
    assert [each for each in rules if each[1] != "held back"] == told


def test_a_numerator_has_its_denominator() -> None:
    assert said(a_return({"T1.settings": None})) == [("T1.settings", "gap"), ("T1.covered", "denominator")]
    hidden = a_return({"T1.settings": missing(CellState.SUPPRESSED)})
    assert said(hidden) == [("T1.settings", "held back")]


def test_some_people_are_no_more_than_everybody() -> None:
    form = return_form([measures()["T1"]], breakdowns=["kind=school", "kind=college"])
    figures = {
        FigureKey("T1", "settings"): 10,
        FigureKey("T1", "covered"): 5,
        FigureKey("T1", "settings", "", "kind=school"): 8,
        FigureKey("T1", "settings", "", "kind=college"): 2,
    }

    def rules(**changes: int) -> list[str]:
        sent = {
            key: ReturnedFigure(Cell.of(changes.get(key.breakdown[5:], number)))
            for key, number in figures.items()
        }
        return [each.rule for each in check(form, ReturnFigures(ALDERBROOK, sent))]

    assert rules() == []
    assert rules(school=9) == ["sum"]
    assert rules(school=11) == ["sum", "part"]


def test_nobody_has_no_median() -> None:
    rules = said(a_return({"A2.responded": 0}))
    assert rules == [("A2.median-days", "rests on"), ("A2.p90-days", "rests on")]
    rules = said(a_return({"A2.responded": None}))
    assert rules == [("A2.responded", "gap"), ("A2.median-days", "rests on"), ("A2.p90-days", "rests on")]


def test_a_median_beside_a_hidden_count_is_left_alone() -> None:
    hidden = a_return({"A2.responded": missing(CellState.NOT_APPLICABLE)})
    assert said(hidden) == []


def test_a_90th_percentile_is_not_below_its_median() -> None:
    assert said(a_return({"A2.p90-days": 20})) == [("A2.p90-days", "order")]
    assert said(a_return({"A2.p90-days": 20.5})) == []


def test_one_count_that_two_measures_hold_is_the_same() -> None:
    findings = found(a_return({"A5.closed/thriving": 5_000}))
    (same,) = [each for each in findings if each.rule == "same"]
    assert same.severity is Severity.QUERY
    assert "under “Signposted on”, which means the same." in same.what


def test_figures_say_by_which_instrument_they_were_made() -> None:
    silent = replace(a_return(), methods={**METHODS, "D4": ""})
    (finding,) = found(silent)
    assert (finding.severity, finding.rule, finding.key) == (Severity.MUST_FIX, "method", None)
    assert finding.place == FORM.places["D4?"]


def test_a_series_never_mixes_instruments_in_silence() -> None:
    (finding,) = found(a_return(), last_methods={**METHODS, "D4": "CollaboRATE 2020"})
    assert (finding.severity, finding.rule) == (Severity.QUERY, "method")
    assert "was answered “CollaboRATE 2020”, and now “CollaboRATE 2013, SDM-Q-9”" in finding.what
    assert found(a_return(), last_methods={**METHODS, "D4": "collaborate 2013,  sdm-q-9"}) == []


def test_a_measure_without_figures_needs_no_instrument() -> None:
    empty = a_return({line.code: None for line in FORM.lines if line.key.measure == "D4"})
    assert [rule for _, rule in said(replace(empty, methods={**METHODS, "D4": ""}))] == ["gap"]


def last(**changes: float) -> dict[FigureKey, Cell]:
    return {
        FigureKey.parse(code.replace("__", ".").replace("_", "-")): Cell.of(n) for code, n in changes.items()
    }


def test_a_count_that_moves_further_than_chance_is_asked_about() -> None:
    figures = a_return({"T2.sessions": 30})
    assert said(figures, last=last(T2__sessions=300)) == [("T2.sessions", "movement")]
    assert said(figures, last=last(T2__sessions=24)) == []
    assert found(figures, last=last(T2__sessions=300))[0].what == "It was 300 last quarter and is 30 now."


def test_small_counts_move_as_they_like() -> None:
    assert said(a_return({"T2.sessions": 9}), last=last(T2__sessions=2)) == []


def test_a_count_from_nought_is_asked_about_when_it_is_large() -> None:
    assert said(a_return({"T2.sessions": 4}), last=last(T2__sessions=0)) == []
    assert said(a_return({"T2.sessions": 60}), last=last(T2__sessions=0)) == [("T2.sessions", "movement")]


def test_what_was_missing_last_quarter_has_not_moved() -> None:
    hidden = {FigureKey("T2", "sessions"): missing(CellState.SUPPRESSED)}
    assert said(a_return(), last=hidden) == []


def test_one_reason_is_enough_for_a_figure_and_its_groupings() -> None:
    much = {key: Cell.of(number * 10) for key, number in numbers().items() if key.measure == "H1"}
    assert said(a_return(), last=much) == [("H1.people", "movement")]


def test_groupings_that_move_within_the_same_sum_are_asked_about() -> None:
    before = {FigureKey("H1", "people"): Cell.of(60), FigureKey("H1", "people", "thriving"): Cell.of(60)}
    assert said(a_return(groupings()), last=before) == [("H1.people/thriving", "movement")]


@pytest.mark.parametrize(
    ("seen", "days", "asked"),
    [(300, 45.0, True), (300, 30.0, False), (300, 10.0, True), (60, 45.0, False), (300, 20.5, False)],
)
def test_a_median_of_enough_that_doubles_or_halves_is_asked_about(
    seen: int, days: float, asked: bool
) -> None:
    figures = a_return({"A2.responded": seen})
    before = {FigureKey("A2", "responded"): Cell.of(seen), FigureKey("A2", "median-days"): Cell.of(days)}
    assert said(figures, last=before) == ([("A2.median-days", "movement")] if asked else [])


def test_findings_stand_in_the_order_of_the_form_and_where_figures_really_stood() -> None:
    spoilt = a_return({"W1.returned": 9_000, "T1.covered": 9_000, "H3.started": 1})
    order = [line.key for line in FORM.lines]
    keys = [each.key for each in found(spoilt) if each.key]
    assert [order.index(key) for key in keys] == sorted(order.index(key) for key in keys)
    moved = found(spoilt, places={FigureKey("T1", "covered"): "Sheet1, F9"})
    assert moved[0].place == "Sheet1, F9"


cells = st.one_of(
    st.sampled_from(
        [missing(state) for state in CellState if state not in {CellState.VALUE, CellState.ZERO}]
    ),
    st.integers(-5, 10**9).map(Cell.of),
    st.floats(-10, 1e12, allow_nan=False).map(Cell.of),
)
keys = st.sampled_from([line.key for line in FORM.lines])


@settings(max_examples=40)
@given(st.dictionaries(keys, cells, max_size=60), st.dictionaries(keys, cells, max_size=60))
def test_whatever_is_sent_is_told_in_whole_sentences(
    sent: dict[FigureKey, Cell], before: dict[FigureKey, Cell]
) -> None:
    figures = ReturnFigures(ALDERBROOK, {key: ReturnedFigure(cell) for key, cell in sent.items()}, METHODS)
    for finding in check(FORM, figures, before):
        assert finding.place in FORM.places.values()
        assert finding.what.endswith(".")
        assert finding.mend.endswith(".")


PARTS = {
    line.key: [other for other in FORM.lines if other.key != line.key and other.key.whole == line.key]
    for line in FORM.lines
}


def added_by_hand(figures: ReturnFigures) -> set[str]:
    """The slow twin of the sums: for each figure, in plain loops, whether its groupings can be right."""
    wrong = set()
    for line in FORM.lines:
        parts = PARTS[line.key]
        if not parts or not line.counts:
            continue
        whole = figures.cell(line.key).number
        got = [figures.cell(part.key).number for part in parts]
        known = [number for number in got if number is not None]
        if whole is not None and len(known) == len(got) and sum(known) != whole:
            wrong.add(line.code)
    return wrong


@settings(max_examples=30)
@given(
    st.dictionaries(st.sampled_from([line.code for line in FORM.lines if line.counts]), st.integers(0, 500))
)
def test_sums_agree_with_adding_by_hand(changes: dict[str, int]) -> None:
    figures = a_return(dict(changes))
    found_wrong = {code for code, rule in said(figures) if rule == "sum"}
    assert found_wrong == added_by_hand(figures)

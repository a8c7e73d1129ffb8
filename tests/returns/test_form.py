"""The form asks for every figure of the dictionary, once, and knows how each leans on others."""

from dataclasses import replace

from ithrive.framework import framework
from ithrive.measures import NOT_KNOWN, FigureKey, Status, measures
from ithrive.returns import return_form
from tests.returns.scenes import FORM


def test_every_figure_of_every_measure_is_asked_for_once() -> None:
    asked = [line.key for line in FORM.lines]
    assert len(set(asked)) == len(asked)
    wanted = {FigureKey(m.id, each.code) for m in measures().values() for each in m.returned}
    assert {key for key in asked if not key.grouping} == wanted


def test_figures_by_grouping_are_asked_for_the_five_and_those_not_known() -> None:
    codes = [
        line.key.grouping for line in FORM.lines if (line.key.measure, line.key.figure) == ("H3", "started")
    ]
    assert codes == ["", *(each.code for each in framework().groupings.grouping), NOT_KNOWN]
    whom = [line.whom for line in FORM.lines if (line.key.measure, line.key.figure) == ("H3", "started")]
    assert (whom[0], whom[3], whom[-1]) == ("All together", "Getting Help", "Grouping not known")


def test_sheets_stand_in_the_frameworks_order_and_carry_no_number() -> None:
    names = [each.name for each in framework().groupings.grouping]
    assert FORM.sheets == (*names, "Shared decision making", "Whole system")
    assert not any(digit in title for title in FORM.sheets for digit in "0123456789")


def test_only_figures_of_all_together_have_to_be_there() -> None:
    assert {line.required for line in FORM.lines if line.key.grouping} == {False}
    assert {line.required for line in FORM.lines if not line.key.grouping} == {True}


def test_a_line_knows_the_whole_it_is_part_of_in_the_same_grouping() -> None:
    line = FORM.by_key[FigureKey("H3", "within-28-days", "thriving")]
    assert line.part_of == FigureKey("H3", "started", "thriving")


def test_a_median_knows_its_count_and_a_90th_percentile_its_median() -> None:
    line = FORM.by_key[FigureKey("H2", "p90-days", "getting-help")]
    assert line.rests_on == FigureKey("H2", "seen", "getting-help")
    assert line.at_least == FigureKey("H2", "median-days", "getting-help")


def test_a_figure_that_two_measures_share_is_known_for_the_same() -> None:
    assert FORM.by_key[FigureKey("A5", "closed")].same_as == FigureKey("A3", "closed")
    assert FORM.by_key[FigureKey("A3", "closed")].same_as is None


def test_a_score_has_a_highest() -> None:
    assert {line.key.text for line in FORM.lines if line.highest} == {"D4.sdmq9-mean"}


def test_breakdowns_ask_again_for_those_they_name() -> None:
    form = return_form(measures(), "2", breakdowns=["sex=female", "sex=male"])
    asked = [line for line in form.lines if line.key.measure == "H1"]
    assert [line.whom for line in asked[-2:]] == ["sex: female", "sex: male"]
    assert asked[-1].key == FigureKey("H1", "people", "", "sex=male")


def test_a_retired_measure_is_not_asked_for() -> None:
    gone = measures()["A1"].model_copy(update={"status": Status.RETIRED})
    assert "A1" not in {line.key.measure for line in return_form([gone, measures()["A2"]]).lines}


def test_another_question_is_another_form_though_the_version_is_the_same() -> None:
    assert return_form(measures()).digest == FORM.digest
    assert (len(FORM.digest), FORM.digest[0]) == (12, "f")
    fewer = replace(FORM, lines=FORM.lines[1:])
    assert fewer.digest != FORM.digest
    assert replace(FORM, questions=FORM.questions[1:]).digest != FORM.digest
    assert replace(FORM, version="2").digest != FORM.digest


def test_every_row_has_a_place_of_its_own() -> None:
    assert FORM.places["H3.started"].startswith("Getting Help, D")
    assert len(set(FORM.places.values())) == len(FORM.places) == len(FORM.lines) + len(FORM.questions)
    assert "D4?" in FORM.places

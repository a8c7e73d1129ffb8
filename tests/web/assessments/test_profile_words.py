"""The words and pictures of a profile, from plain values alone."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from ithrive.assessments.agreement import agreement
from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.life import Purpose, State
from ithrive.assessments.movement import Step, steps
from ithrive.assessments.profile import Profile, profile
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.assessments.relationships import Answer, pulse_result, questionnaire
from ithrive.framework.instrument import Instrument, Total
from ithrive.web.assessments.models import InstrumentVersion, RaterOnRound, Round
from ithrive.web.assessments.presenters import area_rounds, figures, multiples
from ithrive.web.assessments.presenters.agreement import agreement_part
from ithrive.web.assessments.presenters.heat_over_rounds import heat_over_rounds
from ithrive.web.assessments.presenters.heat_table import heat_table
from ithrive.web.assessments.presenters.movements import movement_part
from ithrive.web.assessments.presenters.profile import WAITING, summary
from ithrive.web.assessments.presenters.relationships import pulse_part
from ithrive.web.assessments.presenters.totals import total_rows, total_words
from ithrive.web.assessments.presenters.two_views import views_part
from ithrive.web.assessments.profiles import Assessed, Series, views_of
from tests.web.assessments.scenes import INSTRUMENT

FIRST, SECOND, THIRD = date(2024, 3, 1), date(2024, 9, 1), date(2025, 3, 1)
# Two statements of one principle, and one of another, on two levels.
MACRO = INSTRUMENT.on_level("macro")[0]
PAIR = tuple(
    each.model_copy(update={"code": code, "level": "micro", "principle": "Together", "text": text})
    for each, code, text in (
        (INSTRUMENT.statement[1], "one", "First of the pair."),
        (INSTRUMENT.statement[2], "two", "Second of the pair."),
    )
)


def instrument(**changes: object) -> Instrument:
    levels = tuple(each for each in INSTRUMENT.level if each.code in {"macro", "micro"})
    ours = {"code": "ours", "version": "1", "level": levels, "statement": (MACRO, *PAIR)}
    return INSTRUMENT.model_copy(update=ours | changes)


def score(
    code: str, agreed: int | None, low: int | None = None, high: int | None = None, reason: str = ""
) -> AgreedScore:
    return AgreedScore(code, agreed, reason, low or agreed, high or agreed)


def found(*scores: AgreedScore, of: Instrument | None = None) -> Profile:
    return profile({each.statement: each for each in scores}, of or instrument())


def alone(profile: Profile) -> Step:
    return Step(profile, None, None)


def series(*profiles: Profile) -> Series:
    days = (FIRST, SECOND, THIRD)
    moved = steps(profiles)
    return tuple(
        Assessed(Round(pk=number, due_on=day), step)
        for number, (day, step) in enumerate(zip(days, moved, strict=False), 1)
    )


def rows_of(profile: Profile):
    return {
        row.text: row
        for level in heat_table(alone(profile))
        for each in level.principles
        for row in each.rows
    }


# --- The heat table


def test_the_scale_shows_the_agreed_score_and_what_raters_gave_around_it():
    track = rows_of(found(score("one", 3, 2, 3)))["First of the pair."].track
    assert [each.kind for each in track.places] == ["", "raters", "agreed", ""]
    assert track.words == "Score 3 of 4"


def test_a_statement_that_cannot_be_rated_and_one_without_a_score_are_told_apart():
    rows = rows_of(found(score("one", None, reason="No figures came.")))
    assert rows["First of the pair."].track.words == "Cannot be rated"
    assert rows["First of the pair."].reason == "No figures came."
    assert rows["Second of the pair."].track.words == "No agreed score"
    assert {each.kind for each in rows["Second of the pair."].track.places} == {""}
    assert rows["Second of the pair."].raters == "–"


@pytest.mark.parametrize(
    ("scores", "verdict", "like", "doubt"),
    [
        ((score("one", 3), score("two", 4)), "THRIVE-like", True, ""),
        ((score("one", 3, 2, 3), score("two", 4)), "THRIVE-like", True, "lowest scores it would not be"),
        ((score("one", 2), score("two", 4)), "Not THRIVE-like: below 3", False, ""),
        ((score("one", 2, 2, 3), score("two", 4)), "Not THRIVE-like: below 3", False, "nothing would be"),
        ((score("one", 3), score("two", None)), "Cannot be said: not every statement has a score", False, ""),
        ((score("one", 3, 2, 3),), "Cannot be said: not every statement has a score", False, "would not be"),
        ((score("one", 2), score("two", None)), "Not THRIVE-like: below 3", False, ""),
    ],
)  # fmt: skip
def test_thrive_like_is_marked_only_where_every_statement_of_a_principle_is_3_or_above(
    scores, verdict, like, doubt
):
    [pair] = [
        each
        for level in heat_table(alone(found(*scores)))
        for each in level.principles
        if each.name == "Together"
    ]
    assert (pair.verdict, pair.thrive_like) == (verdict, like)
    assert doubt in pair.doubt
    assert bool(doubt) == bool(pair.doubt)


def test_change_is_told_for_each_statement_and_what_is_not_compared_says_so():
    first = found(score(MACRO.code, 2), score("one", 2))
    second = found(score(MACRO.code, 2), score("one", 3), score("two", 3))
    rows = {
        row.text: row
        for level in heat_table(steps([first, second])[1])
        for each in level.principles
        for row in each.rows
    }
    assert rows["First of the pair."].since_last == "+1"
    assert rows[MACRO.text].since_baseline == "no change"
    assert rows["Second of the pair."].since_last == "not compared"


def test_a_reworded_statement_is_marked_where_its_change_is_told():
    reworded = PAIR[0].model_copy(update={"text": "First of the pair, otherwise."})
    newer = instrument(version="2", statement=(MACRO, reworded, PAIR[1]))
    step = steps([found(score("one", 2)), found(score("one", 1), of=newer)])[1]
    rows = {row.text: row for level in heat_table(step) for each in level.principles for row in each.rows}
    assert rows["First of the pair, otherwise."].since_last == "−1 (reworded)"


# --- Totals


def test_totals_stand_on_both_scales_with_what_raters_leave_open_and_what_is_left_out():
    macro, micro, overall = total_rows(alone(found(score("one", 3, 2, 3), score("two", None))))
    assert (macro.name, macro.own, macro.left_out) == (
        "Macro",
        "No statement here has an agreed score.",
        "1 without an agreed score",
    )
    assert (micro.own, micro.scale, micro.own_range) == ("3", "1 to 4", "2 to 3")
    assert (micro.percent, micro.percent_range, micro.left_out) == ("67", "33 to 67", "1 cannot be rated")
    assert overall.left_out == "1 cannot be rated, 1 without an agreed score"


def test_a_level_says_its_total_in_one_sentence():
    whole = found(score("one", 3, 2, 3), score("two", 3), of=instrument(total=Total.MEAN))
    assert total_words(whole.levels["micro"], Total.MEAN) == (
        "Mean 3.00 on the instrument’s scale from 1.00 to 4.00; 67 on a scale from 0 to 100 (by the raters’ "
        "own scores: 50 to 67)."
    )
    assert total_words(whole.levels["macro"], Total.MEAN) == "No statement here has an agreed score."


def test_changes_of_totals_are_given_signed_or_not_compared():
    first, second = found(score("one", 2)), found(score("one", 3), score("two", 2))
    macro, micro, overall = total_rows(steps([first, second])[1])
    assert (macro.since_last, micro.since_last, overall.since_baseline) == ("not compared", "+33", "+33")
    assert total_rows(alone(first))[1].since_last == "–"


def test_figures_have_signs_and_no_needless_decimals():
    assert [figures.signed(each) for each in (3.2, -2, 0.2, -0.2)] == ["+3", "−2", "0", "0"]
    assert figures.on_own_scale(22.25, Total.SUM) == "22.2"
    assert figures.on_own_scale(22.0, Total.SUM) == "22"
    assert figures.listed(["a", "b", "c"]) == "a, b and c"
    assert figures.listed(["a"]) == "a"


# --- Movement


def part(before: Profile, after: Profile):
    movement = steps([before, after])[1].since_last
    assert movement is not None
    return movement_part("since-last", "Since last time", before, after, movement)


def test_movement_gives_both_reasons_and_says_whether_raters_could_explain_it():
    told = part(
        found(score("one", 2, reason="Half the teams."), score("two", 3)),
        found(score("one", 4, reason="All teams."), score("two", 2, 2, 3)),
    )
    one, two = told.moved
    assert (one.change, one.beyond, one.reason_before, one.reason) == (
        "+2",
        "yes",
        "Half the teams.",
        "All teams.",
    )
    assert (two.change, two.beyond, two.reason_before) == ("−1", "no", "The raters agreed.")
    assert told.sentences[0] == (
        "Overall +16.7 on the scale from 0 to 100, from 50.0 to 66.7, "
        "over the 2 statements scored both times."
    )
    assert told.sentences[1] == "Statement by statement: 1 higher, 1 lower and 0 the same."
    assert told.not_compared == (f"{MACRO.text} (has no score in one of the rounds)",)


def test_rounds_on_other_versions_are_compared_only_where_statements_match_and_the_page_says_so():
    newer = instrument(
        version="2", statement=(PAIR[0], PAIR[1].model_copy(update={"code": "three", "text": "New."}))
    )
    told = part(
        found(score(MACRO.code, 2), score("one", 2)), found(score("one", 3), score("three", 3), of=newer)
    )
    assert "made with version 1 of the instrument, this one with version 2" in told.sentences[2]
    assert "0 of them worded otherwise" in told.sentences[2]
    assert [each.text for each in told.moved] == ["First of the pair."]
    assert set(told.not_compared) == {
        "New. (not in the earlier version)",
        "Second of the pair. (not in this version)",
        f"{MACRO.text} (not in this version)",
    }


def test_rounds_on_other_instruments_are_not_compared_at_all():
    other = instrument(code="theirs", title="Theirs")
    told = part(found(score("one", 2)), found(score("one", 3), of=other))
    assert told.sentences[0].startswith("Totals are not compared. The rounds used different instruments")
    assert told.sentences[2] == "The two rounds used different instruments, so no statement is compared."
    assert told.moved == ()


# --- Over rounds


def test_the_heat_table_over_rounds_has_a_cell_for_every_round():
    heat = heat_over_rounds(series(found(score("one", 2)), found(score("one", None)), found(score("one", 3))))
    row = heat.levels[1].rows[0]
    assert [(each.shown, each.score) for each in row.cells] == [("2", 2), ("×", None), ("3", 3)]
    assert [each.words for each in row.cells] == ["2", "cannot be rated", "3"]
    assert row.since_baseline == "+1"
    assert heat.levels[1].rows[1].cells[0].words == "no agreed score"
    assert heat.levels[1].rows[1].since_baseline == "not compared"
    assert [each.day for each in heat.headings] == ["Mar 2024", "Sep 2024", "Mar 2025"]
    assert heat.notes == ()


def test_the_heat_table_says_in_words_where_versions_differ():
    reworded = PAIR[0].model_copy(update={"text": "Otherwise."})
    newer = instrument(
        version="2", statement=(reworded, PAIR[1].model_copy(update={"code": "three", "text": "New."}))
    )
    other = instrument(code="theirs", title="Theirs")
    heat = heat_over_rounds(
        series(found(score("one", 2), of=other), found(score("one", 2)), found(score("one", 3), of=newer))
    )
    rows = [row for level in heat.levels for row in level.rows]
    assert [(each.words, each.reworded) for each in rows[0].cells] == [
        ("not asked", False),
        ("2", True),
        ("3", False),
    ]
    assert [each.words for each in rows[1].cells] == ["not asked", "not asked", "no agreed score"]
    assert [each.version for each in heat.headings] == ["", "", "version 2"]
    assert "A star marks a score that was given to other words" in heat.notes[0]
    assert heat.notes[1] == "Not compared, because another instrument was used: Theirs."
    assert "No longer asked:" in heat.notes[2]
    assert "Second of the pair." in heat.notes[2]


def test_one_round_alone_moves_nowhere():
    heat = heat_over_rounds(series(found(score("one", 2))))
    assert heat.levels[1].rows[0].since_baseline == "–"


def panel_of(code: str, *profiles: Profile) -> multiples.Panel:
    drawn = multiples.statement_panels(series(*profiles), "evaluated")
    return next(each for _, panels in drawn for each in panels if each.anchor == f"evaluated-{code}")


def test_a_small_multiple_places_scores_by_day_and_height():
    panel = panel_of("one", found(score("one", 1)), found(score("one", 2, 1, 3)), found(score("one", 4)))
    assert [each.y for each in panel.points] == [92, 65, 10]
    assert [(each.top, each.bottom) for each in panel.points] == [(92, 92), (37, 92), (10, 10)]
    assert panel.points[0].x < panel.points[1].x < panel.points[2].x
    assert len(panel.lines) == 2
    assert panel.reach == 37
    assert panel.sentence == "From 1 in March 2024 to 4 in March 2025."
    assert panel.points[1].words == "September 2024: 2, raters 1 to 3"


def test_a_line_breaks_at_a_round_without_a_score_and_where_words_changed():
    reworded = PAIR[0].model_copy(update={"text": "Otherwise."})
    newer = instrument(version="2", statement=(MACRO, reworded, PAIR[1]))
    gap = panel_of("one", found(score("one", 1)), found(score("two", 2)), found(score("one", 2)))
    assert (len(gap.lines), len(gap.unrated)) == (0, 1)
    changed = panel_of(
        "one", found(score("one", 1)), found(score("one", 2)), found(score("one", 2), of=newer)
    )
    assert len(changed.lines) == 1


def test_a_line_of_totals_breaks_at_every_new_version():
    newer = instrument(version="2")
    held = series(found(score("one", 1)), found(score("one", 2)), found(score("one", 2), of=newer))
    overall, macro, micro = multiples.level_panels(held, "evaluated")
    assert (len(overall.lines), len(overall.points)) == (1, 3)
    assert (macro.points, macro.sentence) == ((), "Never rated.")
    assert micro.sentence == "From 0 in March 2024 to 33 in March 2025."


def test_a_level_that_an_earlier_version_had_not_is_empty_there():
    macro_only = instrument(version="0", level=INSTRUMENT.level[:1], statement=(MACRO,))
    held = series(found(score(MACRO.code, 1), of=macro_only), found(score("one", 2)))
    assert len(multiples.level_panels(held, "evaluated")[2].points) == 1


def test_one_round_stands_in_the_middle_and_scores_of_another_instrument_are_left_out():
    lonely = panel_of("one", found(score("one", 3)))
    assert (lonely.points[0].x, lonely.sentence) == (129, "3 in March 2024.")
    other = instrument(code="theirs")
    assert len(panel_of("one", found(score("one", 3), of=other), found(score("one", 3))).points) == 1


# --- Agreement, views, relationships


def ratings(rater: str, *scores: int | None) -> list[Rating]:
    codes = [MACRO.code, "one", "two"]
    return [
        Rating(code, rater, each, "" if each else "Nobody told us")
        for code, each in zip(codes, scores, strict=True)
    ]


def test_agreement_that_cannot_be_computed_says_why():
    given = [*ratings("1", 3, 2, None), *ratings("2", 3, 3, 2)]
    raters = [RaterOnRound(calibration={"same": 6, "scenes": 8, "within_one": 8}), RaterOnRound()]
    told = agreement_part(agreement(given, instrument()), instrument(), raters)
    assert "2 raters, blind to each other" in told.sentence
    assert told.sentence.endswith("left out. In brackets: 95% intervals.")
    assert "1 rating without a score left out" in told.sentence
    assert {cell["text"] for row in told.table["rows"][:-1] for cell in row[1:]} == {"not computable"}
    assert [cell["text"] for cell in told.table["rows"][-1]] == [
        "Statements compared",
        "2 of 3",
        "1 of 1",
        "1 of 2",
    ]
    assert any("Only 2 statements were scored by two raters" in each for each in told.reasons)
    assert any(each.startswith("Macro (") for each in told.reasons)
    assert told.practice == (
        "Rater 1 gave the reference score to 6 of 8 practice scenes, and came within one step on 8.",
        "Rater 2 did not practise before this round.",
    )


def test_agreement_is_shown_with_its_interval():
    whole = [each.code for each in INSTRUMENT.statement]
    marks = [1, 2, 3, 4] * 6
    one = [Rating(code, "1", mark) for code, mark in zip(whole, marks, strict=True)]
    two = [
        Rating(code, "2", min(mark + (number % 5 == 0), 4))
        for number, (code, mark) in enumerate(zip(whole, marks, strict=True))
    ]
    report = agreement([*one, *two], INSTRUMENT)
    told = agreement_part(report, INSTRUMENT, [])
    assert "left out" not in told.sentence
    percent = told.table["rows"][0][1]["text"]
    assert percent.endswith("%)")
    assert " to " in percent


def test_agreement_across_two_views_says_so_and_writes_minus_as_minus():
    codes = [each.code for each in INSTRUMENT.statement]
    given = [
        Rating(code, rater, 1 + (number * step) % 4)
        for rater, step in (("1", 1), ("2", 3))
        for number, code in enumerate(codes)
    ]
    raters = [RaterOnRound(pk=1), RaterOnRound(pk=2, view="young-people")]
    told = agreement_part(agreement(given, INSTRUMENT), INSTRUMENT, raters)
    assert "Staff’s and young people’s views are compared too" in told.sentence
    cells = [cell["text"] for row in told.table["rows"] for cell in row[1:]]
    assert any("−" in each for each in cells)
    assert not any("-" in each for each in cells)


def test_agreement_without_an_interval_says_so():
    same = [
        Rating(each.code, rater, 1 + number % 4)
        for rater in "12"
        for number, each in enumerate(INSTRUMENT.statement)
    ]
    told = agreement_part(agreement(same, INSTRUMENT), INSTRUMENT, [])
    assert any("(no interval)" in cell["text"] for row in told.table["rows"] for cell in row)


def test_two_views_stand_side_by_side_with_the_widest_gap_first():
    raters = [RaterOnRound(pk=1), RaterOnRound(pk=2), RaterOnRound(pk=3, view="young-people")]
    given = [*ratings("1", 3, 4, None), *ratings("2", 3, 4, 2), *ratings("3", 3, 2, 4)]
    told = views_part(views_of(raters, given, instrument()))
    assert told is not None
    shown = [[cell["text"] for cell in row[1:]] for row in told.table["rows"]]
    assert shown == [["4", "2", "2 steps higher by staff"], ["3", "3", "the same"], ["2", "4", "–"]]
    assert told.sentence.startswith(
        "Of 2 statements that both scored, staff scored 1 higher than young people did"
    )


def test_a_view_within_which_raters_differ_is_a_range_and_gives_no_gap():
    raters = [RaterOnRound(pk=1), RaterOnRound(pk=2), RaterOnRound(pk=3, view="young-people")]
    given = [*ratings("1", 3, 4, None), *ratings("2", 2, 4, None), *ratings("3", 3, 4, 4)]
    told = views_part(views_of(raters, given, instrument()))
    assert told is not None
    shown = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in told.table["rows"]}
    assert shown[MACRO.text] == ["2 to 3", "3", "–"]
    assert shown["Second of the pair."] == ["cannot be rated", "4", "–"]


def test_one_view_alone_is_no_comparison():
    assert views_part(views_of([RaterOnRound(pk=1)], ratings("1", 3, 3, 3), instrument())) is None
    lower = views_of(
        [RaterOnRound(pk=1), RaterOnRound(pk=2, view="young-people")],
        [*ratings("1", 2, 2, 2), Rating("one", "2", 3)],
        instrument(),
    )
    told = views_part(lower)
    assert told is not None
    assert [cell["text"] for cell in told.table["rows"][0][1:]] == ["2", "3", "1 step lower by staff"]
    assert [cell["text"] for cell in told.table["rows"][1][1:]] == ["2", "–", "–"]


def answers(sector: str, number: int, mark: int | None = 4) -> list[Answer]:
    return [Answer(sector, {each.code: mark for each in questionnaire().question})] * number


def test_a_pulse_of_fewer_than_five_shows_nothing():
    told = pulse_part(pulse_result(answers("education", 4)))
    assert (told.reason, told.questions, told.sectors) == (
        "Fewer than 5 people answered, so nothing is shown.",
        None,
        None,
    )


def test_a_pulse_shows_the_whole_and_hides_small_sectors():
    told = pulse_part(
        pulse_result(
            [
                *answers("education", 6),
                *answers("voluntary", 3),
                *answers("commissioning", 5, None),
                *answers("nhs-provider", 7),
            ]
        )
    )
    assert told.reason == ""
    assert told.sentence.startswith("21 people answered. Mean 4.0")
    assert told.sectors is not None
    shown = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in told.sectors["rows"]}
    assert shown["Voluntary sector"] == ["not shown", "not shown"]
    assert shown["NHS provider"] == ["7", "4.0"]


def test_where_nobody_could_say_there_is_no_mean():
    told = pulse_part(pulse_result(answers("education", 6, None)))
    assert "Mean nobody could say" in told.sentence


def test_no_pulse_and_one_that_cannot_be_read_give_their_reason():
    assert pulse_part(None).reason.startswith("No pulse")
    assert pulse_part(NotComputable("Still open.")).reason == "Still open."


# --- Sentences


def test_the_summary_counts_principles_and_gives_the_range():
    assert summary(found(score(MACRO.code, 3), score("one", 2, 1, 2), score("two", 3))) == (
        "THRIVE-like on 1 of 2 principles. Overall 56 on a scale from 0 to 100; between 44 and 56 by the "
        "raters’ own lowest and highest scores."
    )
    assert summary(found()) == "THRIVE-like on 0 of 2 principles. No statement here has an agreed score."


def test_every_state_but_the_last_says_why_there_is_no_profile():
    assert set(WAITING) == set(State) - {State.SIGNED_OFF}


def held(due: date, *, on: date | None = None, **values: Any) -> Round:
    row = Round(pk=due.toordinal(), due_on=due, window_opens=due, window_closes=due, **values)
    row.instrument = InstrumentVersion(title="Ours", demonstration=True)
    row.submitted_at = datetime.combine(on, time(12), tzinfo=UTC) if on else None
    return row


def test_the_sentence_on_an_area_counts_late_and_missed_rounds_and_names_the_next():
    rounds = [
        held(date(2026, 3, 1), state="scheduled"),
        held(date(2025, 9, 1), state="missed", missed_at=datetime(2025, 12, 1, tzinfo=UTC)),
        held(THIRD, state="signed off", on=date(2025, 4, 1)),
        held(SECOND, state="signed off", on=SECOND),
        held(FIRST, state="signed off", on=FIRST, imported_from="old.csv"),
    ]
    page = area_rounds.area_rounds_page("Alderbrook", rounds, {}, date(2026, 1, 1))
    assert page.sentence == (
        "5 rounds: 1 held on time, 1 held late, 1 missed, 1 held elsewhere. The next is due on 1 March 2026; "
        "its window is 1 March 2026 to 1 March 2026."
    )
    [evaluated] = page.parts
    assert [each.concern for each in evaluated.lines] == [False, True, True, False, False]
    assert [each.timeliness for each in evaluated.lines][-1] == "held elsewhere"
    assert page.notice.startswith("This instrument is in our own words")
    assert evaluated.heat is None


def test_an_area_without_rounds_and_one_with_nothing_to_come_say_so():
    assert area_rounds.area_rounds_page("Alderbrook", [], {}, FIRST).sentence == "No round is scheduled yet."
    past = [held(FIRST, state="signed off", on=FIRST)]
    assert area_rounds.area_rounds_page("Alderbrook", past, {}, THIRD).sentence == "1 round: 1 held on time."
    waiting = [held(THIRD, state="scheduled")]
    assert area_rounds.area_rounds_page("Alderbrook", waiting, {}, FIRST).sentence.startswith(
        "1 round. The next"
    )


def test_movement_overall_is_in_the_line_of_its_round():
    moved = series(found(score("one", 2)), found(score("one", 3)))
    for each in moved:
        each.round.instrument = InstrumentVersion()
        each.round.state, each.round.window_opens, each.round.window_closes = "signed off", FIRST, THIRD
        each.round.submitted_at = datetime(2024, 3, 1, tzinfo=UTC)
    page = area_rounds.area_rounds_page(
        "Alderbrook", [each.round for each in reversed(moved)], {Purpose.EVALUATED: moved}, THIRD
    )
    last, first = page.parts[0].lines
    assert (last.overall, last.since_last, last.since_baseline) == ("67", "+33", "+33")
    assert (first.overall, first.since_last) == ("33", "–")
    assert page.notice == ""


def test_a_round_in_which_nothing_could_be_rated_has_no_overall():
    [only] = series(found(score("one", None)))
    only.round.instrument = InstrumentVersion()
    only.round.state, only.round.window_opens, only.round.window_closes = "signed off", FIRST, THIRD
    page = area_rounds.area_rounds_page("Alderbrook", [only.round], {Purpose.EVALUATED: (only,)}, FIRST)
    assert (page.parts[0].lines[0].overall, page.parts[0].lines[0].between) == ("–", "–")


def test_reflections_say_who_sees_them():
    rounds = [
        held(THIRD, state="signed off", purpose="reflection"),
        held(FIRST, state="signed off", purpose="reflection", shared_at=datetime(2024, 4, 1, tzinfo=UTC)),
    ]
    [part] = area_rounds.area_rounds_page("Alderbrook", rounds, {}, THIRD).parts
    assert "1 of 2 can be seen by the area’s own people alone." in part.note
    [part] = area_rounds.area_rounds_page("Alderbrook", rounds[1:], {}, THIRD).parts
    assert "Shared by the area." in part.note

"""Who may be stuck: each sign, its grace, its sentence, and what two of them make together."""

from dataclasses import replace

import pytest

from ithrive.implementation import Alert, Attention, Rules, Sign, Situation, Usual, attention, rhythm, usual
from ithrive.implementation.rhythm import silence_allowed
from tests.implementation.small import SMALL, after, week

ALONE = Usual(areas=0)
COMPARED = Usual(areas=12, quiet=10, stalled=20, long_in={"plan": 15})
STORY = "0 listen begun\n4 listen reached\n5 choose begun"


def seen(today: float, usual: Usual = COMPARED, story: str = STORY, **known: object) -> Attention:
    now = Situation("Alderbrook", after(story, today), since=week(0))
    return attention(replace(now, **known), SMALL, usual)  # type: ignore[arg-type]  # its own fields


def sentences(found: Attention) -> list[str]:
    return [warning.sentence for warning in found.warnings]


@pytest.mark.parametrize(
    ("weeks_silent", "alert"), [(10, Alert.MOVING), (11, Alert.QUIET), (20, Alert.QUIET), (21, Alert.STALLED)]
)
def test_a_silence_is_quiet_first_and_stalled_later(weeks_silent: int, alert: Alert) -> None:
    assert seen(5 + weeks_silent, replace(COMPARED, long_in={})).alert is alert


def test_without_areas_to_compare_with_the_step_says_how_long() -> None:
    assert silence_allowed(8, ALONE) == (8, 16)
    assert silence_allowed(2, ALONE) == (6, 6)
    assert silence_allowed(8, COMPARED) == (10, 20)
    assert silence_allowed(8, replace(COMPARED, stalled=None)) == (10, 16)


def test_the_sentence_names_area_reason_day_contact_and_next_step() -> None:
    assert sentences(seen(16, last_contact=week(3))) == [
        (
            "Alderbrook: nothing dated since 10 February 2020, which is 11 weeks (few of the 12 areas like it"
            " are silent for more than 10). The last contact was on 27 January 2020. The usual next step is"
            " to finish “Choose”."
        ),
        (
            "Alderbrook: 16 weeks in the phase “Plan”, begun on 6 January 2020; nine in ten areas like it"
            " took at most 15. The usual next step is to finish “Choose”."
        ),
    ]
    assert sentences(seen(12, ALONE, "0 listen reached")) == [
        (
            "Alderbrook: nothing dated since 6 January 2020, which is 12 weeks (“Listen” usually takes 8"
            " weeks). No contact is on record. The usual next step is “Choose”."
        )
    ]


def test_an_area_that_never_began_is_silent_since_it_joined() -> None:
    found = seen(12, ALONE, story="")
    assert [(each.sign, each.since) for each in found.warnings] == [(Sign.SILENT, week(0))]
    assert seen(8, ALONE, story="").warnings == ()


def test_an_area_of_which_nothing_is_known_is_quiet() -> None:
    found = seen(12, story="", since=None)
    assert (found.alert, found.warnings[0].since) == (Alert.QUIET, None)
    assert sentences(found) == [
        "Alderbrook: nothing dated is on record, not even the day it joined. The usual next step is “Listen”."
    ]


def test_a_missing_lead_is_a_sign_after_six_weeks() -> None:
    assert seen(10, no_lead_since=week(4)).warnings == ()
    assert sentences(seen(11, no_lead_since=week(4))) == [
        "Alderbrook: no implementation lead since 3 February 2020. The usual next step is to finish “Choose”."
    ]


def test_an_overdue_round_is_a_sign_after_four_weeks() -> None:
    assert seen(10, rounds_overdue=(week(6),)).warnings == ()
    found = seen(11, rounds_overdue=(week(9), week(6), week(2)))
    assert sentences(found) == [
        (
            "Alderbrook: the THRIVE assessment round that was due by 20 January 2020 has not been held (and"
            " 1 more). The usual next step is to finish “Choose”."
        )
    ]
    assert (found.warnings[0].since, found.alert) == (week(2), Alert.QUIET)


def test_long_in_one_phase_counts_from_the_day_it_got_longer_than_nine_in_ten() -> None:
    story = "0 listen begun\n15 listen begun"
    assert seen(15, story=story).warnings == ()
    found = seen(18, story=story)
    assert [(each.sign, each.since) for each in found.warnings] == [(Sign.LONG_IN_PHASE, week(15))]
    assert seen(18, Usual(areas=12, quiet=10, stalled=20), story=story).warnings == ()


def test_a_finished_phase_is_no_longer_long() -> None:
    assert seen(22, story="0 listen reached\n18 choose reached").warnings == ()


def test_a_quiet_area_with_a_second_sign_is_stalled() -> None:
    known = {"no_lead_since": week(1)}
    assert seen(13, **known).alert is Alert.QUIET
    assert seen(16, replace(COMPARED, long_in={}), **known).alert is Alert.STALLED
    situation = Situation("Alderbrook", after(STORY, 16), no_lead_since=week(1))
    assert attention(situation, SMALL, COMPARED, Rules(two_signs=False)).alert is Alert.QUIET


def test_two_signs_of_an_area_that_is_not_silent_are_worth_a_call_only() -> None:
    found = seen(12, no_lead_since=week(1), rounds_overdue=(week(2),))
    assert len(found.warnings) == 2
    assert found.alert is Alert.QUIET


def test_nobody_is_warned_about_an_area_that_paused_left_or_finished() -> None:
    assert seen(90, taking_part=False).alert is Alert.MOVING
    finished = seen(90, story="0 try reached\n1 share reached", no_lead_since=week(1))
    assert (finished.alert, finished.warnings) == (Alert.MOVING, ())
    assert (
        seen(90, story="0 listen reached\n0 choose reached\n0 try reached\n1 share reached").next_step is None
    )


def test_the_next_step_comes_with_every_area() -> None:
    following = seen(6).next_step
    assert following is not None
    assert following.code == "choose"


def regular(every: int, until: int, area: str) -> str:
    return "\n".join(f"{week} listen begun" for week in range(0, until, every))


def test_what_is_usual_is_learned_from_silences_ended_and_going_on() -> None:
    alike = [after(regular(every, 60, name), 60, name) for every, name in [(2, "A"), (3, "B"), (4, "C")]]
    alike += [after(regular(5, 60, "D"), 60, "D"), after("0 listen begun\n6 listen begun", 60, "E")]
    learned = rhythm([*alike, after("", 60, "Silent")], SMALL)
    assert (learned.areas, sorted(set(learned.ended)), max(learned.going_on)) == (5, [2, 3, 4, 5, 6], 54)
    found = usual(learned)
    assert (found.areas, found.quiet, found.stalled, found.long_in) == (5, 5, None, {})
    # One of 75 silences has gone on for 54 weeks: by when 98 in 100 are over cannot be seen.
    assert usual(learned, Rules(quiet_share=0.98)).quiet is None


def test_too_few_areas_or_silences_leave_the_step_to_say() -> None:
    four = [after(regular(2, 60, name), 60, name) for name in "ABCD"]
    assert usual(rhythm(four, SMALL)) == Usual(areas=4)
    short = [after("0 listen begun\n2 listen begun", 3, name) for name in "ABCDE"]
    assert usual(rhythm(short, SMALL)) == Usual(areas=5)


def test_finished_areas_are_not_silent() -> None:
    done = [after("0 try reached\n1 share reached", 60, name) for name in "ABCDE"]
    assert rhythm(done, SMALL).going_on == ()


def test_what_is_long_in_a_phase_is_learned_from_enough_areas() -> None:
    took = [after(f"0 listen reached\n{weeks} choose reached", 60, f"A{weeks}") for weeks in range(1, 11)]
    assert usual(rhythm(took, SMALL)).long_in == {"plan": 9}
    assert usual(rhythm(took[:4], SMALL)).long_in == {}


def test_two_pieces_of_evidence_of_one_day_are_no_silence() -> None:
    assert rhythm([after("1 listen begun\n1 choose begun", 4)], SMALL).ended == ()

"""The invented areas, how a rule is scored on them, and that the handbook prints what the method gives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ithrive.framework.approach import approach
from ithrive.implementation import Alert, Shows, Situation, rhythm
from ithrive.implementation.rhythm import RULES
from ithrive.implementation.simulation import ASSUMPTIONS, LateRound, SimulatedArea, Stretch, simulated
from ithrive.implementation.trial import Look, Score, Watch, after_weeks, at_least, score
from scripts.print_stalls import PAGE, as_assumed, printed
from tests.implementation.small import SMALL, after, week

FEW = replace(ASSUMPTIONS, areas=12, watched=130, stalls=0.8, returned=0.3)


@pytest.fixture(scope="module")
def watches() -> tuple[Watch, ...]:
    return as_assumed()


def test_the_same_seed_gives_the_same_areas() -> None:
    assert simulated(SMALL, 1, FEW) == simulated(SMALL, 1, FEW)
    assert simulated(SMALL, 1, FEW) != simulated(SMALL, 2, FEW)


def test_a_stalled_area_reaches_nothing_and_evidence_is_known_only_once_entered() -> None:
    areas = simulated(approach(), 1, FEW)
    assert {area.stall is None for area in areas} == {True, False}
    for area in areas:
        if area.stall:
            during = [each.shows for _, each in area.entered if each.on in area.stall]
            assert set(during) <= {Shows.BEGUN, Shows.RETURNED}
        assert all(known >= evidence.on for known, evidence in area.entered)
        today = area.since + timedelta(weeks=30)
        assert set(area.evidence_known(today)) == {each for known, each in area.entered if known <= today}


def test_what_is_known_of_lead_and_rounds_depends_on_the_day() -> None:
    gaps = (Stretch(week(3), week(8)), Stretch(week(5), week(9)))
    late = (LateRound(week(2), week(6)), LateRound(week(4), None))
    area = SimulatedArea("One", week(0), (), None, gaps, late)
    assert [area.no_lead_since(week(now)) for now in (2, 3, 6, 8, 9)] == [
        None,
        week(3),
        week(3),
        week(5),
        None,
    ]
    assert [area.rounds_overdue(week(now)) for now in (2, 3, 5, 6)] == [
        (),
        (week(2),),
        (week(2), week(4)),
        (week(4),),
    ]


def looks(*alarms_and_stalls: tuple[bool, bool]) -> tuple[Look, ...]:
    """Looks four weeks apart; a silent area is one whose last evidence is long ago."""
    around = rhythm([], SMALL)
    return tuple(
        Look(Situation("One", after(f"{4 * n if not alarm else -99} listen begun", 4 * n)), around, stalled)
        for n, (alarm, stalled) in enumerate(alarms_and_stalls)
    )


def scored(stall: Stretch | None, *alarms_and_stalls: tuple[bool, bool]) -> Score:
    area = SimulatedArea("One", week(0), (), stall, (), ())
    return score([(area, looks(*alarms_and_stalls))], after_weeks(8))


WELL, FALSE, UNSEEN, SEEN = (False, False), (True, False), (False, True), (True, True)


def test_a_false_alarm_counts_once_however_long_it_lasts() -> None:
    found = scored(None, WELL, FALSE, FALSE, WELL, FALSE, WELL)
    assert (found.stalls, found.false_alarms) == (0, 2)
    assert found.area_months == pytest.approx(6 * 4 / (52 / 12))
    assert found.false_per_100 == pytest.approx(100 * 2 / (24 / (52 / 12)))


def test_a_warning_is_as_late_as_the_weeks_since_the_true_stall() -> None:
    found = scored(Stretch(week(3), week(99)), WELL, *[UNSEEN] * 4, *[SEEN] * 4)
    assert (found.delays, found.missed, found.false_alarms) == ((17,), 0, 0)


def test_a_stall_nobody_warned_about_is_missed() -> None:
    found = scored(Stretch(week(3), week(99)), WELL, *[UNSEEN] * 8)
    assert (found.stalls, found.missed, found.share_missed) == (1, 1, 1)


def test_a_stall_that_began_under_a_false_alarm_is_neither_early_nor_missed() -> None:
    found = scored(Stretch(week(3), week(99)), FALSE, *[SEEN] * 8)
    assert (found.stalls, found.warned_before, found.missed, found.delays) == (1, 1, 0, ())


def test_a_stall_watched_for_less_than_half_a_year_does_not_count() -> None:
    assert scored(Stretch(week(3), week(99)), WELL, *[UNSEEN] * 6).stalls == 0


def test_an_area_watched_only_in_its_stall_is_scored_from_the_first_look() -> None:
    assert scored(Stretch(week(-2), week(99)), *[SEEN] * 8).delays == (2,)


def test_the_weeks_by_which_a_share_had_come() -> None:
    found = Score(4, (1, 2, 3, 4), 0, 0, 0, 10)
    assert [found.delay_by(share) for share in (0.25, 0.5, 1.0)] == [2, 3, 4]


def test_an_area_without_evidence_is_silent_since_it_joined_and_never_if_that_is_unknown() -> None:
    never = after("", 40)
    around = rhythm([], SMALL)
    assert after_weeks(13)(Look(Situation("One", never, since=week(0)), around, False))
    assert not after_weeks(13)(Look(Situation("One", never), around, False))


def test_stalled_comes_sooner_than_seventeen_silent_weeks_and_is_wrong_much_less(
    watches: tuple[Watch, ...],
) -> None:
    ours, plain = (
        score(watches, rule) for rule in (at_least(Alert.STALLED, approach(), RULES), after_weeks(17))
    )
    assert ours.stalls > 60
    assert ours.delay_by(0.5) < plain.delay_by(0.5)
    assert ours.false_per_100 < plain.false_per_100 / 3
    assert ours.share_missed <= plain.share_missed


def test_stalled_comes_long_before_twenty_six_silent_weeks(watches: tuple[Watch, ...]) -> None:
    ours, plain = (
        score(watches, rule) for rule in (at_least(Alert.STALLED, approach(), RULES), after_weeks(26))
    )
    assert ours.delay_by(0.5) + 8 < plain.delay_by(0.5)
    assert ours.share_missed < plain.share_missed


def test_quiet_comes_within_a_quarter_of_a_year_for_half_of_the_stalls(watches: tuple[Watch, ...]) -> None:
    quiet = score(watches, at_least(Alert.QUIET, approach(), RULES))
    stalled = score(watches, at_least(Alert.STALLED, approach(), RULES))
    assert quiet.delay_by(0.5) <= 13
    assert quiet.delay_by(0.5) < stalled.delay_by(0.5)
    assert quiet.false_per_100 > stalled.false_per_100


def test_the_handbook_prints_what_the_method_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed()

"""The demonstration's rounds: the same for everyone, plausible, and within every rule of real ones."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import mean

import pytest
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import MemberRole
from ithrive.assessments.agreement import agreement_of_many
from ithrive.assessments.estimates import Estimate, NotComputable
from ithrive.assessments.interviewing import Covers, why_not_consent, why_not_keep
from ithrive.assessments.life import Purpose, State
from ithrive.assessments.moderated import compared
from ithrive.assessments.moderation import why_not_agree, why_not_sign_off
from ithrive.assessments.passages import plain_text, why_not_mark
from ithrive.assessments.profile import profile
from ithrive.assessments.schedule import Timeliness, timeliness
from ithrive.assessments.sectors import STAFF, YOUNG_PEOPLE, why_not_from
from ithrive.framework.instruments import demonstration_instrument
from ithrive.implementation import Sign
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments import queries
from ithrive.web.assessments.access import may, reach_of_person
from ithrive.web.assessments.evidence import evidence_by_statement
from ithrive.web.assessments.models import Agreed, Informant, Pulse, RaterOnRound, Round
from ithrive.web.assessments.profiles import profiles_of, pulse_of, ratings_behind, views_of
from ithrive.web.assessments.queries import instrument_of, raters_of, ratings_of_all
from ithrive.web.history.models import Change
from ithrive.web.history.record import verify
from ithrive.web.implementation.models import Priority, Wish
from ithrive.web.overview.demonstration import load
from ithrive.web.overview.demonstration.community import community
from ithrive.web.overview.demonstration.round_scores import found_in
from ithrive.web.overview.demonstration.round_story import STUDY, rounds_told
from ithrive.web.overview.proposals import proposed_for
from ithrive.web.overview.rounds import programmes_view
from ithrive.web.overview.whereabouts import members, whereabouts
from ithrive.web.rights import Right

TODAY = date(2026, 11, 21)
INSTRUMENT = demonstration_instrument()


@pytest.fixture(scope="module")
def story():
    country = thornmere()
    return list(rounds_told(country, community(country), TODAY))


def held(story, role):
    return [each for each in story if each.role is role and each.study and each.signed_off_on]


# --- The story, which needs no database


def test_the_story_is_the_same_each_time(story):
    country = thornmere()
    assert list(rounds_told(country, community(country), TODAY)) == story
    round = held(story, MemberRole.ACCELERATOR)[7]
    assert found_in(round, [STAFF, STAFF], INSTRUMENT) == found_in(round, [STAFF, STAFF], INSTRUMENT)


def test_the_twenty_sites_of_the_study_had_ten_rounds_each_and_wait_for_the_next(story):
    sites = defaultdict(list)
    for each in story:
        if each.study == STUDY:
            sites[each.code, each.role].append(each)
    assert Counter(role for _, role in sites) == {MemberRole.ACCELERATOR: 10, MemberRole.COMPARISON: 10}
    for rounds in sites.values():
        assert sum(each.state is not State.SCHEDULED for each in rounds) == 10
        assert [each.state for each in rounds].count(State.SCHEDULED) == 1


def test_some_rounds_were_late_and_some_missed(story):
    how = Counter(
        timeliness(each.window, today=TODAY, held_on=each.held_on, missed=each.missed_on is not None)
        for each in story
    )
    assert how[Timeliness.ON_TIME] > how[Timeliness.LATE] > how[Timeliness.MISSED] >= 5


@pytest.mark.parametrize("weeks", range(0, 27, 5))
def test_whatever_the_day_some_member_outside_the_study_is_late_with_a_round(weeks):
    country, today = thornmere(), TODAY - timedelta(weeks=weeks)
    held, late = {}, {}
    for each in rounds_told(country, community(country), today):
        if not each.study and each.purpose is Purpose.EVALUATED:
            if each.held_on:
                held[each.code] = max(each.window.due, held.get(each.code, each.window.due))
            elif each.window.closes < today - timedelta(weeks=5):
                late[each.code] = each.window.due
    assert [code for code, due in late.items() if due > held[code]]


def test_a_round_still_to_come_is_told_as_it_will_be(story):
    country = thornmere()
    earlier = list(rounds_told(country, community(country), date(2024, 3, 10)))
    states = Counter(each.state for each in earlier)
    assert {State.SIGNED_OFF, State.OPEN, State.SCHEDULED, State.MODERATING} <= states.keys()
    settled = {
        (each.code, each.window, each.held_on) for each in earlier if each.signed_off_on and each.study
    }
    assert settled <= {(each.code, each.window, each.held_on) for each in story}


def overall(told):
    found = found_in(told, [STAFF, STAFF], INSTRUMENT)
    total = profile({each.statement: each for each in found.agreed}, INSTRUMENT).overall.total
    assert not isinstance(total, NotComputable)
    return total.percent.value


def test_accelerators_moved_more_than_comparison_sites_and_by_plausible_steps(story):
    gains = {}
    for role in (MemberRole.ACCELERATOR, MemberRole.COMPARISON):
        rounds = defaultdict(list)
        for each in held(story, role):
            rounds[each.code].append(each)
        gains[role] = mean(overall(each[-1]) - overall(each[0]) for each in rounds.values())
    assert 12 < gains[MemberRole.ACCELERATOR] < 24
    assert 3 < gains[MemberRole.COMPARISON] < 14
    assert gains[MemberRole.ACCELERATOR] > gains[MemberRole.COMPARISON] + 4


def test_raters_disagree_as_raters_do(story):
    rated = [
        found_in(each, [STAFF, STAFF], INSTRUMENT).ratings for each in held(story, MemberRole.ACCELERATOR)
    ]
    reports = agreement_of_many([[each for given in both for each in given] for both in rated], INSTRUMENT)
    percent = [each.overall.percent for each in reports]
    assert 55 < mean(each.value for each in percent if isinstance(each, Estimate)) < 85
    assert any(each.cannot_rate for both in rated for given in both for each in given)


# --- In the database


@pytest.mark.django_db
def test_without_the_demonstration_there_is_no_round():
    """Also what makes pytest-django lay out the tables for the tests below, which share one loading."""
    assert not Round.objects.exists()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests here, which only read, and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(up_to="wishes")
        yield
        transaction.set_rollback(True)


def test_what_is_loaded_keeps_every_rule_of_moderation_and_signature(loaded):
    rounds = Round.objects.filter(state=State.SIGNED_OFF).select_related(
        "instrument", "locked_by", "signed_off_by"
    )
    agreed = defaultdict(dict)
    for row in Agreed.objects.all():
        agreed[row.round_id][row.statement] = row
    for round in rounds:
        raters = raters_of(round)
        sides = compared(ratings_of_all(round, raters), instrument_of(round))
        alone = round.purpose == Purpose.REFLECTION
        assert agreed[round.pk].keys() == sides.keys()
        for code, row in agreed[round.pk].items():
            assert why_not_agree(sides[code], row.score, row.reason, alone=alone) is None, (round, code)
            assert row.scored_by == len(sides[code].scores)
        assert why_not_sign_off(
            State.LOCKED,
            Purpose(round.purpose),
            locked_by=round.locked_by.reference,
            signatory=round.signed_off_by.reference,
            raters=[each.person.reference for each in raters],
        ) is None  # fmt: skip


def test_what_raters_submitted_is_what_their_ratings_say(loaded):
    for round in Round.objects.filter(state=State.SIGNED_OFF).select_related("instrument")[:40]:
        raters = raters_of(round)
        now = {(each.statement, each.rater): each for each in ratings_of_all(round, raters)}
        assert {(each.statement, each.rater): each for each in ratings_behind(round, raters)} == now


def test_the_history_is_whole_and_keeps_the_walls(loaded):
    assert verify() is None
    told = Change.objects.filter(action="tell of a round")
    assert told.count() == Round.objects.count()
    comparison = Round.objects.filter(study=STUDY, area__memberships__role=MemberRole.COMPARISON)
    assert told.filter(confidential_to="evaluators").count() == comparison.count() > 0
    private = Round.objects.filter(purpose=Purpose.REFLECTION, shared_at=None)
    assert told.filter(confidential_to__startswith="area:").count() == private.count() == 2
    assert Round.objects.filter(purpose=Purpose.REFLECTION).exclude(shared_at=None).count() == 1


def test_ratings_are_as_old_as_their_round_and_raters_have_practised(loaded):
    assert not Agreed.objects.exclude(
        agreed_at=Coalesce("round__signed_off_at", "round__submitted_at")
    ).exists()
    for rater in RaterOnRound.objects.exclude(submitted_at=None).prefetch_related("ratings")[:20]:
        assert {each.saved_at for each in rater.ratings.all()} == {rater.submitted_at}
        assert rater.calibration["scenes"] == 8


def test_one_pulse_has_enough_answers_and_one_too_few(loaded):
    # The study's accelerator sites have pulses of before the start; these two have one in a round of theirs.
    results = {
        each.round.area.name: pulse_of(each.round)
        for each in Pulse.objects.select_related("round__area").order_by("round__due_on")
        if each.round.area.name in {"Alderbrook", "Brackenford"}
    }
    assert isinstance(results["Brackenford"].overall, NotComputable)
    assert results["Alderbrook"].overall.respondents == 32
    assert isinstance(results["Alderbrook"].sectors["voluntary"], NotComputable)


def test_both_views_were_collected_in_adas_area(loaded):
    round = Round.objects.filter(area__name="Alderbrook", state=State.SIGNED_OFF, purpose="evaluated").latest(
        "due_on"
    )
    raters = raters_of(round)
    assert views_of(raters, ratings_behind(round, raters), instrument_of(round)).keys() == {
        STAFF,
        YOUNG_PEOPLE,
    }
    assert Person.objects.get(name="Ben Tarn") in [each.person for each in raters]
    assert profiles_of([round])


def test_nine_people_of_adas_area_were_interviewed_within_every_rule(loaded):
    latest = Round.objects.filter(area__name="Alderbrook", state=State.SIGNED_OFF, purpose="evaluated")
    round = latest.latest("due_on")
    known = {each.code for each in instrument_of(round).statement}
    informants = list(Informant.objects.all())
    assert {each.round_id for each in informants} == {round.pk}
    for informant in informants:
        interview = informant.interviews.get()
        consent, day, rated = informant.consented_on, interview.held_on, round.submitted_at.date()
        rule = {"consented_on": consent, "covered": informant.covered}
        assert round.window_opens <= consent < day < rated
        assert why_not_from(informant.sector, informant.view) is None
        assert why_not_consent(consent, informant.covered, rated) is None
        assert why_not_keep(Covers.NOTES, day, rated, **rule) is None
        assert interview.text == plain_text(interview.text)
        for each in interview.passages.all():
            why = why_not_mark(interview.text, each.begins, each.ends, statement=each.statement, known=known)
            assert why is None
    told = {code: [each.said_by for each in said] for code, said in evidence_by_statement(round).items()}
    assert told == {
        "meso_common_language": ["Informant 1, Local authority, meso"],
        "meso_partnership": ["Informant 1, Local authority, meso"],
        "meso_accessibility": ["Informant 3, Local authority, meso", "Informant 9, Education, meso"],
        "micro_shared_decisions": ["Informant 2, micro", "Informant 7, NHS provider, micro"],
    }
    sectors = Counter(each.sector for each in informants)
    assert (len(sectors), sectors["local-authority"]) == (5, 5)
    assert {each.level for each in informants} == {"macro", "meso", "micro"}


def test_the_history_of_an_interview_holds_none_of_its_words(loaded):
    lines = Change.objects.filter(action="tell of an interview")
    assert [each.summary.split(": ")[1] for each in lines.order_by("sequence")] == [
        f"interview with Informant {number} in the demonstration" for number in range(1, 10)
    ]
    assert not [each for each in lines if each.before or each.after]


# --- What rests on the rounds


def test_wishes_were_asked_after_rounds_that_all_may_know_of_and_some_areas_asked_nobody(loaded):
    today = timezone.localdate()
    known = set(queries.signed_off(programmes_view(today)).values_list("pk", flat=True))
    asked = {row.round: row for row in Wish.objects.select_related("area")}
    assert asked.keys() <= known
    rounds = Round.objects.in_bulk(asked)
    assert all(timezone.localdate(rounds[each].signed_off_at) <= row.asked_on for each, row in asked.items())
    assert all(timezone.localdate() >= row.asked_on for row in asked.values())
    with_a_round = set(queries.signed_off(programmes_view(today)).values_list("area", flat=True))
    assert 5 <= len({row.area_id for row in asked.values()}) < len(with_a_round)


def test_adas_proposals_say_what_is_wanted_and_one_of_them_is_in_her_plan(loaded):
    area = LocalArea.objects.get(name="Alderbrook", ends=None)
    found = proposed_for(area, programmes_view(timezone.localdate()), timezone.localdate())
    wanted = [each.candidate.wanted for each in found.proposals]
    assert None in wanted
    assert [each for each in wanted if each]
    chosen = Priority.objects.exclude(statement="").get(area=area)
    assert chosen.round == found.round.pk
    assert "by young people or the steering group" in chosen.proposed_because
    assert chosen.actions.filter(done_on=None).exists()


def test_an_area_looked_at_alone_is_where_it_is_among_all(loaded):
    """Alone, only areas like it are worked out beside it: that must change nothing."""
    today = timezone.localdate()
    areas = LocalArea.objects.filter(pk__in=members(today)).order_by("code")
    together = whereabouts(areas, today)
    assert len(together) == 70
    for each in together[::3]:
        assert whereabouts([each.area], today) == [each]
    pair = [together[0].area, together[-1].area]
    assert whereabouts(pair, today) == [together[0], together[-1]]


@pytest.mark.parametrize("sign", [Sign.SILENT, Sign.NO_LEAD, Sign.ROUND_OVERDUE])
def test_some_area_shows_each_sign_of_a_stall(loaded, sign):
    today = timezone.localdate()
    found = whereabouts(LocalArea.objects.filter(pk__in=members(today)), today)
    assert sign in {each.sign for area in found for each in area.attention.warnings}


def test_a_round_of_livs_area_waits_for_her_and_was_locked_by_somebody_who_may(loaded):
    round = Round.objects.get(state=State.LOCKED)
    assert (round.area.name, round.locked_by.name) == ("Alderbrook", "Gus Teasel")
    assert may(reach_of_person(round.locked_by, timezone.localdate()), Right.MODERATE, round)
    raters = raters_of(round)
    agreed = set(Agreed.objects.filter(round=round).values_list("statement", flat=True))
    assert agreed == {each.code for each in instrument_of(round).statement}
    rule = {"locked_by": round.locked_by.reference, "raters": [each.person.reference for each in raters]}
    assert "Someone other" in why_not_sign_off(
        State.LOCKED, Purpose.EVALUATED, signatory=round.locked_by.reference, **rule
    )
    liv = Person.objects.get(name="Liv Sorrel")
    assert why_not_sign_off(State.LOCKED, Purpose.EVALUATED, signatory=liv.reference, **rule) is None

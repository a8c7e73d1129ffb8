"""Profiles and rounds of an area on their pages: who sees what, behind which wall, in how many queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ithrive.areas.membership import MemberRole
from ithrive.areas.timeline import plain_day
from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.life import Purpose
from ithrive.assessments.relationships import questionnaire
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.assessments.access import reach_of_person
from ithrive.web.assessments.actions import mark_missed, share_reflection
from ithrive.web.assessments.models import Agreed, PastRating, Pulse, PulseAnswer, Round
from ithrive.web.assessments.profiles import profiles_of, pulse_of, series_of
from ithrive.web.assessments.queries import instrument_of, rounds, rounds_of
from tests.cast import Cast, local_area, signed_in
from tests.web.assessments.scenes import again, moderating, reflected, scheduled, signed, small, version

BASE = "/assessments/areas/thornmere/local-area/T001/"
WEEK = timedelta(weeks=1)
HALF_A_YEAR = timedelta(days=182)


def page(who: Person | None, address: str) -> str:
    response = signed_in(who).get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def profile_of(round: Round) -> str:
    return f"/assessments/rounds/{round.pk}/profile/"


@pytest.fixture
def round(cast: Cast) -> Round:
    return signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada)


@pytest.fixture
def earlier(cast: Cast) -> Round:
    due = timezone.localdate() - HALF_A_YEAR
    return signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada, due=due)


# --- One profile


def test_a_profile_shows_scores_totals_agreement_and_what_it_does_not_show(cast: Cast, round: Round) -> None:
    told = page(cast.mia, profile_of(round))
    assert "THRIVE-like on 3 of 3 principles." in told
    assert "Overall 67 on a scale from 0 to 100; between 56 and 78" in told
    assert "It does not show why things are so" in told
    assert "This is the baseline" in told
    assert "not computable" in told
    assert "No pulse on working relationships was asked" in told


def test_a_profile_tells_movement_with_both_reasons(cast: Cast, earlier: Round, round: Round) -> None:
    row = Agreed.objects.filter(round=earlier, statement=small().statement[1].code)
    row.update(score=2, reason="Only half of them then.")
    told = page(cast.mia, profile_of(round))
    assert "Since the first round" in told
    assert "Only half of them then." in told
    assert "We looked again" in told
    assert told.count("Since the baseline,") == 0


def test_from_the_third_round_on_both_last_time_and_baseline_are_told(
    cast: Cast, earlier: Round, round: Round
) -> None:
    later = signed(
        cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada, due=timezone.localdate() + timedelta(weeks=3)
    )
    told = page(cast.mia, profile_of(later))
    assert "Since last time," in told
    assert "Since the baseline," in told


def test_an_older_round_imported_outside_a_study_leaves_the_studys_baseline_where_it_is(cast: Cast) -> None:
    today = timezone.localdate()
    held = [
        signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada, study=study, due=today - weeks * WEEK)
        for study, weeks in (("trial", 52), ("trial", 26), ("", 10))
    ]
    older = signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada, due=today - 200 * WEEK)
    Round.objects.filter(pk=older.pk).update(imported_from="past.csv", state="signed off")
    first, second, own = (page(cast.eve, profile_of(each)) for each in held)
    assert "This is the baseline: the first round of the study trial with scores that stand." in first
    assert "Since last time," in first
    assert f"first round of the study trial, due on {plain_day(held[0].due_on)}." in second
    day = plain_day(older.due_on)
    assert f"the area’s first round, due on {day}, which was held elsewhere and imported." in own
    everything = page(cast.eve, BASE)
    assert everything.count("<td>baseline</td>") == 2


@pytest.mark.parametrize("standing", ["scheduled", "moderating"])
def test_before_it_is_signed_off_a_round_has_no_profile_and_gives_no_score_away(
    cast: Cast, standing: str
) -> None:
    made = {"scheduled": scheduled, "moderating": moderating}[standing]
    told = page(cast.mia, profile_of(made(cast.alderbrook, cast.ben, cast.col)))
    assert "so it has no profile yet" in told
    assert "heat-table" not in told


def test_a_round_is_read_with_its_own_version_whatever_came_later(cast: Cast, round: Round) -> None:
    version(small(2))
    assert str(small(3).statement[2].text) in page(cast.mia, profile_of(round)).replace("&#x27;", "'")


def test_only_scores_in_force_count(cast: Cast, round: Round) -> None:
    code = small().statement[0].code
    old = Agreed.objects.get(round=round, statement=code)
    old.pk, old.score, old.superseded_at = None, 1, timezone.now()
    old.save()
    assert profiles_of([round])[round.pk].statements[code].score == 3


def test_both_views_stand_side_by_side(cast: Cast) -> None:
    round = moderating(cast.alderbrook, cast.ben, cast.col)
    round.raters.filter(person=cast.ben).update(view="young-people")
    Round.objects.filter(pk=round.pk).update(state="signed off")
    assert "Two views of the same system" in page(cast.mia, profile_of(round))


def test_the_page_on_agreement_says_what_the_profile_will_say(cast: Cast) -> None:
    round = signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada)

    def told(page: str) -> str:
        whole = signed_in(cast.eve).get(f"/assessments/rounds/{round.pk}/{page}").content.decode()
        found = re.search(r"2 raters, blind to each other.*?</details>", whole, re.DOTALL)
        assert found
        return found[0]

    assert told("agreement/") == told("profile/")
    assert "Only 2 statements were scored by two raters" in told("agreement/")


def test_an_imported_round_shows_the_agreement_of_its_list(cast: Cast, round: Round) -> None:
    round.imported_from = "old-rounds.csv"
    round.save()
    PastRating.objects.bulk_create(
        PastRating(round=round, rater=label, statement=each.code, score=3)
        for label in ("First", "Second", "Third")
        for each in small().statement
    )
    assert "3 raters, blind to each other" in page(cast.mia, profile_of(round))
    assert "Held elsewhere" in page(cast.mia, BASE)


# --- The pulse beside it


def asked(round: Round, people: int, *, closed: bool = True) -> Pulse:
    pulse = Pulse.objects.create(
        round=round, questionnaire=questionnaire().reference, closed_at=timezone.now() if closed else None
    )
    for number in range(people):
        scores = {each.code: 4 for each in questionnaire().question}
        PulseAnswer.objects.create(
            id=f"00000000-0000-4000-8000-{number:012}", pulse=pulse, sector="education", scores=scores
        )
    return pulse


def test_a_pulse_shows_from_five_answers_on_and_only_once_closed(cast: Cast, round: Round) -> None:
    pulse = asked(round, 4)
    assert "Fewer than 5 people answered" in page(cast.mia, profile_of(round))
    pulse.delete()
    pulse = asked(round, 5, closed=False)
    assert "The pulse is still open" in page(cast.mia, profile_of(round))
    pulse.closed_at = timezone.now()
    pulse.save()
    assert "5 people answered. Mean 4.0" in page(cast.mia, profile_of(round))


def test_a_pulse_with_other_questions_is_not_read_against_these(round: Round) -> None:
    asked(round, 9)
    Pulse.objects.update(questionnaire="another 1")
    assert isinstance(pulse_of(round), NotComputable)


# --- Walls


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ada", 200),
        ("ben", 200),
        ("mia", 200),
        ("cam", 404),
        ("col", 404),
        ("eve", 404),
        ("pat", 404),
        ("dan", 404),
    ],
)
def test_a_private_reflection_is_seen_by_the_area_alone(cast: Cast, who: str, status: int) -> None:
    round = reflected(cast.alderbrook, cast.ada)
    assert signed_in(getattr(cast, who)).get(profile_of(round)).status_code == status


def test_a_reflection_moves_no_evaluated_score_and_is_not_listed_for_others(
    cast: Cast, earlier: Round, round: Round
) -> None:
    reflected(cast.alderbrook, cast.ada, due=timezone.localdate() - timedelta(days=20))
    assert "Reflections" in page(cast.ada, BASE)
    for who in (cast.eve, cast.pat, cast.col):
        told = page(who, BASE)
        assert "Reflections" not in told
        assert "Private" not in told
        assert "2 rounds:" in told
    found = series_of(rounds_of(reach_of_person(cast.ada, timezone.localdate()), cast.alderbrook))
    assert {key[1]: len(each) for key, each in found.items()} == {Purpose.EVALUATED: 2, Purpose.REFLECTION: 1}


def test_a_shared_reflection_is_seen_by_others_as_a_reflection(cast: Cast) -> None:
    round = reflected(cast.alderbrook, cast.ada)
    share_reflection(round=round, statement="With our coach", by=cast.ada)
    told = page(cast.col, profile_of(round))
    assert "It is not an evaluated score." in told


@pytest.mark.parametrize(
    ("who", "status"), [("mia", 200), ("ada", 200), ("eve", 200), ("pat", 404), ("col", 404), ("cam", 404)]
)
def test_a_comparison_sites_round_is_seen_by_evaluators_and_the_area_itself(
    cast: Cast, who: str, status: int
) -> None:
    Membership.objects.create(area=cast.alderbrook, role=MemberRole.COMPARISON)
    round = signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada, study="trial")
    assert signed_in(getattr(cast, who)).get(profile_of(round)).status_code == status


def test_nothing_on_the_areas_page_tells_the_programme_of_a_comparison_sites_rounds(cast: Cast) -> None:
    Membership.objects.create(area=cast.alderbrook, role=MemberRole.COMPARISON)
    signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada, study="trial")
    for who in (cast.pat, cast.col):
        told = page(who, BASE)
        assert "No round is scheduled yet." in told
        assert "trial" not in told
    assert "study trial" in page(cast.eve, BASE)


def test_a_movement_is_worked_out_from_the_rounds_its_reader_may_see(cast: Cast) -> None:
    """Otherwise the change since a hidden baseline would give that baseline away."""
    Membership.objects.create(area=cast.alderbrook, role=MemberRole.COMPARISON)
    due = timezone.localdate() - HALF_A_YEAR
    signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada, study="trial", due=due)
    own = signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada)
    assert "Since the first round" in page(cast.eve, profile_of(own))
    assert "This is the baseline" in page(cast.pat, profile_of(own))


def test_nobody_is_sent_to_sign_in_and_a_stranger_finds_nothing(cast: Cast, round: Round) -> None:
    for address in (BASE, profile_of(round)):
        assert Client().get(address)["Location"].startswith("/account/login/")
        assert signed_in(cast.cam).get(address).status_code == 404
    assert signed_in(cast.ada).post(profile_of(round)).status_code == 405


# --- All rounds of an area


def test_the_areas_page_keeps_missed_rounds_and_draws_those_that_stand(
    cast: Cast, earlier: Round, round: Round
) -> None:
    missed = scheduled(cast.alderbrook, due=timezone.localdate() - 2 * HALF_A_YEAR)
    mark_missed(round=missed, by=cast.ada)
    told = page(cast.mia, BASE)
    assert "1 missed" in told
    assert told.count("<svg") == 1 + len(instrument_of(round).level) + len(instrument_of(round).statement)
    assert "Schedule rounds" not in told
    assert "style=" not in told
    assert "Schedule rounds" in page(cast.ada, BASE)


def test_an_area_without_rounds_says_so(cast: Cast) -> None:
    assert "No round is scheduled yet." in page(cast.mia, BASE)


# --- Queries


def copies(cast: Cast, round: Round, areas: int, each: int) -> list[LocalArea]:
    """Areas with copies of a signed-off round, some half-years apart."""
    geography = cast.alderbrook.places.get().geography
    made = [local_area(geography, f"C{number:03}", f"Copy {number}") for number in range(areas)]
    scores = list(Agreed.objects.filter(round=round))
    for area in made:
        for back in range(each):
            copy = again(round)
            copy.pk, copy.area, copy.due_on = None, area, round.due_on - back * HALF_A_YEAR
            copy.save()
            for row in scores:
                row.pk, row.round = None, copy
            Agreed.objects.bulk_create(scores)
    return made


def questions(cast: Cast, areas: list[LocalArea]) -> int:
    reach = reach_of_person(cast.eve, timezone.localdate())
    with CaptureQueriesContext(connection) as asked_of:
        found = series_of(rounds(reach).filter(area__in=areas))
    assert {len(each) for each in found.values()} == {3}
    assert len(found) == len(areas)
    return len(asked_of)


def test_profiles_of_twenty_areas_take_no_more_queries_than_those_of_two(cast: Cast, round: Round) -> None:
    areas = copies(cast, round, 20, 3)
    instrument_of(round)  # read once by a process
    assert questions(cast, areas[:2]) == questions(cast, areas) == 3


def test_pages_take_as_many_queries_for_ten_rounds_as_for_two(cast: Cast, round: Round) -> None:
    [two] = copies(cast, round, 1, 2)
    two.code = "TWO"
    two.save()
    [ten] = copies(cast, round, 1, 10)
    client = signed_in(cast.eve)
    counts = []
    for area in (two, ten, two, ten):
        with CaptureQueriesContext(connection) as asked_of:
            client.get(f"/assessments/areas/thornmere/local-area/{area.code}/")
            client.get(profile_of(Round.objects.filter(area=area).latest("due_on")))
        counts.append(len(asked_of))
    assert counts[2] == counts[3]

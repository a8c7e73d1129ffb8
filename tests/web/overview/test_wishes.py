"""The page on which wishes are recorded, who may open it, and what wishes do to the proposals."""

import re

from django.utils import timezone

from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.assessments.models import Round
from ithrive.web.implementation import queries
from ithrive.web.overview.proposals import proposed_for
from tests.cast import Cast, signed_in
from tests.web.assessments.scenes import reflected, signed

WORK = "/implementation/areas/thornmere/local-area/T001/"
WISHES = f"{WORK}wishes/"
DAY = {"asked_on_0": "1", "asked_on_1": "3", "asked_on_2": "2024"}


def signed_round(cast: Cast) -> Round:
    return signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.pat)


def in_order(cast: Cast) -> list[str]:
    reach = PersonsReach(cast.ada, timezone.localdate(), proved_second_factor=lambda: False)
    found = proposed_for(cast.alderbrook, reach, timezone.localdate())
    assert found
    return [each.candidate.statement for each in found.proposals]


def test_wishes_decide_the_order_where_score_and_movability_tie(cast: Cast) -> None:
    round = signed_round(cast)
    first, second, *_ = before = in_order(cast)
    assert len(set(round.agreed.filter(statement__in=[first, second]).values_list("score", flat=True))) == 1
    client = signed_in(cast.ada)
    counts = {f"group-{first}": "2", f"group-{second}": "1", f"young-{second}": "6"}
    said = client.post(WISHES, {**counts, **DAY}, follow=True).content.decode()
    assert "What they chose is recorded." in said
    assert "Chosen 7 times by young people or the steering group." in said
    assert "Chosen 2 times by young people or the steering group." in said
    assert in_order(cast) == [second, first, *before[2:]]
    kept = queries.wishes_of(cast.alderbrook, round.pk).get(statement=first)
    assert (kept.steering_group, kept.young_people) == (2, 0)


def test_the_page_shows_what_stands_and_refuses_in_words(cast: Cast) -> None:
    signed_round(cast)
    [first, *_] = in_order(cast)
    client = signed_in(cast.ada)
    assert f'href="{WISHES}"' in client.get(f"{WORK}proposals/").content.decode()
    client.post(WISHES, {f"group-{first}": "2", f"young-{first}": "31", **DAY})
    said = client.get(WISHES).content.decode()
    assert "young people who chose it" in said
    assert 'value="31"' in said
    for wrong, why in (("501", "must be 500 or fewer"), ("-1", "must be 0 or more"), ("x", "a whole number")):
        said = client.post(WISHES, {f"group-{first}": wrong, **DAY}).content.decode()
        assert why in said, wrong
    said = client.post(WISHES, {f"group-{first}": "3"}).content.decode()
    assert "Enter the day on which they were asked" in said


def test_nothing_entered_is_refused_by_the_rule_on_the_form(cast: Cast) -> None:
    signed_round(cast)
    said = signed_in(cast.ada).post(WISHES, DAY).content.decode()
    assert "Enter how many chose at least one statement." in said


def test_only_those_who_change_the_plan_may_record_wishes(cast: Cast) -> None:
    signed_round(cast)
    asked = {who: signed_in(getattr(cast, who)).get(WISHES).status_code for who in ("ada", "cam", "mia")}
    assert asked == {"ada": 200, "cam": 404, "mia": 403}
    assert WISHES not in signed_in(cast.mia).get(f"{WORK}proposals/").content.decode()


def test_after_a_private_reflection_nothing_is_recorded_and_it_is_said_why(cast: Cast) -> None:
    round = reflected(cast.alderbrook, cast.ada)
    client = signed_in(cast.ada)
    [first, *_] = in_order(cast)
    said = client.post(WISHES, {f"group-{first}": "2", **DAY}).content.decode()
    assert "not everybody who reads the plan may know of" in said
    assert not queries.wishes_of(cast.alderbrook, round.pk).exists()
    assert WISHES not in client.get(f"{WORK}proposals/").content.decode()
    coach = signed_in(cast.col).get(WISHES).content.decode()
    assert "No round is signed off yet" in coach
    assert "reflection" not in coach.split("<main")[1]


def test_without_a_round_there_is_nothing_to_choose_from(cast: Cast) -> None:
    assert "No round is signed off yet" in signed_in(cast.ada).get(WISHES).content.decode()


def test_a_round_with_nothing_left_to_propose_says_so(cast: Cast) -> None:
    signed_round(cast).agreed.update(score=4)
    assert "The last round proposes nothing" in signed_in(cast.ada).get(WISHES).content.decode()


def test_a_second_tab_is_told_what_the_first_recorded(cast: Cast) -> None:
    signed_round(cast)
    [first, *_] = in_order(cast)
    client = signed_in(cast.ada)
    [mark] = re.findall(r'name="seen" value="(\w+)"', client.get(WISHES).content.decode())
    client.post(WISHES, {f"group-{first}": "2", "seen": mark, **DAY})
    said = client.post(WISHES, {f"group-{first}": "5", "seen": mark, **DAY}).content.decode()
    assert "Somebody changed this while you had it open. It now says: asked on 1 March 2024" in said
    assert 'value="5"' in said
    [mark] = re.findall(r'name="seen" value="(\w+)"', said)
    said = client.post(WISHES, {f"group-{first}": "5", "seen": mark, **DAY}, follow=True).content.decode()
    assert "Chosen 5 times" in said

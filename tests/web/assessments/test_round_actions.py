"""What becomes of a round: blind until all submitted, nothing lost, two people's word for what stands."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ithrive.assessments.life import State
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import Membership
from ithrive.web.assessments import queries
from ithrive.web.assessments.access import reach_of_person
from ithrive.web.assessments.actions import (
    Decision,
    Draft,
    agree_scores,
    allow_one_rater,
    lock_round,
    mark_missed,
    name_rater,
    open_round,
    remove_round,
    reopen_round,
    return_ratings,
    save_ratings,
    schedule_rounds,
    share_reflection,
    sign_off_round,
    submit_ratings,
    withdraw_rater,
)
from ithrive.web.assessments.models import Agreed, Purpose, Rating, Round, Submission
from ithrive.web.history.models import Change
from ithrive.web.history.reading import readable
from tests.cast import Cast
from tests.web.assessments import scenes
from tests.web.assessments.scenes import SETTING, again

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (each.code for each in scenes.small().statement)


def test_rounds_are_scheduled_whole_or_not_at_all(cast: Cast) -> None:
    today = timezone.localdate()
    taken = scenes.scheduled(cast.brackenford)
    with pytest.raises(
        NotAllowed, match=f"Brackenford: A round due on {today:%-d %B %Y} is scheduled already"
    ):
        schedule_rounds(
            areas=[cast.alderbrook, cast.brackenford],
            instrument=scenes.version(),
            windows=[scenes.window()],
            by=cast.eve,
        )
    assert list(Round.objects.all()) == [taken]


def test_a_reflection_belongs_to_no_study(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="belongs to its area, not to a study"):
        scenes.scheduled(cast.alderbrook, purpose=Purpose.REFLECTION, study="ithrive-2027")


def test_a_round_leaves_the_schedule_only_before_its_window(cast: Cast) -> None:
    soon = scenes.scheduled(cast.alderbrook, due=timezone.localdate() + timedelta(weeks=9))
    remove_round(round=soon, by=cast.ada)
    assert not Round.objects.exists()
    due = scenes.scheduled(cast.alderbrook)
    with pytest.raises(NotAllowed, match="whose window has not opened yet"):
        remove_round(round=due, by=cast.ada)
    with pytest.raises(NotAllowed, match="took this round off the schedule in the meantime"):
        open_round(round=soon, by=cast.ada)


def test_nobody_sees_another_raters_ratings_until_all_have_submitted(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, cast.col)
    scenes.rates(round, cast.ben, 3, 3, 3)
    scenes.rates(round, cast.col, 1, 1, submit=False)
    raters = queries.raters_of(round)
    assert queries.ratings_of_all(again(round), raters) == queries.blind_ratings(again(round), raters) == []
    scenes.rates(round, cast.col, 1, 1, 2)
    round, raters = again(round), queries.raters_of(round)
    assert round.state == State.MODERATING
    assert [each.score for each in queries.ratings_of_all(round, raters)] == [3, 3, 3, 1, 1, 2]


def test_taking_the_others_off_a_round_does_not_show_the_one_who_submitted(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, cast.eve)
    scenes.rates(round, cast.ben, 3, 3, 3)
    eve = queries.rater_of(round, cast.eve)
    assert eve is not None
    assert not withdraw_rater(rater=eve, by=cast.eve)
    assert again(round).state == State.OPEN
    assert queries.ratings_of_all(again(round), queries.raters_of(round)) == []


def test_no_line_of_history_holds_a_score(cast: Cast) -> None:
    round = scenes.signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada)
    reopen_round(round=round, reason="A mistake in the second statement", by=cast.eve)
    for line in Change.objects.all():
        assert "score" not in {**(line.before or {}), **(line.after or {})}
        assert "3" not in line.summary.replace(f"{round.due_on:%-d %B %Y}", "").replace("3 scores are", "")


def test_one_rater_is_enough_only_with_a_recorded_reason(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    scenes.rates(round, cast.ben, 3, 3, 3)
    assert again(round).state == State.OPEN
    assert allow_one_rater(round=round, reason=" The other fell ill ", by=cast.eve)
    assert (again(round).state, again(round).single_rater_exception) == (
        State.MODERATING,
        "The other fell ill",
    )


def test_whoever_is_taken_off_and_asked_again_goes_on_where_they_stopped(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    rater = scenes.rates(round, cast.ben, 2, submit=False)
    withdraw_rater(rater=rater, by=cast.ada)
    with pytest.raises(NotAllowed, match="taken off the round already"):
        withdraw_rater(rater=rater, by=cast.ada)
    with pytest.raises(NotAllowed, match="not asked to rate"):
        save_ratings(rater=rater, drafts=[], by=cast.ben)
    assert name_rater(round=round, person=cast.ben, by=cast.ada) == rater
    assert queries.ratings_of(rater)[FIRST].score == 2
    with pytest.raises(NotAllowed, match="asked to rate already"):
        name_rater(round=round, person=cast.ben, by=cast.ada)


@pytest.mark.parametrize("name", ["mia", "pat", "cam", "dan"])
def test_only_somebody_who_may_rate_there_is_asked_to(cast: Cast, name: str) -> None:
    round = scenes.opened(cast.alderbrook)
    with pytest.raises(NotAllowed, match="holds no role that lets them rate this round"):
        name_rater(round=round, person=getattr(cast, name), by=cast.ada)


@pytest.mark.parametrize("name", ["col", "eve"])
def test_nobody_from_outside_the_area_is_asked_to_rate_its_reflection(cast: Cast, name: str) -> None:
    round = scenes.opened(cast.alderbrook, purpose=Purpose.REFLECTION)
    with pytest.raises(NotAllowed, match="lets them rate this round"):
        name_rater(round=round, person=getattr(cast, name), by=cast.ada)


def draft(
    score: int | None = 3, saves: int = 0, *, why: str = "", evidence: str = "", code: str = FIRST
) -> Draft:
    return Draft(code, score, why, evidence, saves)


def test_the_second_of_two_tabs_is_told_what_the_first_one_saved(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    assert save_ratings(rater=ben, drafts=[draft(3)], by=cast.ben).ratings[FIRST].saves == 1
    second = save_ratings(rater=ben, drafts=[draft(1), draft(2, code=SECOND)], by=cast.ben)
    assert second.conflicts[FIRST].score == 3
    assert second.ratings[SECOND].score == 2
    chosen = save_ratings(rater=ben, drafts=[draft(1, second.conflicts[FIRST].saves)], by=cast.ben)
    assert (chosen.ratings[FIRST].score, chosen.ratings[FIRST].saves) == (1, 2)


def test_an_answer_lost_on_its_way_is_not_a_conflict(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    for _ in range(2):
        saved = save_ratings(rater=ben, drafts=[draft(3, evidence="The plan")], by=cast.ben)
        assert (saved.conflicts, saved.ratings[FIRST].saves) == ({}, 1)


def test_a_tab_that_remembers_more_saves_than_there_are_is_told_so(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    assert save_ratings(rater=ben, drafts=[draft(3, 7)], by=cast.ben).conflicts[FIRST].saves == 0
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (draft(5), "5 is not on the scale"),
        (draft(3, why="Nobody knew"), "not both"),
        (draft(3, code="no_such"), "not a statement of this round's instrument"),
    ],
)
def test_a_draft_off_the_scale_is_refused_in_words(cast: Cast, wrong: Draft, reason: str) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    with pytest.raises(NotAllowed, match=reason):
        save_ratings(rater=ben, drafts=[wrong], by=cast.ben)


def test_nobody_rates_in_another_persons_name(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    for act in (
        lambda: save_ratings(rater=ben, drafts=[draft()], by=cast.ada),
        lambda: submit_ratings(rater=ben, by=cast.ada),
    ):
        with pytest.raises(NotAllowed, match="You are not asked to rate this round"):
            act()


def test_what_is_submitted_is_final_until_it_is_returned(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    with pytest.raises(NotAllowed, match="They can change only if they are returned"):
        save_ratings(rater=ben, drafts=[draft(1, 1)], by=cast.ben)
    return_ratings(round=round, raters=[ben], reason="You rated the wrong year", by=cast.eve)
    assert again(round).state == State.OPEN
    assert queries.ratings_of_all(again(round), queries.raters_of(round)) == []
    scenes.rates(round, cast.ben, 1, 1, 1)
    assert again(round).state == State.MODERATING


def test_agreement_is_worked_out_from_what_was_submitted_blind(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    return_ratings(round=round, raters=[ben], reason="Look again", by=cast.eve)
    scenes.rates(again(round), cast.ben, 1, 1, 1)
    assert [each.blind for each in Submission.objects.filter(rater=ben)] == [True, False]
    raters = queries.raters_of(round)
    blind = queries.blind_ratings(again(round), raters)
    mine = {each.statement: each.score for each in blind if each.rater == str(ben.pk)}
    first_three = [each.code for each in queries.instrument_of(round).statement][:3]
    assert [mine[code] for code in first_three] == [3, 2, 3]


def test_ratings_go_back_to_raters_of_this_round_only(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    other = scenes.opened(cast.brackenford, cast.cam)
    with pytest.raises(NotAllowed, match="Choose whose ratings go back"):
        return_ratings(round=round, raters=queries.raters_of(other), reason="x", by=cast.eve)


def test_a_score_stands_only_with_what_it_needs_and_the_others_are_kept(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    outcome = agree_scores(
        round=round,
        decisions={
            FIRST: Decision(3, "", 0),
            SECOND: Decision(3, "", 0),
            THIRD: Decision(3, "", 0),
            "no_such": Decision(3, "", 0),
        },
        by=cast.eve,
    )
    assert outcome.new == 1
    assert outcome.refused[SECOND] == "The raters differ: say why this is the score."
    assert outcome.refused[THIRD].startswith("Only one rater could score this statement")
    assert outcome.refused["no_such"].startswith("This is not a statement")
    row = queries.agreed_now(round)[FIRST]
    assert (row.score, row.low, row.high, row.scored_by, row.agreed_by) == (3, 3, 3, 2, cast.eve)


def test_two_moderators_do_not_overwrite_each_other(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    scenes.decided(round, cast.eve, 3)
    second = agree_scores(round=round, decisions={FIRST: Decision(2, "Ours", 0)}, by=cast.eve)
    assert second.refused[FIRST] == (
        "Eve agreed a score of 3 in the meantime. Look at it, then decide again."
    )
    row = queries.agreed_now(round)[FIRST]
    stale = agree_scores(round=round, decisions={SECOND: Decision(2, "Ours", row.pk)}, by=cast.eve)
    assert stale.refused[SECOND].startswith("Somebody took back the score you saw.")
    scenes.decided(round, cast.eve, None)
    third = agree_scores(round=round, decisions={FIRST: Decision(2, "Ours", row.pk)}, by=cast.eve)
    assert third.refused[FIRST].startswith("Eve agreed that it cannot be rated in the meantime.")


def test_every_score_ever_agreed_is_kept(cast: Cast) -> None:
    round = scenes.signed(cast.alderbrook, cast.ben, cast.col, cast.eve, cast.ada)
    assert queries.agreed_scores(round)[SECOND].score == 3
    reopen_round(round=round, reason="The plan was withdrawn", by=cast.eve)
    assert queries.agreed_scores(again(round)) == {}
    scenes.decided(round, cast.eve, 3, 2)
    rows = [each for each in queries.every_agreed(round) if each.statement == SECOND]
    assert [(each.score, each.superseded_at is None) for each in rows] == [(3, False), (2, True)]
    line = Change.objects.get(action="reopen a round")
    assert (line.before["locked by"], line.before["signed off by"]) == ("Eve", "Ada")
    assert Agreed.objects.filter(statement=FIRST).count() == 1, "what did not change is not written again"


def test_a_round_is_locked_with_a_score_for_every_statement(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    scenes.decided(round, cast.eve, 3, 3)
    with pytest.raises(NotAllowed, match="1 statement has no agreed score yet"):
        lock_round(round=round, by=cast.eve)


def test_a_score_that_no_longer_follows_from_returned_ratings_stops_the_lock(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    scenes.decided(round, cast.eve, 3, reason="")
    scenes.decided(round, cast.eve, 3, 3, 3)
    Agreed.objects.filter(statement=FIRST, superseded_at=None).update(reason="")
    ben = queries.rater_of(round, cast.ben)
    assert ben is not None
    return_ratings(round=round, raters=[ben], reason="Look again", by=cast.eve)
    scenes.rates(again(round), cast.ben, 1, 2, 3)
    with pytest.raises(NotAllowed, match=f"{FIRST}: The raters differ"):
        lock_round(round=round, by=cast.eve)


def test_two_people_seal_an_evaluated_round(cast: Cast) -> None:
    round = scenes.locked(cast.alderbrook, cast.ben, cast.col, cast.eve)
    with pytest.raises(NotAllowed, match="Someone other than the person who locked"):
        sign_off_round(round=round, by=cast.eve)
    sign_off_round(round=round, by=cast.ada)
    assert (again(round).state, again(round).signed_off_by) == (State.SIGNED_OFF, cast.ada)


def test_a_round_missed_and_held_late_stays_both(cast: Cast) -> None:
    round = scenes.scheduled(
        cast.alderbrook, cast.ben, cast.col, due=timezone.localdate() - timedelta(weeks=20)
    )
    mark_missed(round=round, by=cast.ada)
    open_round(round=round, by=cast.ada)
    scenes.rates(again(round), cast.ben, 3, 3, 3)
    scenes.rates(again(round), cast.col, 3, 3, 3)
    held = again(round)
    assert held.missed_at is not None
    assert held.submitted_at is not None
    [ben, _] = queries.raters_of(held)
    return_ratings(round=held, raters=[ben], reason="Look again", by=cast.eve)
    with pytest.raises(NotAllowed, match="so it was not missed"):
        mark_missed(round=held, by=cast.ada)
    scenes.rates(again(round), cast.ben, 2, 2, 2)
    assert again(round).submitted_at == held.submitted_at


def names(cast: Cast, round: Round) -> set[str]:
    today = timezone.localdate()
    return {
        name
        for name, person in cast.everyone().items()
        if queries.rounds(reach_of_person(person, today)).filter(pk=round.pk).exists()
    }


def test_a_private_reflection_is_known_to_its_area_alone_until_it_is_shared(cast: Cast) -> None:
    round = scenes.reflected(cast.alderbrook, cast.ada)
    assert names(cast, round) == {"ada", "ben", "mia"}
    share_reflection(round=round, statement="With our coach and the evaluators, to plan", by=cast.ada)
    assert names(cast, round) == {"ada", "ben", "mia", "col", "eve", "pat"}
    with pytest.raises(NotAllowed, match="shared already"):
        share_reflection(round=round, statement="Again", by=cast.ada)


def test_the_history_of_a_reflection_stays_behind_the_wall_even_after_sharing(cast: Cast) -> None:
    area = cast.alderbrook.pk
    round = scenes.reflected(cast.alderbrook, cast.ada)
    assert set(Change.objects.exclude(action="").values_list("confidential_to", flat=True)) == {
        f"area:{area}"
    }
    share_reflection(round=round, statement="With our coach", by=cast.ada)
    outside = readable(None, None)
    assert [line.action for line in outside] == ["share a reflection"]
    assert readable([area], [], [area]).count() == Change.objects.count()
    assert readable([cast.brackenford.pk], [], [cast.brackenford.pk]).count() == 0
    assert readable(None, [], [cast.brackenford.pk]).count() == 1


def test_an_evaluated_round_is_known_to_those_who_see_rounds(cast: Cast) -> None:
    assert names(cast, scenes.opened(cast.alderbrook)) == {"ada", "ben", "mia", "col", "eve", "pat"}


def test_a_studys_round_at_a_comparison_site_is_unknown_to_the_programme(cast: Cast) -> None:
    Membership.objects.create(area=cast.alderbrook, role="comparison", starts=None)
    round = scenes.opened(cast.alderbrook, study="ithrive-2027")
    assert names(cast, round) == {"ada", "ben", "mia", "eve"}
    assert set(Change.objects.values_list("confidential_to", flat=True)) == {"evaluators"}
    assert names(cast, scenes.opened(cast.alderbrook)) == {"ada", "ben", "mia", "col", "eve", "pat"}


def test_a_round_keeps_its_instrument_whatever_is_imported_later(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben)
    assert queries.newer_version(round) is None
    later = scenes.version(scenes.small(2))
    assert queries.newer_version(again(round)) == later
    assert len(queries.instrument_of(again(round)).statement) == 3


def test_ratings_of_any_number_of_raters_take_as_many_queries(cast: Cast) -> None:
    two = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    three = scenes.opened(cast.alderbrook, cast.ben, cast.col, cast.eve, study="s")
    for person in (cast.ben, cast.col, cast.eve):
        scenes.rates(three, person, 3, 3, 3)
    counts = []
    for round in (two, again(three)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.ratings_of_all(round, queries.raters_of(round))
        counts.append(len(asked))
    assert counts[0] == counts[1] == 2


def test_commands_act_too(cast: Cast) -> None:
    round = scenes.scheduled(cast.alderbrook)
    open_round(round=round, by=SETTING)
    assert Change.objects.get(action="open a round").by == "ithrive tests"

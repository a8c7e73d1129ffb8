"""Changes to a study: protocols sealed and amended, looks for good, runs that two people release."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ithrive.problems import BadInput, NotAllowed
from ithrive.web.evaluation import actions, life
from ithrive.web.evaluation.life import State
from ithrive.web.evaluation.models import LookLine, StudyRun
from ithrive.web.evaluation.queries import study_now
from ithrive.web.history.models import Change
from ithrive.web.history.reading import EVALUATORS
from ithrive.web.history.record import verify
from ithrive.web.overview.studies.working import look_at, work_on
from ithrive.web.rights import Role
from tests.cast import Cast, person
from tests.web.evaluation.scenes import (
    FOLLOWING,
    areas,
    frozen,
    looked_at,
    protocol_text,
    released_by_hand,
    worked_out,
    written,
)

pytestmark = pytest.mark.django_db
STRICTER = "\n[missing]\nleast_waves = 3\n"


def test_a_protocol_of_an_area_that_is_not_loaded_is_refused_by_name(cast: Cast) -> None:
    text = protocol_text(areas(cast)).replace('area = "S001"', 'area = "S999"')
    with pytest.raises(BadInput, match=r"Sallowby.*No area S999 of LA24 in thornmere"):
        actions.add_protocol(text=text, by=cast.eve)


def test_what_was_frozen_stays_and_a_later_text_is_exploratory_until_it_is_amended(cast: Cast) -> None:
    study = frozen(cast)
    before = study_now(study)
    assert before.standing.confirmatory
    actions.add_protocol(text=protocol_text(areas(cast), STRICTER), study=study, by=cast.eve)
    changed = study_now(study)
    assert changed.changes == ("missing.least_waves: 2, now 3",)
    assert not changed.standing.confirmatory
    actions.amend_protocol(study=study, reason="Two waves say too little.", by=cast.eve)
    amended = study_now(study)
    assert amended.standing.confirmatory
    assert [each.reason for each in amended.frozen.versions] == ["", "Two waves say too little."]
    assert amended.frozen.first == before.frozen.first


def test_a_protocol_is_frozen_once_and_an_amendment_changes_something(cast: Cast) -> None:
    study = frozen(cast)
    with pytest.raises(NotAllowed, match="Amend it"):
        actions.freeze_protocol(study=study, by=cast.eve)
    with pytest.raises(NotAllowed, match="says what it said before"):
        actions.amend_protocol(study=study, reason="Again", by=cast.eve)


def test_the_protocol_of_another_study_is_refused(cast: Cast) -> None:
    study = written(cast)
    other = protocol_text(areas(cast)).replace("small-study", "other-study")
    with pytest.raises(NotAllowed, match="other-study"):
        actions.add_protocol(text=other, study=study, by=cast.eve)


def test_no_look_before_the_protocol_is_frozen_or_after_it_was_changed(cast: Cast) -> None:
    study = written(cast)
    with pytest.raises(NotAllowed, match="not frozen"):
        look_at(study, 2, by=cast.eve)
    actions.freeze_protocol(study=study, by=cast.eve)
    actions.add_protocol(text=protocol_text(areas(cast), STRICTER), study=study, by=cast.eve)
    with pytest.raises(NotAllowed, match="not the frozen one"):
        look_at(study, 2, by=cast.eve)


def test_looks_are_the_planned_ones_once_and_when_figures_are_there(cast: Cast) -> None:
    study = frozen(cast, last=2)
    with pytest.raises(NotAllowed, match="plans no look after wave 1"):
        look_at(study, 1, by=cast.eve)
    with pytest.raises(NotAllowed, match="up to wave 2"):
        look_at(study, FOLLOWING, by=cast.eve)
    look_at(study, 2, by=cast.eve)
    with pytest.raises(NotAllowed, match="taken already"):
        look_at(study, 2, by=cast.eve)


def test_the_ledger_shows_a_line_that_was_altered(cast: Cast) -> None:
    study = looked_at(cast)
    line = LookLine.objects.get()
    assert line.taken_by == cast.eve
    assert cast.eve.name not in line.line  # a seal is for ever, and a name must not be
    LookLine.objects.update(line=line.line.replace('"wave": 3', '"wave": 2'))
    with pytest.raises(BadInput, match="altered"):
        _ = study_now(study).ledger


def test_arms_are_not_worked_out_before_the_end_or_a_boundary(cast: Cast) -> None:
    study = frozen(cast)
    with pytest.raises(NotAllowed, match="before the study ends"):
        actions.ask_for_run(study=study, by=cast.eve)
    look_at(study, FOLLOWING, by=cast.eve)
    assert actions.ask_for_run(study=study, by=cast.eve).state == State.WAITING
    with pytest.raises(NotAllowed, match="Another run"):
        actions.ask_for_run(study=study, by=cast.eve)


def test_a_run_is_worked_out_apart_as_it_is_here(cast: Cast) -> None:
    here = worked_out(cast)
    assert here.state == State.DONE, here.reason
    again = actions.ask_for_run(study=here.study, by=cast.eve, at=here.asked_at)
    work_on(again, by=cast.eve)
    again.refresh_from_db()
    assert (again.state, again.digest) == (State.DONE, here.digest)
    assert again.standing == "confirmatory"


def test_what_a_stopped_run_finds_is_thrown_away(cast: Cast) -> None:
    run = actions.ask_for_run(study=looked_at(cast), by=cast.eve)
    assert actions.begin_work(run=run)
    assert not actions.begin_work(run=run), "two do not work on one run"
    actions.stop_run(run=run, by=cast.eve)
    other = worked_out_results(run)
    with pytest.raises(NotAllowed, match="stopped"):
        actions.end_work(run=run, results=other, vintage="", by=cast.eve)
    run.refresh_from_db()
    assert (run.state, run.results) == (State.STOPPED, "")


def worked_out_results(run: StudyRun):
    from ithrive.web.overview.studies.working import _work

    return _work(run).done()


def test_work_that_somebody_left_can_be_taken_up_again(cast: Cast) -> None:
    run = actions.ask_for_run(study=looked_at(cast), by=cast.eve)
    actions.begin_work(run=run)
    StudyRun.objects.update(began_at=timezone.now() - timedelta(hours=1))
    assert actions.begin_work(run=run)


def test_results_are_released_by_another_person_than_asked_for_them(cast: Cast) -> None:
    run = worked_out(cast)
    with pytest.raises(NotAllowed, match="Someone else"):
        actions.release_results(run=run, by=cast.eve)
    with pytest.raises(IntegrityError), transaction.atomic():
        StudyRun.objects.filter(pk=run.pk).update(
            state="released", released_by=cast.eve, released_at=timezone.now()
        )
    fay = person("Fay", role=Role.EVALUATOR)
    actions.release_results(run=run, by=fay)
    run.refresh_from_db()
    assert (run.state, run.released_by) == (State.RELEASED, fay)


def test_altered_results_are_not_released(cast: Cast) -> None:
    run = worked_out(cast)
    StudyRun.objects.update(results=run.results.replace('"alpha":0.05', '"alpha":0.06'))
    with pytest.raises(NotAllowed, match="not those that were worked out"):
        released_by_hand(cast, run)


def test_the_history_tells_evaluators_alone_until_results_are_released(cast: Cast) -> None:
    run = worked_out(cast)
    released_by_hand(cast, run)
    lines = list(Change.objects.filter(subject="study small-study").order_by("sequence"))
    assert [each.action for each in lines] == [
        "write a protocol", "freeze a protocol", "take a look", "ask for a run", "run a study",
        "release results",
    ]  # fmt: skip
    assert [each.confidential_to for each in lines] == [EVALUATORS] * 5 + [""]
    assert not [each for each in lines if "Alderbrook" in f"{each.summary}{each.before}{each.after}"]
    assert verify() is None


@pytest.mark.parametrize("state", list(State), ids=str)
def test_the_life_of_a_run_forgets_no_state(state: State) -> None:
    assert set(life.NEXT) == set(State)
    assert all(life.why_not_move(state, to) is None for to in life.NEXT[state])

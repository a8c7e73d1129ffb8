"""A study is worked out: asked for, begun, ended or stopped; and a second person releases what it found."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ithrive.evaluation.study import StudyResults
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.evaluation.actions.telling import person, tell
from ithrive.web.evaluation.life import State, why_not_move, why_not_release
from ithrive.web.evaluation.models import Study, StudyRun
from ithrive.web.evaluation.queries import study_now
from ithrive.web.evaluation.sights import EVALUATORS, why_not_read
from ithrive.web.history.record import Author

# Longer than any run may take: whoever worked on it is gone, and another may begin.
GIVEN_UP_AFTER = timedelta(minutes=10)


@transaction.atomic
def ask_for_run(*, study: Study, by: Author, at: datetime | None = None) -> StudyRun:
    """Say that the study is to be worked out from figures as they stand. One run at a time.

    Refused before a look has crossed its boundary or the study has ended, as the protocol says.
    """
    found = Study.objects.select_for_update().get(pk=study.pk)
    now = study_now(found)
    if reason := why_not_read(now.protocol, now.ledger, EVALUATORS, released=False):
        raise NotAllowed(reason)
    if found.runs.filter(state__in=[State.WAITING, State.WORKING]).exists():
        raise NotAllowed("Another run of this study is not over. Wait for it, or stop it.")
    latest = found.runs.order_by("-number").first()
    run = StudyRun.objects.create(
        study=found,
        number=latest.number + 1 if latest else 1,
        state=State.WAITING,
        asked_by=person(by),
        asked_as=by.reference,
        asked_at=at or timezone.now(),
    )
    tell(found, by, "ask for a run", f"run {run.number} asked for")
    return run


@transaction.atomic
def begin_work(*, run: StudyRun) -> bool:
    """Take the work on, unless it is over or somebody else is at it: then False. No line of history: it is
    no change until it ends."""
    found = _locked(run)
    given_up = found.began_at is not None and timezone.now() - found.began_at > GIVEN_UP_AFTER
    if found.state != State.WAITING and not (found.state == State.WORKING and given_up):
        return False
    found.state, found.began_at = State.WORKING, timezone.now()
    found.save(update_fields=["state", "began_at"])
    return True


@transaction.atomic
def end_work(*, run: StudyRun, results: StudyResults, vintage: str, by: Author) -> None:
    """Keep what was found. Refused where the run was stopped meanwhile: then nothing is kept."""
    found = _locked(run)
    _refuse(why_not_move(State(found.state), State.DONE))
    found.results = results.to_json()
    found.digest = hashlib.sha256(found.results.encode()).hexdigest()
    found.standing, found.reason = results.standing.label, results.standing.reason[:500]
    found.vintage, found.state, found.ended_at = vintage, State.DONE, timezone.now()
    found.save()
    told = {"digest": found.digest, "standing": found.standing, "vintage": vintage}
    tell(found.study, by, "run a study", f"run {found.number} worked out", after=told)


@transaction.atomic
def fail_work(*, run: StudyRun, why: str, by: Author) -> None:
    """Say why a run came to nothing. A run that was stopped meanwhile stays stopped."""
    found = _locked(run)
    if found.state != State.WORKING:
        return
    found.state, found.reason, found.ended_at = State.FAILED, why[:500], timezone.now()
    found.save(update_fields=["state", "reason", "ended_at"])
    tell(found.study, by, "run a study", f"run {found.number} not worked out")


@transaction.atomic
def stop_run(*, run: StudyRun, by: Author) -> None:
    """Stop a run that waits or is being worked out: whatever it finds after this is thrown away."""
    found = _locked(run)
    _refuse(why_not_move(State(found.state), State.STOPPED))
    found.state, found.ended_at = State.STOPPED, timezone.now()
    found.save(update_fields=["state", "ended_at"])
    tell(found.study, by, "stop a run", f"run {found.number} stopped")


@transaction.atomic
def release_results(*, run: StudyRun, by: Person, at: datetime | None = None) -> None:
    """Make the results of a run public. `by` is not who asked for it.

    Refused before arms may be compared by those it goes to, and where the results are not those that
    were worked out.
    """
    found = _locked(run)
    _refuse(why_not_release(State(found.state), found.asked_as, by.reference))
    now = study_now(found.study)
    _refuse(why_not_read(now.protocol, now.ledger, "programme", released=False))
    if hashlib.sha256(found.results.encode()).hexdigest() != found.digest:
        raise NotAllowed("These results are not those that were worked out. Run the study again.")
    found.state, found.released_by, found.released_at = State.RELEASED, by, at or timezone.now()
    found.save(update_fields=["state", "released_by", "released_at"])
    told = {"run": found.number, "digest": found.digest, "asked for by": found.asked_as}
    tell(found.study, by, "release results", "results released", after=told, public=True)


def _locked(run: StudyRun) -> StudyRun:
    # Only the run's own row: its study is locked where looks and protocols change.
    return StudyRun.objects.select_for_update(of=("self",)).select_related("study").get(pk=run.pk)


def _refuse(reason: str | None) -> None:
    if reason:
        raise NotAllowed(reason)

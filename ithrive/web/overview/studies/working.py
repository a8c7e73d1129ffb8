"""Looks taken and runs worked out: the pure evaluation on the site's own figures, then an action."""

from datetime import datetime

from django.utils import timezone

from ithrive.evaluation.study import Monitor, monitor, take_look
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.evaluation import actions
from ithrive.web.evaluation.actions.telling import sealed_name
from ithrive.web.evaluation.apart import Work, done_apart
from ithrive.web.evaluation.life import State
from ithrive.web.evaluation.models import LookLine, Study, StudyRun
from ithrive.web.evaluation.queries import StudyNow, study_now
from ithrive.web.history.record import Author
from ithrive.web.overview.studies.joining import study_data, vintage_of


def monitor_of(now: StudyNow) -> Monitor:
    """What came and how good it is: states of cells, and not one figure."""
    return monitor(now.protocol, study_data(now.study, now.protocol, at=timezone.now()))


def look_at(study: Study, wave: int, *, by: Author, at: datetime | None = None) -> LookLine:
    """Take the planned look after a wave on figures as they stand, and set it down for good.

    Refused while the protocol is not the frozen one: a look that nobody sealed beforehand spends nothing
    that it could spend. `at` is now, but for a demonstration.
    """
    now, moment = study_now(study), at or timezone.now()
    if reason := why_not_look_yet(now):
        raise NotAllowed(reason)
    look = take_look(
        now.protocol,
        study_data(study, now.protocol, at=moment),
        wave=wave,
        at=moment,
        by=sealed_name(by),
        ledger=now.ledger,
        kept=now.kept,
    )
    return actions.keep_look(study=study, look=look, after=now.ledger[-1].seal if now.ledger else "", by=by)


def why_not_look_yet(now: StudyNow) -> str | None:
    if now.frozen is None:
        return "The protocol is not frozen. Freeze it before any look."
    if now.changes:
        return "The protocol is not the frozen one. Amend it with a reason, or write it as it was."
    return None


def work_on(run: StudyRun, *, by: Author) -> None:
    """Work a run out in a process of its own, unless somebody is at it. The run says what it came to."""
    if not actions.begin_work(run=run):
        return
    work = _work(run)
    try:
        results = done_apart(work, go_on=lambda: _still_wanted(run))
        if results is not None:
            actions.end_work(run=run, results=results, vintage=vintage_of(run.asked_at), by=by)
    except BadInput as refusal:
        actions.fail_work(run=run, why=" ".join(map(str, refusal.problems)), by=by)
    except NotAllowed as refusal:
        actions.fail_work(run=run, why=str(refusal), by=by)


def work_here(run: StudyRun, *, by: Author) -> None:
    """The same in this process: for commands, which nobody waits for on a page."""
    if actions.begin_work(run=run):
        results = _work(run).done()
        actions.end_work(run=run, results=results, vintage=vintage_of(run.asked_at), by=by)


def _work(run: StudyRun) -> Work:
    now = study_now(run.study)
    data = study_data(run.study, now.protocol, at=run.asked_at)
    return Work(now.protocol, now.standing, data, run.asked_at, now.frozen, now.ledger)


def _still_wanted(run: StudyRun) -> bool:
    return StudyRun.objects.filter(pk=run.pk, state=State.WORKING).exists()

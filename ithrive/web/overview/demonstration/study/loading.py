"""Brings the demonstration's study into the database, as its people would have: step after step.

Only what had happened by today is there: before the study ends, its looks, its run or its release are not.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from ithrive.areas.ages import CHILDREN
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import Membership
from ithrive.areas.populations import populations
from ithrive.problems import NotAllowed
from ithrive.reports.study import Audience
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Round
from ithrive.web.evaluation import actions
from ithrive.web.evaluation.models import Study, StudyRun
from ithrive.web.evaluation.queries import study_now
from ithrive.web.overview.demonstration.community import KIND
from ithrive.web.overview.demonstration.returns.story import BASELINE
from ithrive.web.overview.demonstration.round_story import STUDY
from ithrive.web.overview.demonstration.study.asking import ask_before
from ithrive.web.overview.demonstration.study.writing import protocol_text
from ithrive.web.overview.studies import documents
from ithrive.web.overview.studies.working import look_at, work_here

WRITTEN, FROZEN = datetime(2024, 2, 5, 10, tzinfo=UTC), datetime(2024, 3, 18, 14, tzinfo=UTC)
# By then nearly every return of a quarter has come.
AFTER_A_QUARTER = timedelta(days=75)


def load_study(
    gazetteer: Gazetteer,
    roles: Sequence[Membership],
    areas: Mapping[str, LocalArea],
    people: Mapping[str, Person],
) -> Study:
    """The study as it stands today. `areas` are by code, `people` by first name: Fay, an evaluator, works on
    it, and Eve, another one, releases what it found.
    """
    fay, eve = people["Fay"], people["Eve"]
    ask_before(Round.objects.filter(study=STUDY).select_related("area"), BASELINE)
    study = actions.add_protocol(text=text_of(gazetteer, roles, areas), by=fay, at=WRITTEN)
    actions.freeze_protocol(study=study, by=fay, at=FROZEN)
    for wave in study_now(study).protocol.looks:
        on = (BASELINE + wave).ends + AFTER_A_QUARTER
        if on <= timezone.localdate():
            look_at(study, wave, by=fay, at=_noon(on))
    if run := _run(study, fay):
        actions.release_results(run=run, by=eve)
        documents.report(run, Audience.PUBLIC, "body")  # so that its first reader does not wait for it
    return study


def text_of(gazetteer: Gazetteer, roles: Sequence[Membership], areas: Mapping[str, LocalArea]) -> str:
    geography = next(each for each in gazetteer.geographies if each.kind == KIND and each.ends is None)
    people = populations(gazetteer, geography.key, CHILDREN).people
    names = {code: area.name for code, area in areas.items()}
    return protocol_text(
        roles, names, people, geography=geography.key, country=next(iter(areas.values())).country.slug
    )


def _run(study: Study, by: Person) -> StudyRun | None:
    """Worked out where arms may be compared by now."""
    try:
        run = actions.ask_for_run(study=study, by=by)
    except NotAllowed:
        return None
    work_here(run, by=by)
    run.refresh_from_db()
    return run


def _noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)

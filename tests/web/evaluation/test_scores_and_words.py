"""What rounds bring to a study: scores by level, how far raters agreed, and words that may be quoted."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ithrive.assessments.agreement import reliability_of_means
from ithrive.assessments.interviewing import Covers
from ithrive.assessments.life import State
from ithrive.assessments.passages import digest_of
from ithrive.assessments.sectors import SECTORS, YOUNG_PEOPLE
from ithrive.evaluation.protocol import Protocol, read_protocol
from ithrive.evaluation.study import JointRow, read_results
from ithrive.periods import Quarter
from ithrive.reports.study import Audience
from ithrive.web.areas.models import LocalArea, Support
from ithrive.web.assessments.models import (
    Agreed,
    Informant,
    Interview,
    Passage,
    RaterOnRound,
    Round,
    Submission,
)
from ithrive.web.evaluation import actions
from ithrive.web.evaluation.models import Study
from ithrive.web.implementation.models import Action, Post, Priority, StepEvidence
from ithrive.web.overview.studies import documents, implementing, scoring, speaking
from ithrive.web.overview.studies.working import work_here
from tests.cast import Cast
from tests.web.assessments.scenes import INSTRUMENT, version
from tests.web.evaluation.scenes import areas, baseline, looked_at, protocol_text, site_of

pytestmark = pytest.mark.django_db
MACRO = next(each.code for each in INSTRUMENT.statement if each.level == "macro")
MICRO = next(each.code for each in INSTRUMENT.statement if each.level == "micro")
SAID = "Schools ring one number now."


def held(area: LocalArea, quarter: Quarter, cast: Cast, given: tuple[int, int], agreed: int) -> Round:
    """A round signed off: two raters gave these scores to both statements; macro was agreed, micro is 1."""
    at = timezone.now() - timedelta(days=1)
    round = Round.objects.create(
        area=area, instrument=version(INSTRUMENT), purpose="evaluated", study="small-study",
        state=State.SIGNED_OFF, due_on=quarter.starts, window_opens=quarter.starts,
        window_closes=quarter.ends, signed_off_at=at, submitted_at=at,
    )  # fmt: skip
    for person, score in zip((cast.ben, cast.col), given, strict=True):
        rater = RaterOnRound.objects.create(round=round, person=person, submitted_at=at)
        told = {code: {"score": score, "cannot_rate": "", "evidence": ""} for code in (MACRO, MICRO)}
        Submission.objects.create(rater=rater, at=at, blind=True, ratings=told)
    for code, score in ((MACRO, agreed), (MICRO, 1)):
        Agreed.objects.create(round=round, statement=code, score=score, scored_by=2, agreed_by=cast.eve)
    return round


def said(round: Round, number: int, by: Cast, *, sector: str = "education", covered: str = "") -> Informant:
    informant = Informant.objects.create(
        round=round, number=number, sector=sector, level="meso", consented_on=round.due_on,
        view="staff" if sector else YOUNG_PEOPLE, consent_covers=covered or ",".join(Covers),
    )  # fmt: skip
    interview = Interview.objects.create(
        informant=informant, held_on=round.due_on, text=SAID, written_by=by.ben
    )
    Passage.objects.create(
        interview=interview, statement=MICRO, begins=0, ends=len(SAID), text_digest=digest_of(SAID),
        marked_by=by.ben,
    )  # fmt: skip
    return informant


def study(cast: Cast) -> tuple[Protocol, dict[str, LocalArea]]:
    found = areas(cast)
    return read_protocol(protocol_text(found).encode()), {site_of(each): each for each in found}


def now() -> datetime:
    return timezone.now()


def test_scores_are_told_overall_and_by_level(cast: Cast) -> None:
    protocol, sites = study(cast)
    held(sites["Alderbrook"], baseline(), cast, (3, 3), 3)
    found = scoring.assessed(protocol, sites, at=now())
    assert found.overall == {("Alderbrook", baseline()): 2}
    assert found.by_level == {
        ("Alderbrook", baseline(), "Macro"): 3,
        ("Alderbrook", baseline(), "Micro"): 1,
    }
    assert scoring.assessed(protocol, sites, at=now() - timedelta(days=2)).overall == {}, "not yet signed off"


def test_reliability_is_that_of_the_accelerators_raters_and_of_staff_alone(cast: Cast) -> None:
    protocol, sites = study(cast)
    given = ((1, 2), (2, 2), (3, 4), (4, 4), (1, 1), (3, 3), (2, 3), (2, 1))
    taking_part = [sites[each.id] for each in protocol.arm("accelerator")]
    rounds = [
        held(area, baseline() + wave, cast, given[2 * number + wave], 2)
        for number, area in enumerate(taking_part)
        for wave in (0, 1)
    ]
    compared = held(sites["Alderbrook"], baseline(), cast, (1, 4), 2)
    found = scoring.assessed(protocol, sites, at=now())
    assert found.reliability is not None
    assert found.reliability.value == reliability_of_means(given)
    told_from = (found.reliability.rounds, found.reliability.raters, found.reliability.ratings)
    assert told_from == (8, 16, 32), "eight rounds, two raters each, who rated two statements each"
    Submission.objects.filter(rater__round=compared).delete()
    young = RaterOnRound.objects.create(round=rounds[0], person=cast.eve, view=YOUNG_PEOPLE)
    Submission.objects.create(
        rater=young, at=now(), blind=True, ratings={MACRO: {"score": 4, "cannot_rate": "", "evidence": ""}}
    )
    assert scoring.assessed(protocol, sites, at=now()).reliability == found.reliability
    changes = protocol.model_copy(
        update={"dose": read_protocol(protocol_text(areas(cast), DOSE).encode()).dose}
    )
    assert scoring.assessed(changes, sites, at=now()).reliability is None


DOSE = """
[dose]
source = "assessment"
form = "change"
"""


def test_words_come_with_consent_and_with_how_many_of_the_sector_spoke(cast: Cast) -> None:
    protocol, sites = study(cast)
    round = held(sites["Alderbrook"], baseline(), cast, (3, 3), 3)
    for number in range(1, 6):
        said(round, number, cast)
    said(round, 6, cast, sector="", covered="notes,passages")
    gone = said(round, 7, cast)
    Informant.objects.filter(pk=gone.pk).update(withdrawn_on=timezone.localdate())
    Interview.objects.filter(informant=gone).update(text="Changed since.")
    found = speaking.quotations(protocol, sites, at=now())
    assert {(each.sector, each.people, each.consent) for each in found} == {
        (SECTORS["education"], 5, True),
        ("Young people and families", 1, False),
    }
    assert len(found) == 6


def test_dated_facts_are_those_of_the_studys_quarters_and_say_what_they_are(cast: Cast) -> None:
    protocol, sites = study(cast)
    area, began = sites["Sallowby"], baseline().starts
    chosen = Priority.objects.create(area=area, title="One plan", chosen_because="Asked for", chosen_on=began)
    for days in (0, -400):  # the second lies before the study's first quarter
        Post.objects.create(
            area=area, kind="champion", holder="Kit", sector="education", starts=began + timedelta(days=days)
        )
    Post.objects.create(area=area, kind="chair", holder="Kit", sector="education", starts=began)
    Action.objects.create(
        priority=chosen, title="Write it", owner="Kit", due_on=began, done_on=began, evidence="Written",
        step="engagement",
    )  # fmt: skip
    StepEvidence.objects.create(area=area, step="engagement", shows="reached", on=began, what="Met")
    Support.objects.create(area=area, on=began, kind="workshop", days=1, given_by="Pat", purpose="Plan")
    found = implementing.evidence(protocol, sites, at=now())
    assert {(each.site, each.on) for each in found} == {("Sallowby", began)}
    assert sorted(each.kind for each in found) == [
        "action-done", "plan-agreed", "role-taken", "steering-group", "step-reached", "training",
    ]  # fmt: skip


def test_the_report_for_evaluators_joins_levels_and_words_and_the_publics_has_none(cast: Cast) -> None:
    looked_at(cast)
    _, sites = study(cast)
    for wave, score in ((0, 2), (2, 4)):
        round = held(sites["Sallowby"], baseline() + wave, cast, (score, score), score)
    for number in range(1, 6):
        said(round, number, cast)
    said(round, 6, cast, sector="", covered="notes,passages")
    run = actions.ask_for_run(study=Study.objects.get(), by=cast.eve)
    work_here(run, by=cast.eve)
    run.refresh_from_db()
    row = _row(run.results)
    assert [(each.level, each.first, each.last) for each in row.levels] == [("Macro", 2, 4), ("Micro", 1, 1)]
    assert [each.text for each in row.quotations].count(SAID) == 5
    report = documents.report(run, Audience.EVALUATORS, "body").decode()
    assert f"“{SAID}” ({SECTORS['education']})" in report
    assert "Macro 2.00 to 4.00" in report
    assert "did not consent to being quoted" in report
    assert SAID not in documents.report(run, Audience.PUBLIC, "body").decode()


def _row(results: str) -> JointRow:
    return next(each for each in read_results(results).implementation.joint if each.site == "Sallowby")

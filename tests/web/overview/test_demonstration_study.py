"""The demonstration's study: what is planted is found and nothing else; who is compared stays secret."""

import pytest
from django.test import Client

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import MemberRole
from ithrive.evaluation.demonstration import FOLLOWING, RETROSPECTIVE
from ithrive.evaluation.demonstration.truth import PLANTED
from ithrive.evaluation.protocol import read_protocol
from ithrive.evaluation.replication import Moderated
from ithrive.evaluation.study import StudyResults, read_results
from ithrive.web.evaluation.models import Study
from ithrive.web.evaluation.queries import comparison_names, released_run, study_now
from ithrive.web.history.record import Command
from ithrive.web.overview.demonstration.community import community
from ithrive.web.overview.demonstration.parts import PARTS
from ithrive.web.overview.demonstration.study.writing import protocol_text, site_id

# What the study rests on; the demonstration has more.
NEEDED = ("areas", "memberships", "support", "people", "rounds", "plans", "returns", "study")
SCALE = (5 - 1) / 100  # points of a pulse for one point of the planted moderator


def written() -> str:
    gazetteer = thornmere()
    areas = {area.code: area.names[-1].name for area in gazetteer.local_areas.values()}
    people = {code: 10_000 + at for at, code in enumerate(sorted(areas))}
    return protocol_text(community(gazetteer), areas, people, geography="TM20", country="thornmere")


# --- The protocol, which needs no database


def test_the_protocol_has_ten_pairs_seventeen_quarters_five_rounds_and_one_late_site() -> None:
    said = read_protocol(written().encode())
    assert len(said.arm("accelerator")) == len(said.arm("comparison")) == 10
    assert len(said.quarters) == RETROSPECTIVE + 1 + FOLLOWING == 17
    assert len(said.waves.assessments) == 5
    starts = sorted(each.starts - said.waves.baseline for each in said.sites if each.starts)
    assert starts == [1] * 9 + [3]


def test_pairs_are_neighbours_in_size() -> None:
    said = read_protocol(written().encode())
    roles = community(thornmere())
    for arm in (MemberRole.ACCELERATOR, MemberRole.COMPARISON):
        codes = sorted({each.code for each in roles if each.role is arm and each.ends is None})
        in_pairs = sorted((int(each.pair or 0), each.area) for each in said.sites if each.arm == arm)
        assert [code for _, code in in_pairs] == codes


def test_every_name_can_stand_in_a_protocol() -> None:
    assert [site_id(name) for name in ("Alderbrook", "St Anne's & Hill", "Wyke-on-Sea")] == [
        "Alderbrook", "St-Anne-s-Hill", "Wyke-on-Sea",
    ]  # fmt: skip


# --- In the database


def found() -> StudyResults:
    run = released_run(Study.objects.get())
    assert run
    return read_results(run.results)


@pytest.mark.django_db
def test_what_was_planted_is_found_and_the_public_can_read_it() -> None:
    for part in PARTS:
        if part.name in NEEDED:
            part.load(Command("tests"))
    now = study_now(Study.objects.get())
    assert [each.wave for each in now.ledger] == [4, 8]
    results = found()
    assert results.standing.label == "confirmatory"
    families = {each.family: each for each in results.families}
    assert set(families["primary"].found) == {"wait", "plans"}
    assert families["secondary"].found == ()
    wait, plans = results.outcome("wait"), results.outcome("plans")
    _holds(wait.effect.cr2.interval, PLANTED["H2", "median-days"].effect)
    _holds(plans.effect.cr2.interval, PLANTED["D1", "agreed"].effect * 100)
    (moderator,) = wait.moderators
    assert isinstance(moderator.found, Moderated)
    _holds(moderator.found.interval, PLANTED["H2", "median-days"].per_relationship / SCALE)
    (dose,), (none,) = plans.doses, wait.doses
    assert dose.headline.slope > 0
    assert dose.headline.p < 0.05 < none.headline.p
    assert wait.missing.received < wait.missing.expected
    _nobody_else_learns_who_is_compared(now.study)


def _holds(interval: object, planted: float) -> None:
    assert interval.low <= planted <= interval.high, (interval, planted)


def _nobody_else_learns_who_is_compared(study: Study) -> None:
    page = Client().get("/studies/thornmere-study/")
    assert page.status_code == 200
    assert [name for name in comparison_names(study) if name in page.content.decode()] == []

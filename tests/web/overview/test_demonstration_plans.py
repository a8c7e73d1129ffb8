"""What the demonstration's areas recorded of their work: a story that a visitor can learn from."""

from collections import Counter
from datetime import date

import pytest

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import Membership
from ithrive.framework.approach import approach
from ithrive.implementation import Shows, progress
from ithrive.web.implementation.actions import Records
from ithrive.web.overview.demonstration.community import community
from ithrive.web.overview.demonstration.plans import plans

TODAY = date(2026, 9, 30)
LEADS = {"TM000001": "Ada Merrow"}


@pytest.fixture(scope="module")
def roles() -> tuple[Membership, ...]:
    return community(thornmere())


@pytest.fixture(scope="module")
def told(roles: tuple[Membership, ...]) -> dict[str, Records]:
    return dict(plans(roles, TODAY, LEADS))


def test_the_same_day_tells_the_same_story(roles: tuple[Membership, ...], told: dict[str, Records]) -> None:
    assert dict(plans(roles, TODAY, LEADS)) == told


def test_nothing_happened_after_today_nor_before_an_area_joined(
    roles: tuple[Membership, ...], told: dict[str, Records]
) -> None:
    joined = {code: min(r.starts for r in roles if r.code == code and r.starts) for code in told}
    for code, records in told.items():
        assert all(joined[code] <= each.on <= TODAY for each in records.evidence)


def test_areas_are_at_every_phase_and_steps_are_skipped_and_returned_to(told: dict[str, Records]) -> None:
    at = [progress(code, records.evidence, approach(), TODAY).phase for code, records in told.items()]
    counts = Counter(phase.code for phase in at if phase)
    assert set(counts) == {phase.code for phase in approach().phases}
    assert min(counts.values()) >= 5
    shown = Counter(each.shows for records in told.values() for each in records.evidence)
    assert min(shown[shows] for shows in Shows) >= 20


def test_comparison_sites_have_no_plan(roles: tuple[Membership, ...], told: dict[str, Records]) -> None:
    assert not {role.code for role in roles if role.role == "comparison"} & set(told)


def test_ada_is_at_work_and_leads_her_plan(told: dict[str, Records]) -> None:
    mine = told["TM000001"]
    now = progress("TM000001", mine.evidence, approach(), TODAY)
    assert now.phase
    assert now.phase.code == "implementing"
    assert any(post.holder == "Ada Merrow" and post.ends is None for post in mine.posts)
    assert mine.priorities
    assert {"Young people's panel": 3}.items() <= {
        each.name: each.engagement for each in mine.stakeholders
    }.items()

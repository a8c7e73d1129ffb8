"""The demonstration's returns: the same for everyone, within the rules, with what was planted."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from django.utils import timezone

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import MemberRole
from ithrive.evaluation.demonstration import WAVES
from ithrive.measures import CellState, FigureKey, measures, shown_cell
from ithrive.periods import Quarter
from ithrive.returns.findings import Severity, open_findings
from ithrive.returns.life import State
from ithrive.returns.schedule import Standing, standing
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.models import Change
from ithrive.web.overview.demonstration import load
from ithrive.web.overview.demonstration.community import community
from ithrive.web.overview.demonstration.returns import BASELINE, FIRST, returns_told
from ithrive.web.overview.demonstration.round_story import STUDY
from ithrive.web.overview.rounds import programmes_view
from ithrive.web.returns.models import Figure, QuarterlyReturn, Version
from ithrive.web.returns.queries import figures_of, signed_off_figures
from ithrive.web.returns.versions import findings_of

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def roles():
    return community(thornmere())


@pytest.fixture(scope="module")
def codes():
    areas = thornmere().local_areas.values()
    return {area.names[-1].name: area.code for area in areas if area.ends is None}


def story(roles, codes, today=TODAY):
    return list(returns_told(roles, today, due=codes["Alderbrook"], queried=codes["Brackenford"]))


# --- The story, which needs no database


def test_twenty_sites_owe_eight_quarters_the_baseline_and_eight_more(roles, codes):
    assert BASELINE - FIRST == 8
    waves = Counter(each.code for each in story(roles, codes) if each.study and each.wave < WAVES)
    assert len(waves) == 20
    assert set(waves.values()) == {WAVES}


def test_others_owe_their_last_quarters_only_and_those_who_left_owe_none(roles, codes):
    others = [each for each in story(roles, codes) if not each.study]
    assert min(each.quarter for each in others) == Quarter(2025, 4)
    counted = {each.code for each in roles if each.role is MemberRole.MEMBER}
    assert {each.code for each in others} <= counted


def test_a_quarter_tells_the_same_whenever_it_is_told(roles, codes):
    late, early = story(roles, codes), story(roles, codes, date(2025, 8, 1))
    told = {(each.code, each.quarter): each for each in late}
    settled = [each for each in early if each.quarter < Quarter(2025, 1)]
    assert settled
    assert all(told[each.code, each.quarter] == each for each in settled)


def test_some_returns_never_came_and_some_came_late(roles, codes):
    past = [each for each in story(roles, codes) if each.quarter < Quarter(2026, 3)]
    never = [each for each in past if each.submitted_on is None]
    assert 0.02 < len(never) / len(past) < 0.09
    assert any(each.submitted_on and each.submitted_on > each.due_on for each in past)
    assert not {each.code for each in never} & {codes["Alderbrook"], codes["Brackenford"]}


def test_nothing_is_signed_off_before_it_happened(roles, codes):
    for today in (date(2026, 10, 20), date(2026, 11, 14), date(2027, 2, 1)):
        for each in story(roles, codes, today):
            assert each.quarter.ends <= today
            assert each.signed_off_on is None or each.signed_off_on <= today
            assert each.submitted_on is None or each.submitted_on >= each.quarter.ends


# --- In the database


@pytest.mark.django_db
def test_the_demonstration_holds_returns_in_every_state_with_what_was_planted(codes):
    load(up_to="returns")
    today = timezone.localdate()
    lead = LocalArea.objects.get(code=codes["Alderbrook"], ends=None)
    last = QuarterlyReturn.objects.filter(area=lead).latest("quarter_starts")
    assert not last.versions.exists()
    assert standing(last.expected, today) is Standing.DUE

    asked = Version.objects.get(state=State.QUERIED)
    assert asked.of.area.code == codes["Brackenford"]
    assert asked.queries.get().answer == ""
    assert open_findings(findings_of(asked)) == ()

    first, second = Version.objects.filter(of__versions__state=State.REPLACED).order_by("number")
    assert first.of == second.of
    assert (first.state, second.state) == (State.REPLACED, State.SIGNED_OFF)
    assert second.resubmitted_because
    received = [
        Figure.objects.get(version=each, measure="A4", figure="received").number for each in (first, second)
    ]
    assert received[0] - received[1] == 11

    states = set(Figure.objects.values_list("state", flat=True))
    assert states == {each.value for each in CellState} - {CellState.NOT_APPLICABLE.value}
    assert_checks_leave_nothing_open(lead)
    assert_effects_are_where_they_were_planted()
    assert_comparison_sites_stay_secret()


def assert_checks_leave_nothing_open(lead: LocalArea) -> None:
    """Nothing that must be mended anywhere; and hardly a figure that moved by chance without a word."""
    others = Version.objects.filter(state=State.SIGNED_OFF, of__quarter_starts=date(2026, 1, 1))
    chosen = [*Version.objects.filter(of__area=lead, state=State.SIGNED_OFF), *others.order_by("pk")[:8]]
    open_ones = [each for version in chosen for each in open_findings(findings_of(version))]
    assert not [str(each) for each in open_ones if each.severity is Severity.MUST_FIX]
    assert len(open_ones) <= len(chosen) / 3


def assert_effects_are_where_they_were_planted() -> None:
    """By plain differences of means, before and after, between the arms."""
    told = signed_off_figures(QuarterlyReturn.objects.filter(study=STUDY))
    accelerators = set(
        LocalArea.objects.filter(memberships__role=MemberRole.ACCELERATOR).values_list("pk", flat=True)
    )

    def moved(measure: str) -> float:
        known = measures()[measure]
        means = {}
        for arm in (True, False):
            for after in (True, False):
                cells = [
                    shown_cell(known, known.headline, figures).number
                    for (area, quarter), figures in told.items()
                    if (area in accelerators) == arm and (quarter > BASELINE) == after
                ]
                means[arm, after] = np.mean([each for each in cells if each is not None])
        return float(means[True, True] - means[True, False] - means[False, True] + means[False, False])

    assert -11 < moved("H2") < -4
    assert 5 < moved("D1") < 13
    assert abs(moved("D2")) < 3
    assert abs(moved("A4")) < 3


def assert_comparison_sites_stay_secret() -> None:
    known = figures_of(programmes_view(timezone.localdate()), measures=["D1"])
    compared = set(
        LocalArea.objects.filter(memberships__role=MemberRole.COMPARISON).values_list("pk", flat=True)
    )
    assert compared
    assert not compared & {area for area, _ in known}
    open_lines = Change.objects.filter(action="bring in returns", confidential_to="")
    assert not compared & set(open_lines.values_list("area", flat=True))
    assert FigureKey("D1", "open") in next(iter(known.values()))

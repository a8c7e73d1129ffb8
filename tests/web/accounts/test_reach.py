"""What a person may reach: today's roles, own areas, and comparison sites for evaluators alone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.accounts.refusals import SecondFactorNeeded, SignInNeeded
from ithrive.web.areas.models import Membership, Support
from ithrive.web.rights import Right
from tests.cast import SINCE, Cast

TODAY = timezone.localdate()


def reach(person: Person | AnonymousUser, *, second_factor: bool = False) -> PersonsReach:
    return PersonsReach(person, TODAY, proved_second_factor=lambda: second_factor)


def test_the_roles_are_read_once(cast: Cast) -> None:
    ada = reach(cast.ada)
    with CaptureQueriesContext(connection) as asked:
        assert ada.may(Right.SEE_AREA, cast.alderbrook)
        assert not ada.may(Right.SEE_AREA, cast.brackenford)
        ada.require(Right.INVITE_TO_AREA, cast.alderbrook)
    assert len(asked) == 1


def test_a_role_counts_on_its_days_alone(cast: Cast) -> None:
    cast.ada.roles.update(ends=TODAY)
    assert not reach(cast.ada).may(Right.SEE_AREA, cast.alderbrook)
    cast.ben.roles.update(starts=TODAY + timedelta(days=1))
    assert not reach(cast.ben).may(Right.SEE_AREA, cast.alderbrook)


def test_a_closed_account_and_nobody_reach_nothing_but_what_is_public(cast: Cast) -> None:
    cast.dan.is_active = False
    for person in (cast.dan, AnonymousUser()):
        assert not reach(person).having(Right.SEE_AREA).exists()
        assert reach(person).public().count() == 2


def test_each_refusal_is_its_own(cast: Cast) -> None:
    with pytest.raises(SignInNeeded):
        reach(AnonymousUser()).require(Right.SEE_AREA, cast.alderbrook)
    with pytest.raises(Http404):
        reach(cast.cam).require(Right.SEE_PEOPLE, cast.alderbrook)
    with pytest.raises(PermissionDenied, match="do not let you see who works"):
        reach(cast.mia).require(Right.SEE_PEOPLE, cast.alderbrook)
    with pytest.raises(PermissionDenied, match="do not let you administer"):
        reach(cast.ada).require(Right.ADMINISTER)
    with pytest.raises(SecondFactorNeeded, match="administer people and roles"):
        reach(cast.dan).require(Right.ADMINISTER)
    reach(cast.dan, second_factor=True).require(Right.ADMINISTER)


def test_the_areas_with_a_right(cast: Cast) -> None:
    assert list(reach(cast.col).having(Right.LOG_SUPPORT)) == [cast.alderbrook]
    assert reach(cast.pat).having(Right.LOG_SUPPORT).count() == 2


def test_comparison_sites_are_for_evaluators_alone(cast: Cast) -> None:
    Membership.objects.create(area=cast.brackenford, role="comparison", starts=SINCE)
    Membership.objects.create(area=cast.alderbrook, role="accelerator", starts=SINCE)
    for name, person in cast.everyone().items():
        roles = set(reach(person).memberships().values_list("role", flat=True))
        assert ("comparison" in roles) == (name == "eve"), name


def test_memberships_on_a_day(cast: Cast) -> None:
    Membership.objects.create(area=cast.alderbrook, role="member", starts=None, ends=SINCE)
    Membership.objects.create(area=cast.alderbrook, role="accelerator", starts=SINCE, ends=None)
    asked = reach(cast.pat)
    before, on = asked.memberships(SINCE - timedelta(days=1)), asked.memberships(SINCE)
    assert [each.role for each in before] == ["member"]
    assert [each.role for each in on] == ["accelerator"]


def test_support_is_seen_by_those_who_see_the_area(cast: Cast) -> None:
    for area in (cast.alderbrook, cast.brackenford):
        Support.objects.create(area=area, on=SINCE, kind="call", days=1, given_by="Col", purpose="a call")
    assert [each.area for each in reach(cast.mia).support()] == [cast.alderbrook]
    assert reach(cast.eve).support().count() == 2
    assert reach(AnonymousUser()).support().count() == 0

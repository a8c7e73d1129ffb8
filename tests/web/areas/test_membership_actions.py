"""Changing roles: each change leaves one line of history, and comparison sites stay confidential."""

from datetime import date

import pytest

from ithrive.areas.membership import MemberRole
from ithrive.problems import NotAllowed
from ithrive.web.areas.actions import (
    correct_membership,
    end_membership,
    remove_membership,
    set_membership,
)
from ithrive.web.areas.models import Country, Geography, Link, LocalArea, Membership, Place
from ithrive.web.history.models import Change
from ithrive.web.history.record import verify
from tests.cast import Cast

FIRST, SECOND, THIRD = date(2024, 3, 1), date(2025, 3, 1), date(2026, 3, 1)


def recorded(area: LocalArea) -> list[tuple[str, date | None, date | None]]:
    return list(Membership.objects.filter(area=area).order_by("starts").values_list("role", "starts", "ends"))


def test_a_new_role_ends_the_open_one_in_one_line_of_history(cast: Cast) -> None:
    set_membership(area=cast.alderbrook, role=MemberRole.ACCELERATOR, starts=FIRST, by=cast.pat)
    set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=SECOND, by=cast.pat)
    assert recorded(cast.alderbrook) == [("accelerator", FIRST, SECOND), ("member", SECOND, None)]
    line = Change.objects.first()
    assert Change.objects.count() == 2
    assert line is not None
    assert line.summary == "Alderbrook: member from 1 March 2025. It was accelerator until 1 March 2025."
    assert (line.by, line.area, line.confidential_to) == (cast.pat.reference, cast.alderbrook.pk, "")
    assert line.before == {"role": "accelerator", "starts": "2024-03-01", "ends": None, "note": ""}
    assert line.after == {"role": "member", "starts": "2025-03-01", "ends": None, "note": ""}


def test_a_refused_role_changes_nothing(cast: Cast) -> None:
    set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    with pytest.raises(NotAllowed, match="has that role already"):
        set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=SECOND, by=cast.pat)
    assert Change.objects.count() == Membership.objects.count() == 1


def test_ending_a_role(cast: Cast) -> None:
    row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    end_membership(row=row, ends=SECOND, by=cast.pat)
    assert recorded(cast.alderbrook) == [("member", FIRST, SECOND)]


def test_a_correction_keeps_what_stood_before(cast: Cast) -> None:
    row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    correct_membership(
        row=row, role=MemberRole.ACCELERATOR, starts=SECOND, ends=None, note="A letter", by=cast.pat
    )
    line = Change.objects.first()
    assert recorded(cast.alderbrook) == [("accelerator", SECOND, None)]
    assert line is not None
    assert line.before == {"role": "member", "starts": "2024-03-01", "ends": None, "note": ""}
    assert line.summary == (
        "Alderbrook: accelerator from 1 March 2025, before that recorded as member from 1 March 2024."
    )


def test_a_correction_that_changes_nothing_is_not_recorded(cast: Cast) -> None:
    row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    correct_membership(row=row, role=MemberRole.MEMBER, starts=FIRST, ends=None, note="", by=cast.pat)
    assert Change.objects.count() == 1


def test_a_correction_may_not_run_into_another_role(cast: Cast) -> None:
    row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    set_membership(area=cast.alderbrook, role=MemberRole.LEFT, starts=SECOND, by=cast.pat)
    with pytest.raises(NotAllowed, match="overlap with another role: left from 1 March 2025"):
        correct_membership(row=row, role=MemberRole.MEMBER, starts=FIRST, ends=None, note="", by=cast.pat)


def test_a_later_role_can_be_corrected_beside_an_earlier_one(cast: Cast) -> None:
    set_membership(area=cast.alderbrook, role=MemberRole.ACCELERATOR, starts=FIRST, by=cast.pat)
    row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=SECOND, by=cast.pat)
    correct_membership(row=row, role=MemberRole.PAUSED, starts=THIRD, ends=None, note="", by=cast.pat)
    assert recorded(cast.alderbrook) == [("accelerator", FIRST, SECOND), ("paused", THIRD, None)]


def test_recorded_in_error_takes_it_back_and_the_history_keeps_it(cast: Cast) -> None:
    row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    remove_membership(row=row, reason="It was Brackenford.", by=cast.pat)
    line = Change.objects.first()
    assert recorded(cast.alderbrook) == []
    assert line is not None
    assert line.summary == "Alderbrook: recorded in error as member from 1 March 2024. It was Brackenford."
    assert line.before == {"role": "member", "starts": "2024-03-01", "ends": None, "note": ""}
    assert verify() is None


def test_what_somebody_removed_meanwhile_cannot_be_corrected(cast: Cast) -> None:
    row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
    stale = Membership.objects.select_related("area").get(pk=row.pk)
    remove_membership(row=row, reason="Twice", by=cast.pat)
    with pytest.raises(NotAllowed, match="Somebody removed this role"):
        end_membership(row=stale, ends=SECOND, by=cast.pat)


class TestComparison:
    def test_its_lines_are_for_evaluators(self, cast: Cast) -> None:
        row = set_membership(area=cast.alderbrook, role=MemberRole.COMPARISON, starts=FIRST, by=cast.eve)
        end_membership(row=row, ends=SECOND, by=cast.eve)
        remove_membership(row=row, reason="Protocol changed", by=cast.eve)
        assert {line.confidential_to for line in Change.objects.all()} == {"evaluators"}

    def test_joining_the_programme_neither_ends_nor_mentions_it(self, cast: Cast) -> None:
        set_membership(area=cast.alderbrook, role=MemberRole.COMPARISON, starts=FIRST, by=cast.eve)
        set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=SECOND, by=cast.pat)
        assert recorded(cast.alderbrook) == [("comparison", FIRST, None), ("member", SECOND, None)]
        line = Change.objects.first()
        assert line is not None
        assert line.confidential_to == ""
        assert "comparison" not in f"{line.summary} {line.before} {line.after}"

    def test_a_role_is_never_turned_into_it(self, cast: Cast) -> None:
        row = set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)
        with pytest.raises(NotAllowed, match="kept apart"):
            correct_membership(
                row=row, role=MemberRole.COMPARISON, starts=FIRST, ends=None, note="", by=cast.eve
            )


def test_an_ended_area_names_what_it_became(cast: Cast) -> None:
    """Alderbrook and Brackenford merge into Greater Alder on 1 April 2025."""
    merged = date(2025, 4, 1)
    Geography.objects.filter(key="LA24").update(ends=merged)
    old = Geography.objects.get(key="LA24")
    new = Geography.objects.create(
        country=Country.objects.get(), key="LA25", kind="local-area", title="Local areas, 2025", starts=merged
    )
    greater = LocalArea.objects.create(
        country=cast.country, kind="local-area", code="T003", name="Greater Alder", starts=merged
    )
    there = Place.objects.create(geography=new, local_area=greater, name="Greater Alder")
    here = Place.objects.get(geography=old, local_area=cast.alderbrook)
    Link.objects.create(from_place=here, to_place=there, share_of_from=1, share_of_to=0.5, basis="all")
    cast.alderbrook.ends = merged
    cast.alderbrook.save()
    with pytest.raises(NotAllowed, match=r"ended on 1 April 2025 and became Greater Alder\."):
        set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=merged, by=cast.pat)
    with pytest.raises(NotAllowed, match=r"Greater Alder did not exist before 1 April 2025\."):
        set_membership(area=greater, role=MemberRole.MEMBER, starts=FIRST, by=cast.pat)


def test_an_area_of_the_earliest_geography_may_have_joined_before_it(cast: Cast) -> None:
    set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=date(2015, 1, 1), by=cast.pat)
    assert recorded(cast.alderbrook) == [("member", date(2015, 1, 1), None)]

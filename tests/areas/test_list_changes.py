"""What a membership list changes, and that reading it twice changes nothing."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas.list_changes import list_changes
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.timeline import Life, Step, overlaps

TODAY = date(2026, 6, 1)
LIFE = Life("Alderbrook")
FIRST, SECOND, THIRD = date(2016, 1, 1), date(2018, 1, 1), date(2020, 1, 1)


def role(name: str, starts: date | None = None, ends: date | None = None, note: str = "") -> Membership:
    return Membership("T001", MemberRole(name), "local-area", starts, ends, note)


def changes(existing: list[Membership], *listed: Membership) -> tuple[tuple[Step, ...], int, int]:
    found = list_changes(existing, listed, LIFE, TODAY)
    return found.steps, found.unchanged, len(found.refused)


def after(existing: list[Membership], steps: tuple[Step, ...]) -> list[Membership]:
    roles = list(existing)
    for step in steps:
        roles = [each for each in roles if each != step.before] + [step.after]
    return roles


def test_a_new_area_begins_its_role() -> None:
    assert changes([], role("member", FIRST)) == ((Step(None, role("member", FIRST)),), 0, 0)


def test_a_role_already_recorded_changes_nothing() -> None:
    assert changes([role("member", FIRST)], role("member", FIRST)) == ((), 1, 0)


def test_a_blank_clears_nothing() -> None:
    known = role("member", FIRST, SECOND, "Letter")
    assert changes([known], role("member", FIRST)) == ((), 1, 0)


def test_a_blank_start_speaks_of_the_open_role() -> None:
    assert changes([role("member", FIRST)], role("member")) == ((), 1, 0)


def test_an_end_is_filled_in() -> None:
    known = role("member", FIRST)
    assert changes([known], role("member", None, SECOND)) == (
        (Step(known, replace(known, ends=SECOND)),),
        0,
        0,
    )


def test_a_start_that_was_not_known_is_filled_in() -> None:
    known = role("member", None, SECOND)
    steps = (Step(known, replace(known, starts=FIRST)),)
    assert changes([known], role("member", FIRST)) == (steps, 0, 0)


def test_a_later_spell_is_another_role() -> None:
    known = role("member", None, SECOND)
    assert changes([known], role("member", THIRD)) == ((Step(None, role("member", THIRD)),), 0, 0)


def test_a_later_role_ends_the_open_one() -> None:
    known = role("accelerator", FIRST)
    steps = (Step(known, replace(known, ends=SECOND)), Step(None, role("member", SECOND)))
    assert changes([known], role("member", SECOND)) == (steps, 0, 0)


def test_a_role_begun_and_ended_by_one_list_is_shown_once() -> None:
    steps, _, _ = changes([], role("member", SECOND), role("accelerator", FIRST))
    assert steps == (Step(None, role("accelerator", FIRST, SECOND)), Step(None, role("member", SECOND)))


def test_what_cannot_stand_is_refused_and_the_rest_is_worked_out() -> None:
    known = role("member", FIRST, THIRD)
    found = list_changes([known], [role("paused", SECOND), role("left", THIRD)], LIFE, TODAY)
    assert [line.role for line, _ in found.refused] == [MemberRole.PAUSED]
    assert found.steps == (Step(None, role("left", THIRD)),)


def test_an_end_that_would_run_into_the_next_role_is_refused() -> None:
    known = [role("member", FIRST, SECOND), role("left", SECOND)]
    assert changes(known, role("member", FIRST, THIRD)) == ((), 0, 1)


def test_an_end_before_the_start_is_refused() -> None:
    assert changes([role("member", SECOND)], role("member", None, FIRST)) == ((), 0, 1)


days = st.none() | st.dates(date(2016, 1, 1), date(2016, 2, 1))
roles = st.builds(role, st.sampled_from(["accelerator", "member", "paused", "left"]), days, days)


@given(st.lists(roles, max_size=5), st.lists(roles, max_size=5))
def test_taken_twice_a_list_changes_nothing_more(first: list[Membership], listed: list[Membership]) -> None:
    existing = after([], list_changes([], first, LIFE, TODAY).steps)
    # Lines that say different things of one role are refused when the file is read.
    told = {(line.role, line.starts): line for line in listed if line.starts}.values()
    once = list_changes(existing, told, LIFE, TODAY)
    now = after(existing, once.steps)
    again = list_changes(now, [line for line in told if line not in dict(once.refused)], LIFE, TODAY)
    assert again.steps == ()
    assert not any(overlaps(a, b) for a in now for b in now if a is not b)

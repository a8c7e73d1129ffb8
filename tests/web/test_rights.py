"""The table of roles and rights, and the rules that read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.web.rights import (
    AREA_ROLES,
    LABELS,
    NEEDS_SECOND_FACTOR,
    RIGHTS,
    Held,
    Right,
    Role,
    areas_with,
    has_right,
    why_not,
)

ALDERBROOK, BRACKENFORD = 1, 2

roles_held = st.lists(
    st.one_of(
        st.builds(Held, st.sampled_from(sorted(AREA_ROLES)), st.sampled_from([ALDERBROOK, BRACKENFORD])),
        st.builds(Held, st.sampled_from([role for role in Role if role not in AREA_ROLES])),
    )
)


def test_every_role_has_a_label_and_rights_of_its_own() -> None:
    assert set(LABELS) == set(RIGHTS) == set(Role)
    assert all(RIGHTS[role] for role in Role)
    assert Role.LEAD.label == "Area lead"


def test_every_right_belongs_to_some_role() -> None:
    assert set().union(*RIGHTS.values()) == set(Right)


def test_only_evaluators_see_comparison_sites() -> None:
    assert [role for role in Role if Right.SEE_COMPARISON in RIGHTS[role]] == [Role.EVALUATOR]


def test_what_cannot_be_taken_back_needs_a_second_factor_and_so_does_what_a_study_found() -> None:
    assert {
        Right.ADMINISTER,
        Right.SIGN_OFF,
        Right.MAKE_SENDING_KEY,
        Right.SIGN_OFF_RETURN,
        Right.RELEASE,
        Right.SEE_STUDY,
        Right.RUN_STUDY,
    } == NEEDS_SECOND_FACTOR


def test_a_private_reflection_is_for_the_people_of_the_area_and_never_for_those_who_watch_it() -> None:
    seeing = {role for role in Role if Right.SEE_REFLECTION in RIGHTS[role]}
    assert seeing == {Role.MEMBER, Role.CONTRIBUTOR, Role.LEAD}


@pytest.mark.parametrize(
    ("right", "holders"),
    [
        (Right.SEE_ROUNDS, set(Role) - {Role.ADMINISTRATOR}),
        (Right.SCHEDULE_ROUND, {Role.LEAD, Role.EVALUATOR, Role.PROGRAMME}),
        (Right.INTERVIEW, {Role.EVALUATOR, Role.LEAD, Role.CONTRIBUTOR}),
        (Right.RATE, {Role.CONTRIBUTOR, Role.LEAD, Role.COACH, Role.EVALUATOR}),
        (Right.MODERATE, {Role.EVALUATOR, Role.LEAD}),
        (Right.SIGN_OFF, {Role.EVALUATOR, Role.LEAD}),
        (Right.MANAGE_INSTRUMENTS, {Role.PROGRAMME, Role.EVALUATOR}),
        (Right.EDIT_PLAN, {Role.CONTRIBUTOR, Role.LEAD, Role.COACH}),
        (Right.SEE_BOARD, {Role.PROGRAMME, Role.EVALUATOR, Role.COACH}),
    ],
)
def test_who_does_what_in_assessment_and_implementation(right: Right, holders: set[Role]) -> None:
    assert {role for role in Role if right in RIGHTS[role]} == holders


def test_administrators_invite_only_by_what_needs_a_second_factor() -> None:
    assert Right.INVITE_TO_AREA not in NEEDS_SECOND_FACTOR  # leads have none
    assert Right.INVITE_TO_AREA not in RIGHTS[Role.ADMINISTRATOR]


def test_a_role_in_one_area_gives_nothing_in_another() -> None:
    ada = [Held(Role.LEAD, ALDERBROOK)]
    assert has_right(Right.INVITE_TO_AREA, ada, ALDERBROOK)
    assert not has_right(Right.INVITE_TO_AREA, ada, BRACKENFORD)
    assert not has_right(Right.INVITE_TO_AREA, ada)


def test_a_role_held_everywhere_gives_its_rights_in_every_area() -> None:
    pat = [Held(Role.PROGRAMME)]
    assert has_right(Right.LOG_SUPPORT, pat, BRACKENFORD)
    assert has_right(Right.LOG_SUPPORT, pat)
    assert areas_with(Right.LOG_SUPPORT, pat) is None


def test_the_areas_with_a_right_are_those_where_a_role_gives_it() -> None:
    held = [Held(Role.COACH, ALDERBROOK), Held(Role.MEMBER, BRACKENFORD)]
    assert areas_with(Right.LOG_SUPPORT, held) == {ALDERBROOK}
    assert areas_with(Right.SEE_AREA, held) == {ALDERBROOK, BRACKENFORD}
    assert areas_with(Right.ADMINISTER, held) == frozenset()


@given(st.sampled_from(Right), roles_held, st.sampled_from([ALDERBROOK, BRACKENFORD]))
def test_one_area_and_all_areas_agree(right: Right, held: list[Held], area: int) -> None:
    where = areas_with(right, held)
    assert has_right(right, held, area) == (where is None or area in where)
    assert has_right(right, held) == (where is None)


@pytest.mark.parametrize(
    ("right", "held", "second_factor", "reason"),
    [
        (Right.SEE_AREA, [], True, "Your roles do not let you see the area's own pages."),
        (Right.SEE_AREA, [Held(Role.MEMBER, ALDERBROOK)], False, None),
        (
            Right.ADMINISTER,
            [Held(Role.PROGRAMME)],
            True,
            "Your roles do not let you administer people and roles.",
        ),
        (
            Right.ADMINISTER,
            [Held(Role.ADMINISTRATOR)],
            False,
            "To administer people and roles you must sign in with a second factor.",
        ),
        (Right.ADMINISTER, [Held(Role.ADMINISTRATOR)], True, None),
    ],
)
def test_the_reason_why_not(right: Right, held: list[Held], second_factor: bool, reason: str | None) -> None:
    assert why_not(right, held, ALDERBROOK, second_factor=second_factor) == reason

"""Who may appoint whom, and what may become of a role or an invitation."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.web.accounts import rules
from ithrive.web.accounts.rules import InvitationState
from ithrive.web.rights import AREA_ROLES, Held, Role

ALDERBROOK, BRACKENFORD = 1, 2
ADA = [Held(Role.LEAD, ALDERBROOK)]
DAN = [Held(Role.ADMINISTRATOR)]
DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("role", sorted(Role))
def test_an_area_role_needs_an_area_and_another_must_not_have_one(role: Role) -> None:
    with_area, without = rules.why_not_place(role, ALDERBROOK), rules.why_not_place(role, None)
    assert (with_area is None) == (role in AREA_ROLES)
    assert (without is None) == (role not in AREA_ROLES)


@pytest.mark.parametrize("role", sorted(Role))
def test_an_administrator_appoints_to_any_role(role: Role) -> None:
    assert rules.why_not_appoint(role, ALDERBROOK, DAN) is None


@pytest.mark.parametrize("role", sorted(AREA_ROLES))
def test_a_lead_appoints_members_and_contributors_of_their_own_area(role: Role) -> None:
    allowed = rules.why_not_appoint(role, ALDERBROOK, ADA) is None
    assert allowed == (role in {Role.MEMBER, Role.CONTRIBUTOR})
    assert rules.why_not_appoint(role, BRACKENFORD, ADA) is not None


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CONTRIBUTOR, Role.COACH])
def test_others_in_an_area_appoint_nobody(role: Role) -> None:
    assert rules.why_not_appoint(Role.MEMBER, ALDERBROOK, [Held(role, ALDERBROOK)]) is not None


def test_a_lead_appoints_nobody_everywhere() -> None:
    assert (
        rules.why_not_appoint(Role.EVALUATOR, None, ADA)
        == "Only an administrator, or the lead of the area, may do this."
    )


def test_nobody_is_invited_twice_or_to_what_they_hold() -> None:
    assert rules.why_not_invite(Role.MEMBER, ALDERBROOK, ADA) is None
    assert "holds the role already" in str(rules.why_not_invite(Role.MEMBER, ALDERBROOK, ADA, holds_it=True))
    assert "invited to the role already" in str(
        rules.why_not_invite(Role.MEMBER, ALDERBROOK, ADA, invited=True)
    )
    assert "Choose the area" in str(rules.why_not_invite(Role.MEMBER, None, DAN))
    assert "Only an administrator may appoint" in str(rules.why_not_invite(Role.LEAD, ALDERBROOK, ADA))


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("accepted", "withdrawn", "expires", "state"),
    [
        (None, None, NOW + HOUR, InvitationState.OPEN),
        (None, None, NOW, InvitationState.EXPIRED),
        (NOW, None, NOW - HOUR, InvitationState.ACCEPTED),
        (None, NOW, NOW + HOUR, InvitationState.WITHDRAWN),
    ],
)
def test_the_state_of_an_invitation(
    accepted: datetime | None, withdrawn: datetime | None, expires: datetime, state: InvitationState
) -> None:
    assert rules.invitation_state(accepted=accepted, withdrawn=withdrawn, expires=expires, now=NOW) is state


def test_every_closed_invitation_says_how_to_go_on() -> None:
    assert set(rules.CLOSED) == set(InvitationState) - {InvitationState.OPEN}


def test_what_is_accepted_or_withdrawn_is_not_sent_again() -> None:
    refused = {state for state in InvitationState if rules.why_not_resend(state)}
    assert refused == {InvitationState.ACCEPTED, InvitationState.WITHDRAWN}


def test_what_is_accepted_or_withdrawn_is_not_withdrawn() -> None:
    refused = {state for state in InvitationState if rules.why_not_withdraw(state)}
    assert refused == {InvitationState.ACCEPTED, InvitationState.WITHDRAWN}


def test_a_role_is_given_to_hold_for_some_time_and_once() -> None:
    later = DAY + timedelta(days=30)
    assert rules.why_not_give(Role.EVALUATOR, None, DAY, None, []) is None
    assert rules.why_not_give(Role.EVALUATOR, None, later, None, [(DAY, later)]) is None
    assert "Choose the area" in str(rules.why_not_give(Role.LEAD, None, DAY, None, []))
    assert "must come after" in str(rules.why_not_give(Role.EVALUATOR, None, DAY, DAY, []))
    assert "at that time already" in str(rules.why_not_give(Role.EVALUATOR, None, DAY, None, [(later, None)]))


@pytest.mark.parametrize(
    ("on", "ends", "only", "words"),
    [
        (DAY, None, False, None),
        (DAY, DAY, False, "ended already"),
        (DAY - timedelta(days=1), None, False, "not in the past"),
        (DAY, None, True, "only administrator"),
        (DAY, DAY + timedelta(days=9), False, None),
    ],
)
def test_when_a_role_may_end(on: date, ends: date | None, only: bool, words: str | None) -> None:
    reason = rules.why_not_end(on=on, today=DAY, ends=ends, only_administrator=only)
    assert (reason is None) if words is None else (words in str(reason))


spans = st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(1, 20))).map(
    lambda each: (DAY + timedelta(each[0]), None if each[1] is None else DAY + timedelta(each[0] + each[1]))
)


@given(spans, spans)
def test_overlap_agrees_with_counting_the_days(
    one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    def days(starts: date, ends: date | None) -> set[date]:
        return {DAY + timedelta(n) for n in range(60) if starts <= DAY + timedelta(n) < (ends or date.max)}

    assert rules.overlap(*one, *other) == bool(days(*one) & days(*other))

"""Roles, invitations and accounts change through actions: each refuses what the rules refuse, and tells."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from ithrive.problems import NotAllowed
from ithrive.web.accounts import actions
from ithrive.web.accounts.actions.invitations import invitation_for
from ithrive.web.accounts.models import Invitation, Person, RoleHeld
from ithrive.web.history.models import Change
from ithrive.web.history.record import Command, verify
from ithrive.web.rights import Role
from tests.cast import Cast, person, signed_in

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
COMMAND = Command("people invite")
OnCommit = Callable[..., object]


def link_to(token: str) -> str:
    return f"https://ithrive.example/people/accept/{token}/"


def invite(
    cast: Cast, letters: list[EmailMessage], on_commit: OnCommit, **words: object
) -> tuple[Invitation, str]:
    """An invitation of Nia to Alderbrook by Ada, and the token in its letter."""
    asked = {"email": "Nia@Thornmere.example", "role": Role.MEMBER, "area": cast.alderbrook, "by": cast.ada}
    with on_commit(execute=True):  # type: ignore[attr-defined] # pytest-django's own
        invitation = actions.invite(link_to=link_to, **{**asked, **words})  # type: ignore[arg-type] # words of many kinds
    return invitation, token_in(letters[-1])


def token_in(letter: EmailMessage) -> str:
    found = re.search(r"/accept/([^/]+)/", str(letter.body))
    assert found is not None
    return found[1]


@pytest.fixture
def invited(
    cast: Cast, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: OnCommit
) -> tuple[Invitation, str]:
    return invite(cast, mailoutbox, django_capture_on_commit_callbacks)


def last_line() -> Change:
    line = Change.objects.order_by("-sequence").first()
    assert line is not None
    return line


def test_the_letter_goes_to_the_invited_and_only_its_digest_is_kept(
    cast: Cast, invited: tuple[Invitation, str], mailoutbox: list[EmailMessage]
) -> None:
    invitation, token = invited
    assert mailoutbox[0].to == ["nia@thornmere.example"]
    assert "Ada invites you" in mailoutbox[0].body
    assert token not in str(Invitation.objects.values().get())
    assert invitation_for(token) == invitation
    assert last_line().by == cast.ada.reference
    assert last_line().area == cast.alderbrook.pk


def test_accepting_makes_an_account_with_the_role_and_a_verified_address(
    invited: tuple[Invitation, str],
) -> None:
    invitation, _ = invited
    nia = actions.accept_as_newcomer(invitation=invitation, name="Nia New", password="bright-otter-stones-4")
    assert nia.check_password("bright-otter-stones-4")
    assert [held.in_words() for held in nia.roles.all()] == ["“Member” in Alderbrook"]
    assert nia.emailaddress_set.get().verified  # type: ignore[attr-defined] # allauth carries no types
    assert verify() is None


def test_an_invitation_is_accepted_once(invited: tuple[Invitation, str]) -> None:
    invitation, _ = invited
    actions.accept_as_newcomer(invitation=invitation, name="Nia", password=None)
    with pytest.raises(NotAllowed, match="was used already"):
        actions.accept_as_newcomer(invitation=invitation, name="Nia", password=None)


def test_an_expired_invitation_is_not_accepted(invited: tuple[Invitation, str]) -> None:
    invitation, _ = invited
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(NotAllowed, match="has expired"):
        actions.accept_as_newcomer(invitation=invitation, name="Nia", password=None)


def test_an_invitation_falls_with_the_role_of_whoever_sent_it(
    cast: Cast, invited: tuple[Invitation, str]
) -> None:
    invitation, _ = invited
    actions.end_role(held=cast.ada.roles.get(), on=TODAY, by=cast.dan)
    with pytest.raises(NotAllowed, match="may no longer"):
        actions.accept_as_newcomer(invitation=invitation, name="Nia", password=None)


def test_sending_again_stops_the_earlier_letter(
    cast: Cast,
    invited: tuple[Invitation, str],
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    invitation, first = invited
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined] # pytest-django's own
        actions.resend_invitation(invitation=invitation, link_to=link_to, by=cast.dan)
    assert invitation_for(first) is None
    assert invitation_for(token_in(mailoutbox[1])) == invitation


def test_a_withdrawn_invitation_is_neither_accepted_nor_sent(
    cast: Cast, invited: tuple[Invitation, str]
) -> None:
    invitation, _ = invited
    actions.withdraw_invitation(invitation=invitation, by=cast.ada)
    with pytest.raises(NotAllowed, match="was withdrawn"):
        actions.accept_as_newcomer(invitation=invitation, name="Nia", password=None)
    with pytest.raises(NotAllowed, match="cannot be sent again"):
        actions.resend_invitation(invitation=invitation, link_to=link_to, by=cast.ada)


def test_another_areas_lead_neither_invites_nor_withdraws(
    cast: Cast, invited: tuple[Invitation, str]
) -> None:
    with pytest.raises(NotAllowed, match="lead of the area"):
        actions.invite(
            email="x@thornmere.example", role=Role.MEMBER, area=cast.alderbrook, link_to=link_to, by=cast.cam
        )
    with pytest.raises(NotAllowed, match="lead of the area"):
        actions.withdraw_invitation(invitation=invited[0], by=cast.cam)


def test_nobody_is_invited_twice_or_to_what_they_hold(cast: Cast, invited: tuple[Invitation, str]) -> None:
    with pytest.raises(NotAllowed, match="invited to the role already"):
        actions.invite(
            email=invited[0].email, role=Role.MEMBER, area=cast.alderbrook, link_to=link_to, by=cast.ada
        )
    with pytest.raises(NotAllowed, match="holds the role already"):
        actions.invite(
            email=cast.mia.email.upper(), role=Role.MEMBER, area=cast.alderbrook, link_to=link_to, by=cast.ada
        )


def test_someone_with_an_account_takes_a_further_role(
    cast: Cast, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: OnCommit
) -> None:
    invitation, _ = invite(cast, mailoutbox, django_capture_on_commit_callbacks, email=cast.cam.email)
    with pytest.raises(NotAllowed, match=r"is for cam@thornmere\.example"):
        actions.accept_as_known(invitation=invitation, person=cast.mia)
    actions.accept_as_known(invitation=invitation, person=cast.cam)
    assert cast.cam.roles.count() == 2


def test_a_newcomer_with_an_account_after_all_must_sign_in(
    cast: Cast, invited: tuple[Invitation, str]
) -> None:
    person("Nia")
    with pytest.raises(NotAllowed, match="Sign in instead"):
        actions.accept_as_newcomer(invitation=invited[0], name="Nia", password=None)


def test_the_first_administrator_is_invited_by_a_command(
    db: None, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined] # pytest-django's own
        invitation = actions.invite(
            email="dan@thornmere.example", role=Role.ADMINISTRATOR, link_to=link_to, by=COMMAND
        )
    assert "The programme invites you" in mailoutbox[0].body
    dan = actions.accept_as_newcomer(invitation=invitation, name="Dan", password=None)
    assert dan.roles.get().role == Role.ADMINISTRATOR


def test_a_role_is_given_for_a_time(cast: Cast) -> None:
    held = actions.give_role(person=cast.mia, role=Role.EVALUATOR, starts=TODAY, ends=TOMORROW, by=cast.dan)
    assert (held.starts, held.ends) == (TODAY, TOMORROW)
    assert last_line().after == {"role": "evaluator", "starts": str(TODAY), "ends": str(TOMORROW)}
    with pytest.raises(NotAllowed, match="at that time already"):
        actions.give_role(person=cast.mia, role=Role.EVALUATOR, by=cast.dan)
    with pytest.raises(NotAllowed, match="Only an administrator"):
        actions.give_role(person=cast.mia, role=Role.EVALUATOR, by=cast.pat)


def test_a_role_ends_on_a_day_and_one_that_never_held_is_taken_back(cast: Cast) -> None:
    held = cast.mia.roles.get()
    actions.end_role(held=held, on=TOMORROW, by=cast.ada)
    assert cast.mia.roles.get().ends == TOMORROW
    mistaken = actions.give_role(person=cast.mia, role=Role.EVALUATOR, by=cast.dan)
    actions.end_role(held=mistaken, on=TODAY, by=cast.dan)
    assert not RoleHeld.objects.filter(pk=mistaken.pk).exists()
    with pytest.raises(NotAllowed, match="taken back already"):
        actions.end_role(held=mistaken, on=TODAY, by=cast.dan)


def test_the_last_administrator_stays(cast: Cast) -> None:
    only = cast.dan.roles.get()
    with pytest.raises(NotAllowed, match="only administrator"):
        actions.end_role(held=only, on=TODAY, by=cast.dan)
    with pytest.raises(NotAllowed, match="only administrator"):
        actions.close_account(person=cast.dan, by=COMMAND)
    # One with an end in sight, or whose account is closed, does not count.
    passing = actions.give_role(person=cast.pat, role=Role.ADMINISTRATOR, ends=TOMORROW, by=cast.dan)
    with pytest.raises(NotAllowed, match="only administrator"):
        actions.end_role(held=only, on=TODAY, by=cast.dan)
    actions.end_role(held=passing, on=TODAY, by=cast.dan)
    actions.give_role(person=cast.pat, role=Role.ADMINISTRATOR, by=cast.dan)
    actions.end_role(held=only, on=TODAY, by=cast.dan)
    assert RoleHeld.objects.get(pk=only.pk).ends == TODAY


def test_a_closed_account_is_signed_out_everywhere_and_may_be_opened_again(cast: Cast) -> None:
    client = signed_in(cast.mia)
    assert client.get("/people/me/").status_code == 200
    actions.close_account(person=cast.mia, by=cast.dan)
    assert client.get("/people/me/").status_code == 302
    with pytest.raises(NotAllowed, match="closed already"):
        actions.close_account(person=cast.mia, by=cast.dan)
    actions.reopen_account(person=cast.mia, by=cast.dan)
    with pytest.raises(NotAllowed, match="account is open"):
        actions.reopen_account(person=cast.mia, by=cast.dan)


def test_only_an_administrator_closes_accounts_and_never_their_own(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Only an administrator"):
        actions.close_account(person=cast.mia, by=cast.ada)
    with pytest.raises(NotAllowed, match="your own account"):
        actions.close_account(person=cast.dan, by=cast.dan)


def test_a_change_of_name_is_told_once(cast: Cast) -> None:
    actions.rename(person=cast.mia, name="Mia Marsh", by=cast.mia)
    told = last_line()
    assert told.summary == f"{{{cast.mia.subject}}} has a new name"
    actions.rename(person=cast.mia, name="Mia Marsh", by=cast.mia)
    assert last_line() == told
    assert Person.objects.get(pk=cast.mia.pk).name == "Mia Marsh"

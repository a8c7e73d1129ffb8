"""The history names nobody: it refers to people and invitations, and the page words them while it may."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ithrive.web.accounts import actions
from ithrive.web.accounts.models import Invitation, Person
from ithrive.web.history.models import Change
from ithrive.web.history.presenters import summary
from ithrive.web.history.record import mention, record, verify
from ithrive.web.rights import Role
from tests.cast import Cast, signed_in

NIA, JOY = "nia@thornmere.example", "joy@thornmere.example"


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Lines of every kind about a person and about an invitation, in Alderbrook."""
    joy = actions.new_person(email=JOY, name="Joy Larch", password=None)
    actions.give_role(person=joy, role=Role.MEMBER, area=cast.alderbrook, by=cast.ada)
    actions.rename(person=joy, name="Joy Alder", by=joy)
    actions.close_account(person=joy, by=cast.dan)
    actions.reopen_account(person=joy, by=cast.dan)
    actions.end_role(held=joy.roles.get(), on=timezone.localdate(), by=cast.ada)
    invitation = actions.invite(email=NIA, role=Role.MEMBER, area=cast.alderbrook, link_to=str, by=cast.ada)
    actions.resend_invitation(invitation=invitation, link_to=str, by=cast.ada)
    actions.withdraw_invitation(invitation=invitation, by=cast.ada)
    return cast


def page_of(client: Client) -> str:
    return client.get("/history/").content.decode()


def test_no_line_holds_a_name_or_an_address(told: Cast) -> None:
    lines = list(Change.objects.values_list("subject", "summary", "before", "after"))
    assert len(lines) == 9
    assert not [line for line in lines if "Joy" in str(line) or "@" in str(line)]


def test_a_person_has_todays_name_while_the_account_exists(told: Cast) -> None:
    page = page_of(signed_in(told.ada))
    assert "Joy Alder holds the role “Member” in Alderbrook" in page
    assert "Larch" not in page
    Person.objects.get(email=JOY).delete()
    page = page_of(signed_in(told.ada))
    assert "A former member of the platform holds the role “Member” in Alderbrook" in page
    assert "Joy" not in page
    assert verify() is None


@pytest.mark.parametrize(("name", "sees"), [("ada", True), ("dan", True), ("col", False), ("pat", False)])
def test_an_invitations_address_is_for_those_who_may_send_it_again(told: Cast, name: str, sees: bool) -> None:
    client = signed_in(told.everyone()[name])
    area = client.get("/areas/thornmere/local-area/T001/history/").content.decode()
    number = Invitation.objects.get().pk
    words = f"Invitation {number} to {NIA} was sent again" if sees else f"Invitation {number} was sent again"
    assert words in page_of(client)
    assert words in area
    assert (NIA in area) is sees


def test_an_invitations_address_goes_with_the_invitation(told: Cast) -> None:
    number = Invitation.objects.get().pk
    Invitation.objects.all().delete()
    page = page_of(signed_in(told.ada))
    assert f"Invitation {number} was withdrawn, for the role “Member” in Alderbrook" in page
    assert NIA not in page


def test_the_lead_of_another_area_reads_no_address(told: Cast) -> None:
    assert NIA not in page_of(signed_in(told.cam))


def test_braces_in_what_people_write_name_nobody(told: Cast) -> None:
    """A coach who writes a mention into a note must not read an address by it."""
    subject = Invitation.objects.get().subject
    written = mention(subject)
    with transaction.atomic():
        line = record(by=told.col, action="a", subject="area T001", summary=f"Visit: {written}")
    assert summary(line, {subject: NIA}) == f"Visit: {written}"

"""Pages about people: what stands on them, for whom, and in how many queries."""

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ithrive.web.accounts.models import Invitation, Person, RoleHeld
from ithrive.web.history.record import verify
from ithrive.web.rights import Role
from tests.cast import SINCE, Cast, person, signed_in
from tests.web.test_every_url import day

ALDERBROOK = "/people/area/thornmere/local-area/T001/"


def text(cast_member: Person, address: str, *, second_factor: bool = False) -> str:
    return signed_in(cast_member, second_factor=second_factor).get(address).content.decode()


def test_people_are_found_by_name_and_address(cast: Cast) -> None:
    page = text(cast.dan, "/people/?q=ADA+thornmere", second_factor=True)
    assert "1 person found." in page
    assert "Area lead, Alderbrook" in page
    assert "0 people found." in text(cast.dan, "/people/?q=nobody", second_factor=True)


def test_the_list_of_people_asks_no_more_of_the_database_when_it_grows(cast: Cast) -> None:
    dan = signed_in(cast.dan, second_factor=True)

    def asked() -> int:
        dan.get("/people/")
        with CaptureQueriesContext(connection) as queries:
            dan.get("/people/")
        return len(queries)

    before = asked()
    for number in range(60):
        person(f"Guest{number}", role=Role.MEMBER, area=cast.alderbrook)
    assert asked() == before
    assert "Page 2" in text(cast.dan, "/people/", second_factor=True)


def test_an_area_lists_who_works_there_and_a_lead_may_end_what_they_may_give(cast: Cast) -> None:
    page = text(cast.ada, ALDERBROOK)
    assert all(name in page for name in ("Ada", "Ben", "Mia", "Col"))
    assert "Cam" not in page
    assert "End Ben’s role" in page
    assert "End Col’s role" not in page
    assert "End Col’s role" in text(cast.dan, ALDERBROOK)
    assert "Change" not in text(cast.ben, ALDERBROOK)


def test_a_lead_offers_the_roles_of_their_area_and_an_administrator_all_of_them(cast: Cast) -> None:
    assert 'value="lead"' not in text(cast.ada, f"{ALDERBROOK}invite/")
    assert 'value="lead"' in text(cast.dan, f"{ALDERBROOK}invite/", second_factor=True)


def test_an_administrator_who_leads_the_area_too_invites_as_its_lead(cast: Cast) -> None:
    """The second factor is for what only administrators may do."""
    RoleHeld.objects.create(person=cast.dan, role=Role.LEAD, area=cast.alderbrook, starts=SINCE)
    dan = signed_in(cast.dan)
    words = {"email": "nia@thornmere.example", "role": "member"}
    assert dan.post(f"{ALDERBROOK}invite/", words).headers["Location"] == ALDERBROOK
    elsewhere = dan.post(f"{ALDERBROOK.replace('T001', 'T002')}invite/", words)
    assert elsewhere.headers["Location"].startswith("/account/2fa/")
    assert Invitation.objects.get().area == cast.alderbrook


def test_an_administrator_proves_the_second_factor_to_appoint_a_lead(cast: Cast) -> None:
    words = {"email": "nia@thornmere.example", "role": "lead"}
    response = signed_in(cast.dan).post(f"{ALDERBROOK}invite/", words)
    assert response.headers["Location"].startswith("/account/2fa/")
    assert not Invitation.objects.exists()
    signed_in(cast.dan, second_factor=True).post(f"{ALDERBROOK}invite/", words)
    assert Invitation.objects.get().role == Role.LEAD


def test_a_refusal_stands_on_the_form(cast: Cast) -> None:
    words = {"email": cast.mia.email, "role": "member"}
    response = signed_in(cast.ada).post(f"{ALDERBROOK}invite/", words)
    assert "This person holds the role already." in response.content.decode()
    dan = signed_in(cast.dan, second_factor=True)
    held = cast.dan.roles.get()
    page = dan.post(f"/people/roles/{held.pk}/end/", day("on"))
    assert "This is the only administrator." in page.content.decode()
    page = dan.post(f"/people/{cast.dan.reference}/close/")
    assert "You cannot close your own account." in page.content.decode()
    role = {"role": "administrator"} | day("starts")
    page = dan.post(f"/people/{cast.dan.reference}/give-role/", role)
    assert "holds the role at that time already" in page.content.decode()


def test_a_withdrawn_invitation_withdrawn_again_says_so(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    ada = signed_in(cast.ada)
    ada.post(f"{ALDERBROOK}invite/", {"email": "nia@thornmere.example", "role": "member"})
    number = Invitation.objects.get().pk
    ada.post(f"/people/invitations/{number}/withdraw/")
    page = ada.post(f"/people/invitations/{number}/withdraw/", follow=True).content.decode()
    assert "This invitation was withdrawn already." in page


@pytest.mark.parametrize(
    "address", ["roles/999/end/", "invitations/999/withdraw/", "0123456789abcdef/", "accept/x/"]
)
def test_what_is_not_there_is_not_found(cast: Cast, address: str) -> None:
    assert signed_in(cast.dan, second_factor=True).get(f"/people/{address}").status_code == 404


def test_a_person_sees_their_roles_and_changes_their_name(cast: Cast) -> None:
    mia = signed_in(cast.mia)
    assert "Member, Alderbrook" in mia.get("/people/me/").content.decode()
    assert "History of changes" not in mia.get("/people/me/").content.decode()
    assert "Mia Marsh" in mia.post("/people/me/name/", {"name": "Mia Marsh"}, follow=True).content.decode()
    assert "Enter your full name" in mia.post("/people/me/name/", {"name": " "}).content.decode()
    assert "History of changes" in text(cast.ada, "/people/me/")
    assert verify() is None

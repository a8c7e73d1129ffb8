"""The page that a letter leads to."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from ithrive.web.accounts.models import Invitation
from ithrive.web.rights import Role
from tests.cast import Cast, signed_in

ADDRESS = "/people/accept/the-token/"


@pytest.fixture
def cams(cast: Cast) -> Invitation:
    """Cam, who has an account, is invited to Alderbrook."""
    return Invitation.objects.create(
        email=cast.cam.email,
        role=Role.MEMBER,
        area=cast.alderbrook,
        invited_by=cast.ada,
        sent_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
        token_digest=sha256(b"the-token").hexdigest(),
    )


def test_a_closed_invitation_says_why(cams: Invitation) -> None:
    Invitation.objects.update(withdrawn_at=timezone.now())
    page = Client().get(ADDRESS)
    assert page.status_code == 410
    assert "was withdrawn" in page.content.decode()


def test_someone_with_an_account_signs_in_first(cams: Invitation) -> None:
    assert Client().get(ADDRESS).headers["Location"].startswith("/account/login/?next=")


def test_it_is_nobody_elses(cast: Cast, cams: Invitation) -> None:
    page = signed_in(cast.mia).post(ADDRESS)
    assert page.status_code == 403
    assert "You are signed in as mia@thornmere.example" in page.content.decode()
    assert cast.mia.roles.count() == 1


def test_someone_with_an_account_takes_the_role_by_a_button(cast: Cast, cams: Invitation) -> None:
    cam = signed_in(cast.cam)
    assert "“Member” in Alderbrook" in cam.get(ADDRESS).content.decode()
    page = cam.post(ADDRESS, follow=True).content.decode()
    assert "You now hold the role “Member” in Alderbrook." in page.replace("&quot;", '"')


def test_a_role_that_was_taken_meanwhile_is_refused_on_a_page(cast: Cast, cams: Invitation) -> None:
    cast.cam.roles.create(role=Role.MEMBER, area=cast.alderbrook, starts=timezone.localdate())
    assert signed_in(cast.cam).post(ADDRESS).status_code == 403
    assert Invitation.objects.get().accepted_at is None

"""Pages on an area's roles: who may open them, what they show, and what a form does."""

from datetime import date

import pytest
from django.test import Client

from ithrive.areas.membership import MemberRole
from ithrive.web.areas.actions import set_membership
from ithrive.web.areas.models import Membership
from tests.cast import Cast, signed_in

BASE = "/areas/thornmere/local-area/T001"
PAGE = f"{BASE}/membership/"
FIRST, SECOND = date(2024, 3, 1), date(2025, 3, 1)
START = {"starts_0": "1", "starts_1": "3", "starts_2": "2025"}


@pytest.fixture
def member(cast: Cast) -> Membership:
    return set_membership(
        area=cast.alderbrook, role=MemberRole.MEMBER, starts=FIRST, note="Letter", by=cast.pat
    )


@pytest.fixture
def site(cast: Cast) -> Membership:
    return set_membership(area=cast.alderbrook, role=MemberRole.COMPARISON, starts=FIRST, by=cast.eve)


def pages(row: Membership) -> list[str]:
    return [PAGE, f"{PAGE}record/", *(f"{PAGE}{row.pk}/{part}" for part in ("", "end/", "in-error/"))]


@pytest.mark.parametrize(
    ("who", "status"),
    [("cam", 404), ("mia", 403), ("ada", 403), ("col", 403), ("dan", 403), ("eve", 200), ("pat", 200)],
)
def test_only_the_programme_and_evaluators_open_them(cast: Cast, who: str, status: int) -> None:
    for address in (PAGE, f"{PAGE}record/"):
        assert signed_in(getattr(cast, who)).get(address).status_code == status


def test_nobody_is_sent_to_sign_in(cast: Cast, member: Membership) -> None:
    for address in pages(member):
        assert Client().get(address)["Location"].startswith("/account/login/")


def test_the_programme_opens_every_page_of_a_role(cast: Cast, member: Membership) -> None:
    for address in pages(member):
        assert signed_in(cast.pat).get(address).status_code == 200


def test_evaluators_may_not_change_a_public_role(cast: Cast, member: Membership) -> None:
    assert signed_in(cast.eve).get(f"{PAGE}{member.pk}/").status_code == 404
    assert b"Member" in signed_in(cast.eve).get(PAGE).content


def test_recording_a_role(cast: Cast, member: Membership) -> None:
    answer = signed_in(cast.pat).post(f"{PAGE}record/", {"role": "accelerator", **START}, follow=True)
    assert "The role of Alderbrook is recorded." in answer.content.decode()
    assert Membership.objects.get(role="accelerator").starts == SECOND
    member.refresh_from_db()
    assert member.ends == SECOND


def test_what_the_rules_refuse_is_said_on_the_form(cast: Cast, member: Membership) -> None:
    answer = signed_in(cast.pat).post(f"{PAGE}record/", {"role": "member", **START})
    assert answer.status_code == 200
    assert "It has that role already: member from 1 March 2024." in answer.content.decode()


def test_a_form_without_a_role_says_so(cast: Cast) -> None:
    answer = signed_in(cast.pat).post(f"{PAGE}record/", {"note": "nothing chosen"})
    assert (answer.status_code, b"Choose the role" in answer.content) == (200, True)


def test_correcting_starts_from_what_is_recorded(cast: Cast, member: Membership) -> None:
    client = signed_in(cast.pat)
    assert b"Letter" in client.get(f"{PAGE}{member.pk}/").content
    client.post(f"{PAGE}{member.pk}/", {"role": "member", **START, "note": "Minutes"})
    member.refresh_from_db()
    assert (member.starts, member.note) == (SECOND, "Minutes")


def test_ending_and_taking_back(cast: Cast, member: Membership) -> None:
    client = signed_in(cast.pat)
    client.post(f"{PAGE}{member.pk}/end/", {"ends_0": "1", "ends_1": "3", "ends_2": "2025"})
    member.refresh_from_db()
    assert member.ends == SECOND
    assert client.post(f"{PAGE}{member.pk}/in-error/", {}).status_code == 200
    client.post(f"{PAGE}{member.pk}/in-error/", {"reason": "It was Brackenford"})
    assert not Membership.objects.exists()


class TestComparison:
    def test_the_programme_neither_sees_it_nor_can_touch_it(self, cast: Cast, site: Membership) -> None:
        client = signed_in(cast.pat)
        assert b"omparison" not in client.get(PAGE).content
        assert b"omparison" not in client.get(f"{PAGE}record/").content
        for part in ("", "end/", "in-error/"):
            assert client.get(f"{PAGE}{site.pk}/{part}").status_code == 404

    def test_the_programme_cannot_say_it(self, cast: Cast) -> None:
        answer = signed_in(cast.pat).post(f"{PAGE}record/", {"role": "comparison", **START})
        assert (answer.status_code, Membership.objects.count()) == (200, 0)

    def test_the_programme_gets_the_same_answers_whether_or_not_it_is_one(
        self, cast: Cast, site: Membership
    ) -> None:
        asked = {"role": "member", **START}
        client = signed_in(cast.pat)
        hidden = client.post(f"{PAGE}record/", asked)
        plain = client.post("/areas/thornmere/local-area/T002/membership/record/", asked)
        assert (hidden.status_code, plain.status_code) == (302, 302)
        site.refresh_from_db()
        assert site.ends is None

    def test_evaluators_record_it(self, cast: Cast) -> None:
        signed_in(cast.eve).post(f"{PAGE}record/", {"role": "comparison", **START})
        assert Membership.objects.get().role == "comparison"

    def test_evaluators_are_warned_when_it_joins(self, cast: Cast, site: Membership) -> None:
        set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=SECOND, by=cast.pat)
        page = signed_in(cast.eve).get(PAGE).content.decode()
        assert "takes part in the programme since 1 March 2025 while it is a comparison site" in page


class TestHistory:
    ADDRESS = f"{BASE}/history/"

    @pytest.mark.parametrize(
        ("who", "status"),
        [("cam", 404), ("mia", 403), ("ada", 200), ("col", 200), ("pat", 200), ("eve", 200), ("dan", 200)],
    )
    def test_who_reads_it(self, cast: Cast, who: str, status: int) -> None:
        assert signed_in(getattr(cast, who)).get(self.ADDRESS).status_code == status

    def test_comparison_is_read_by_evaluators_alone(self, cast: Cast, site: Membership) -> None:
        for who in (cast.ada, cast.col, cast.pat, cast.dan):
            assert b"omparison" not in signed_in(who).get(self.ADDRESS).content
        assert b"comparison from 1 March 2024" in signed_in(cast.eve).get(self.ADDRESS).content

    def test_it_names_who_changed_what(self, cast: Cast, member: Membership) -> None:
        page = signed_in(cast.ada).get(self.ADDRESS).content.decode()
        assert "Alderbrook: member from 1 March 2024." in page
        assert "Pat" in page


class TestExport:
    ADDRESS = "/areas/thornmere/memberships/export.csv"

    def test_anyone_has_the_public_roles(self, cast: Cast, site: Membership, member: Membership) -> None:
        for client in (Client(), signed_in(cast.pat)):
            text = client.get(self.ADDRESS).content.decode()
            assert text == (
                "code,role,starts,ends,kind,note\r\nT001,member,2024-03-01,,local-area,Letter\r\n"
            )

    def test_evaluators_have_comparison_too(self, cast: Cast, site: Membership) -> None:
        assert "comparison" in signed_in(cast.eve).get(self.ADDRESS).content.decode()

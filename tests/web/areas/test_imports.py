"""Sending lists: checked, shown, and taken exactly as shown or not at all."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from ithrive.areas.membership import MemberRole
from ithrive.web.areas.actions import set_membership
from ithrive.web.areas.models import LocalArea, Membership, Support
from ithrive.web.areas.uploads import plain_name
from ithrive.web.history.models import Change
from tests.cast import Cast, signed_in

MEMBERS = "/areas/thornmere/memberships/import/"
SUPPORT = "/areas/thornmere/support/import/"
LIST = "code,role,starts,note\nT001,accelerator,2024-03-01,Letter\nT002,,2025-03-01,\n"
LOG = "date,code,kind,days,given_by,purpose\n2024-03-31,T001,coaching,0.5,Col,First round\n"


def sending(client: Client, address: str, text: str | bytes, name: str = "list.csv") -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    return client.post(address, {"file": SimpleUploadedFile(name, content)})  # type: ignore[return-value] # the test client's own


def shown(client: Client, preview: str) -> str:
    return client.get(preview).context["page"].digest  # type: ignore[no-any-return] # a context holds anything


def recorded() -> list[tuple[str, str, date | None, date | None]]:
    rows = Membership.objects.order_by("area__code", "starts")
    return list(rows.values_list("area__code", "role", "starts", "ends"))


def problems(answer: HttpResponse) -> list[str]:
    return [str(problem) for problem in answer.context["page"].problems]  # type: ignore[attr-defined] # the test client notes it


def test_a_role_that_is_none_offers_only_roles_that_the_sender_may_set(cast: Cast) -> None:
    for who, offered in (("pat", "accelerator, member, paused, left"), ("eve", "comparison")):
        answer = sending(signed_in(getattr(cast, who)), MEMBERS, "code,role\nT001,boss\n")
        assert any(f"Use one of {offered}." in said for said in problems(answer))


@pytest.mark.parametrize(
    ("who", "members", "support"),
    [
        ("cam", 403, 403),
        ("ada", 403, 403),
        ("mia", 403, 403),
        ("dan", 403, 403),
        ("col", 403, 200),
        ("eve", 200, 403),
        ("pat", 200, 200),
    ],
)
def test_who_may_send_which_list(cast: Cast, who: str, members: int, support: int) -> None:
    client = signed_in(getattr(cast, who))
    for address, status in ((MEMBERS, members), (SUPPORT, support)):
        assert client.get(address).status_code == status
        assert client.get(f"{address}template.csv").status_code == status


@pytest.mark.parametrize(
    ("who", "lists"),
    [("cam", []), ("col", [SUPPORT]), ("eve", [MEMBERS]), ("pat", [MEMBERS, SUPPORT])],
)
def test_the_list_of_areas_offers_what_one_may_send(cast: Cast, who: str, lists: list[str]) -> None:
    page = signed_in(getattr(cast, who)).get("/areas/thornmere/").content.decode()
    assert [address for address in (MEMBERS, SUPPORT) if address in page] == lists


@pytest.mark.parametrize("address", [MEMBERS, SUPPORT, f"{MEMBERS}template.csv", f"{MEMBERS}token/"])
def test_nobody_is_sent_to_sign_in(cast: Cast, address: str) -> None:
    assert Client().get(address)["Location"].startswith("/account/login/")


def test_nothing_is_recorded_before_it_is_confirmed(cast: Cast) -> None:
    client = signed_in(cast.pat)
    preview = sending(client, MEMBERS, LIST)["Location"]
    page = client.get(preview).content.decode()
    assert "2 changes." in page
    assert "accelerator from 1 March 2024" in page
    assert recorded() == []


def test_a_confirmed_list_is_recorded_with_a_line_for_each_change(cast: Cast) -> None:
    client = signed_in(cast.pat)
    preview = sending(client, MEMBERS, LIST)["Location"]
    page = client.post(preview, {"shown": shown(client, preview)}, follow=True).content.decode()
    assert "The list is taken: 2 changes." in page
    assert recorded() == [
        ("T001", "accelerator", date(2024, 3, 1), None),
        ("T002", "member", date(2025, 3, 1), None),
    ]
    assert (
        Change.objects.filter(by=cast.pat.reference, summary__endswith="From the list list.csv.").count() == 2
    )


def test_the_same_list_again_changes_nothing_and_says_so(cast: Cast) -> None:
    client = signed_in(cast.pat)
    for _ in range(2):
        preview = sending(client, MEMBERS, LIST)["Location"]
        page = client.get(preview).content.decode()
        client.post(preview, {"shown": shown(client, preview)})
    assert "Nothing would change: all of it is recorded already." in page
    assert "Record these changes" not in page
    assert Change.objects.count() == 2


def test_the_download_can_be_sent_back_and_changes_nothing(cast: Cast) -> None:
    client = signed_in(cast.pat)
    preview = sending(client, MEMBERS, LIST)["Location"]
    client.post(preview, {"shown": shown(client, preview)})
    text = client.get("/areas/thornmere/memberships/export.csv").content
    assert b"all of it is recorded already" in client.get(sending(client, MEMBERS, text)["Location"]).content


def test_every_mistake_is_named_and_nothing_is_taken(cast: Cast) -> None:
    text = "code,role,starts\nT001,boss,2024-03-01\nT999,member,\nT002,member,31 February\n"
    answer = sending(signed_in(cast.pat), MEMBERS, text)
    assert answer.status_code == 200
    assert [said.split(":")[0] for said in problems(answer)] == [
        "list.csv, row 2, column role",
        "list.csv, row 3, column code",
        "list.csv, row 4, column starts",
    ]
    assert recorded() == []


def test_a_role_that_cannot_stand_beside_what_is_recorded_is_named_by_its_row(cast: Cast) -> None:
    set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=date(2024, 1, 1), by=cast.pat)
    set_membership(area=cast.alderbrook, role=MemberRole.LEFT, starts=date(2025, 1, 1), by=cast.pat)
    text = "code,role,starts\nT002,member,2024-01-01\nT001,paused,2024-06-01\n"
    (said,) = problems(sending(signed_in(cast.pat), MEMBERS, text))
    assert said.startswith("list.csv, row 3: It would overlap with another role: member from 1 January 2024")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"code,role\nT001,\x00\n",
        b"\xff\xfe\xfa",
        b"code,role\nT001\n",
        b"PK\x03\x04junk",
        b"role\nmember\n",
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(cast: Cast, content: bytes) -> None:
    answer = sending(signed_in(cast.pat), MEMBERS, content)
    assert answer.status_code == 200
    assert problems(answer)[0].startswith("list.csv")


def test_a_file_too_large_is_refused(cast: Cast) -> None:
    answer = sending(signed_in(cast.pat), MEMBERS, b"code\n" + b"T001\n" * 500_000)
    assert (answer.status_code, b"smaller than 2 MB" in answer.content) == (200, True)


def test_no_file_is_said_so(cast: Cast) -> None:
    answer = signed_in(cast.pat).post(MEMBERS, {})
    assert (answer.status_code, b"Choose a CSV file" in answer.content) == (200, True)


def test_a_spreadsheet_file_with_marks_and_semicolons_is_read(cast: Cast) -> None:
    text = "\ufeffcode;role;starts\r\nT001;member;01/03/2024\r\n"
    assert sending(signed_in(cast.pat), MEMBERS, text).status_code == 302


class TestConfirming:
    def test_what_changed_meanwhile_is_shown_and_not_overwritten(self, cast: Cast) -> None:
        client = signed_in(cast.pat)
        preview = sending(client, MEMBERS, LIST)["Location"]
        seen = shown(client, preview)
        set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=date(2024, 1, 1), by=cast.pat)
        answer = client.post(preview, {"shown": seen})
        assert (answer.status_code, b"Something changed since you looked" in answer.content) == (409, True)
        assert recorded() == [("T001", "member", date(2024, 1, 1), None)]
        assert b"member from 1 January 2024 to 1 March 2024" in answer.content

    def test_what_has_become_impossible_is_refused(self, cast: Cast) -> None:
        client = signed_in(cast.pat)
        preview = sending(client, MEMBERS, LIST)["Location"]
        seen = shown(client, preview)
        set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=date(2025, 1, 1), by=cast.pat)
        answer = client.post(preview, {"shown": seen})
        assert answer.status_code == 409
        assert Membership.objects.count() == 1

    def test_a_list_is_confirmed_once(self, cast: Cast) -> None:
        client = signed_in(cast.pat)
        preview = sending(client, MEMBERS, LIST)["Location"]
        seen = shown(client, preview)
        client.post(preview, {"shown": seen})
        assert client.post(preview, {"shown": seen})["Location"] == MEMBERS
        assert Change.objects.count() == 2

    def test_an_old_list_asks_to_be_sent_again(self, cast: Cast) -> None:
        client = signed_in(cast.pat)
        preview = sending(client, MEMBERS, LIST)["Location"]
        cache.clear()
        assert b"no longer kept. Send it again." in client.get(preview, follow=True).content

    def test_nobody_else_can_see_or_confirm_it(self, cast: Cast) -> None:
        preview = sending(signed_in(cast.pat), MEMBERS, LIST)["Location"]
        assert signed_in(cast.eve).get(preview)["Location"] == MEMBERS
        assert signed_in(cast.cam).get(preview).status_code == 403


class TestComparison:
    TEXT = "code,role,starts\nT001,comparison,2024-03-01\n"

    @pytest.mark.parametrize("already", [True, False])
    def test_the_programme_is_refused_in_the_same_words_whether_or_not_it_is_one(
        self, cast: Cast, already: bool
    ) -> None:
        if already:
            set_membership(
                area=cast.alderbrook, role=MemberRole.COMPARISON, starts=date(2024, 3, 1), by=cast.eve
            )
        assert problems(sending(signed_in(cast.pat), MEMBERS, self.TEXT)) == [
            "list.csv, row 2, column role: You may not record the role “comparison”. Leave the line out."
        ]

    def test_the_programme_s_list_is_taken_past_it(self, cast: Cast) -> None:
        set_membership(area=cast.alderbrook, role=MemberRole.COMPARISON, starts=date(2024, 1, 1), by=cast.eve)
        client = signed_in(cast.pat)
        preview = sending(client, MEMBERS, LIST)["Location"]
        assert b"omparison" not in client.get(preview).content
        client.post(preview, {"shown": shown(client, preview)})
        assert Membership.objects.get(role="comparison").ends is None
        assert Membership.objects.count() == 3

    def test_evaluators_send_theirs_and_no_other(self, cast: Cast) -> None:
        client = signed_in(cast.eve)
        preview = sending(client, MEMBERS, self.TEXT)["Location"]
        client.post(preview, {"shown": shown(client, preview)})
        assert recorded() == [("T001", "comparison", date(2024, 3, 1), None)]
        assert sending(client, MEMBERS, LIST).status_code == 200


class TestSupport:
    def test_a_coach_sends_the_log_of_their_area(self, cast: Cast) -> None:
        client = signed_in(cast.col)
        preview = sending(client, SUPPORT, LOG)["Location"]
        assert b"coaching on 31 March 2024, 0.5 days by Col: First round" in client.get(preview).content
        client.post(preview, {"shown": shown(client, preview)})
        assert Support.objects.get().area == cast.alderbrook
        assert b"Nothing would change" in client.get(sending(client, SUPPORT, LOG)["Location"]).content

    def test_a_coach_may_not_log_for_another_area(self, cast: Cast) -> None:
        answer = sending(signed_in(cast.col), SUPPORT, LOG.replace("T001", "T002"))
        assert problems(answer) == [
            (
                "list.csv, row 2, column code: You may not record support given to this area. "
                "Leave the line out, or ask its coach."
            )
        ]

    def test_lines_that_cannot_be_are_named(self, cast: Cast) -> None:
        line = LOG.splitlines()[1]
        text = LOG + line + "\n" + line.replace("2024", "2999") + "\n" + line.replace("T001", "T999") + "\n"
        assert [said.split(". ")[0] for said in problems(sending(signed_in(cast.pat), SUPPORT, text))] == [
            "list.csv, row 3: The same support stands in row 2",
            "list.csv, row 4: Support is recorded once it was given",
            "list.csv, row 5, column code: No area has the code “T999”",
        ]

    def test_a_code_of_two_kinds_asks_which(self, cast: Cast) -> None:
        LocalArea.objects.create(
            country=cast.country, kind="region", code="T001", name="North", starts=date(2024, 1, 1)
        )
        (said,) = problems(sending(signed_in(cast.pat), SUPPORT, LOG))
        assert "“T001” is a local-area and region." in said


def test_a_member_s_code_of_two_kinds_asks_which(cast: Cast) -> None:
    LocalArea.objects.create(
        country=cast.country, kind="region", code="T001", name="North", starts=date(2024, 1, 1)
    )
    (said,) = problems(sending(signed_in(cast.pat), MEMBERS, "code\nT001\n"))
    assert (
        said
        == "list.csv, row 2, column code: “T001” is a local-area and region. Say which in a column “kind”."
    )
    text = "code,kind,starts\nT001,local-area,2024-03-01\n"
    assert sending(signed_in(cast.pat), MEMBERS, text).status_code == 302


def test_templates_can_be_filled_in(cast: Cast) -> None:
    client = signed_in(cast.pat)
    for address in (MEMBERS, SUPPORT):
        text = client.get(f"{address}template.csv").content.decode()
        filled = text.replace(",,", ",T001,", 1) if address == SUPPORT else text.replace("\r\n,", "\r\nT001,")
        assert sending(client, address, filled).status_code == 302, filled


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("..\\..\\list.csv", "list.csv"),
        ("/etc/list.csv", "list.csv"),
        ("a\nb.csv", "ab.csv"),
        ("", "list.csv"),
    ],
)
def test_a_file_s_name_is_made_plain(sent: str, name: str) -> None:
    assert plain_name(sent) == name

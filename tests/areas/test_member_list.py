from datetime import date
from pathlib import Path

import pytest

from ithrive.areas.coverage import member_place
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.member_list import read_memberships
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.places import Country, Geography, Place
from ithrive.problems import BadInput, Problem

TODAY = date(2026, 11, 1)
GAZETTEER = Gazetteer(
    country=Country("exmoria", "Exmoria", fictional=True),
    geographies=(
        Geography("S23", "sub-icb", "Locations, 2023", date(2023, 4, 1)),
        Geography("C15", "ccg", "Groups, 2015", date(2015, 4, 1), date(2021, 4, 1)),
        Geography("C21", "ccg", "Groups, 2021", date(2021, 4, 1), date(2023, 4, 1)),
    ),
    places=(
        Place("C15", "E38000001", "Alderbrook", "01A"),
        Place("C15", "E38000002", "Brackenford"),
        Place("C21", "E38000001", "Alderbrook", "01A"),
        Place("C21", "E38000003", "Corrie"),
        Place("S23", "E38000001", "Alderbrook location", "01A"),
        Place("S23", "E38000004", "Dunlow location", "04D"),
    ),
)


def read(text: str) -> tuple[Membership, ...]:
    return read_memberships(text.encode(), name="members.csv", gazetteer=GAZETTEER, today=TODAY)


def problems(text: str) -> list[Problem]:
    with pytest.raises(BadInput) as refusal:
        read(text)
    return list(refusal.value.problems)


def test_every_column_is_read() -> None:
    assert read(
        "code,role,starts,ends,kind,note\n"
        "E38000001,Accelerator,2015-05-01,01/04/2018,ccg,their own page\n"
        "E38000002,comparison,2016-01-01,,,\n"
    ) == (
        Membership(
            "E38000001",
            MemberRole.ACCELERATOR,
            "ccg",
            date(2015, 5, 1),
            date(2018, 4, 1),
            "their own page",
        ),
        Membership("E38000002", MemberRole.COMPARISON, "", date(2016, 1, 1)),
    )


def test_codes_alone_are_members_since_before_anyone_asks() -> None:
    assert read("code\nE38000001\nE38000003\n") == (
        Membership("E38000001", MemberRole.MEMBER),
        Membership("E38000003", MemberRole.MEMBER),
    )
    assert read("code\n") == ()


def test_a_list_is_read_from_a_file_as_spreadsheets_save_it(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes("\ufeffcode;role\r\nE38000001;member\r\n".encode())
    found = read_memberships(path, name=path.name, gazetteer=GAZETTEER, today=TODAY)
    assert found == (Membership("E38000001", MemberRole.MEMBER),)


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("E38000009,member,,,", "code", "no area of Exmoria has the code “E38000009”."),
        (",member,,,", "code", "no area of Exmoria has the code “”."),
        ("E38000001,boss,,,", "role", "“boss” is not a role."),
        ("E38000001,member,May 2015,,", "starts", "“May 2015” is not a day."),
        ("E38000001,member,2015-02-30,,", "starts", "“2015-02-30” is not a day."),
        ("E38000001,member,2027-12-01,,", "starts", "1 December 2027 is more than 12 months ahead."),
        ("E38000001,member,,2126-01-01,", "ends", "1 January 2126 is more than 12 months ahead."),
        ("E38000001,member,2016-01-01,2016-01-01,", "ends", "the end is not after the start."),
        ("E38000001,member,,,county", "code", "“county” is not a kind of area."),
        ("E38000004,member,,,ccg", "code", "no area of Exmoria has the code “E38000004” for a ccg."),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(row: str, column: str, what: str) -> None:
    (found,) = problems(f"code,role,starts,ends,kind\nE38000002,member,,,\n{row}\n")
    assert (found.place, found.what) == (f"members.csv, row 3, column {column}", what)
    assert found.mend


def test_everything_wrong_is_said_at_once() -> None:
    found = problems("code,role,starts,colour\nX,boss,soon,red\nE38000002,boss,,\n")
    assert [problem.place for problem in found] == [
        "members.csv, column colour",
        "members.csv, row 2, column role",
        "members.csv, row 2, column starts",
        "members.csv, row 2, column code",
        "members.csv, row 3, column role",
    ]


def test_a_file_that_is_wrong_throughout_is_not_read_to_its_end() -> None:
    found = problems("code\n" + "nowhere\n" * 10_000)
    assert len(found) == 21
    assert found[-1] == Problem(
        "members.csv", "it was read up to row 21 only.", "Mend these first and try again."
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("E38000001,member,,", "E38000001,member,,"),
        ("E38000001,member,2016-01-01,", "E38000001,left,2015-05-01,2016-01-02"),
    ],
)
def test_two_roles_of_an_area_on_one_day_are_refused(first: str, second: str) -> None:
    (found,) = problems(f"code,role,starts,ends\n{first}\n{second}\n")
    assert found.place == "members.csv, row 3, column code"
    assert found.what.startswith("it overlaps with row 2 (member")


def test_roles_one_after_the_other_and_comparison_beside_them_are_no_overlap() -> None:
    found = read(
        "code,role,starts,ends,kind\n"
        "E38000001,member,2016-01-01,2017-01-01,ccg\n"
        "E38000001,left,2017-01-01,,ccg\n"
        "E38000001,comparison,2015-05-01,,ccg\n"
        "E38000001,member,2023-05-01,,sub-icb\n"
    )
    assert len(found) == 4


def geography_of(code: str, kind: str = "", starts: date | None = None) -> str:
    return member_place(GAZETTEER, Membership(code, MemberRole.MEMBER, kind, starts)).geography.key


def test_a_code_means_the_area_as_it_stood_when_the_membership_started() -> None:
    assert geography_of("E38000001", starts=date(2018, 1, 1)) == "C15"
    assert geography_of("E38000001", starts=date(2022, 1, 1)) == "C21"
    assert geography_of("E38000001", starts=date(2024, 1, 1)) == "S23"


def test_without_a_start_a_code_means_the_earliest_area_that_had_it() -> None:
    assert geography_of("E38000001") == "C15"
    assert geography_of("E38000003") == "C21"


def test_a_start_outside_the_life_of_an_area_means_the_earliest_too() -> None:
    assert geography_of("E38000001", starts=date(2010, 1, 1)) == "C15"
    assert geography_of("E38000002", starts=date(2024, 1, 1)) == "C15"


def test_a_kind_says_which_of_two_areas_that_share_a_code_is_meant() -> None:
    assert geography_of("E38000001", kind="sub-icb") == "S23"
    assert geography_of("E38000001", kind="ccg", starts=date(2024, 1, 1)) == "C15"


@pytest.mark.parametrize(
    ("code", "kind", "mend"),
    [
        ("04D", "", "04D is the ODS code of Dunlow location: write E38000004."),
        ("01A", "ccg", "01A is the ODS code of Alderbrook: write E38000001."),
        ("E3800003", "", "Did you mean E38000003 (Corrie)"),
        ("zzz", "", "Check the code, or load the geography that has it."),
        ("04D", "ccg", "Check the code, or load the geography that has it."),
        ("E38000001", "county", "Use one of sub-icb, ccg, or leave it empty."),
    ],
)
def test_an_unknown_code_is_refused_with_what_was_probably_meant(code: str, kind: str, mend: str) -> None:
    with pytest.raises(BadInput) as refusal:
        geography_of(code, kind)
    (problem,) = refusal.value.problems
    assert problem.place == f"Member {code}"
    assert problem.mend.startswith(mend)

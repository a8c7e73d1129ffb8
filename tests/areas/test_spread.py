"""What each drawn area shows: roles through mergers, days shared out, bands of a figure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas import spread
from ithrive.areas.gazetteer import Attribute, AttributeValue, Gazetteer, Link
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.places import Country, Geography, Place

MERGED = date(2020, 4, 1)
TODAY = date(2021, 6, 1)
HEIGHT = Attribute("height", "Height", "metres", "2019", "higher up")


def country(*values: AttributeValue) -> Gazetteer:
    """A and B merged into M; C stayed; D stands in a geography that nothing joins to the others."""
    return Gazetteer(
        country=Country("tiny", "Tiny", fictional=True),
        geographies=(
            Geography("T15", "area", "Areas, 2015", date(2015, 4, 1), MERGED),
            Geography("T20", "area", "Areas, 2020", MERGED),
            Geography("X", "island", "Islands", date(2015, 4, 1)),
        ),
        places=(
            *(Place("T15", code, f"Area {code}") for code in "ABC"),
            *(Place("T20", code, f"Area {code}") for code in "MC"),
            Place("X", "D", "Area D"),
        ),
        links=(
            Link("T15", "A", "T20", "M", 1.0, 0.75, "children"),
            Link("T15", "B", "T20", "M", 1.0, 0.25, "children"),
            Link("T15", "C", "T20", "C", 1.0, 1.0, "children"),
        ),
        attributes=(HEIGHT,),
        values=values,
    )


def roles(*memberships: Membership, geography: str = "T20", on: date = TODAY) -> dict[str, str]:
    layer = spread.role_layer(country(), memberships, geography=geography, on=on)
    return {code: shown.words for code, shown in layer.shown.items()}


def member(code: str, role: MemberRole = MemberRole.MEMBER, starts: date | None = None) -> Membership:
    return Membership(code, role, "area", starts)


def test_a_role_held_by_a_part_that_was_merged_is_shown_in_part() -> None:
    assert roles(member("A")) == {"M": "Member in part (75%)", "C": "Not a member"}


def test_a_role_held_by_every_part_is_shown_in_full() -> None:
    assert roles(member("A"), member("B")) == {"M": "Member", "C": "Not a member"}


def test_a_role_of_today_is_shown_on_the_boundaries_of_then() -> None:
    assert roles(member("M"), geography="T15") == {"A": "Member", "B": "Member", "C": "Not a member"}


def test_an_area_and_the_part_it_swallowed_are_never_more_than_all() -> None:
    shares = spread.role_shares(country(), [member("A"), member("M")], geography="T20", on=TODAY)
    assert shares == {"M": {MemberRole.MEMBER: 1.0}}


def test_the_role_of_most_children_is_the_one_shown() -> None:
    words = roles(member("A"), member("B", MemberRole.ACCELERATOR))
    assert words["M"] == "Member in part (75%)"


def test_a_share_counts_only_roles_of_the_day() -> None:
    future = member("C", starts=TODAY + timedelta(days=1))
    assert spread.role_shares(country(), [future], geography="T20", on=TODAY) == {}


def test_only_roles_of_the_day_are_shown() -> None:
    ended = Membership("C", MemberRole.MEMBER, "area", None, TODAY)
    future = member("C", starts=TODAY + timedelta(days=1))
    assert roles(ended, future)["C"] == "Not a member"


def test_a_comparison_site_is_marked_confidential_and_beside_a_public_role_it_is_added() -> None:
    alone = roles(member("C", MemberRole.COMPARISON))
    beside = roles(member("C", MemberRole.COMPARISON), member("C"))
    assert alone["C"] == "Comparison site (confidential)"
    assert beside["C"] == "Member; comparison site (confidential)"
    in_part = roles(member("A", MemberRole.COMPARISON), member("B"))
    assert in_part["M"] == "Member in part (25%); comparison site (confidential)"


@pytest.mark.parametrize(("role", "confidential"), [(MemberRole.COMPARISON, True), (MemberRole.LEFT, False)])
def test_a_layer_knows_whether_it_is_confidential(role: MemberRole, confidential: bool) -> None:
    layer = spread.role_layer(country(), [member("C", role)], geography="T20", on=TODAY)
    assert layer.confidential is confidential


def test_members_that_no_lineage_joins_are_named_and_not_lost_in_silence() -> None:
    islander = Membership("D", MemberRole.MEMBER, "island")
    stranger = Membership("Z", MemberRole.MEMBER, "area")
    layer = spread.role_layer(country(), [islander, stranger], geography="T20", on=TODAY)
    assert layer.notes == ("No lineage joins D, Z to these areas, so their roles are not shown.",)


def test_the_legend_names_only_what_is_on_the_map_and_every_area_stands_under_one_line() -> None:
    layer = spread.role_layer(country(), [member("A")], geography="T20", on=TODAY)
    assert [entry.words for entry in layer.legend] == ["Member in part of the area", "Not a member"]
    assert sorted(code for entry in layer.legend for code in layer.codes_in(entry)) == ["C", "M"]


def days(**given: float) -> spread.Layer:
    keys = {("area", code): amount for code, amount in given.items()}
    return spread.support_layer(country(), keys, geography="T15", on=TODAY)


def test_days_given_to_a_merged_area_are_shared_out_by_where_its_children_live() -> None:
    layer = days(M=4.0)
    assert {code: shown.amount for code, shown in layer.shown.items()} == {"A": 3.0, "B": 1.0, "C": 0.0}
    assert layer.notes == (
        "Days given to an area with other boundaries are shared out by where its children live.",
    )


@pytest.mark.parametrize(
    ("amount", "css_class", "words"),
    [
        (0.0, "nothing", "None recorded"),
        (1.0, "shade-2", "1 day"),
        (2.0, "shade-2", "2 days"),
        (2.25, "shade-3", "2.25 days"),
        (10.0, "shade-4", "10 days"),
        (10.5, "shade-5", "10.5 days"),
    ],
)
def test_days_fall_into_bands(amount: float, css_class: str, words: str) -> None:
    shown = days(C=amount).shown["C"]
    assert (shown.css_class, shown.words) == (css_class, words)


def contacts(seen: frozenset[tuple[str, str]] | None = None, **last: date) -> dict[str, str]:
    keys = {("area", code): day for code, day in last.items()}
    layer = spread.last_contact_layer(country(), keys, geography="T20", on=TODAY, seen=seen)
    return {code: shown.css_class for code, shown in layer.shown.items()}


def test_the_last_contact_of_a_merged_area_is_the_latest_of_its_parts() -> None:
    old, new = TODAY - timedelta(days=400), TODAY - timedelta(days=10)
    assert contacts(A=old, B=new) == {"M": "shade-5", "C": "nothing"}
    assert contacts(A=new, B=old) == {"M": "shade-5", "C": "nothing"}


@pytest.mark.parametrize(
    ("ago", "band"), [(91, "shade-5"), (92, "shade-4"), (365, "shade-3"), (366, "shade-2")]
)
def test_contacts_fall_into_bands_of_months(ago: int, band: str) -> None:
    assert contacts(C=TODAY - timedelta(days=ago))["C"] == band


def test_areas_whose_log_the_reader_may_not_see_show_nothing_of_it() -> None:
    seen = frozenset({("area", "A")})
    assert contacts(seen=seen, B=TODAY) == {"M": "shade-5", "C": "shade-unknown"}
    assert contacts(seen=frozenset(), C=TODAY)["C"] == "shade-unknown"


def test_a_scrap_along_a_border_is_no_contact() -> None:
    gazetteer = replace(
        country(),
        links=(
            Link("T15", "A", "T20", "M", 1.0, 0.748, "children"),
            Link("T15", "B", "T20", "M", 1.0, 0.25, "children"),
            Link("T15", "C", "T20", "M", 0.004, 0.002, "children"),
            Link("T15", "C", "T20", "C", 0.996, 1.0, "children"),
        ),
    )
    # C as it was in 2015: its code ended with the merger.
    gazetteer = replace(
        gazetteer,
        places=tuple(
            replace(each, code="N") if (each.geography, each.code) == ("T20", "C") else each
            for each in gazetteer.places
        ),
        links=tuple(replace(each, to_code="N") if each.to_code == "C" else each for each in gazetteer.links),
    )
    key = {("area", "B"): TODAY - timedelta(days=300), ("area", "C"): TODAY}
    layer = spread.last_contact_layer(gazetteer, key, geography="T20", on=TODAY)
    assert layer.shown["M"].css_class == "shade-3"


def heights(*values: float | None) -> spread.Layer:
    rows = [AttributeValue("height", "T15", code, value) for code, value in zip("ABC", values, strict=False)]
    return spread.attribute_layer(country(*rows), HEIGHT, geography="T15")


def test_a_value_that_is_not_known_is_not_available_and_never_zero() -> None:
    layer = heights(0.0, None)
    assert {code: shown.words for code, shown in layer.shown.items()} == {
        "A": "0",
        "B": "Not available",
        "C": "Not available",
    }


def test_the_legend_of_an_attribute_gives_the_values_in_each_band() -> None:
    assert [entry.words for entry in heights(1.0, 2.0, 3.0).legend] == ["1", "2", "3"]
    assert heights(1.0).notes == ("A higher figure means higher up.",)


def test_an_attribute_measured_on_other_areas_is_not_available_here() -> None:
    layer = spread.attribute_layer(
        country(AttributeValue("height", "T15", "A", 1.0)), HEIGHT, geography="T20"
    )
    assert {shown.words for shown in layer.shown.values()} == {"Not available"}


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_bands_hold_every_value_once_in_order_and_are_as_equal_as_ties_allow(values: list[float]) -> None:
    tops = spread.band_tops(values)
    assert list(tops) == sorted(set(tops))
    assert tops[-1] == max(values)
    assert len(tops) <= 5
    distinct = len(set(values)) == len(values)
    if distinct:
        sizes = [
            sum(low < value <= top for value in values) for low, top in zip((-1e9, *tops), tops, strict=False)
        ]
        assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0.0, "0"),
        (3.14159, "3.14"),
        (9.999, "10"),
        (12.34, "12.3"),
        (1234.5, "1,234"),
        (-2.5, "-2.5"),
        (100, "100"),
    ],
)
def test_amounts_read_well(amount: float, words: str) -> None:
    assert spread.amount_words(amount) == words


def test_a_kind_left_open_means_any_area_with_the_code() -> None:
    assert roles(Membership("A", MemberRole.MEMBER))["M"] == "Member in part (75%)"


def test_a_vintage_is_not_said_twice() -> None:
    assert spread.attribute_title(HEIGHT) == "Height, 2019"
    assert spread.attribute_title(replace(HEIGHT, title="Height of 2019")) == "Height of 2019"

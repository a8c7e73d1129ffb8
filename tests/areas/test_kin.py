"""An area's kin: before, after and beside it, whichever way the links were written down."""

from datetime import date

import pytest

from ithrive.areas.gazetteer import Gazetteer, Link
from ithrive.areas.kin import kin_of
from ithrive.areas.places import Country, Geography, Place

MERGED, RENAMED = date(2020, 4, 1), date(2022, 7, 1)


def gazetteer(*links: Link) -> Gazetteer:
    """A and B become C in 2020; in 2022 areas give way to boards, and C to the board C. All lie in R."""
    return Gazetteer(
        Country("thornmere", "Thornmere", fictional=True),
        (
            Geography("OLD", "area", "Before", date(2015, 4, 1), MERGED),
            Geography("NEW", "area", "After", MERGED, RENAMED),
            Geography("BRD", "board", "Boards", RENAMED, follows="NEW"),
            Geography("REG", "region", "Regions", date(2015, 4, 1)),
            Geography("GONE", "region", "Regions that ended", date(2010, 4, 1), date(2015, 4, 1)),
        ),
        (
            *(Place("OLD", code, f"Area {code}") for code in "AB"),
            *(Place("NEW", code, f"Area {code}") for code in "CD"),
            Place("BRD", "C", "Board C"),
            Place("REG", "R", "North"),
            Place("GONE", "Q", "Old north"),
        ),
        links,
    )


A_TO_C = Link("OLD", "A", "NEW", "C", 1.0, 0.6, "all")
B_TO_C = Link("OLD", "B", "NEW", "C", 1.0, 0.4, "all")
C_TO_BOARD = Link("NEW", "C", "BRD", "C", 1.0, 1.0, "all")
C_IN_R = Link("NEW", "C", "REG", "R", 1.0, 0.5, "all")


def codes(relatives):
    return [(each.geography.key, each.code, each.share_of_this, each.share_of_that) for each in relatives]


def test_what_it_became_and_what_it_was_before_most_people_first():
    known = gazetteer(B_TO_C, A_TO_C)
    assert codes(kin_of(known, "area", "A").after) == [("NEW", "C", 1.0, 0.6)]
    assert codes(kin_of(known, "area", "C").before) == [("OLD", "A", 0.6, 1.0), ("OLD", "B", 0.4, 1.0)]


def test_an_area_of_another_kind_comes_after_only_where_its_geography_says_that_it_follows():
    known = gazetteer(C_TO_BOARD, C_IN_R)
    assert codes(kin_of(known, "area", "C").after) == [("BRD", "C", 1.0, 1.0)]
    assert codes(kin_of(known, "board", "C").before) == [("NEW", "C", 1.0, 1.0)]


def test_areas_of_other_kinds_at_the_same_time_stand_beside_it():
    assert {kind: codes(near) for kind, near in kin_of(gazetteer(C_IN_R), "area", "C").beside.items()} == {
        "region": [("REG", "R", 1.0, 0.5)]
    }


def test_a_council_that_began_later_did_not_replace_the_area_that_it_overlaps():
    known = gazetteer(Link("OLD", "A", "BRD", "C", 1.0, 1.0, "all"))
    assert kin_of(known, "area", "A").after == ()
    assert kin_of(known, "area", "A").beside == {}


@pytest.mark.parametrize("link", [C_IN_R, Link("REG", "R", "NEW", "C", 0.5, 1.0, "all")])
def test_a_link_says_the_same_whichever_way_it_was_written(link):
    assert codes(kin_of(gazetteer(link), "area", "C").beside["region"]) == [("REG", "R", 1.0, 0.5)]
    assert codes(kin_of(gazetteer(link), "region", "R").beside["area"]) == [("NEW", "C", 0.5, 1.0)]


def test_a_geography_that_ended_before_is_not_beside():
    assert kin_of(gazetteer(Link("OLD", "A", "GONE", "Q", 1.0, 1.0, "all")), "area", "A").beside == {}


def test_areas_of_one_kind_at_one_time_are_no_kin():
    found = kin_of(gazetteer(Link("OLD", "A", "OLD", "B", 0.1, 0.1, "all")), "area", "A")
    assert (found.before, found.after, found.beside) == ((), (), {})


def test_an_area_that_no_geography_has_is_without_kin():
    assert kin_of(gazetteer(), "area", "Z").before == ()

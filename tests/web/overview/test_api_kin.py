"""An area's relations, read from the links between geographies whichever way they were written down."""

from datetime import date

from ithrive.areas.gazetteer import Gazetteer, Link
from ithrive.areas.places import Country, Geography, Place
from ithrive.web.overview.api.kin import Relation, kin

MERGED = date(2020, 4, 1)


def gazetteer(*links: Link) -> Gazetteer:
    """A and B become C on 1 April 2020; all lie in the region R, and partly in the council K."""
    return Gazetteer(
        Country("thornmere", "Thornmere", fictional=True),
        (
            Geography("OLD", "area", "Before", date(2015, 4, 1), MERGED),
            Geography("NEW", "area", "After", MERGED),
            Geography("REG", "region", "Regions", date(2015, 4, 1)),
            Geography("GONE", "region", "Regions that ended", date(2010, 4, 1), date(2015, 4, 1)),
        ),
        (
            *(Place("OLD", code, f"Area {code}") for code in "AB"),
            *(Place("NEW", code, f"Area {code}") for code in "CD"),
            Place("REG", "R", "North"),
            Place("GONE", "Q", "Old north"),
        ),
        links,
    )


A_TO_C = Link("OLD", "A", "NEW", "C", 1.0, 0.6, "all")
B_TO_C = Link("OLD", "B", "NEW", "C", 1.0, 0.4, "all")
C_IN_R = Link("NEW", "C", "REG", "R", 1.0, 0.5, "all")


def test_what_it_became_and_what_it_came_from() -> None:
    known = gazetteer(A_TO_C, B_TO_C)
    assert kin(known, "area", "A").successors == (Relation("area", "C", "Area C", "NEW", 1.0, 0.6, "all"),)
    assert [(each.code, each.share_of_this) for each in kin(known, "area", "C").predecessors] == [
        ("A", 0.6),
        ("B", 0.4),
    ]


def test_it_lies_in_the_larger_area_and_not_the_other_way_round() -> None:
    known = gazetteer(C_IN_R)
    assert [each.code for each in kin(known, "area", "C").lies_in] == ["R"]
    assert kin(known, "region", "R").lies_in == ()


def test_a_link_written_the_other_way_round_says_the_same() -> None:
    turned = Link("REG", "R", "NEW", "C", 0.5, 1.0, "all")
    assert kin(gazetteer(turned), "area", "C") == kin(gazetteer(C_IN_R), "area", "C")


def test_an_area_that_ended_before_is_no_place_to_lie_in() -> None:
    known = gazetteer(Link("OLD", "A", "GONE", "Q", 1.0, 1.0, "all"))
    assert kin(known, "area", "A").lies_in == ()


def test_areas_of_one_kind_at_one_time_are_no_kin() -> None:
    known = gazetteer(Link("OLD", "A", "OLD", "B", 0.1, 0.1, "all"))
    found = kin(known, "area", "A")
    assert found.predecessors == found.successors == found.lies_in == ()

"""Crossings against counting atoms, and refusals of lineage that is not whole."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.areas.crossings import Crossing
from ithrive.areas.gazetteer import Gazetteer, Link
from ithrive.areas.lineage import crossing
from ithrive.areas.places import Country, Geography, Place
from ithrive.problems import BadInput
from tests.areas.atoms import CHAIN, DIRECT, EVERY, NESTED, Atoms, countries

EXACT = 1e-12


def shares(found: Crossing) -> dict[tuple[str, str], tuple[float, float]]:
    return {(part.from_code, part.to_code): (part.share_of_from, part.share_of_to) for part in found.parts}


def counted_by_hand(atoms: Atoms, one: str, other: str) -> dict[tuple[str, str], tuple[float, float]]:
    found = {}
    for near in atoms.codes(one):
        for far in atoms.codes(other):
            mine, theirs = atoms.within(one, [near]), atoms.within(other, [far])
            if mine & theirs:
                people = atoms.people(mine & theirs)
                found[near, far] = people / atoms.people(mine), people / atoms.people(theirs)
    return found


def assert_same(
    one: dict[tuple[str, str], tuple[float, float]], other: Mapping[tuple[str, str], object]
) -> None:
    assert one == {key: pytest.approx(pair, abs=EXACT) for key, pair in other.items()}


@given(countries(), st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_recorded_links_are_used_in_either_direction(atoms: Atoms, one: str, other: str) -> None:
    found = crossing(atoms.gazetteer(DIRECT, []), one, other)
    assert_same(shares(found), counted_by_hand(atoms, one, other))
    assert_same(shares(found.reversed()), counted_by_hand(atoms, other, one))


@given(countries(), st.sampled_from(NESTED), st.sampled_from(NESTED))
def test_along_a_path_of_nested_areas_shares_multiply_to_the_truth(
    atoms: Atoms, one: str, other: str
) -> None:
    found = crossing(atoms.gazetteer(CHAIN, []), one, other)
    assert_same(shares(found), counted_by_hand(atoms, one, other))
    assert (found.from_geography, found.to_geography) == (one, other)


@given(countries(), st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_along_any_path_nobody_is_lost(atoms: Atoms, one: str, other: str) -> None:
    links = [("FINE", "MERGED"), ("TOP", "MERGED"), ("TOP", "CROSS")]
    found = crossing(atoms.gazetteer(links, []), one, other)
    for parts in found.onward.values():
        assert sum(part.share_of_from for part in parts) == pytest.approx(1, abs=EXACT)
    for parts in found.inward.values():
        assert sum(part.share_of_to for part in parts) == pytest.approx(1, abs=EXACT)
    assert set(found.onward) == set(atoms.codes(one))
    assert set(found.inward) == set(atoms.codes(other))


def small(*links: Link, keys: str = "ABCD") -> Gazetteer:
    """Two areas in each geography: A1 and A2, B1 and B2, ..."""
    return Gazetteer(
        country=Country("exmoria", "Exmoria", fictional=True),
        geographies=tuple(Geography(key, "area", f"Areas {key}", date(2015, 4, 1)) for key in keys),
        places=tuple(Place(key, f"{key}{n}", f"Place {key}{n}") for key in keys for n in (1, 2)),
        links=links,
    )


def same(one: str, other: str, basis: str = "people") -> list[Link]:
    return [Link(one, f"{one}{n}", other, f"{other}{n}", 1, 1, basis) for n in (1, 2)]


def mixed(one: str, other: str, basis: str = "people") -> list[Link]:
    return [Link(one, f"{one}{n}", other, f"{other}{m}", 0.5, 0.5, basis) for n in (1, 2) for m in (1, 2)]


def keys(found: Crossing) -> str:
    return "".join(geography.key for geography in found.path)


def test_a_geography_crosses_to_itself_whole() -> None:
    found = crossing(small(), "A", "A")
    assert shares(found) == {("A1", "A1"): (1, 1), ("A2", "A2"): (1, 1)}
    assert (keys(found), found.divided, found.basis, found.notes) == ("A", frozenset(), (), ())


def test_recorded_links_come_before_any_detour() -> None:
    gazetteer = small(*same("A", "B"), *same("B", "C"), *mixed("A", "C"))
    assert keys(crossing(gazetteer, "A", "C")) == "AC"


def test_without_recorded_links_the_way_that_scatters_people_least_is_taken() -> None:
    by_way_of_b = small(*same("A", "B"), *same("D", "B"), *mixed("A", "C"), *mixed("C", "D"))
    by_way_of_c = small(*mixed("A", "B"), *mixed("B", "D"), *same("A", "C"), *same("D", "C"))
    assert keys(crossing(by_way_of_b, "A", "D")) == "ABD"
    assert keys(crossing(by_way_of_c, "A", "D")) == "ACD"
    further = small(*by_way_of_c.links, *mixed("D", "E"), keys="ABCDE")
    assert keys(crossing(further, "A", "E")) == "ACDE"
    longer = small(
        *mixed("A", "B"), *same("B", "D"), *same("A", "C"), *same("C", "E"), *same("E", "D"), keys="ABCDE"
    )
    assert keys(crossing(longer, "A", "D")) == "ACED"


def test_of_ways_that_scatter_alike_the_shortest_is_taken() -> None:
    gazetteer = small(
        *same("A", "B"), *same("B", "C"), *same("C", "D"), *same("A", "E"), *same("E", "D"), keys="ABCDE"
    )
    assert keys(crossing(gazetteer, "A", "D")) == "AED"


def test_scatter_is_the_mean_share_of_people_who_leave_the_greater_part() -> None:
    found = crossing(
        small(
            Link("A", "A1", "B", "B1", 0.7, 1, "people"),
            Link("A", "A1", "B", "B2", 0.3, 0.4, "people"),
            Link("A", "A2", "B", "B2", 1, 0.6, "people"),
        ),
        "A",
        "B",
    )
    assert found.scatter == pytest.approx(0.15)


def test_shares_rounded_in_the_file_are_brought_to_a_whole() -> None:
    third = [Link("A", f"A{n}", "B", "B1", 1, 0.3333333, "people") for n in (1, 2)]
    gazetteer = Gazetteer(
        Country("x", "X"),
        small(keys="AB").geographies,
        (*(Place("A", f"A{n}", "Place") for n in (1, 2, 3)), Place("B", "B1", "Place")),
        (*third, Link("A", "A3", "B", "B1", 1, 0.3333333, "people")),
    )
    assert sum(part.share_of_to for part in crossing(gazetteer, "A", "B").parts) == pytest.approx(
        1, abs=EXACT
    )


def test_a_link_of_nobody_divides_nothing() -> None:
    gazetteer = small(*same("A", "B"), Link("A", "A1", "B", "B2", 0, 0, "people"))
    assert crossing(gazetteer, "A", "B").divided == frozenset()


def test_notes_say_how_many_areas_were_divided_by_whose_shares_and_which_way() -> None:
    gazetteer = small(*mixed("A", "B", "children"), *same("B", "C", "names"), *mixed("C", "D", "adults"))
    found = crossing(gazetteer, "A", "D")
    sentence = (
        "From “Areas A” to “Areas D” by way of “Areas B” and “Areas C”, "
        "2 areas are divided among others by shares of children; adults."
    )
    assert found.notes == (sentence,)
    assert found.notes_for("0 to 24", 2017) == (
        sentence,
        "These shares are used here for people aged 0 to 24 at mid-2017.",
    )


def test_one_divided_area_is_said_in_the_singular() -> None:
    found = crossing(
        small(
            Link("A", "A1", "B", "B1", 0.5, 0.4, "people"),
            Link("A", "A1", "B", "B2", 0.5, 1, "people"),
            Link("A", "A2", "B", "B1", 1, 0.6, "people"),
        ),
        "A",
        "B",
    )
    assert found.notes == (
        "From “Areas A” to “Areas B”, 1 area is divided among others by shares of people.",
    )


def test_geographies_passed_through_are_listed_as_people_list_things() -> None:
    gazetteer = small(*mixed("A", "B"), *same("B", "C"), *same("C", "D"), *same("D", "E"), keys="ABCDE")
    (note,) = crossing(gazetteer, "A", "E").notes
    assert "by way of “Areas B”, “Areas C” and “Areas D”, 2 areas" in note


def test_shares_made_for_just_these_people_need_no_further_note() -> None:
    found = crossing(small(*mixed("A", "B", "people aged 1 at mid-2020")), "A", "B")
    assert found.notes_for("1", 2020) == found.notes
    assert crossing(small(*same("A", "B")), "A", "B").notes_for("1", 2020) == ()


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (same("A", "B")[:1], "nothing says where Place A2 (A2, A) lies."),
        ([*same("A", "B"), Link("A", "A9", "B", "B1", 1, 0, "people")], "A9 is not an area of A."),
        ([*same("A", "B"), Link("A", "A1", "B", "B2", 0.2, 0, "p")], "Place A1 (A1, A) sum to 1.2."),
        ([Link("A", "A1", "B", "B1", float("nan"), 1, "p"), same("A", "B")[1]], "sum to nan."),
    ],
)
def test_lineage_that_is_not_whole_is_refused_naming_the_area(links: list[Link], said: str) -> None:
    with pytest.raises(BadInput) as refusal:
        crossing(small(*links), "A", "B")
    assert said in str(refusal.value)
    assert "Mend the lineage file" in str(refusal.value)


def test_geographies_that_nothing_joins_are_refused() -> None:
    with pytest.raises(BadInput, match="no lineage joins “Areas A” to “Areas D”"):
        crossing(small(*same("A", "B"), *same("C", "D")), "A", "D")


def test_an_unknown_geography_is_refused_with_the_nearest() -> None:
    gazetteer = Gazetteer(
        Country("x", "Exmoria"),
        tuple(Geography(key, "area", key, date(2015, 4, 1)) for key in ("CCG15", "CCG21", "ZONE")),
        (),
    )
    with pytest.raises(BadInput, match=r"“CCG17” is not known in Exmoria\. Use one of CCG\d\d, CCG\d\d\."):
        crossing(gazetteer, "CCG17", "CCG15")
    with pytest.raises(BadInput, match=r"Use one of CCG15, CCG21, ZONE\."):
        crossing(gazetteer, "CCG15", "??")

from datetime import date
from functools import partial
from operator import add

from ithrive.areas.gazetteer import MOST_REMEMBERED, Gazetteer, Link, Population
from ithrive.areas.places import Country, Geography, Name, Place

Y15, Y17, Y20 = date(2015, 4, 1), date(2017, 4, 1), date(2020, 4, 1)
GAZETTEER = Gazetteer(
    country=Country("exmoria", "Exmoria", fictional=True),
    geographies=(
        Geography("A20", "area", "Areas, 2020", Y20),
        Geography("A15", "area", "Areas, 2015", Y15, Y17),
        Geography("A17", "area", "Areas, 2017", Y17, Y20),
        Geography("R", "region", "Regions", Y15),
    ),
    places=(
        Place("A15", "1", "Alderbrook", "01A"),
        Place("A15", "2", "Brackenford"),
        Place("A17", "1", "Alderbrook", "01A"),
        Place("A17", "2", "Brackenford and Moor"),
        Place("A20", "1", "Alderbrook", "99X"),
        Place("R", "1", "North"),
    ),
    links=(
        Link("A15", "1", "A17", "1", 1, 1, "people"),
        Link("A15", "2", "A17", "2", 1, 1, "people"),
        Link("A17", "1", "A20", "1", 1, 1, "people"),
    ),
    populations=(
        Population("A15", "1", 2017, (1,)),
        Population("A15", "2", 2017, (2,)),
        Population("A20", "1", 2020, (3,)),
    ),
)


def test_an_area_lives_through_the_geographies_of_its_kind_that_have_its_code() -> None:
    alderbrook = GAZETTEER.local_areas["area", "1"]
    assert (alderbrook.starts, alderbrook.ends) == (Y15, None)
    assert alderbrook.names == (
        Name("Alderbrook", "01A", Y15, Y20),
        Name("Alderbrook", "99X", Y20, None),
    )


def test_an_area_has_the_name_of_the_day_and_none_when_it_is_gone() -> None:
    brackenford = GAZETTEER.local_areas["area", "2"]
    days = [date(2015, 3, 31), Y15, date(2017, 3, 31), Y17, Y20]
    said = [brackenford.on(day) for day in days]
    assert [name and name.name for name in said] == [
        None,
        "Brackenford",
        "Brackenford",
        "Brackenford and Moor",
        None,
    ]


def test_a_code_of_another_kind_is_another_area() -> None:
    assert GAZETTEER.local_areas["region", "1"].names[0].name == "North"
    assert GAZETTEER.kinds == ("area", "region")


def test_places_are_those_of_the_geography_that_held_on_the_day() -> None:
    assert [place.name for place in GAZETTEER.places_on("area", Y17)] == [
        "Alderbrook",
        "Brackenford and Moor",
    ]
    assert GAZETTEER.places_on("area", date(2015, 3, 31)) == ()
    assert GAZETTEER.places_on("county", Y17) == ()


def test_geographies_links_and_people_are_found_by_their_keys() -> None:
    assert GAZETTEER.geography_by_key["A17"].title == "Areas, 2017"
    assert {pair: len(links) for pair, links in GAZETTEER.links_between.items()} == {
        ("A15", "A17"): 2,
        ("A17", "A20"): 1,
    }
    assert GAZETTEER.populations_by_year[2017]["A15"]["2"].persons == (2,)
    assert list(GAZETTEER.populations_by_year) == [2017, 2020]


def test_what_was_worked_out_once_is_not_worked_out_again() -> None:
    asked: list[str] = []

    def work_out() -> int:
        asked.append("once")
        return 7

    assert [GAZETTEER.remembered("sevens", work_out) for _ in range(3)] == [7, 7, 7]
    assert asked == ["once"]


def test_what_is_remembered_has_a_limit() -> None:
    for number in range(3 * MOST_REMEMBERED):
        assert GAZETTEER.remembered(("number", number), partial(add, number, 1)) == number + 1
    assert len(GAZETTEER._remembered) <= MOST_REMEMBERED

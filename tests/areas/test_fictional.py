"""The fictional country: what everything built on it may rely on."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
import shapely

from ithrive.areas.fictional import mergers, thornmere
from ithrive.areas.gazetteer import Gazetteer

CAST = ("Alderbrook", "Brackenford")
SEEDS = (1, 2015, 2026)


@pytest.fixture(scope="module", params=SEEDS)
def country(request: pytest.FixtureRequest) -> Gazetteer:
    return thornmere(request.param)


def test_it_says_that_it_is_fictional():
    assert thornmere().country.fictional


def test_the_same_seed_gives_the_same_country():
    assert thornmere(7) == thornmere(7)


def test_another_seed_gives_another_country():
    assert thornmere(7).populations != thornmere(8).populations


def test_it_has_106_local_areas_now_and_118_before_2020(country):
    assert len(country.places_on("local-area", date(2019, 6, 1))) == 118
    assert len(country.places_on("local-area", date(2024, 6, 1))) == 106


def test_it_has_seven_regions_and_twenty_councils(country):
    assert len(country.places_on("region", date(2024, 6, 1))) == 7
    assert len(country.places_on("council", date(2024, 6, 1))) == 20


@pytest.mark.parametrize("name", CAST)
def test_the_casts_areas_never_changed(country, name):
    (area,) = [area for area in country.local_areas.values() if name in {each.name for each in area.names}]
    assert (area.starts, area.ends, len(area.names)) == (date(2015, 4, 1), None, 1)


def test_some_areas_merged_and_some_were_split(country):
    links = [link for link in country.links if (link.from_geography, link.to_geography) == ("TM15", "TM20")]
    into = Counter(link.to_code for link in links)
    out_of = Counter(link.from_code for link in links)
    assert sorted(n for n in into.values() if n > 1) == [2] * 8 + [3] * 3
    assert [n for n in out_of.values() if n > 1] == [2, 2]


def test_regions_nest_and_councils_do_not(country):
    def parts(end: str) -> set[float]:
        return {link.share_of_from for link in country.links if link.to_geography == end}

    assert parts("TMR") == {1.0}
    assert len([share for share in parts("TMC") if share < 0.95]) > 40


@pytest.mark.parametrize("side", ["from", "to"])
def test_shares_sum_to_one(country, side):
    sums: Counter[tuple[str, ...]] = Counter()
    for link in country.links:
        key = (link.from_geography, link.to_geography, getattr(link, f"{side}_code"))
        sums[key] += getattr(link, f"share_of_{side}")
    assert list(sums.values()) == pytest.approx([1.0] * len(sums))


def test_every_area_has_people_of_every_age(country):
    for population in country.populations:
        assert len(population.persons) == 25
        assert min(population.persons) > 0
        assert 8_000 <= sum(population.persons) <= 200_000


def test_populations_are_known_for_four_years(country):
    known = {(population.geography, population.mid_year) for population in country.populations}
    assert known == {("TM15", 2017), ("TM15", 2019), ("TM20", 2020), ("TM20", 2023)}


@pytest.mark.parametrize("geography", ["TM15", "TM20", "TMR", "TMC"])
def test_outlines_are_sound_and_meet_exactly(country, geography):
    outlines = [each.outline for each in country.boundaries if each.geography == geography]
    assert len(outlines) == len(country.places_by_geography[geography])
    assert shapely.is_valid(outlines).all()
    assert shapely.coverage_is_valid(outlines)


def test_every_division_covers_the_same_land(country):
    land = {
        key: sum(each.outline.area for each in country.boundaries if each.geography == key)
        for key in country.geography_by_key
    }
    assert len({round(area) for area in land.values()}) == 1


def test_names_and_codes_are_used_once(country):
    for places in country.places_by_geography.values():
        assert len({place.name for place in places.values()}) == len(places)
    codes = {(place.code, geography.kind) for geography in country.geographies for place in country.places}
    assert {len(code) for code, _ in codes} == {8}


def test_attributes_lie_within_what_is_believable(country):
    for value in country.values:
        assert value.value is not None
    rural = [value.value for value in country.values if value.attribute == "rural"]
    assert min(rural) < 5
    assert max(rural) > 80


def test_the_smallest_area_with_enough_neighbours_merges_first():
    """Four areas in a row, the first in another region; 3 is the smallest, but it is kept."""
    row = np.array([[0, 9, 0, 0], [9, 0, 9, 0], [0, 9, 0, 9], [0, 0, 9, 0]])
    region, people = np.array([1, 0, 0, 0]), np.array([2, 4, 3, 1])
    assert mergers._next_group(2, {0, 1, 2}, row, region, people) == (1, 2)
    assert mergers._next_group(2, {0, 1, 2, 3}, row, region, people) == (2, 3)


def test_areas_that_meet_only_at_a_corner_do_not_merge():
    corner = np.array([[0, 2], [2, 0]])
    assert mergers._joined(0, 2, {0, 1}, corner, np.array([1, 1])) == (0,)

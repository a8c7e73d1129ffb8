"""England, from the real official files: what is published, and what must hold of it."""

import csv
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
import shapely

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.loading import load
from ithrive.areas.revision import revision

MANIFEST = Path(__file__).parents[2] / "docs/examples/england/manifest.toml"


@pytest.fixture(scope="module")
def england(shared_data: Path) -> Gazetteer:
    return load(MANIFEST, folder=shared_data)


def share_sums(gazetteer: Gazetteer) -> dict[tuple[str, str, str, str], float]:
    sums: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for link in gazetteer.links:
        sums["from", link.from_geography, link.from_code, link.to_geography] += link.share_of_from
        sums["to", link.to_geography, link.to_code, link.from_geography] += link.share_of_to
    return sums


def value(gazetteer: Gazetteer, attribute: str, ods_code: str) -> float | None:
    code = next(p.code for p in gazetteer.places if p.geography == "CCG15" and p.ods_code == ods_code)
    return next(
        v.value for v in gazetteer.values if (v.attribute, v.geography, v.code) == (attribute, "CCG15", code)
    )


def test_each_geography_has_its_official_number_of_areas(england: Gazetteer) -> None:
    assert Counter(place.geography for place in england.places) == {
        "CCG15": 209, "CCG17": 207, "CCG18": 195, "CCG19": 191, "CCG20": 135, "CCG21": 106,
        "SICBL22": 106, "SICBL23": 106, "STP17": 44, "STP18": 42, "STP19": 42, "STP20": 42, "STP21": 42,
        "ICB22": 42, "ICB23": 42, "NHSER24": 7, "LTLA21": 309, "UTLA21": 152,
    }  # fmt: skip


def test_every_boundary_is_a_sound_outline_in_england_on_the_grid(england: Gazetteer) -> None:
    outlines = [boundary.outline for boundary in england.boundaries]
    assert len(outlines) == 1701
    assert shapely.is_valid(outlines).all()
    west, south, east, north = shapely.total_bounds(outlines)
    assert 80_000 < west < 90_000  # the Isles of Scilly
    assert 5_000 < south < 10_000
    assert 650_000 < east < 660_000  # Lowestoft
    assert 650_000 < north < 660_000  # Berwick
    for geography in ("CCG15", "CCG21", "ICB23", "NHSER24"):
        area = sum(b.outline.area for b in england.boundaries if b.geography == geography) / 1e6
        assert area == pytest.approx(130_300, rel=0.02), geography  # square kilometres of England


def test_a_known_place_lies_where_the_map_says(england: Gazetteer) -> None:
    leeds = shapely.Point(429_900, 433_900)  # the town hall, by the national grid
    asked = ("CCG21", "LTLA21", "NHSER24")
    there = [b for b in england.boundaries if b.geography in asked and b.outline.contains(leeds)]
    inside = {(b.geography, england.places_by_geography[b.geography][b.code].name) for b in there}
    assert inside == {
        ("CCG21", "NHS Leeds CCG"),
        ("LTLA21", "Leeds"),
        ("NHSER24", "North East and Yorkshire"),
    }


def test_every_area_is_made_up_wholly_on_both_sides_of_every_link(england: Gazetteer) -> None:
    sums = share_sums(england)
    assert all(total == pytest.approx(1, abs=1e-5) for total in sums.values())


def test_populations_add_up_to_the_published_figures_for_england(england: Gazetteer) -> None:
    totals = {
        (geography, year): sum(
            sum(p.persons[:18]) for p in england.populations if (p.geography, p.mid_year) == (geography, year)
        )
        for geography, year in {(p.geography, p.mid_year) for p in england.populations}
    }
    assert (
        totals["CCG15", 2020]
        == totals["CCG20", 2020]
        == totals["CCG21", 2020]
        == totals["ICB22", 2020]
        == 12_093_288
    )
    assert totals["CCG15", 2019] == totals["CCG19", 2019] == totals["CCG21", 2019]
    assert ("CCG19", 2018) in totals


def test_links_made_of_small_areas_agree_with_counting_them_one_by_one(
    england: Gazetteer, shared_data: Path
) -> None:
    together: Counter[tuple[str, str]] = Counter()
    whole: Counter[str] = Counter()
    with gzip.open(shared_data / "lookups/lsoa11_master.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            together[row["CCG21CD"], row["LAD21CD"]] += int(row["pop_0_17_2020"])
            whole[row["CCG21CD"]] += int(row["pop_0_17_2020"])
    links = {
        (link.from_code, link.to_code): link.share_of_from
        for link in england.links
        if (link.from_geography, link.to_geography) == ("CCG21", "LTLA21")
    }
    assert links == {pair: people / whole[pair[0]] for pair, people in together.items() if people}


def test_every_district_lies_in_one_county_and_every_unitary_council_in_itself(england: Gazetteer) -> None:
    links = [
        link for link in england.links if (link.from_geography, link.to_geography) == ("LTLA21", "UTLA21")
    ]
    assert len(links) == 309
    assert all(link.share_of_from == 1 for link in links)
    assert sum(link.from_code == link.to_code for link in links) == 128
    assert all(link.from_code == link.to_code or link.to_code.startswith("E10") for link in links)


def test_the_boards_lie_in_one_region_each(england: Gazetteer) -> None:
    regions = [
        link for link in england.links if (link.from_geography, link.to_geography) == ("ICB22", "NHSER24")
    ]
    assert len(regions) == 42


def test_what_got_a_new_code_in_april_2023_is_linked_by_name(england: Gazetteer) -> None:
    for before, after, pairs in (
        ("SICBL22", "SICBL23", {("E38000246", "E38000264"), ("E38000248", "E38000265")}),
        ("ICB22", "ICB23", {("E54000052", "E54000063"), ("E54000053", "E54000064")}),
    ):
        links = [
            link for link in england.links if (link.from_geography, link.to_geography) == (before, after)
        ]
        assert {(x.from_code, x.to_code) for x in links if x.from_code != x.to_code} == pairs
        for link in links:
            old, new = england.places_by_geography[before], england.places_by_geography[after]
            assert old[link.from_code].name == new[link.to_code].name


def test_names_of_2023_are_those_in_the_official_boundaries(england: Gazetteer, shared_data: Path) -> None:
    for path, key in (("sicbl_2023", "SICBL23"), ("icb_2023", "ICB23")):
        features = json.loads((shared_data / f"boundaries/{path}.geojson").read_bytes())["features"]
        named = {each["properties"][f"{key}CD"]: each["properties"][f"{key}NM"] for each in features}
        assert named == {code: place.name for code, place in england.places_by_geography[key].items()}


def test_missing_spend_is_missing_and_zero_spend_is_zero(england: Gazetteer) -> None:
    assert value(england, "camhs-share-of-spend-2013-14", "13T") is None
    assert value(england, "mental-health-spend-2013-14", "99N") == 0.0
    missing = [v for v in england.values if v.value is None]
    assert len(missing) == 1


def test_bradford_city_was_the_most_deprived_area_of_2015(england: Gazetteer) -> None:
    scores = {
        v.code: v.value or 0
        for v in england.values
        if (v.attribute, v.geography) == ("imd-2015-score", "CCG15")
    }
    assert (
        england.places_by_geography["CCG15"][max(scores, key=lambda code: scores[code])].name
        == "NHS Bradford City CCG"
    )


@pytest.mark.parametrize(
    ("day", "kind", "geography"),
    [
        (date(2016, 4, 1), "ccg", "CCG15"),
        (date(2017, 4, 1), "ccg", "CCG17"),
        (date(2022, 6, 30), "ccg", "CCG21"),
        (date(2022, 7, 1), "sub-icb", "SICBL22"),
        (date(2023, 4, 1), "sub-icb", "SICBL23"),
        (date(2026, 1, 1), "icb", "ICB23"),
    ],
)
def test_on_a_day_the_geography_of_that_day_holds(
    england: Gazetteer, day: date, kind: str, geography: str
) -> None:
    held = england.geography_on(kind, day)
    assert held is not None
    assert held.key == geography


def test_loading_twice_gives_the_same_revision(england: Gazetteer, shared_data: Path) -> None:
    assert revision(load(MANIFEST, folder=shared_data)) == revision(england)


def test_every_source_says_whose_it_is_and_was_read_wholly(england: Gazetteer, shared_data: Path) -> None:
    assert len(england.sources) == 30
    assert all(source.rows and source.licence == "Open Government Licence v3.0" for source in england.sources)
    small = next(source for source in england.sources if source.kind == "small-areas")
    assert small.rows == 32_844
    assert small.sha256 == hashlib.sha256((shared_data / small.file).read_bytes()).hexdigest()

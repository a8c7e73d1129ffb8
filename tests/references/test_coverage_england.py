"""England on real boundaries, against figures published by the Office for National Statistics (ONS).

Where figures had to be divided, they are divided by shares of people aged 0 to 17 at mid-2020. So for
these ages at that time everything must agree to the person. For other ages and years it may not: in
the seven CCGs of 2015 that were split later, students and older teenagers live elsewhere than small
children do, and every year a little differently. What that comes to is measured here and said in
docs/handbook/explanation/areas-through-time.md.
"""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ithrive.areas.ages import CHILDREN, CHILDREN_AND_YOUNG_PEOPLE, AgeBand
from ithrive.areas.coverage import Coverage, coverage, sentence
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.lineage import crossing
from ithrive.areas.loading import load
from ithrive.areas.member_list import read_memberships
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.populations import populations

# ONS mid-year population estimates, England, persons, as in data/population/README.md.
PUBLISHED = {
    ("0 to 17", 2017): 11_866_957,
    ("0 to 17", 2019): 12_023_568,
    ("0 to 17", 2020): 12_093_288,
    ("0 to 24", 2017): 16_695_236,
    ("0 to 24", 2019): 16_770_184,
    ("0 to 24", 2020): 16_802_877,
}
# Of the people of an area next to a split, for ages and years that the shares were not made of:
# measured at most 2.8% (E38000226, 0 to 24 at mid-2017).
NEAR_A_SPLIT = 0.03
# Of the share of England covered, between geographies: measured at most 0.009 percentage points, for the
# worst list there is, that of just those CCGs that were split later.
BETWEEN_GEOGRAPHIES = 0.0001

DAY = date(2015, 7, 1)
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "england"


@pytest.fixture(scope="module")
def england(shared_data: Path) -> Gazetteer:
    return load(EXAMPLES / "manifest.toml", folder=shared_data)


def rows(path: Path) -> Iterator[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    yield from csv.DictReader(text.splitlines())


def members(codes: list[str]) -> list[Membership]:
    return [Membership(code, MemberRole.MEMBER, "ccg") for code in codes]


def on(england: Gazetteer, known: list[Membership], geography: str, ages: AgeBand, year: int) -> Coverage:
    return coverage(england, known, on=DAY, ages=ages, geography=geography, mid_year=year)


@pytest.mark.parametrize(("ages", "year"), PUBLISHED)
def test_every_geography_adds_up_to_the_published_total_of_england(
    england: Gazetteer, ages: str, year: int
) -> None:
    band = AgeBand.parse(ages.replace(" to ", "-"))
    totals = {key: populations(england, key, band, year).total for key in england.geography_by_key}
    assert set(totals.values()) == {PUBLISHED[ages, year]}


def test_moved_children_are_where_the_small_areas_put_them(england: Gazetteer, shared_data: Path) -> None:
    counted: dict[str, Counter[str]] = {
        "CCG17": Counter(),
        "CCG18": Counter(),
        "SICBL22": Counter(),
        "LTLA21": Counter(),
    }
    columns = {"CCG17": "CCG17CD", "CCG18": "CCG18CD", "SICBL22": "SICBL22CD", "LTLA21": "LAD21CD"}
    for row in rows(shared_data / "lookups" / "lsoa11_master.csv.gz"):
        for key, column in columns.items():
            counted[key][row[column]] += int(row["pop_0_17_2020"])
    for key, people in counted.items():
        found = populations(england, key, CHILDREN, 2020).people
        assert found.keys() == people.keys()
        # A person may be rounded to the other side of each of the borders that divide an area.
        worst = max(abs(found[code] - people[code]) for code in people)
        assert worst <= 2, (key, worst)


def test_for_other_ages_and_years_only_areas_beside_a_split_differ_and_little(
    england: Gazetteer, shared_data: Path
) -> None:
    for row in rows(shared_data / "population" / "population_by_area_age_band.csv"):
        for column, ages in (("age_0_17", CHILDREN), ("age_0_24", CHILDREN_AND_YOUNG_PEOPLE)):
            found = populations(england, row["geography"], ages, int(row["mid_year"]))
            parts, people = found.working[row["area_code"]], found.people[row["area_code"]]
            published = int(row[column])
            if all(part.share_of_from == 1 for part in parts):
                assert people == published, row
            else:
                assert people == pytest.approx(published, rel=NEAR_A_SPLIT), row


@pytest.mark.parametrize("ages", [CHILDREN, CHILDREN_AND_YOUNG_PEOPLE], ids=lambda ages: ages.label)
@pytest.mark.parametrize("year", [2017, 2019, 2020])
def test_if_all_209_are_members_everybody_is_covered_on_every_geography(
    england: Gazetteer, ages: AgeBand, year: int
) -> None:
    everywhere = members(list(england.places_by_geography["CCG15"]))
    assert len(everywhere) == 209
    for key in england.geography_by_key:
        assert on(england, everywhere, key, ages, year).share == 1.0


def lists_of_ccgs(england: Gazetteer) -> dict[str, list[str]]:
    codes = sorted(england.places_by_geography["CCG15"])
    split = sorted(crossing(england, "CCG15", "SICBL23").divided)
    return {
        "those split later": split,
        "the first": codes[:1],
        "99 of them": codes[5:203:2],
        "every second": codes[::2],
        "every third": codes[1::3],
        "the second half": codes[104:],
    }


GEOGRAPHIES = ("CCG15", "CCG21", "SICBL23")


def test_lists_of_2015_ccgs_cover_the_same_children_on_three_geographies(england: Gazetteer) -> None:
    for name, codes in lists_of_ccgs(england).items():
        covered = {key: on(england, members(codes), key, CHILDREN, 2020).covered for key in GEOGRAPHIES}
        # Each area in which a part is covered rounds to a whole person.
        assert max(covered.values()) - min(covered.values()) <= 3, (name, covered)


@pytest.mark.parametrize("ages", [CHILDREN, CHILDREN_AND_YOUNG_PEOPLE], ids=lambda ages: ages.label)
@pytest.mark.parametrize("year", [2017, 2019, 2020])
def test_in_other_years_and_ages_the_three_differ_by_little(
    england: Gazetteer, ages: AgeBand, year: int
) -> None:
    for name, codes in lists_of_ccgs(england).items():
        shares = {key: on(england, members(codes), key, ages, year).share for key in GEOGRAPHIES}
        assert max(shares.values()) - min(shares.values()) <= BETWEEN_GEOGRAPHIES, (name, shares)


@pytest.mark.parametrize("year", [2017, 2019, 2020])
def test_members_that_were_only_ever_merged_are_exact_in_every_year_and_age(
    england: Gazetteer, year: int
) -> None:
    split = crossing(england, "CCG15", "CCG21").divided
    beside = {
        part.from_code
        for code in split
        for onward in crossing(england, "CCG15", "CCG21").onward[code]
        for part in crossing(england, "CCG15", "CCG21").inward[onward.to_code]
    }
    codes = [code for code in england.places_by_geography["CCG15"] if code not in beside]
    ages = AgeBand(5, 16)
    covered = {on(england, members(codes), key, ages, year).covered for key in ("CCG15", "CCG21")}
    assert len(covered) == 1


def test_a_ccg_its_successor_and_its_board_are_counted_once(england: Gazetteer) -> None:
    # Bexley CCG became part of South East London CCG in 2020, then of its board.
    bexley, south_east_london = "E38000011", "E38000244"
    known = [
        Membership(bexley, MemberRole.ACCELERATOR, "ccg"),
        Membership(south_east_london, MemberRole.MEMBER, "ccg"),
        Membership("E54000030", MemberRole.MEMBER, "icb"),
    ]
    alone = on(england, known[1:2], "ICB23", CHILDREN, 2020)
    together = on(england, known, "ICB23", CHILDREN, 2020)
    assert together.covered == together.at_most == alone.covered


def test_the_confirmed_accelerators_are_found_and_their_share_is_that_of_the_published_figures(
    england: Gazetteer, shared_data: Path
) -> None:
    path = EXAMPLES / "confirmed-members.csv"
    known = read_memberships(path, name=path.name, gazetteer=england, today=date(2026, 11, 1))
    assert {each.role for each in known} == {MemberRole.ACCELERATOR}
    found = coverage(england, known, on=DAY, ages=CHILDREN)
    assert found.geography.key == "CCG15"
    names = {member.place.name for member in found.members}
    assert names == {f"{each.note.partition(' CCG')[0]} CCG" for each in known}

    published = {
        row["area_code"]: int(row["age_0_17"])
        for row in rows(shared_data / "population" / "population_by_area_age_band.csv")
        if (row["geography"], row["mid_year"]) == ("CCG15", "2020")
    }
    assert found.covered == sum(published[each.code] for each in known)
    assert found.population == sum(published.values())
    assert sentence(found) == (
        "9 local areas, in which 5% of England's children and young people aged 0 to 17 live"
    )

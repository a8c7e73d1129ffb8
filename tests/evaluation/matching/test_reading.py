"""Covariates are read from a table, or made from areas; nothing missing is taken for nought."""

import csv
import io
from pathlib import Path

import pytest

from ithrive.areas import AgeBand, Gazetteer, thornmere
from ithrive.evaluation.matching.from_areas import covariates_of, touching
from ithrive.evaluation.matching.reading import Headings, read_candidates
from ithrive.problems import BadInput

TABLE = """site,name,treated,region,people,need
A1,Alderbrook,1,north,120,3.5
A2,Brackenford,0,north,118,3.1
A3,Caldmere,0,south,240,
A4,Dunwick,0,south,90,2.0
"""
HEADINGS = Headings(title="name", exact=("region",))


def read(text: str, headings: Headings = HEADINGS, *, leave_out: bool = True):
    return read_candidates(text.encode(), name="covariates.csv", headings=headings, leave_out=leave_out)


def test_every_other_column_is_a_covariate():
    found = read(TABLE)
    assert found.covariates == ("people", "need")
    assert found.strata == {"region": ("south", "north", "north")}
    assert found.sites == ("A4", "A2", "A1")
    assert found.accelerator.tolist() == [False, False, True]
    assert found.title("A3") == "Caldmere"


def test_a_candidate_without_a_covariate_is_left_out_and_named():
    (left,) = read(TABLE).exclusions
    assert (left.site, left.guard, left.because) == ("A3", "missing covariate", "It has no need.")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "240,",
            "240,",
            "row 4, column need: There is no figure. Fill it, leave the covariate out, or leave such",
        ),
        ("120,3.5", "120,", "row 2, column need: There is no figure. Fill it, or leave the covariate out."),
        ("118,3.1", "118,abc", "row 3, column need: “abc” is not a finite number."),
        ("118,3.1", "1e200,3.1", "row 3, column people: “1e200” is not a finite number."),
        ("118,3.1", "nan,3.1", "row 3, column people: “nan” is not a finite number."),
        ("A2,", "A1,", "row 3, column site: A1 is there already, in row 2."),
        ("A2,", ",", "row 3, column site: The cell is empty."),
        ("ford,0", "ford,2", "row 3, column treated: “2” is neither 0 nor 1."),
        ("treated", "began", "The column “treated” is missing."),
    ],
)
def test_a_slip_is_said_with_its_row(before: str, after: str, sentence: str):
    assert before in TABLE
    with pytest.raises(BadInput) as refusal:
        read(TABLE.replace(before, after, 1), leave_out=before == "120,3.5")
    assert sentence in str(refusal.value)


def test_a_table_without_rows_is_refused():
    with pytest.raises(BadInput, match="There is no covariate"):
        read("site,name,treated,region\n")


@pytest.fixture(scope="module")
def country() -> Gazetteer:
    return thornmere()


def test_covariates_come_from_areas_as_they_were(country: Gazetteer):
    geography = country.populations[0].geography
    attribute = country.attributes[0].key
    codes = sorted(country.places_by_geography[geography])
    text = covariates_of(
        country, geography=geography, attributes=[attribute], treated=codes[:2], ages=AgeBand(0, 17)
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["site"] for row in rows] == codes
    assert [row["treated"] for row in rows] == ["1", "1", *["0"] * (len(codes) - 2)]
    year = min(year for year, found in country.populations_by_year.items() if geography in found)
    person = country.populations_by_year[year][geography][codes[0]].persons
    assert rows[0]["people-0-17"] == str(sum(person[:18]))
    value = next(
        each.value
        for each in country.values
        if (each.attribute, each.geography, each.code) == (attribute, geography, codes[0])
    )
    assert float(rows[0][attribute]) == value


def test_areas_that_touch_are_told_once_and_those_apart_never(country: Gazetteer):
    geography = country.boundaries[0].geography
    outlines = {each.code: each.outline for each in country.boundaries if each.geography == geography}
    found = touching(country, geography)
    assert found == tuple(sorted(set(found)))
    codes = sorted(outlines)
    for one in codes[:8]:
        for other in codes:
            if one < other:
                assert ((one, other) in found) == (outlines[one].distance(outlines[other]) <= 50)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"geography": "X"}, "There is no geography X. Choose from:"),
        ({"attributes": ["wealth"]}, "There is no attribute wealth. Choose from:"),
        ({"treated": ["nowhere"]}, "There is no area nowhere in"),
        ({"ages": AgeBand(0, 17), "mid_year": 1066}, "for mid-1066. Years there are:"),
    ],
)
def test_what_the_gazetteer_does_not_hold_is_refused(
    country: Gazetteer, asked: dict[str, object], sentence: str
):
    given = {"geography": country.geographies[0].key, "attributes": [], "treated": []} | asked
    with pytest.raises(BadInput) as refusal:
        covariates_of(country, **given)
    assert sentence in str(refusal.value)


def test_a_geography_without_outlines_needs_a_table_of_neighbours(country: Gazetteer):
    with pytest.raises(BadInput, match="There are no boundaries of X"):
        touching(country, "X")


def test_the_example_lists_areas_of_2015_that_are_known_to_use_thrive(shared_data: Path):
    root = Path(__file__).parents[3]
    members = rows_of(root / "docs/examples/england/matching/members.csv")
    areas = rows_of(shared_data / "lookups/ccg_codes_2015_2022.csv")
    assert {row["site"] for row in members} <= {row["ccg_code"] for row in areas if row["year"] == "2015"}
    assert all(row["because"] for row in members)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))

"""A small England from the real files: CCGs of four years, sub-ICB locations and ICBs."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ithrive.areas.gazetteer import Gazetteer, Link, Population
from ithrive.areas.places import Country, Geography, Place

CCG15 = Geography(
    "CCG15", "ccg", "Clinical commissioning groups, July 2015", date(2015, 4, 1), date(2016, 4, 1)
)
CCG21 = Geography(
    "CCG21", "ccg", "Clinical commissioning groups, April 2021", date(2021, 4, 1), date(2022, 7, 1)
)
SICBL22 = Geography("SICBL22", "sicbl", "Sub-ICB locations, July 2022", date(2022, 7, 1))
ICB22 = Geography("ICB22", "icb", "Integrated care boards, July 2022", date(2022, 7, 1))
YEARS = {"2015": "CCG15", "2021": "CCG21", "2022": "SICBL22"}
BASIS = "people aged 0 to 17 at mid-2020"


def england(shared: Path) -> Gazetteer:
    names = _names(shared)
    people = list(_populations(shared))
    icbs = {each.code for each in people if each.geography == "ICB22"}
    places = [
        *(Place(*key, name, ods) for key, (name, ods) in names.items()),
        *(Place("ICB22", code, code) for code in sorted(icbs)),
    ]
    return Gazetteer(
        country=Country("england", "England"),
        geographies=(CCG15, CCG21, SICBL22, ICB22),
        places=tuple(places),
        links=(*_lineage(shared), *_nesting(shared)),
        populations=tuple(people),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    yield from csv.DictReader(text.splitlines())


def _names(shared: Path) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (YEARS[row["year"]], row["ccg_code"]): (row["ccg_name"], row["ods_code"])
        for row in _rows(shared / "lookups" / "ccg_codes_2015_2022.csv")
        if row["year"] in YEARS
    }


def _lineage(shared: Path) -> Iterator[Link]:
    for row in _rows(shared / "lookups" / "ccg_lineage_2015_2022.csv"):
        pair = row["from_year"], row["to_year"]
        if pair in {("2015", "2021"), ("2021", "2022")}:
            yield Link(
                YEARS[pair[0]],
                row["from_code"],
                YEARS[pair[1]],
                row["to_code"],
                float(row["share_of_from"]),
                float(row["share_of_to"]),
                BASIS,
            )


def _nesting(shared: Path) -> Iterator[Link]:
    """Sub-ICB locations in ICBs, by the children of the small areas they share."""
    together: dict[tuple[str, str], int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    for row in _rows(shared / "lookups" / "lsoa11_master.csv.gz"):
        children = int(row["pop_0_17_2020"])
        together[row["SICBL22CD"], row["ICB22CD"]] += children
        totals[row["SICBL22CD"]] += children
        totals[row["ICB22CD"] + "*"] += children
    for (inner, outer), children in together.items():
        yield Link(
            "SICBL22", inner, "ICB22", outer, children / totals[inner], children / totals[outer + "*"], BASIS
        )


def _populations(shared: Path) -> Iterator[Population]:
    persons: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0] * 25)
    for row in _rows(shared / "population" / "population_single_year_0_24.csv.gz"):
        key = row["geography"], row["area_code"], int(row["mid_year"])
        persons[key][int(row["age"])] = int(row["persons"])
    for key, counts in persons.items():
        yield Population(*key, tuple(counts))

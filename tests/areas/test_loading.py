"""Loading a country's areas from official files: all of them or nothing."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import shapely

from ithrive.areas.gazetteer import Attribute, AttributeValue, Link, Population
from ithrive.areas.loading import load
from ithrive.areas.places import Country, Place
from ithrive.areas.revision import revision
from ithrive.problems import BadInput
from tests.areas.official_files import OfficialFiles


@pytest.fixture
def files(tmp_path: Path) -> OfficialFiles:
    return OfficialFiles(tmp_path)


def test_a_country_is_read_from_its_files(files: OfficialFiles) -> None:
    gazetteer = files.load()
    assert gazetteer.country == Country("hollow", "Hollow", fictional=True)
    assert [geography.key for geography in gazetteer.geographies] == ["OLD", "NEW", "COUNCILS", "DISTRICTS"]
    assert gazetteer.places[:5] == (
        Place("OLD", "A", "Ashby", "X1"),
        Place("OLD", "B", "Birch", "X2"),
        Place("OLD", "C", "Cole", None),
        Place("NEW", "A", "Ashby", "X1"),
        Place("NEW", "D", "Dunmore", "X4"),
    )
    assert gazetteer.populations == (
        Population("OLD", "A", 2017, (10, 11)),
        Population("OLD", "B", 2017, (20, 0)),
        Population("OLD", "C", 2017, (30, 31)),
    )


def test_places_without_a_file_of_codes_are_named_by_their_outlines(files: OfficialFiles) -> None:
    places = files.load().places_by_geography
    assert places["DISTRICTS"]["P"] == Place("DISTRICTS", "P", "A-west", "P1")
    assert places["DISTRICTS"]["Q"] == Place("DISTRICTS", "Q", "A-east", None)


def test_missing_and_zero_are_kept_apart(files: OfficialFiles) -> None:
    gazetteer = files.load()
    assert gazetteer.attributes == (Attribute("spend", "Spend", "pounds", "2015", "more spent"),)
    assert gazetteer.values == (
        AttributeValue("spend", "OLD", "A", 12.5),
        AttributeValue("spend", "OLD", "B", 0.0),
        AttributeValue("spend", "OLD", "C", None),
    )


def test_lineage_is_kept_as_published_with_its_basis(files: OfficialFiles) -> None:
    links = [link for link in files.load().links if link.to_geography == "NEW"]
    assert links == [
        Link("OLD", "A", "NEW", "A", 1.0, 1.0, "children"),
        Link("OLD", "B", "NEW", "D", 1.0, 0.4, "children"),
        Link("OLD", "C", "NEW", "D", 1.0, 0.6, "children"),
    ]


def test_areas_that_do_not_nest_are_linked_by_the_people_of_small_areas(files: OfficialFiles) -> None:
    links = [
        link
        for link in files.load().links
        if link.from_geography == "OLD" and link.to_geography == "COUNCILS"
    ]
    assert links == [
        Link("OLD", "A", "COUNCILS", "W", 1.0, 100 / 140, "people"),
        Link("OLD", "B", "COUNCILS", "E", 0.6, 60 / 110, "people"),
        Link("OLD", "B", "COUNCILS", "W", 0.4, 40 / 140, "people"),
        Link("OLD", "C", "COUNCILS", "E", 1.0, 50 / 110, "people"),
    ]


def test_outlines_come_in_metres_whether_from_geojson_or_quantised_topojson(files: OfficialFiles) -> None:
    outlines = {(each.geography, each.code): each.outline for each in files.load().boundaries}
    assert shapely.is_valid(list(outlines.values())).all()
    west, south, east, north = outlines["OLD", "A"].bounds
    assert 60_000 < east - west < 80_000
    assert 100_000 < north - south < 120_000
    # The new D is drawn from an arc run backwards, and covers what B and C covered, but for edges that
    # are straight between fewer corners.
    together = shapely.union(outlines["OLD", "B"], outlines["OLD", "C"])
    assert shapely.area(shapely.symmetric_difference(together, outlines["NEW", "D"])) < 1e-2 * together.area
    assert outlines["OLD", "A"].equals(outlines["NEW", "A"])


def test_sources_say_whose_file_it_was_and_what_it_held(files: OfficialFiles) -> None:
    sources = files.load().sources
    assert [source.rows for source in sources] == [5, 3, 2, 2, 3, 3, 6, 6, 3, 3]
    assert {source.publisher for source in sources} == {"Hollow Statistics"}
    assert {len(source.sha256) for source in sources} == {64}
    assert (sources[-1].file, sources[-1].kind) == ("manifest.toml", "lineage")


def test_the_same_files_have_the_same_revision_and_a_changed_figure_another(files: OfficialFiles) -> None:
    first = revision(files.load())
    assert revision(files.load()) == first
    assert revision(files.spoil("people.csv", "A,2017,0,10", "A,2017,0,11").load()) != first


def test_a_moved_outline_or_a_changed_title_is_another_revision(files: OfficialFiles) -> None:
    first = revision(files.load())
    files.redraw("old.geojson", lambda document: _corners(document, 2)[2].__setitem__(1, 52.9))
    second = revision(files.load())
    third = revision(files.spoil("manifest", 'title = "Old areas"', 'title = "Older areas"').load())
    assert len({first, second, third}) == 3


def _corners(document: dict, number: int) -> list:  # type: ignore[type-arg]  # JSON as it comes
    return document["features"][number]["geometry"]["coordinates"][0]


def test_progress_goes_from_nothing_to_everything(files: OfficialFiles) -> None:
    heard: list[tuple[str, int, int]] = []
    files.load(progress=lambda *step: heard.append(step))
    assert heard[0] == ("Codes", 0, 10)
    assert heard[-1] == ("Small areas", 10, 10)
    assert [done for _, done, _ in heard] == sorted(done for _, done, _ in heard)
    assert {total for _, _, total in heard} == {10}


def test_the_files_may_lie_elsewhere(files: OfficialFiles) -> None:
    manifest = files.written()
    elsewhere = (files.folder / "files").rename(files.folder / "elsewhere")
    assert load(manifest, folder=elsewhere).country.slug == "hollow"
    with pytest.raises(BadInput, match=r"manifest\.toml: The folder of its files, .*files, is not there"):
        load(manifest)


def test_a_workbook_serves_as_well_as_a_csv_file(files: OfficialFiles) -> None:
    as_csv = files.load()
    files.written()
    book = openpyxl.Workbook()
    page = book.create_sheet("Spend")
    for row in (["code", "spend"], ["A", 12.5], ["B", 0], ["C", None]):
        page.append(row)
    book.save(files.folder / "files/spend.xlsx")
    files.spoil("manifest", 'path = "spend.csv"', 'path = "spend.xlsx"\nsheet = "Spend"')
    assert files.load().values == as_csv.values


def test_rows_of_two_years_may_belong_to_two_geographies(files: OfficialFiles) -> None:
    plain = files.load()
    lines = files.tables["lineage.csv"].splitlines()
    files.tables["lineage.csv"] = "\n".join([lines[0] + ",year", *(line + ",2015" for line in lines[1:])])
    by_year = 'from_geography = { column = "year", values = { 2015 = "OLD" } }'
    files.spoil("manifest", 'from_geography = "OLD"', by_year)
    assert files.load().links == plain.links
    files.spoil("lineage.csv", "1,1,2015", "1,1,2014")
    assert "lineage.csv, row 2, column year: “2014” means no geography." in files.faults()[0]
    by_year = 'geography = { column = "year", values = { 2017 = "OLD" } }\ncolumns = { code = "code", mid'
    files.spoil("manifest", 'geography = "OLD"\ncolumns = { code = "code", mid', by_year)
    files.spoil("people.csv", "A,2017,0,10", "A,2016,0,10")
    assert "people.csv, row 2, column year: “2016” means no geography." in files.faults()[1]


def test_areas_that_only_changed_their_code_are_linked_by_hand(files: OfficialFiles) -> None:
    files.manifest += RENAMED
    links = [link for link in files.load().links if link.to_geography == "LATER"]
    assert links == [
        Link("NEW", "A", "LATER", "A", 1.0, 1.0, "same names"),
        Link("NEW", "D", "LATER", "D2", 1.0, 1.0, "same names"),
    ]


RENAMED = """
[[geography]]
key = "LATER"
kind = "later"
title = "Later areas"
starts = 2023-04-01

[[file]]
kind = "codes"
path = "codes.csv"
title = "Codes"
geography = "LATER"
columns = { code = "code", name = "name" }
where = { year = ["2020"] }
recode = { D = "D2" }

[[same_areas]]
from_geography = "NEW"
to_geography = "LATER"
replaced = { D = "D2" }
title = "New and later areas"
basis = "same names"
"""


@pytest.mark.parametrize(
    ("replaced", "fault"),
    [
        ("{}", "D is not an area of LATER. Say under “replaced” what became of it."),
        ('{ D = "A" }', "D2 comes from no area of NEW. Say so under “replaced”."),
        ('{ D = "D2", Z = "Y" }', "“replaced” names Z, which is not an area of NEW. Remove it."),
    ],
)
def test_a_replacement_that_does_not_fit_is_refused(files: OfficialFiles, replaced: str, fault: str) -> None:
    files.manifest += RENAMED.replace('{ D = "D2" }\ntitle', f"{replaced}\ntitle")
    assert f"manifest.toml, [[same_areas]] NEW to LATER: {fault}" in files.faults()


def test_an_area_named_on_many_rows_is_taken_once_when_the_manifest_says_so(files: OfficialFiles) -> None:
    files.tables["codes.csv"] += "2020,D,Dunmore,X4\n"
    assert "codes.csv, row 8, column code: The code D is there twice in NEW." in files.faults()[0]
    files.spoil("manifest", "where = { year", "repeated = true\nwhere = { year")
    assert len(files.load().places_by_geography["NEW"]) == 2
    files.tables["codes.csv"] += "2020,D,Other,X4\n"
    assert "row 9, column code: The code D is also called Dunmore." in files.faults()[0]


PARENT = """
[[file.parent]]
column = "council"
of = { OLD = "COUNCILS" }
recode = { west = "W", east = "E" }
corrected = { B = "W" }
"""


def test_larger_areas_come_from_a_column_recoded_and_corrected(files: OfficialFiles) -> None:
    councils = [",council", ",west", ",east", ",east", ",", ",", ","]
    lines = files.tables["codes.csv"].splitlines()
    files.tables["codes.csv"] = "\n".join(line + more for line, more in zip(lines, councils, strict=True))
    files.spoil(
        "manifest", 'where = { year = ["2015", "2020"] }\n', 'where = { year = ["2015", "2020"] }\n' + PARENT
    )
    files.spoil("manifest", "pairs = [", 'pairs = [["NEW", "COUNCILS"], ')
    files.spoil("manifest", 'columns = { OLD = "old"', 'columns = { NEW = "new", OLD = "old"')
    files.spoil("manifest", 'COUNCILS = "DISTRICTS"', 'COUNCILS = "OLD"')
    files.tables["small.csv.gz"] = (
        "small,old,new,district,people\ns1,A,A,P,30\ns2,A,A,Q,70\ns3,B,D,Q,40\ns5,C,D,R,60\n"
    )
    links = [link for link in files.load().links if link.from_geography == "NEW"]
    assert links == [
        Link("NEW", "A", "COUNCILS", "W", 1.0, 100 / 140, "people"),
        Link("NEW", "D", "COUNCILS", "E", 0.6, 1.0, "people"),
        Link("NEW", "D", "COUNCILS", "W", 0.4, 40 / 140, "people"),
    ]
    files.spoil("manifest", 'west = "W"', 'west = "V"')
    assert "The code V is used as a larger area but is not one of COUNCILS." in files.faults()[0]
    files.spoil("manifest", 'corrected = { B = "W" }', 'corrected = { Z = "W" }')
    assert "“corrected” names Z, which is not an area here." in files.faults()[0]
    files.spoil("codes.csv", "X2,east", "X2,")
    assert "row 3, column council: B lies in no area of COUNCILS." in files.faults()[0]


# file | what stands there | what is put in its place | what is then said first
SPOILT = r"""
codes.csv | 2015,A,Ashby | 2015,,Ashby | row 2, column code: The code is empty.
codes.csv | 2015,A,Ashby | 2015,A, | row 2, column name: The name is empty.
codes.csv | 2015,B | 2015,A | row 3, column code: The code A is there twice in OLD.
codes.csv | X1 | X1234567890 | row 2: The ODS code has more than 10 letters.
codes.csv | Ashby | Ash​by | row 2: The name holds a letter that cannot be printed.
codes.csv | year,code | year,kode | The column “code” is missing.
lineage.csv | B,D | B,Z | row 3, column to: The code “Z” is not an area of NEW.
lineage.csv | B,D | Y,D | row 3, column from: The code “Y” is not an area of OLD.
lineage.csv | B,D,1.0 | B,D,1.2 | row 3, column of_from: “1.2” is not a share between 0 and 1.
lineage.csv | 1.0,0.4 | 1.0, | row 3, column of_to: “” is not a share between 0 and 1.
lineage.csv | 1.0,0.4 | 0.9,0.4 | OLD B: Its shares towards NEW add up to 0.9000 and not to 1.
lineage.csv | 1.0,0.4 | 1,0.5 | NEW D: Its shares coming from OLD add up to 1.1000 and not to 1.
lineage.csv | A,A,1,1\n | \n | OLD A: Its shares towards NEW add up to 0.0000 and not to 1.
lineage.csv | A,A,1,1 | A,A,1,1\nA,A,1,1 | OLD A to NEW A: This pair of areas is there twice.
people.csv | A,2017,0,10 | Z,2017,0,10 | row 2, column code: The code “Z” is not an area of OLD.
people.csv | A,2017,0 | A,2027,0 | row 2, column year: “2027” is not a year that has come.
people.csv | A,2017,0 | A,20l7,0 | row 2, column year: “20l7” is not a year that has come.
people.csv | A,2017,0 | A,2017,0-4 | row 2, column age: “0-4” is not a single year of age.
people.csv | A,2017,0 | A,2017,-1 | row 2, column age: “-1” is not a single year of age.
people.csv | 0,10 | 0,-10 | row 2, column persons: “-10” is not a number of people.
people.csv | 0,10 | 0,10.5 | row 2, column persons: “10.5” is not a number of people.
people.csv | A,2017,1,11\n | \n | OLD A: Ages are missing for mid-2017: 1.
people.csv | C,2017,0,30\nC,2017,1,31\n | \n | OLD C: There is no population for mid-2017.
people.csv | A,2017,1,11 | A,2017,0,11 | row 3, column age: A has age 0 twice for mid-2017.
spend.csv | B,0 | B,nil | row 3, column spend: “nil” is not a number.
spend.csv | B,0 | Z,0 | row 3, column code: The code “Z” is not an area of OLD.
spend.csv | B,0 | A,0 | row 3, column code: A is there twice.
small.csv.gz | s2, | s1, | row 3, column small: The small area “s1” is there twice.
small.csv.gz | s2, | , | row 3, column small: The code is empty.
small.csv.gz | s2,A,Q,70 | s2,A,Q,x | row 3, column people: “x” is not a number of people.
small.csv.gz | s2,A | s2,Z | row 3, column old: The code “Z” is not an area of OLD.
small.csv.gz | s5,C,R,50 | s5,C,R,0 | OLD C: Its shares towards COUNCILS add up to 0.0000
manifest | starts = 2020-04-01 | starts = 2019-04-01 | [[geography]] NEW: OLD and NEW are both of kind ccg
manifest | "2015", "2020"] | "2015", "2020", "2016"] | codes.csv, row 5, column year: “2016” means
manifest | "2015", "2020"] | "2015"] | new.topojson: Nothing names the areas of NEW.
manifest | "2015", "2020"] | ] | codes.csv: Nothing is left to read.
manifest | "spend.csv" | "gone.csv" | gone.csv: The file cannot be opened
manifest | small = "DISTRICTS" | small = "NEW" | NEW in COUNCILS: D lies in no single area
manifest | small = "DISTRICTS" | small = "LATER" | [[nesting]] 1: It names the geography LATER.
manifest | COUNCILS = "DISTRICTS" | COUNCILS = "OLD" | No area of COUNCILS is known for OLD A.
manifest | "NAME", ods | "NOME", ods | districts.geojson, feature 1 (P): The name is empty.
manifest | , name = "NAME" } | } | councils.geojson: Nothing names the areas of COUNCILS.
"""


def spoilt() -> list[list[str]]:
    return [line.replace("\\n", "\n").split(" | ") for line in SPOILT.strip().splitlines()]


@pytest.mark.parametrize(("name", "old", "new", "said"), spoilt())
def test_what_is_wrong_is_said_naming_file_row_and_column(
    files: OfficialFiles, name: str, old: str, new: str, said: str
) -> None:
    fault = files.spoil(name, old, new).faults()[0]
    assert said in fault
    assert name == "manifest" or fault.startswith(name)


def test_refused_codes_are_not_said_to_be_missing_too(files: OfficialFiles) -> None:
    assert len(files.spoil("codes.csv", "2015,B", "2015,A").faults()) == 1


def test_hard_spaces_in_names_are_spaces(files: OfficialFiles) -> None:
    files.spoil("codes.csv", "Ashby", "Ashby\u00a0 Vale")
    files.redraw(
        "councils.geojson", lambda document: document["features"][0]["properties"].update(NAME="Far\nWest")
    )
    places = files.load().places_by_geography
    assert places["OLD"]["A"].name == "Ashby Vale"
    assert places["COUNCILS"]["W"].name == "Far West"


def test_a_geography_without_areas_is_refused(files: OfficialFiles) -> None:
    files.manifest += '[[geography]]\nkey = "BARE"\nkind = "bare"\ntitle = "Bare"\nstarts = 2015-04-01\n'
    assert files.faults()[0].startswith("manifest.toml, [[geography]] BARE: No file says which areas it has.")


def test_nesting_without_outlines_is_refused(files: OfficialFiles) -> None:
    files.manifest += RENAMED + '[[nesting]]\nsmall = "LATER"\nlarge = "NEW"\ntitle = "x"\nbasis = "x"\n'
    assert "[[nesting]] LATER in NEW: There are no boundaries of LATER." in files.faults()[0]


@pytest.mark.parametrize("name", ["people.csv", "spend.csv", "lineage.csv", "small.csv.gz"])
def test_a_file_of_which_nothing_is_left_is_refused(files: OfficialFiles, name: str) -> None:
    files.tables[name] = files.tables[name].splitlines()[0] + "\n"
    assert f"{name}: Nothing is left to read." in files.faults()[0]


def test_populations_of_older_people_alone_are_refused(files: OfficialFiles) -> None:
    files.tables["people.csv"] = "code,year,age,persons\nA,2017,30,1\n"
    assert "people.csv: No age up to the manifest's “oldest” is there." in files.faults()[0]


def test_faults_of_several_files_are_said_together(files: OfficialFiles) -> None:
    files.spoil("people.csv", "0,10", "0,-10").spoil("spend.csv", "B,0", "B,nil")
    files.spoil("lineage.csv", "B,D,1.0", "B,D,x")
    assert [fault.split(",")[0] for fault in files.faults()] == ["lineage.csv", "people.csv", "spend.csv"]


def test_many_faults_of_one_file_are_counted_after_twenty(files: OfficialFiles) -> None:
    files.tables["people.csv"] += "Z,2017,0,1\n" * 30
    faults = files.faults()
    assert len(faults) == 21
    assert faults[-1] == "people.csv: And 10 more like these. Mend the first ones and try again."


def test_two_files_for_one_thing_are_refused(files: OfficialFiles) -> None:
    files.manifest += files.manifest[files.manifest.index("[[file]]") :].replace("[[nesting]]", "[[file]]", 0)
    assert "manifest.toml, codes.csv: The codes of OLD are given by another file too." in files.faults()[0]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("lineage", "Two files give the links between OLD and NEW."),
        ("population", "Two files give the populations of OLD for mid-2017."),
        ("attribute", "Two files give the values of spend for OLD."),
        ("boundaries", "Two files give the boundaries of OLD."),
    ],
)
def test_what_two_files_both_say_is_refused(files: OfficialFiles, kind: str, said: str) -> None:
    tables = files.manifest.split("[[file]]")
    table = next(each for each in tables if f'kind = "{kind}"' in each).split("[[nesting]]")[0]
    files.manifest += "\n[[file]]" + table
    assert files.faults() == [f"manifest.toml: {said} Keep one of them."]


def test_nothing_is_future_but_what_the_manifest_says_is_announced(files: OfficialFiles) -> None:
    assert files.load(today=date(2020, 4, 1)).country.slug == "hollow"
    with pytest.raises(BadInput, match="starts on 2020-04-01, which is in the future"):
        files.load(today=date(2020, 3, 31))
    files.spoil("manifest", "starts = 2020-04-01", "starts = 2020-04-01\nannounced = true")
    assert files.load(today=date(2020, 3, 31)).country.slug == "hollow"

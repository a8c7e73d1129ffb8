"""What is wrong with a manifest is said in plain words, naming the table."""

from datetime import date
from pathlib import Path

import pytest

from ithrive.areas.manifest import read_manifest
from ithrive.problems import BadInput
from tests.areas.official_files import MANIFEST, TODAY


def faults(folder: Path, text: str, today: date = TODAY) -> list[str]:
    path = folder / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_manifest(path, today=today)
    return [str(problem) for problem in caught.value.problems]


# what stands there => what is put in its place => what is then said first
SPOILT = r"""
name = "Hollow" =>  => manifest.toml, [country]: “name” is missing. Add it.
name = "Hollow" => nome = "Hollow" => manifest.toml, [country]: “name” is missing.
folder = "files" => fodler = "files" => manifest.toml: “fodler” is not a word of this table. Remove it or
slug = "hollow" => slug = "Hollow!" => manifest.toml, [country]: “slug” holds a letter that cannot be used
name = "Hollow" => name = "a\u0000b" => manifest.toml, [country]: “name” holds a letter that cannot be used
name = "Hollow" => name = "" => manifest.toml, [country]: “name” is empty.
fictional = true => fictional = "perhaps" => manifest.toml, [country]: “fictional” is not true or false.
fictional = true => grid = "EPSG:9999999" => manifest.toml, [country]: “grid” is not a known coordinate system
fictional = true => grid = "EPSG:4326" => manifest.toml, [country]: “grid” is not a grid in metres
fictional = true => extent = [1, 2, 3] => manifest.toml, [country]
key = "OLD" => key = "O L D" => manifest.toml, [[geography]] 1 (O L D): “key” holds a letter that cannot be
key = "OLD" => key = "NEW" => manifest.toml, [[geography]] NEW: This key is there twice.
kind = "ccg" => kind = "abcdefghijabcdefghijabcdefghijx" => manifest.toml, [[geography]] 1 (OLD): “kind” is
starts = 2015-04-01 => starts = "soon" => manifest.toml, [[geography]] 1 (OLD): “starts” is not a day such as
ends = 2020-04-01 => ends = 2015-04-01 => manifest.toml, [[geography]] OLD: It ends before it starts.
ends = 2020-04-01 =>  => manifest.toml, [[geography]] NEW: OLD and NEW are both of kind ccg and hold on the
ends = 2020-04-01 => ends = 2020-04-02 => manifest.toml, [[geography]] NEW: OLD and NEW are both of kind ccg
starts = 2020-04-01 => starts = 2030-04-01 => manifest.toml, [[geography]] NEW: It starts on 2030-04-01, which
key = "OLD" => key = "OLD"\nfollows = "MIDDLE" => [[geography]] OLD: It follows MIDDLE, which is
kind = "boundaries" => kind = "shapes" => [[file]] 2 (old.geojson): “kind” does not say what is in the file.
kind = "boundaries" =>  => [[file]] 2 (old.geojson): “kind” does not say what is in the file.
path = "old.geojson" => path = "/old.geojson" => “path” is not a path inside the folder of files.
path = "old.geojson" => path = "x/../../old" => “path” is not a path inside the folder of files.
path = "old.geojson" => path = 'x\..\old' => “path” is not a path inside the folder of files.
path = "old.geojson" => path = 7 => [[file]] 2 (7): “path” is not text in quotation marks.
path = "old.geojson" => path = "a"\ncrs = "degrees" => [[file]] 2 (a): “crs” is not a known coordinate system
columns = { code = "CODE" } => columns = { kode = "CODE" } => (old.geojson): “columns.code” is missing.
columns = { code = "CODE" } => columns = "CODE" => (old.geojson): “columns” is not a table.
geography = "OLD" => geography = 7 => [[file]] 2 (old.geojson): “geography” is not text in quotation marks.
geography = "OLD" => geography = "MIDDLE" => [[file]] 2 (old.geojson): It names the geography MIDDLE. Describe
{ column = "year" => { colum = "year" => [[file]] 1 (codes.csv): “geography.column” is missing.
2015 = "OLD" => 2015 = "MIDDLE" => [[file]] 1 (codes.csv): It names the geography MIDDLE.
column = "spend" => colum = "spend" => [[file]] 9 (spend.csv): “attribute.1.column” is missing.
to_geography = "NEW" => to_geography = "MIDDLE" => [[file]] 6 (lineage.csv): It names the geography MIDDLE.
pairs = [["OLD", "COUNCILS"] => pairs = [["OLD", "NEW"] => (small.csv.gz): NEW is in a pair but has no column.
COUNCILS = "DISTRICTS" => COUNCILS = "NEW" => (small.csv.gz): “through” leads to COUNCILS from NEW. Give that
pairs = [["OLD", "COUNCILS"] => pairs = [["OLD"] => (small.csv.gz): “pairs.1.2” is missing.
vintage = "2015" => vintage = "estimates of 2027" => [[file]] 1 (codes.csv): Its vintage “estimates of 2027”
small = "DISTRICTS" => small = "MIDDLE" => manifest.toml, [[nesting]] 1: It names the geography MIDDLE.
publisher = "Hollow Statistics" =>  => [[file]] 1 (codes.csv): “publisher” is missing.
oldest = 1 => oldest = 500 => [[file]] 8 (people.csv): “oldest” cannot be used: input should be less than or
"""


@pytest.mark.parametrize("line", SPOILT.strip().splitlines())
def test_a_slip_of_the_pen_is_named(tmp_path: Path, line: str) -> None:
    old, new, said = line.split(" => ")
    new = new.replace("\\n", "\n")
    assert old in MANIFEST
    first = faults(tmp_path, MANIFEST.replace(old, new, 1))[0]
    assert first.startswith("manifest.toml")
    assert said in first


def test_a_manifest_that_is_not_toml_is_refused_with_the_place(tmp_path: Path) -> None:
    assert faults(tmp_path, "a = [")[0].startswith("manifest.toml: The manifest is not TOML text (")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(BadInput, match=r"latin\.toml: The manifest is not TOML text"):
        read_manifest(tmp_path / "latin.toml", today=TODAY)


def test_a_manifest_of_the_wrong_shape_is_refused_in_words(tmp_path: Path) -> None:
    assert faults(tmp_path, "country = 1\ngeography = 3\nfile = [1]\nnesting = 7") == [
        "manifest.toml: “country” is not a table. Correct it.",
        "manifest.toml: “geography” is not a list. Correct it.",
        "manifest.toml, [[file]] 1: “file” is not a table. Correct it.",
        "manifest.toml: “nesting” is not a list. Correct it.",
    ]
    assert "is missing" in faults(tmp_path, "")[0]
    assert faults(tmp_path, 'defaults = "x"\nfile = [{ kind = "codes" }]')


def test_a_manifest_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.toml: The file cannot be opened"):
        read_manifest(tmp_path / "none.toml", today=TODAY)


def test_one_attribute_described_in_two_ways_is_refused(tmp_path: Path) -> None:
    table = MANIFEST[MANIFEST.index('[[file]]\nkind = "attribute"') : MANIFEST.index("[[nesting]]")]
    (fault,) = faults(tmp_path, MANIFEST + table.replace('unit = "pounds"', 'unit = "pence"'))
    assert fault.startswith("manifest.toml: The attribute spend is described in two ways.")


def test_geographies_of_one_kind_may_follow_each_other_with_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(MANIFEST.replace("starts = 2020-04-01", "starts = 2021-04-01"), encoding="utf-8")
    assert read_manifest(path, today=TODAY).geography[1].starts == date(2021, 4, 1)


def test_every_key_of_a_table_is_said_to_the_reader_of_the_handbook() -> None:
    from ithrive.areas import manifest
    from ithrive.areas.manifest.tables import Table

    page = Path(__file__).parents[2] / "docs/handbook/reference/areas-manifest.md"
    text = page.read_text(encoding="utf-8")
    tables = [each for name in manifest.__all__ if isinstance(each := getattr(manifest, name), type)]
    words = {word for table in tables if issubclass(table, Table) for word in table.model_fields}
    assert {word for word in words if f"`{word}`" not in text} == set()

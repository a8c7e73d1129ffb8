"""The manifest: which official files describe a country's areas, what is in them, and whose they are.

`docs/handbook/reference/areas-manifest.md` explains every word of it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import pyproj
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pyproj.exceptions import CRSError

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import bytes_of
from ithrive.tables.rows import shortened

LIMIT_BYTES = 1_000_000

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=40)]


class Table(BaseModel):
    """A table of the manifest: its words are fixed, so that a slip of the pen is found."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CountryTable(Table):
    slug: Slug
    name: Text
    fictional: bool = False
    grid: Text = "EPSG:27700"
    # West, south, east, north in degrees: what lies outside is no part of the country.
    extent: tuple[float, float, float, float] | None = None

    @field_validator("grid")
    @classmethod
    def _known(cls, grid: str) -> str:
        return _known_crs(grid)


class GeographyTable(Table):
    key: Key
    kind: Slug
    title: Text
    starts: date
    ends: date | None = None
    # A geography that is published ahead of its day.
    announced: bool = False


class ByColumn(Table):
    """The geography stands in a column of the file: which value means which geography."""

    column: Text
    values: dict[str, Key]


GeographyOf = Key | ByColumn


class FileTable(Table):
    path: Text
    title: Text
    publisher: Text
    vintage: Text
    licence: Text
    sheet: Text | None = None
    # Only rows with one of these values in these columns are taken.
    where: dict[str, list[str]] = {}

    @field_validator("path")
    @classmethod
    def _inside(cls, path: str) -> str:
        parts = PurePosixPath(path.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            raise ValueError("a path inside the folder of files")
        return path


class BoundaryColumns(Table):
    code: Text
    name: Text | None = None
    ods_code: Text | None = None


class BoundariesFile(FileTable):
    kind: Literal["boundaries"]
    geography: Key
    columns: BoundaryColumns
    crs: Text = "EPSG:4326"
    # The TopoJSON object that holds the areas; the only one unless named.
    object: Text | None = None

    @field_validator("crs")
    @classmethod
    def _known(cls, crs: str) -> str:
        return _known_crs(crs)


class CodeColumns(Table):
    code: Text
    name: Text
    ods_code: Text | None = None


class ParentTable(Table):
    """A column that says which larger area holds the area; `of` maps its geography to the larger one."""

    column: Text
    of: dict[Key, Key]
    recode: dict[str, str] = {}


class CodesFile(FileTable):
    kind: Literal["codes"]
    geography: GeographyOf
    columns: CodeColumns
    parent: list[ParentTable] = []
    # Other spellings of codes: value in the file = code to use.
    recode: dict[str, str] = {}
    # The area is named on many rows, always alike.
    repeated: bool = False


class LineageColumns(Table):
    from_code: Text
    to_code: Text
    share_of_from: Text
    share_of_to: Text


class LineageFile(FileTable):
    kind: Literal["lineage"]
    from_geography: GeographyOf
    to_geography: GeographyOf
    columns: LineageColumns
    basis: Text


class SmallAreasFile(FileTable):
    kind: Literal["small-areas"]
    code: Text
    people: Text
    columns: dict[Key, Text]
    # Larger geography = the geography whose parents lead to it.
    through: dict[Key, Key] = {}
    pairs: list[tuple[Key, Key]]
    basis: Text


class PopulationColumns(Table):
    code: Text
    mid_year: Text
    age: Text
    persons: Text


class PopulationFile(FileTable):
    kind: Literal["population"]
    geography: GeographyOf
    columns: PopulationColumns
    oldest: Annotated[int, Field(ge=0, le=120)] = 24


class AttributeTable(Table):
    key: Slug
    title: Text
    unit: Text
    vintage: Text
    column: Text
    higher_means: str = ""
    # Cells that mean "not available"; every other cell must hold a number.
    missing: list[str] = [""]


class AttributeColumns(Table):
    code: Text


class AttributeFile(FileTable):
    kind: Literal["attribute"]
    geography: GeographyOf
    columns: AttributeColumns
    attribute: Annotated[list[AttributeTable], Field(min_length=1)]


File = BoundariesFile | CodesFile | LineageFile | SmallAreasFile | PopulationFile | AttributeFile


class SourceWords(Table):
    title: Text
    publisher: Text
    vintage: Text
    licence: Text
    basis: Text


class SameAreas(SourceWords):
    """Two geographies whose areas are the same people, apart from codes that were `replaced`."""

    from_geography: Key
    to_geography: Key
    replaced: dict[str, str] = {}


class Nesting(SourceWords):
    """Every area of one geography lies inside one area of another, as their outlines show."""

    small: Key
    large: Key


class Manifest(Table):
    country: CountryTable
    folder: str = "."
    geography: Annotated[list[GeographyTable], Field(min_length=1)]
    file: Annotated[list[Annotated[File, Field(discriminator="kind")]], Field(min_length=1)]
    same_areas: list[SameAreas] = []
    nesting: list[Nesting] = []


def read_manifest(path: Path, *, today: date) -> Manifest:
    """The manifest at a path, checked. Raises BadInput with every problem found in it."""
    raw = _toml(path)
    try:
        manifest = Manifest.model_validate(_with_defaults(raw))
    except ValidationError as error:
        problems = [_reworded(each, raw, path.name) for each in error.errors()]
        raise BadInput(shortened(list(dict.fromkeys(problems)), path.name)) from error
    problems = [*_wrong_geographies(manifest, path.name, today), *_wrong_files(manifest, path.name, today)]
    if problems:
        raise BadInput(shortened(problems, path.name))
    return manifest


def _toml(path: Path) -> dict[str, Any]:
    content = bytes_of(path, name=path.name, limit_bytes=LIMIT_BYTES)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"The manifest is not TOML text ({error})."
        raise BadInput(Problem(path.name, what, "Mend that place and try again.")) from error


def _with_defaults(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest with the words of [defaults] put into every table that names a source."""
    defaults = raw.get("defaults", {})
    given = {key: value for key, value in raw.items() if key != "defaults"}
    for name in ("file", "same_areas", "nesting"):
        if isinstance(given.get(name), list) and isinstance(defaults, dict):
            given[name] = [{**defaults, **each} if isinstance(each, dict) else each for each in given[name]]
    return given


def _known_crs(name: str) -> str:
    try:
        pyproj.CRS.from_user_input(name)
    except CRSError as error:
        raise ValueError("a known coordinate system, such as EPSG:4326") from error
    return name


# --- Problems in plain words -----------------------------------------------------------------------


def _reworded(error: ErrorDetails, raw: Mapping[str, Any], name: str) -> Problem:
    place, word = _where(error["loc"], raw, name)
    if error["type"] == "missing":
        return Problem(place, f"“{word}” is missing.", "Add it.")
    if error["type"] == "extra_forbidden":
        return Problem(place, f"“{word}” is not a word of this table.", "Remove it or correct its spelling.")
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        kinds = "boundaries, codes, lineage, small-areas, population or attribute"
        return Problem(place, "“kind” does not say what is in the file.", f"Write {kinds}.")
    if error["type"] == "value_error":
        return Problem(place, f"“{word}” is not {error['ctx']['error']}.", "Correct it.")
    return Problem(place, f"“{word}” cannot be used: {error['msg'].lower()}.", "Correct it.")


_INNER = {"str", "ByColumn", "boundaries", "codes", "lineage", "small-areas", "population", "attribute"}


def _where(steps: tuple[str | int, ...], raw: Mapping[str, Any], name: str) -> tuple[str, str]:
    """Where in the manifest, and which word: ("manifest.toml, [[file]] 3 (a/b.csv)", "columns.code")."""
    if len(steps) < 2 or not isinstance(steps[1], int):
        return f"{name}, [{steps[0]}]" if len(steps) > 1 else name, ".".join(map(str, steps[-1:]))
    table = raw[str(steps[0])][steps[1]]
    called = table.get("path") or table.get("key") if isinstance(table, dict) else None
    words = [str(step) for step in steps[2:] if step not in _INNER and "[" not in str(step)]
    place = f"{name}, [[{steps[0]}]] {steps[1] + 1}" + (f" ({called})" if called else "")
    return place, ".".join(words) or str(steps[0])


# --- What a schema cannot say ----------------------------------------------------------------------


def _wrong_geographies(manifest: Manifest, name: str, today: date) -> Iterator[Problem]:
    seen: set[str] = set()
    for geography in manifest.geography:
        place = f"{name}, [[geography]] {geography.key}"
        if geography.key in seen:
            yield Problem(place, "This key is there twice.", "Give every geography its own key.")
        seen.add(geography.key)
        if geography.ends and geography.ends <= geography.starts:
            yield Problem(place, "It ends before it starts.", "Correct “starts” or “ends”.")
        if geography.starts > today and not geography.announced:
            mend = "Correct it, or write “announced = true” if it is published ahead."
            yield Problem(place, f"It starts on {geography.starts}, which is in the future.", mend)
    yield from _overlapping(manifest, name)


def _overlapping(manifest: Manifest, name: str) -> Iterator[Problem]:
    for one, other in combinations(manifest.geography, 2):
        meet = one.starts < (other.ends or date.max) and other.starts < (one.ends or date.max)
        if one.kind == other.kind and one.key != other.key and meet:
            what = f"{one.key} and {other.key} are both of kind {one.kind} and hold on the same days."
            yield Problem(
                f"{name}, [[geography]] {other.key}", what, "End the earlier where the later starts."
            )


def _wrong_files(manifest: Manifest, name: str, today: date) -> Iterator[Problem]:
    known = {geography.key for geography in manifest.geography}
    for place, table in _tables(manifest, name):
        for key in sorted(_named_geographies(table) - known):
            yield Problem(place, f"It names the geography {key}.", "Describe that under [[geography]].")
        years = [int(year) for year in re.findall(r"\b(?:19|20|21)\d\d\b", table.vintage)]
        yield from _unlinked(table, place)
        if max(years, default=0) > today.year:
            yield Problem(place, f"Its vintage “{table.vintage}” is in the future.", "Correct it.")
    yield from _repeated_attributes(manifest, name)


def _tables(manifest: Manifest, name: str) -> Iterator[tuple[str, File | SameAreas | Nesting]]:
    for number, file in enumerate(manifest.file, 1):
        yield f"{name}, [[file]] {number} ({file.path})", file
    for number, same in enumerate(manifest.same_areas, 1):
        yield f"{name}, [[same_areas]] {number}", same
    for number, nesting in enumerate(manifest.nesting, 1):
        yield f"{name}, [[nesting]] {number}", nesting


def _named_geographies(table: File | SameAreas | Nesting) -> set[str]:
    match table:
        case SameAreas() | LineageFile():
            return _keys(table.from_geography) | _keys(table.to_geography)
        case Nesting():
            return {table.small, table.large}
        case SmallAreasFile():
            pairs = {key for pair in table.pairs for key in pair}
            return pairs | table.columns.keys() | table.through.keys() | set(table.through.values())
        case CodesFile():
            parents = {key for parent in table.parent for pair in parent.of.items() for key in pair}
            return _keys(table.geography) | parents
    return _keys(table.geography)


def _unlinked(table: File | SameAreas | Nesting, place: str) -> Iterator[Problem]:
    if not isinstance(table, SmallAreasFile):
        return
    for larger, smaller in table.through.items():
        if smaller not in table.columns:
            yield Problem(place, f"“through” leads to {larger} from {smaller}.", "Give that one a column.")
    for key in dict.fromkeys(key for pair in table.pairs for key in pair):
        if key not in table.columns and key not in table.through:
            yield Problem(place, f"{key} is in a pair but has no column.", "Add it to columns or through.")


def _keys(geography: GeographyOf) -> set[str]:
    return {geography} if isinstance(geography, str) else set(geography.values.values())


def _repeated_attributes(manifest: Manifest, name: str) -> Iterator[Problem]:
    files = [file for file in manifest.file if isinstance(file, AttributeFile)]
    seen: dict[str, AttributeTable] = {}
    for attribute in (each for file in files for each in file.attribute):
        # The same attribute may come from several files, as long as it is the same.
        first = seen.setdefault(attribute.key, attribute)
        if described(first) != described(attribute):
            what = f"The attribute {attribute.key} is described in two ways."
            yield Problem(name, what, "Use the same title, unit, vintage and direction, or another key.")


def described(attribute: AttributeTable) -> dict[str, Any]:
    """What an attribute is, apart from the column that a file keeps it in."""
    return attribute.model_dump(exclude={"column", "missing"})

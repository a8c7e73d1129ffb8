"""The words of a manifest, each table as a checked value."""

from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Literal

import pyproj
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator
from pyproj.exceptions import CRSError

# The lengths are those that the website's database keeps.
Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
ShortText = Annotated[Text, Field(max_length=100)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=20)]


def _known_crs(name: str) -> str:
    try:
        pyproj.CRS.from_user_input(name)
    except CRSError as error:
        raise ValueError("a known coordinate system, such as EPSG:4326") from error
    return name


class Table(BaseModel):
    """A table of the manifest: its words are fixed, so that a slip of the pen is found."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CountryTable(Table):
    slug: Slug
    name: ShortText
    fictional: bool = False
    grid: Text = "EPSG:27700"
    # West, south, east, north in degrees: what lies outside is no part of the country.
    extent: tuple[float, float, float, float] | None = None

    @field_validator("grid")
    @classmethod
    def _in_metres(cls, grid: str) -> str:
        crs = pyproj.CRS.from_user_input(_known_crs(grid))
        if not crs.is_projected or {axis.unit_name for axis in crs.axis_info} != {"metre"}:
            raise ValueError("a grid in metres, such as EPSG:27700")
        return grid


class GeographyTable(Table):
    key: Key
    kind: Annotated[Slug, Field(max_length=30)]
    title: Annotated[Text, Field(max_length=150)]
    starts: date
    ends: date | None = None
    # A geography that is published ahead of its day.
    announced: bool = False
    # The geography of another kind whose place it took.
    follows: Key | None = None


class ByColumn(Table):
    """The geography stands in a column of the file: which value means which geography."""

    column: Text
    values: dict[str, Key]


def _which(value: object) -> str:
    return "<column>" if isinstance(value, (dict, ByColumn)) else "<key>"


GeographyOf = Annotated[
    Annotated[Key, Tag("<key>")] | Annotated[ByColumn, Tag("<column>")], Discriminator(_which)
]


class FileTable(Table):
    path: Text
    title: Text
    publisher: Text
    vintage: ShortText
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
    # Where the column is known to be wrong: area = larger area.
    corrected: dict[str, str] = {}


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
    basis: ShortText


class SmallAreasFile(FileTable):
    kind: Literal["small-areas"]
    code: Text
    people: Text
    columns: dict[Key, Text]
    # Larger geography = the geography whose parents lead to it.
    through: dict[Key, Key] = {}
    pairs: list[tuple[Key, Key]]
    basis: ShortText


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
    unit: ShortText
    vintage: ShortText
    column: Text
    higher_means: Annotated[str, Field(max_length=100)] = ""
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
    vintage: ShortText
    licence: Text
    basis: ShortText


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

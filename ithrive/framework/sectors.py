"""The sectors in which people around children and young people work: their codes and names have one home."""

from collections.abc import Mapping
from functools import cache

from pydantic import Field

from ithrive.framework.definition_files import entries_of
from ithrive.framework.ideas import Code, Definition, Text

SECTORS_FILE = "sectors.toml"


class Sector(Definition):
    code: Code
    name: Text


class Sectors(Definition):
    sector: tuple[Sector, ...] = Field(min_length=1)


@cache
def sector_names() -> Mapping[str, str]:
    """The name of every sector by its code, in the order of the file."""
    found = Sectors.model_validate(entries_of(SECTORS_FILE, None))
    return {each.code: each.name for each in found.sector}

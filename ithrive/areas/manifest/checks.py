"""What is wrong with a manifest that a schema cannot say: days, keys, and what names what."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from ithrive.areas.manifest.tables import (
    AttributeFile,
    AttributeTable,
    CodesFile,
    File,
    GeographyOf,
    LineageFile,
    Manifest,
    Nesting,
    SameAreas,
    SmallAreasFile,
)
from ithrive.problems import Problem


def wrong_geographies(manifest: Manifest, name: str, today: date) -> Iterator[Problem]:
    known = {geography.key for geography in manifest.geography}
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
        if geography.follows and geography.follows not in known:
            what = f"It follows {geography.follows}, which is not here."
            yield Problem(place, what, "Describe that under [[geography]].")
    yield from _overlapping(manifest, name)


def _overlapping(manifest: Manifest, name: str) -> Iterator[Problem]:
    for one, other in combinations(manifest.geography, 2):
        meet = one.starts < (other.ends or date.max) and other.starts < (one.ends or date.max)
        if one.kind == other.kind and one.key != other.key and meet:
            what = f"{one.key} and {other.key} are both of kind {one.kind} and hold on the same days."
            yield Problem(
                f"{name}, [[geography]] {other.key}", what, "End the earlier where the later starts."
            )


def wrong_files(manifest: Manifest, name: str, today: date) -> Iterator[Problem]:
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

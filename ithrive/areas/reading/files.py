"""The official files of one manifest: each opened once, and known by its contents."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ithrive.areas.gazetteer import Source
from ithrive.areas.manifest import ByColumn, File, GeographyOf
from ithrive.areas.reading.faults import Faults
from ithrive.tables import Row, read_csv, read_xlsx
from ithrive.tables.incoming import bytes_of, packed_bytes_of

# Generalised boundaries of a whole country fit in this; full-resolution ones are of no use on a map.
LIMIT_BYTES = 40_000_000

NOTHING_LEFT = ("Nothing is left to read.", "Check the manifest's “where” for this file.")


class Files:
    """The files in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents: dict[str, bytes] = {}
        self._rows: dict[tuple[str, str | None], list[Row]] = {}

    def packed(self, path: str) -> bytes:
        """The file as it lies there, read once. Raises BadInput if it is missing or too big."""
        if path not in self._contents:
            whole = self._folder / path
            self._contents[path] = packed_bytes_of(whole, name=path, limit_bytes=LIMIT_BYTES)
        return self._contents[path]

    def unpacked(self, path: str) -> bytes:
        return bytes_of(self.packed(path), name=path, limit_bytes=LIMIT_BYTES)

    def rows(self, file: File, needs: Sequence[str], faults: Faults) -> list[Row]:
        """The file's rows that pass its `where`. None left, or columns missing, raise BadInput."""
        wanted = {column: frozenset(values) for column, values in file.where.items()}
        rows = self._table(file)
        for column in dict.fromkeys((*needs, *wanted)):
            if rows and column not in rows[0].cells:
                there = ", ".join(list(rows[0].cells)[:12])
                faults.add(f"The column “{column}” is missing.", f"The headings are: {there}.")
        faults.raise_if_any()
        chosen = [row for row in rows if all(row.cells[column] in wanted[column] for column in wanted)]
        if not chosen:
            faults.add(*NOTHING_LEFT)
        faults.raise_if_any()
        return chosen

    def _table(self, file: File) -> list[Row]:
        key = (file.path, file.sheet)
        if key not in self._rows:
            content = self.packed(file.path)
            if file.path.lower().endswith(".xlsx"):
                self._rows[key] = read_xlsx(content, name=file.path, sheet=file.sheet)
            else:
                self._rows[key] = read_csv(content, name=file.path)
        return self._rows[key]

    def source(self, file: File, rows: int) -> Source:
        """Where a part of the gazetteer came from."""
        digest = hashlib.sha256(self.packed(file.path)).hexdigest()
        words = (file.title, file.kind, file.publisher, file.licence, file.vintage)
        return Source(*words, file=file.path, sha256=digest, rows=rows)


def geography_columns(*geographies: GeographyOf) -> list[str]:
    """The columns that say which geography a row belongs to."""
    return [each.column for each in geographies if isinstance(each, ByColumn)]


def geography_of(row: Row, geography: GeographyOf, faults: Faults) -> str | None:
    """The geography that a row belongs to; a value the manifest does not know is a fault."""
    if isinstance(geography, str):
        return geography
    value = row.cells[geography.column]
    key = geography.values.get(value)
    if key is None:
        mend = "Add it to the manifest's values, or leave such rows out with “where”."
        faults.add(f"“{value}” means no geography.", mend, row=row.number, column=geography.column)
    return key

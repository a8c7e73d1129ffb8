"""Looking into a file before it is read: can it be, and which columns has it?"""

import codecs
import csv
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ithrive.records.reading.files import TableFile
from ithrive.records.reading.versions import version_of

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read, its columns with their kinds, and its version."""

    file: TableFile
    columns: tuple[tuple[str, str], ...]
    version: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be read, and why."""

    file: TableFile
    why: str


def opened(file: TableFile) -> Opened | Unreadable:
    """The file's columns, or why it cannot be read."""
    try:
        columns = _parquet(file.path) if file.file_format == "parquet" else _csv(file.path)
    except (OSError, EOFError, ValueError, csv.Error, UnicodeDecodeError) as error:
        return Unreadable(file, _reason(error))
    twice = _twice([name for name, _ in columns])
    if twice:
        return Unreadable(file, f"The column {twice} stands in it twice.")
    return Opened(file, columns, version_of(file, [name for name, _ in columns]))


def _parquet(path: Path) -> tuple[tuple[str, str], ...]:
    import pyarrow.parquet

    # ArrowInvalid is a ValueError: what stands at the end of a whole file is missing from a truncated one.
    schema = pyarrow.parquet.read_schema(path)
    return tuple((field.name, str(field.type)) for field in schema)


def _csv(path: Path) -> tuple[tuple[str, str], ...]:
    whole = gzip.open if path.name.lower().endswith(".gz") else open
    with whole(path, "rb") as file:
        first = file.readline(_BLOCK)
        _read_through(file)
    header = next(csv.reader([first.decode("utf-8-sig")]), [])
    if not any(name.strip() for name in header):
        raise ValueError("It has no first row of column names.")
    return tuple((name, "text") for name in header)


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _read_through(file: _Bytes) -> None:
    """To the end, as UTF-8: engines stop at a wrong letter or a cut archive only when they come upon it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while block := file.read(_BLOCK):
        decoder.decode(block)
    decoder.decode(b"", final=True)


def _twice(names: Sequence[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            return name
        seen.add(name.lower())
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "It ends before its end: it was not copied or written whole."
    if isinstance(error, UnicodeDecodeError):
        return "It is not UTF-8 text throughout."
    if type(error).__name__ == "ArrowInvalid":
        return "It is not a whole Parquet file: it was cut short, or is something else."
    return str(error).splitlines()[0]

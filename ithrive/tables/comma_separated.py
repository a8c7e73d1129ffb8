"""Reading a CSV file that a person made: commas, semicolons or tabs, with or without a byte-order mark."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import LIMIT_BYTES, bytes_of
from ithrive.tables.rows import Row, named_rows

SEPARATORS = ",;\t"
# Enough of the headings to see what parts them, and less than what the reader takes for one cell.
LONGEST_GLANCE = 100_000


def read_csv(
    source: Path | bytes, *, name: str, needs: Sequence[str] = (), limit_bytes: int = LIMIT_BYTES
) -> list[Row]:
    """The rows of a CSV file (UTF-8, also packed where `name` ends in .gz) below its headings.

    `name` is what messages call the file; `needs` are headings that must be there; more bytes than
    `limit_bytes`, packed or unpacked, are refused. Cells come without space around them.
    Raises BadInput naming the file, the row and the column.
    """
    text = _text(bytes_of(source, name=name, limit_bytes=limit_bytes), name)
    separator = _separator(text, needs)
    return named_rows(_records(text, separator, name), name=name, needs=needs)


def _text(content: bytes, name: str) -> str:
    nul = content.find(b"\0")
    if nul >= 0:
        place = f"{name}, line {_line(content, nul)}"
        raise BadInput(Problem(place, "There is a NUL byte: this is not a CSV file.", _SAVE_AGAIN))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"{name}, line {_line(content, error.start)}"
        raise BadInput(Problem(place, "There are letters that are not UTF-8 text.", _SAVE_AGAIN)) from error


_SAVE_AGAIN = "In the spreadsheet choose “Save as” and the type “CSV UTF-8”."


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _separator(text: str, needs: Sequence[str]) -> str:
    """The separator whose headings hold most of what is needed, then the one that makes most columns."""
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")[:LONGEST_GLANCE]

    def fitness(separator: str) -> tuple[int, int]:
        headings = [heading.strip() for heading in next(csv.reader([first], delimiter=separator))]
        return len(set(needs) & set(headings)), len(headings)

    # On a tie `max` keeps the first, which is the comma.
    return max(SEPARATORS, key=fitness) if first else ","


def _records(text: str, separator: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            what = f"The row cannot be read ({error})."
            mend = "Check the quotation marks: one that opens a cell must close it."
            raise BadInput(Problem(f"{name}, row {number}", what, mend)) from error
        if record is None:
            return
        yield record

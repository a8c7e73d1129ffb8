"""The sheets of a workbook laid out to be looked at, as rows of text with nothing judged."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import LIMIT_BYTES, bytes_of
from ithrive.tables.opening import opened, refuse_unsafe, text_of
from ithrive.tables.rows import MOST_CELLS, MOST_COLUMNS

# Each sheet by its title; rows and cells as they lie, the empty ones too.
Sheets = dict[str, list[list[str]]]


def sheets_of(path: Path, name: str) -> Sheets:
    """Every sheet. Raises BadInput for a workbook that is locked, damaged or too big."""
    content = bytes_of(path, name=name, limit_bytes=LIMIT_BYTES)
    refuse_unsafe(content, name, LIMIT_BYTES)
    with opened(content, name) as book:
        return {page.title: list(_rows(page, name)) for page in book.worksheets}


def _rows(page: Any, name: str) -> Iterator[list[str]]:
    # The size that a sheet declares may be false; let the cells say.
    page.reset_dimensions()
    cells = 0
    for number, values in enumerate(page.iter_rows(values_only=True), 1):
        cells += len(values) + 1
        if len(values) > MOST_COLUMNS or cells > MOST_CELLS:
            place = f"{name}, sheet {page.title}, row {number}"
            raise BadInput(
                Problem(place, "The sheet is far too large.", "Give the workbook as it was published.")
            )
        yield [text_of(value) for value in values]

"""Reading every sheet of a workbook as a person sees it: what cells hold, what is hidden, what is merged."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.parsers import expat

from openpyxl.utils import range_boundaries

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import LIMIT_BYTES, bytes_of
from ithrive.tables.opening import MOST_ROWS, opened, refuse_unsafe, text_of
from ithrive.tables.rows import MOST_COLUMNS, column_letters
from ithrive.tables.workbook import refuse_far_cells

MOST_SHEETS = 60


class Held(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    YES_NO = "yes or no"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One filled cell. Its text is what a person means; of a formula it is the formula itself."""

    text: str
    held: Held


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells merged into one, by the numbers of their first and last rows and columns."""

    name: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its filled cells by row and column, both from 1, and what a person does not see of it."""

    title: str
    hidden: bool
    cells: Mapping[tuple[int, int], SheetCell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()

    @property
    def rows(self) -> dict[int, dict[int, SheetCell]]:
        """The filled cells of each row that has any."""
        found: dict[int, dict[int, SheetCell]] = {}
        for (row, column), cell in self.cells.items():
            found.setdefault(row, {})[column] = cell
        return found


def read_sheets(
    source: Path | bytes, *, name: str, most_rows: int, limit_bytes: int = LIMIT_BYTES
) -> tuple[Sheet, ...]:
    """Every sheet with cells. `most_rows` is how many filled rows all sheets together may have.

    Nothing is refused for what a cell holds. Raises BadInput for a workbook that is locked, damaged, too
    big, that has macros or a cell where no spreadsheet has one.
    """
    content = bytes_of(source, name=name, limit_bytes=limit_bytes)
    refuse_unsafe(content, name, limit_bytes)
    with opened(content, name) as book, zipfile.ZipFile(io.BytesIO(content)) as archive:
        _refuse_macros(archive, name)
        if len(book.worksheets) > MOST_SHEETS:
            what = f"The workbook has {len(book.worksheets)} sheets."
            raise BadInput(Problem(name, what, f"Send at most {MOST_SHEETS}."))
        found: list[Sheet] = []
        for page in book.worksheets:
            found.append(_sheet(page, archive, name, most_rows))
            most_rows -= len(found[-1].rows)
        return tuple(found)


def _refuse_macros(archive: zipfile.ZipFile, name: str) -> None:
    if any(part.casefold().endswith("vbaproject.bin") for part in archive.namelist()):
        raise BadInput(Problem(name, "The workbook has macros.", "Save it as .xlsx, which has none."))


def _sheet(page: Any, archive: zipfile.ZipFile, name: str, most_rows: int) -> Sheet:
    # The size that a sheet declares may be false; let the cells say.
    page.reset_dimensions()
    cells: dict[tuple[int, int], SheetCell] = {}
    rows = 0
    for number, row in enumerate(page.iter_rows(), 1):
        place = f"{name}, sheet {page.title}, row {number}"
        refuse_far_cells(number, row, place)
        filled = {(number, cell.column): _cell(cell) for cell in row if cell.value is not None}
        rows += bool(filled)
        if rows > most_rows:
            what = "There are more filled rows than a return can have."
            raise BadInput(Problem(place, what, "Take away everything that is not of this return."))
        cells |= filled
    # openpyxl's quick reader keeps the values alone; its other one would build every cell of a merged range.
    shape = _Shape(archive.read(page._worksheet_path))
    return Sheet(
        page.title,
        page.sheet_state != "visible",
        cells,
        frozenset(shape.hidden_rows),
        frozenset(shape.hidden_columns),
        tuple(shape.merged),
    )


_HELD = {"n": Held.NUMBER, "d": Held.DAY, "b": Held.YES_NO, "f": Held.FORMULA, "e": Held.ERROR}


def _cell(cell: Any) -> SheetCell:
    held = _HELD.get(cell.data_type, Held.TEXT)
    if isinstance(cell.value, date | time):
        held = Held.DAY
    return SheetCell(text_of(cell.value), held)


class _Shape:
    """What of a sheet is hidden or merged, read from its XML. The values have been read before, by a parser
    that refuses XML which feeds on itself.
    """

    def __init__(self, xml: bytes) -> None:
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Merged] = []
        self._row = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._starts
        parser.Parse(xml, True)

    def _starts(self, tag: str, given: dict[str, str]) -> None:
        match tag.rpartition(" ")[2]:
            case "row":
                self._row = _number(given.get("r"), self._row + 1)
                if _is_hidden(given):
                    self.hidden_rows.add(self._row)
            case "col" if _is_hidden(given):
                first, last = _number(given.get("min"), 1), _number(given.get("max"), 1)
                self.hidden_columns |= set(range(first, min(last, MOST_COLUMNS) + 1))
            case "mergeCell":
                self.merged.append(_merged(given.get("ref", "")))


def _is_hidden(given: Mapping[str, str]) -> bool:
    return given.get("hidden") in {"1", "true"}


def _number(text: str | None, otherwise: int) -> int:
    with suppress(ValueError):
        return min(int(text or ""), MOST_ROWS)
    return otherwise


def _merged(ref: str) -> Merged:
    first_column, first_row, last_column, last_row = range_boundaries(ref)
    # Whole rows or columns leave the other pair open.
    return Merged(ref, first_row or 1, first_column or 1, last_row or MOST_ROWS, last_column or MOST_COLUMNS)


def cell_name(row: int, column: int) -> str:
    """How a spreadsheet calls a cell: row 14, column 4 is D14."""
    return f"{column_letters(column)}{row}"

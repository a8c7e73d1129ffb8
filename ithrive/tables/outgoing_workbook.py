"""Writing a workbook of one sheet that is safe to open: text stays text, numbers and days stay themselves."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ithrive.tables.rows import LIVE

NARROWEST, WIDEST = 10, 60
LONGEST = 32_000  # a cell holds 32,767 letters
NOT_STORED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def xlsx_bytes(sheet: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook. None becomes an empty cell; no text can become a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page: Worksheet = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for number, row in enumerate([headings, *rows], 1):
        for column, value in enumerate(row, 1):
            _write(page, number, column, value)
    for column in range(1, len(headings) + 1):
        page.cell(1, column).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = _width(page, column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, row: int, column: int, value: Any) -> None:
    cell = page.cell(row, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if value is None or (isinstance(value, date | int | float) and not isinstance(value, bool)):
        cell.value = value
    else:
        cell.value = storable(str(value))
        cell.data_type = "s"


def storable(text: str) -> str:
    """Text as a workbook can keep it; what might run as a formula once saved as CSV gets the apostrophe that
    our CSV gives it.
    """
    kept = NOT_STORED.sub(" ", text)[:LONGEST]
    return f"'{kept}" if LIVE.match(kept) else kept


def _width(page: Worksheet, column: int) -> int:
    longest = max(len(str(cell.value or "")) for (cell,) in page.iter_rows(min_col=column, max_col=column))
    return min(max(NARROWEST, longest) + 2, WIDEST)

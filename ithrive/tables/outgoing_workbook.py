"""Writing a workbook of one sheet that is safe to open: text stays text, numbers and days stay themselves."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Number

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

NARROWEST, WIDEST = 10, 60
NOT_STORED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def xlsx_bytes(sheet: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook. None becomes an empty cell; no text can become a formula."""
    table = [list(row) for row in rows]
    book = Workbook(write_only=True)
    page: WriteOnlyWorksheet = book.create_sheet(sheet)
    for column, heading in enumerate(headings):
        widest = max((len(str(row[column])) for row in table if row[column] is not None), default=0)
        width = min(max(NARROWEST, widest, len(heading)) + 2, WIDEST)
        page.column_dimensions[get_column_letter(column + 1)].width = width
    page.freeze_panes = "A2"
    page.append([_cell(page, heading, bold=True) for heading in headings])
    for row in table:
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: WriteOnlyWorksheet, value: object, *, bold: bool = False) -> WriteOnlyCell:
    plain = value is None or isinstance(value, date) or _is_number(value)
    cell = WriteOnlyCell(page, value if plain else NOT_STORED.sub(" ", str(value)))
    if not plain:
        cell.data_type = "s"  # text, whatever it begins with
    if bold:
        cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _is_number(value: object) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool)

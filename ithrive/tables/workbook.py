"""Reading an Excel workbook that a person sent: values only, and nothing that could unpack without end."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import LIMIT_BYTES, bytes_of
from ithrive.tables.rows import MOST_COLUMNS, Row, column_letters, named_rows, shortened

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A sheet of numbers packs ten- or twentyfold; a bomb packs a thousandfold.
MOST_UNPACKED = 10
MOST_RATIO = 200
RATIO_MATTERS_FROM = 5_000_000


def read_xlsx(
    source: Path | bytes,
    *,
    name: str,
    sheet: str | None = None,
    needs: Sequence[str] = (),
    limit_bytes: int = LIMIT_BYTES,
) -> list[Row]:
    """The rows of one sheet (the first unless named) below its headings, every cell as text.

    Days come as 2015-04-01, whole numbers without a decimal point. Formulas, error cells, locked,
    damaged or over-large workbooks are refused: BadInput names the file, the row and the column.
    """
    content = bytes_of(source, name=name, limit_bytes=limit_bytes)
    _refuse_unsafe(content, name, limit_bytes)
    try:
        with _opened(content) as book:
            records = _records(_sheet(book, name, sheet), name)
            return named_rows(records, name=name, needs=needs, may_end_early=True)
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise on a damaged workbook
        what = "The workbook is damaged and cannot be read."
        raise BadInput(Problem(name, what, _SAVE_AGAIN)) from error


_SAVE_AGAIN = "Open it in the spreadsheet and save it again as .xlsx."


def _refuse_unsafe(content: bytes, name: str, limit_bytes: int) -> None:
    if content.startswith(OLD_OR_LOCKED):
        what = "The workbook is locked with a password, or has the old .xls format."
        raise BadInput(Problem(name, what, "Remove the password and save it as .xlsx."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        what = "This is not an Excel workbook, or it is cut short."
        raise BadInput(Problem(name, what, "Send it again as .xlsx.")) from error
    if _is_bomb(parts, limit_bytes):
        what = "The workbook unpacks to far more than it seems to hold."
        raise BadInput(Problem(name, what, "Copy the table into a new workbook and send that."))


def _is_bomb(parts: Sequence[zipfile.ZipInfo], limit_bytes: int) -> bool:
    # The reader never unpacks more of a part than these headers say, so they can be believed.
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    thin = unpacked > RATIO_MATTERS_FROM and unpacked > MOST_RATIO * packed
    return thin or unpacked > MOST_UNPACKED * limit_bytes


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    with warnings.catch_warnings():
        # openpyxl warns about styles and drop-downs that it will not keep; we only want the values.
        warnings.simplefilter("ignore")
        with closing(openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)) as book:
            yield book


def _records(page: Any, name: str) -> Iterator[list[str]]:
    # The size that a sheet declares may be false; let the cells say.
    page.reset_dimensions()
    problems: list[Problem] = []
    for number, cells in enumerate(page.iter_rows(), 1):
        _refuse_far_cells(cells, f"{name}, row {number}")
        problems += _refused(cells, name)
        yield [_text(cell.value) for cell in cells]
    if problems:
        raise BadInput(shortened(problems, name))


def _sheet(book: Any, name: str, sheet: str | None) -> Any:
    titles = [page.title for page in book.worksheets]
    if sheet is None and titles:
        return book.worksheets[0]
    if sheet not in titles:
        what = f"There is no sheet “{sheet}”." if sheet else "The workbook has no sheet with cells."
        raise BadInput(Problem(name, what, f"Its sheets are: {', '.join(titles) or 'none'}."))
    return book[sheet]


def _refuse_far_cells(cells: Sequence[Any], place: str) -> None:
    if len(cells) > MOST_COLUMNS:
        what = f"There is something in column {column_letters(len(cells))}, far to the right."
        raise BadInput(Problem(place, what, f"Use at most {MOST_COLUMNS:,} columns."))


def _refused(cells: Sequence[Any], name: str) -> Iterator[Problem]:
    for cell in cells:
        if cell.value is not None and cell.data_type in _REFUSED:
            place = f"{name}, row {cell.row}, column {column_letters(cell.column)}"
            yield Problem(place, *_REFUSED[cell.data_type])


_REFUSED = {
    "f": ("The cell holds a formula.", "Copy the cell and paste it as a value."),
    "e": ("The cell holds an error of the spreadsheet.", "Put in the figure, or leave the cell empty."),
}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)

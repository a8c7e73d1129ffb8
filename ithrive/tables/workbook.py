"""Reading an Excel workbook that a person sent: values only, and nothing that could unpack without end."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import LIMIT_BYTES, bytes_of
from ithrive.tables.opening import MOST_ROWS, opened, refuse_unsafe, text_of
from ithrive.tables.rows import MOST_COLUMNS, Row, column_letters, named_rows, shortened


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
    refuse_unsafe(content, name, limit_bytes)
    with opened(content, name) as book:
        records = _records(_sheet(book, name, sheet), name)
        return named_rows(records, name=name, needs=needs, may_end_early=True)


def _records(page: Any, name: str) -> Iterator[list[str]]:
    # The size that a sheet declares may be false; let the cells say.
    page.reset_dimensions()
    problems: list[Problem] = []
    for number, cells in enumerate(page.iter_rows(), 1):
        refuse_far_cells(number, cells, f"{name}, row {number}")
        problems += _refused(cells, name)
        yield [text_of(cell.value) for cell in cells]
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


def refuse_far_cells(row: int, cells: Sequence[Any], place: str) -> None:
    """Refuses what no spreadsheet can hold: a row numbered in millions would be counted up to."""
    if row > MOST_ROWS:
        what = "There is something far below where a sheet ends."
        raise BadInput(Problem(place, what, "Copy the table into a new workbook and send that."))
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

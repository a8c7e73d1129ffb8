"""Instruments as a workbook to type into: a cover sheet, a sheet of levels and one of statements."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ithrive.framework.instrument import Evidence, Instrument, Statement
from ithrive.framework.instruments.workbook_sheets import (
    ABOUT,
    ABOUT_FIELDS,
    LEVEL_FIELDS,
    LEVELS,
    SCORES,
    STATEMENT_FIELDS,
    STATEMENTS,
    WHAT,
)
from ithrive.tables.rows import LIVE

WIDTHS = {"text": 50, "question": 50, "purpose": 60, "title": 40, "licence": 60, "principle": 30, "code": 24}
USUAL_WIDTH, ANCHOR_WIDTH = 14, 36


def to_xlsx(instrument: Instrument) -> bytes:
    """The instrument as a workbook that `from_xlsx` reads back, also after a spreadsheet saved it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    about = (
        (heading, _cell(getattr(instrument, key)), hint) for key, (heading, hint) in ABOUT_FIELDS.items()
    )
    _sheet(book, ABOUT, WHAT, about, widths=(16, 60, 60))
    levels = ([getattr(level, key) for key in LEVEL_FIELDS] for level in instrument.level)
    _sheet(book, LEVELS, LEVEL_FIELDS.values(), levels, widths=[_width(key) for key in LEVEL_FIELDS])
    _statements(book, instrument)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _statements(book: Workbook, instrument: Instrument) -> None:
    headings = list(STATEMENT_FIELDS.values())
    widths = [ANCHOR_WIDTH if heading in SCORES else _width(key) for key, heading in STATEMENT_FIELDS.items()]
    page = _sheet(book, STATEMENTS, headings, map(_row, instrument.statement), widths=widths)
    _offer(page, headings.index(STATEMENT_FIELDS["evidence"]) + 1, [each.value for each in Evidence])
    _offer(page, headings.index(STATEMENT_FIELDS["level"]) + 1, [each.code for each in instrument.level])


def _row(statement: Statement) -> Iterator[object]:
    anchors = dict(zip(SCORES, statement.anchors, strict=True))
    for key, heading in STATEMENT_FIELDS.items():
        yield anchors[heading] if heading in anchors else _cell(getattr(statement, key))


def _cell(value: Any) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, float) else str(value)


def _sheet(
    book: Workbook,
    title: str,
    headings: Iterable[str],
    rows: Iterable[Iterable[object]],
    *,
    widths: Sequence[int],
) -> Worksheet:
    page: Worksheet = book.create_sheet(title)
    for number, values in enumerate([headings, *rows], 1):
        for column, value in enumerate(values, 1):
            _write(page, number, column, value)
    for column, width in enumerate(widths, 1):
        page.cell(1, column).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2"
    return page


def _write(page: Worksheet, row: int, column: int, value: object) -> None:
    """Text stays text: what might run as a formula gets an apostrophe, which readers take away."""
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = f"'{value}" if LIVE.match(value) else value
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value  # type: ignore[assignment] # a number
        cell.alignment = Alignment(vertical="top")


def _offer(page: Worksheet, column: int, answers: Sequence[str]) -> None:
    """A drop-down of the answers below a heading."""
    letter = get_column_letter(column)
    choice = DataValidation(type="list", formula1=f'"{",".join(answers)}"', allow_blank=True)
    page.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}400")


def _width(key: str) -> int:
    return WIDTHS.get(key, USUAL_WIDTH)

"""The return as a workbook to fill in, and the same workbook marked with what was found."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation

from ithrive.measures import Cell, CellState, FigureKey
from ithrive.returns.cover import cover_rows
from ithrive.returns.figures import Identity, ReturnFigures
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import Asked, Line, Question, ReturnForm
from ithrive.returns.layout import FIRST_ROW, HEADINGS, NOTE, NOW, NOW_COLUMN, START, STATES, sheet_title
from ithrive.returns.marks import look_at
from ithrive.tables import csv_text
from ithrive.tables.outgoing_workbook import storable

WIDTHS = (30, 46, 26, 18, 14, 36, 50, 34)
_THIN = Side(style="thin", color="999999")
_BOX = Border(_THIN, _THIN, _THIN, _THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="E8EDEE")
_TO_FILL = PatternFill("solid", fgColor="FFFFFF")
# Colour never says it alone: the column “To look at” begins with the words.
_COLOURS = {
    Severity.MUST_FIX: PatternFill("solid", fgColor="F6D7D2"),
    Severity.QUERY: PatternFill("solid", fgColor="FFF2B3"),
}
_UNLOCKED = Protection(locked=False)
_MARKER = "i-THRIVE checks"


def workbook_out(
    form: ReturnForm,
    identity: Identity,
    *,
    last: Mapping[FigureKey, Cell] | None,
    last_methods: Mapping[str, str] | None = None,
    figures: ReturnFigures | None = None,
    findings: Collection[Finding] = (),
    typed: Mapping[FigureKey, str] | None = None,
) -> bytes:
    """An XLSX file without macros, which `read_workbook` reads back. `last` and `last_methods`, of the
    quarter before, stand beside for comparison; with `findings` it is the marked-up copy. `typed` are texts
    that could not be read as figures, shown as they came.
    """
    filled = _Filled(last or {}, last_methods or {}, figures, typed or {}, _by_code(findings, form))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.security = WorkbookProtection(lockStructure=True)
    _cover(book, form, identity, figures, findings)
    for title, rows in form.rows.items():
        _sheet(book, title, rows, filled, identity)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Filled:
    """What stands in the cells beside what is asked."""

    last: Mapping[FigureKey, Cell]
    last_methods: Mapping[str, str]
    figures: ReturnFigures | None
    typed: Mapping[FigureKey, str]
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def now(self, asked: Asked) -> int | float | str | None:
        if isinstance(asked, Question):
            return self.figures.methods.get(asked.measure) if self.figures else None
        figure = self.figures.figures.get(asked.key) if self.figures else None
        if asked.key in self.typed and (figure is None or not figure.cell.is_figure):
            return self.typed[asked.key] or None
        return said(figure.cell) if figure else None

    def note(self, asked: Asked) -> str | None:
        if isinstance(asked, Question) or not self.figures:
            return None
        return self.figures.reason(asked.key) or None

    def before(self, asked: Asked) -> int | float | str | None:
        if isinstance(asked, Question):
            return self.last_methods.get(asked.measure)
        return said(self.last[asked.key]) if asked.key in self.last else None

    def row(self, asked: Asked) -> tuple[int | float | str | None, ...]:
        found = look_at(self.findings.get(asked.code, ())) or None
        whom = asked.whom if isinstance(asked, Line) else "In words"
        told = (asked.measure_title, asked.title, whom)
        return (*told, self.now(asked), self.before(asked), self.note(asked), found, asked.code)


def said(cell: Cell) -> int | float | str | None:
    """A cell as it stands in a return: the number, or why there is none; nothing if it was not submitted."""
    if cell.number is not None:
        return cell.number
    return None if cell.state is CellState.NOT_SUBMITTED else cell.state.value


def csv_out(
    form: ReturnForm,
    identity: Identity,
    *,
    last: Mapping[FigureKey, Cell] | None,
    last_methods: Mapping[str, str] | None = None,
    figures: ReturnFigures | None = None,
) -> str:
    """The same table as CSV text, every row with the identity of the return. Questions in words are rows
    like the others.
    """
    filled = _Filled(last or {}, last_methods or {}, figures, {})
    who = (identity.area_code, identity.quarter.label, form.version, form.digest)
    rows = [(*who, *filled.row(asked)) for asked_of in form.rows.values() for asked in asked_of]
    return csv_text(["Area code", "Quarter", "Form version", "Form check", *HEADINGS], rows)


def _by_code(findings: Collection[Finding], form: ReturnForm) -> dict[str, tuple[Finding, ...]]:
    """Findings beside what they are about; those about no row of the form are on the cover only."""
    at = {place: code for code, place in form.places.items()}
    found: dict[str, tuple[Finding, ...]] = {}
    for each in findings:
        code = each.key.text if each.key else at.get(each.place)
        if code:
            found[code] = (*found.get(code, ()), each)
    return found


def _cover(
    book: Workbook,
    form: ReturnForm,
    identity: Identity,
    figures: ReturnFigures | None,
    findings: Collection[Finding],
) -> None:
    page: Any = book.create_sheet(START)
    notes = figures.notes if figures else ""
    for number, (what, value, how) in enumerate(cover_rows(form, identity, notes, findings), 1):
        for column, text in enumerate((what, value, how), 1):
            _write(page, number, column, text)
        page.cell(number, 1).font = Font(bold=True)
        if what.startswith("Notes"):
            page.cell(number, 2).protection = _UNLOCKED
            page.cell(number, 2).border = _BOX
    page.cell(1, 1).font = Font(bold=True, size=16)
    _widths(page, (30, 60, 70))
    _for_print(page, identity, rows="1:1")
    page.protection.sheet = True


def _sheet(book: Workbook, title: str, rows: Sequence[Asked], filled: _Filled, identity: Identity) -> None:
    page: Any = book.create_sheet(sheet_title(title))
    for column, heading in enumerate(HEADINGS, 1):
        _write(page, 1, column, heading)
        page.cell(1, column).font, page.cell(1, column).fill = Font(bold=True), _HEAD
    for number, asked in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(filled.row(asked), 1):
            _write(page, number, column, value)
        _open(page, number)
        _mark(page.cell(number, NOW_COLUMN), filled.findings.get(asked.code, ()))
    _offer_states(page, rows)
    _widths(page, WIDTHS)
    page.freeze_panes = page.cell(FIRST_ROW, NOW_COLUMN)
    _for_print(page, identity, rows="1:1")
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False  # people may widen them


def _write(page: Any, row: int, column: int, value: int | float | str | None) -> None:
    cell = page.cell(row, column)
    cell.alignment = _WRAP
    if isinstance(value, str):
        cell.value, cell.data_type = storable(value), "s"
    else:
        cell.value = value


def _open(page: Any, row: int) -> None:
    """Figures and notes can be typed in; everything else is locked."""
    for heading in (NOW, NOTE):
        cell = page.cell(row, HEADINGS.index(heading) + 1)
        cell.protection, cell.border, cell.fill = _UNLOCKED, _BOX, _TO_FILL


def _mark(cell: Any, findings: Sequence[Finding]) -> None:
    if findings:
        worst = min((each.severity for each in findings), key=list(Severity).index)
        cell.fill = _COLOURS[worst]
        cell.comment = Comment(storable(look_at(findings)), _MARKER, width=360, height=140)


def _offer_states(page: Any, rows: Sequence[Asked]) -> None:
    """A drop-down of the reasons why there is no number. Numbers are typed over it."""
    choice = DataValidation(type="list", formula1=f'"{",".join(STATES)}"', allow_blank=True)
    choice.showErrorMessage = False
    choice.showInputMessage = True
    choice.promptTitle, choice.prompt = "A number", "Or choose from the list why there is none."
    letter = get_column_letter(NOW_COLUMN)
    for number, asked in enumerate(rows, FIRST_ROW):
        if isinstance(asked, Line):
            choice.add(f"{letter}{number}")
    page.add_data_validation(choice)


def _widths(page: Any, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width


def _for_print(page: Any, identity: Identity, *, rows: str) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    page.print_title_rows = rows
    # “&” begins a command in a header; doubled it is itself.
    page.oddHeader.left.text = f"{identity.area_name}, {identity.quarter.label}".replace("&", "&&")
    page.oddFooter.right.text = "&A, page &P of &N"

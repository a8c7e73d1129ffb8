"""Reading the workbook of a return. Figures are found by the code in their row and the heading above them, so
that sorting rows, moving columns or renaming a sheet loses nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ithrive.returns.figures import Identity
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import ReturnForm
from ithrive.returns.layout import (
    AREA,
    AREA_CODE,
    CHECK,
    CODE,
    COUNTRY,
    NOTE,
    NOTES,
    NOW,
    QUARTER,
    START,
    SUBMISSION,
    VERSION,
    sheet_title,
)
from ithrive.returns.reading.entries import Entry, FilledIn, Reading, reading_of
from ithrive.returns.reading.identity import Stated
from ithrive.returns.typed import quoted
from ithrive.tables import Held, Sheet, SheetCell, cell_name, read_sheets
from ithrive.tables.rows import column_letters, plain_text

# A workbook of 2,000 figures is a tenth of this; room for what people add, not for what would fill a memory.
LIMIT_BYTES = 4_000_000
MOST_ROWS = 10_000
HEADINGS_WITHIN = 30
_LABELS = (AREA, AREA_CODE, COUNTRY, QUARTER, VERSION, CHECK, SUBMISSION, NOTES)
_EMPTY = SheetCell("", Held.TEXT)
_NEW_COPY = "Download the workbook again and copy the figures over as values."

Row = Mapping[int, SheetCell]


def read_workbook(content: bytes, name: str, *, form: ReturnForm, expected: Identity) -> Reading:
    """Raises BadInput for a file that is no workbook we can open; all else is told as findings."""
    sheets = read_sheets(content, name=name, most_rows=MOST_ROWS, limit_bytes=LIMIT_BYTES)
    stated, notes = _cover(sheets, name)
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for sheet in sheets:
        table = _table(sheet)
        if table:
            findings += _found_in(table, entries)
    if not stated.of_another_form(form):
        findings += _absent(sheets, entries, form)
    return reading_of(FilledIn(stated, entries, notes, tuple(findings)), form, expected)


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with the row of its headings and the columns that they stand in."""

    sheet: Sheet
    heading_row: int
    columns: Mapping[str, tuple[int, ...]]

    @property
    def now(self) -> int:
        return self.columns[NOW][0]

    @property
    def code(self) -> int:
        return self.columns[CODE][0]

    def at(self, row: int) -> str:
        return f"{self.sheet.title}, {cell_name(row, self.now)}"


def _table(sheet: Sheet) -> _Table | None:
    """The table in a sheet, or None where there is none of ours."""
    for row, cells in sheet.rows.items():
        if row > HEADINGS_WITHIN:
            break
        columns: dict[str, tuple[int, ...]] = {}
        for column, cell in cells.items():
            for heading in (NOW, NOTE, CODE):
                if plain_text(cell.text).casefold() == heading.casefold():
                    columns[heading] = (*columns.get(heading, ()), column)
        if {NOW, CODE} <= columns.keys():
            return _Table(sheet, row, columns)
    return None


def _found_in(table: _Table, entries: dict[str, Entry]) -> Iterator[Finding]:
    """Puts what a sheet holds among the entries, and yields what is wrong with the sheet itself."""
    for heading, columns in table.columns.items():
        if len(columns) > 1:
            letters = " and ".join(map(column_letters, columns))
            what = f"The heading “{heading}” stands in columns {letters}."
            yield _must_fix("layout", table.at(table.heading_row), what, "Take away the column you added.")
    if NOTE not in table.columns:
        what = f"The column “{NOTE}” is gone, so no reason can be read."
        yield _must_fix("layout", table.at(table.heading_row), what, f"Write the heading “{NOTE}” again.")
    filled: list[int] = []
    for row, cells in table.sheet.rows.items():
        if row > table.heading_row:
            yield from _row(table, row, cells, entries)
            filled += [row] if _text(cells, table.now) else []
    yield from _unseen(table, filled)
    yield from _merged(table)


def _row(table: _Table, row: int, cells: Row, entries: dict[str, Entry]) -> Iterator[Finding]:
    code, typed = _text(cells, table.code), cells.get(table.now, _EMPTY)
    if not code:
        if typed.text.strip():
            what = "There is a figure in a row that has no code."
            yield _must_fix("code", table.at(row), what, "Move it to the row it belongs to.")
    elif code in entries:
        what = f"The code “{quoted(code)}” stands here and in {entries[code].place}."
        yield _must_fix("code", table.at(row), what, "Keep one of the two rows.")
    else:
        note = _text(cells, table.columns.get(NOTE, (0,))[0])
        entries[code] = Entry(table.at(row), typed.text, typed.held, note)


def _unseen(table: _Table, filled: list[int]) -> Iterator[Finding]:
    """Figures that nobody sees: whoever signs must have been able to look at them."""
    sheet = table.sheet
    if filled and sheet.hidden:
        yield _must_fix("hidden", table.at(filled[0]), "The sheet is hidden and holds figures.", "Show it.")
    if filled and table.now in sheet.hidden_columns:
        what = f"Column {column_letters(table.now)} is hidden and holds figures."
        yield _must_fix("hidden", table.at(filled[0]), what, "Show the column and look at them.")
    for row in filled:
        if row in sheet.hidden_rows:
            mend = "Show the row, or clear the filter, and look at the figure."
            yield _must_fix("hidden", table.at(row), f"Row {row} is hidden and holds a figure.", mend)


def _merged(table: _Table) -> Iterator[Finding]:
    for area in table.sheet.merged:
        for column in (table.now, table.code):
            if area.last_row > table.heading_row and area.first_column <= column <= area.last_column:
                what = f"The cells {area.name} are merged into one, so that figures are lost."
                place = f"{table.sheet.title}, {area.name.partition(':')[0]}"
                yield _must_fix("layout", place, what, "Unmerge them, and fill in each cell.")
                break


def _absent(sheets: tuple[Sheet, ...], entries: Mapping[str, Entry], form: ReturnForm) -> Iterator[Finding]:
    """Rows and whole sheets that are gone."""
    titles = {sheet.title for sheet in sheets}
    for title, rows in form.rows.items():
        gone = [asked.code for asked in rows if asked.code not in entries]
        if len(gone) == len(rows):
            where = sheet_title(title)
            gone_or_spoilt = "has lost its headings or codes" if where in titles else "is missing"
            yield _must_fix("layout", where, f"The sheet “{where}” {gone_or_spoilt}.", _NEW_COPY)
        else:
            for code in gone:
                what = f"The row with the code “{code}” is missing."
                yield _must_fix("code", form.places[code], what, _NEW_COPY)


def _cover(sheets: tuple[Sheet, ...], name: str) -> tuple[Stated, str]:
    """What the cover says, and the notes on it. It is known by its labels, whatever its sheet is called."""
    best: Stated | None = None
    for sheet in sheets:
        stated = _labelled(sheet)
        if stated.said and AREA_CODE in stated.said:
            best = stated
            break
    if best is None or best.said is None:
        return Stated({}, {}, f"{name}, sheet {START}"), ""
    return best, best.said.get(NOTES, "")


def _labelled(sheet: Sheet) -> Stated:
    said: dict[str, str] = {}
    places: dict[str, str] = {}
    for row, cells in sheet.rows.items():
        columns = sorted(cells)
        label = next(
            (each for each in _LABELS if each.casefold() == _text(cells, columns[0]).casefold()), None
        )
        if label and label not in said:
            said[label] = _text(cells, columns[0] + 1)
            places[label] = f"{sheet.title}, {cell_name(row, columns[0] + 1)}"
    return Stated(said, places, sheet.title)


def _text(cells: Row, column: int) -> str:
    return plain_text(cells.get(column, _EMPTY).text)


def _must_fix(rule: str, place: str, what: str, mend: str) -> Finding:
    return Finding(Severity.MUST_FIX, rule, place, what, mend)

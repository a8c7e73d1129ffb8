"""The export as a workbook: a cover that says what it is, the data dictionary, the scores."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from ithrive.assessments.export import (
    COLUMNS,
    DICTIONARY_HEADINGS,
    HEADINGS,
    ExportedRound,
    dictionary_rows,
    long_rows,
)
from ithrive.tables.outgoing_workbook import storable

NARROW, WIDE = 16, 80
DEMONSTRATION = "These scores were given with demonstration wording, not with the published tool."


def rounds_workbook(rounds: Sequence[ExportedRound], *, made_on: date, site: str) -> bytes:
    """The bytes of a workbook. Text stays text; numbers and days stay what they are."""
    book = Workbook(write_only=True)
    _sheet(book, "Cover", cover(rounds, made_on=made_on, site=site), widths=(24, WIDE))
    _sheet(
        book, "Data dictionary", chain([DICTIONARY_HEADINGS], dictionary_rows()), widths=(24, NARROW, WIDE)
    )
    scores = chain([HEADINGS], long_rows(rounds))
    _sheet(book, "Scores", scores, widths=[NARROW] * len(COLUMNS))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cover(rounds: Sequence[ExportedRound], *, made_on: date, site: str) -> list[tuple[object, object]]:
    """What a reader must know before the figures, as pairs: what, and the value."""
    instruments = {
        (each.instrument.title, each.instrument.version, each.instrument.licence) for each in rounds
    }
    lines: list[tuple[object, object]] = [
        ("THRIVE assessment rounds", ""),
        ("From", site),
        ("Made on", made_on),
        ("Rounds", len(rounds)),
        ("What is in it", "Only what the person who made this file may see. One row for each score."),
        ("What is not", "Names of raters or informants, interviews, and evidence in free text."),
        ("THRIVE-like", "3 or above on a principle. Empty scores are not noughts: see the column status."),
    ]
    for title, version, licence in sorted(instruments):
        lines += [("Instrument", f"{title}, version {version}"), ("Its licence", licence)]
    if any(each.instrument.demonstration for each in rounds):
        lines.append(("Demonstration", DEMONSTRATION))
    return lines


def _sheet(book: Workbook, title: str, rows: Iterable[Sequence[object]], *, widths: Sequence[int]) -> None:
    page: Any = book.create_sheet(title)
    for place, width in enumerate(widths):
        page.column_dimensions[chr(ord("A") + place)].width = width
    page.freeze_panes = "A2"
    heading, text = _style(page, bold=True), _style(page, bold=False)
    for number, row in enumerate(rows):
        style = text if number else heading
        page.append([_cell(page, value, style) if isinstance(value, str) else value for value in row])


def _style(page: Any, *, bold: bool) -> Any:
    """How text looks, worked out once: openpyxl looks a style up among all others each time it is set."""
    cell: Any = WriteOnlyCell(page, "")
    cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=True, vertical="top")
    return cell._style


def _cell(page: Any, text: str, style: Any) -> Any:
    """Text that stays text: never a formula, nor an error because it reads like one."""
    cell: Any = WriteOnlyCell(page, storable(text) or None)
    if text:
        cell.data_type = "s"
    cell._style = style
    return cell

"""A return that is right in every respect, and ways to spoil it. All places are invented."""

import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl

from ithrive.measures import Cell, CellState, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.returns import (
    Finding,
    Identity,
    Line,
    ReturnedFigure,
    ReturnFigures,
    ReturnForm,
    check,
    return_form,
    workbook_out,
)

FORM = return_form(measures())
QUARTER = Quarter.parse("2026/27 Q2")
ALDERBROOK = Identity("T01", "Alderbrook", "Thornmere", QUARTER, "1")
METHODS = {
    "D3": "CHI-ESQ",
    "D4": "CollaboRATE 2013, SDM-Q-9",
    "H7": "RCADS, official rule",
    "R2": "within seven days",
    "W3": "by the site",
}


@cache
def numbers(
    form: ReturnForm = FORM, *, seed: int = 1, least: int = 40, most: int = 400
) -> dict[FigureKey, float]:
    """Counts that add up, parts below their wholes, medians below their 90th percentiles."""
    chance = random.Random(seed)  # noqa: S311 # nothing secret: the same figures in every run
    found: dict[FigureKey, float] = {}
    for line in reversed(form.lines):  # parts by grouping stand below all together
        grouped = [other for other in found if other.whole == line.key and other != line.key]
        if not grouped or not line.counts or line.key.breakdown:
            found[line.key] = _number(line, chance, least, most)
    for line in form.lines:  # wholes stand above their parts
        if line.part_of and line.part_of in found and line.key in found:
            found[line.key] = int(found[line.part_of] * 0.4)
        if line.same_as and line.key in found:
            found[line.key] = found[line.same_as]
        if line.part_of and line.part_of in found and line.key in found:
            found[line.key] = int(found[line.part_of] * 0.4)
    for line in form.lines:
        if line.made_of and line.key in found:
            found |= _made_up(line.made_of, int(found[line.key]))
    for line in form.lines:
        if line.key not in found:
            parts = [other for other in found if other.whole == line.key and other != line.key]
            found[line.key] = sum(found[part] for part in parts)
    return found


def _made_up(parts: Sequence[FigureKey], whole: int) -> dict[FigureKey, float]:
    """A fifth of the whole in each part, and what is left in the last."""
    *first, last = parts
    return dict.fromkeys(first, whole // 5) | {last: whole - len(first) * (whole // 5)}


def _number(line: Line, chance: random.Random, least: int, most: int) -> float:
    if line.counts:
        return chance.randint(least, most)
    return 60.5 if line.at_least else 20.5


def a_return(changes: Mapping[str, Cell | float | None] | None = None, **reasons: str) -> ReturnFigures:
    """The right return with some figures changed, by their codes; None leaves one out."""
    figures = {key: ReturnedFigure(Cell.of(number)) for key, number in numbers().items()}
    for code, given in (changes or {}).items():
        key = FigureKey.parse(code)
        cell = given if isinstance(given, Cell) else Cell.of(given) if given is not None else None
        figures.pop(key)
        if cell is not None:
            figures[key] = ReturnedFigure(cell)
    return ReturnFigures(ALDERBROOK, figures, METHODS)


def explained(figures: ReturnFigures, code: str, reason: str) -> ReturnFigures:
    key = FigureKey.parse(code)
    told = replace(figures.figures.get(key, ReturnedFigure(missing())), reason=reason)
    return replace(figures, figures={**figures.figures, key: told})


def missing(state: CellState = CellState.NOT_SUBMITTED) -> Cell:
    return Cell.without(state)


def found(figures: ReturnFigures, **options: Any) -> list[Finding]:
    return list(check(FORM, figures, **options))


def workbook(figures: ReturnFigures | None = None, **options: Any) -> bytes:
    return workbook_out(FORM, ALDERBROOK, last=None, figures=figures or a_return(), **options)


def changed(content: bytes, change: Callable[[Any], object]) -> bytes:
    """The workbook after somebody has changed it in their spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def at(code: str) -> tuple[str, str]:
    """The sheet and the cell of a figure in the workbook."""
    sheet, _, cell = FORM.places[code].rpartition(", ")
    return sheet, cell

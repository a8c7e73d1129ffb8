"""Cells as text: what a mark in a table means, and which mark we write."""

from collections.abc import Mapping
from types import MappingProxyType

from ithrive.measures.cells import Cell, CellState
from ithrive.problems import BadInput, Problem
from ithrive.tables import decimal_number, whole_number

# One mark for each state, because others use one mark for several: that is how true noughts get lost.
OUR_MARKS: Mapping[str, CellState] = MappingProxyType(
    {
        "*": CellState.SUPPRESSED,
        "": CellState.NOT_SUBMITTED,
        "n/a": CellState.NOT_APPLICABLE,
        "-": CellState.WITHHELD,
    }
)
_MARK_OF = {state: mark for mark, state in OUR_MARKS.items()}


def read_cell(text: str, *, place: str, marks: Mapping[str, CellState] = OUR_MARKS) -> Cell:
    """The cell that a text stands for. `marks` says what the marks of this source mean (in small letters).

    Raises BadInput, at `place`, for text that is neither a plain number nor one of the marks.
    """
    plain = text.strip()
    if plain.lower() in marks:
        return Cell.without(marks[plain.lower()])
    whole, number = whole_number(plain), decimal_number(plain)
    if number is None:
        raise BadInput(_neither(plain, place, marks))
    return Cell.of(number if whole is None else whole)


def cell_text(cell: Cell) -> str:
    """The cell as we write it: the number, or one mark for each state. `read_cell` reads it back."""
    return _MARK_OF[cell.state] if cell.number is None else str(cell.number)


def _neither(text: str, place: str, marks: Mapping[str, CellState]) -> Problem:
    known = "; ".join(f"“{mark}” for {state}" for mark, state in marks.items() if mark)
    empty = f", or leave it empty for {marks['']}" if "" in marks else ""
    return Problem(place, f"“{text}” is not a number.", f"Write a plain number, {known}{empty}.")

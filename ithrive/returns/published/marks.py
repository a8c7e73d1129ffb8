"""What publishers write where a number should stand, and which state of a cell it means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ithrive.measures import Cell, CellState
from ithrive.tables import decimal_number, whole_number

MARKS: Mapping[str, CellState] = MappingProxyType(
    {
        "*": CellState.SUPPRESSED,
        "c": CellState.SUPPRESSED,
        "[c]": CellState.SUPPRESSED,
        "": CellState.NOT_SUBMITTED,
        ":": CellState.NOT_SUBMITTED,
        "..": CellState.NOT_SUBMITTED,
        "[x]": CellState.NOT_SUBMITTED,
        "null": CellState.NOT_SUBMITTED,
        "n/a": CellState.NOT_APPLICABLE,
        "na": CellState.NOT_APPLICABLE,
        "z": CellState.NOT_APPLICABLE,
        "[z]": CellState.NOT_APPLICABLE,
    }
)
# "<5" hides a small number; "1,234" and "12%" are numbers dressed up.
SMALL = re.compile(r"(<|<=|≤|under |less than )\s*\d+", re.IGNORECASE)
DRESSED = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?%?")
# Nought to some publishers and missing to others; so it is never taken for nought.
DASHES = {"-", "\u2013", "\u2014"}
SPREADSHEET_ERROR = re.compile(r"#(REF|VALUE|DIV/0|N/A|NAME\?|NULL|NUM)[!?]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """What a text was read as. `doubt` is what a reader should know of it, None where nothing is in doubt."""

    cell: Cell
    doubt: str | None = None


def read_mark(text: str) -> Read:
    """The cell that a published text stands for. Never raises, and never makes nought of what is not."""
    plain = text.strip()
    if plain.lower() in MARKS:
        return Read(Cell.without(MARKS[plain.lower()]))
    if (number := plain_number(plain)) is not None:
        return Read(Cell.of(number))
    return _odd(plain)


def plain_number(text: str) -> int | float | None:
    """A number as text, whole where it is whole; None for anything dressed up."""
    whole, number = whole_number(text), decimal_number(text)
    return number if whole is None else whole


def _odd(plain: str) -> Read:
    shown = f"“{plain[:40]}”"
    if SMALL.fullmatch(plain):
        doubt = f"{shown} hides a small number: taken as suppressed."
        return Read(Cell.without(CellState.SUPPRESSED), doubt)
    if DRESSED.fullmatch(plain):
        number = plain_number(plain.replace(",", "").rstrip("%"))
        if number is not None:
            return Read(Cell.of(number), f"{shown} is not a plain number: taken as {number}.")
    if plain in DASHES:
        doubt = f"{shown} means nought to some and missing to others: taken as not submitted."
        return Read(Cell.without(CellState.NOT_SUBMITTED), doubt)
    what = "is an error of a spreadsheet" if SPREADSHEET_ERROR.fullmatch(plain) else "is no number or mark"
    return Read(Cell.without(CellState.WITHHELD), f"{shown} {what}: withheld for quality.")

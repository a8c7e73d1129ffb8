"""What somebody typed for a figure: a number, why there is none, or something that nobody should guess."""

import re
from dataclasses import dataclass

from ithrive.measures import Cell, CellState
from ithrive.returns.layout import STATES
from ithrive.tables import Held, decimal_number, whole_number
from ithrive.tables.rows import plain_text

_CHOICES = ", ".join(f"“{state}”" for state in STATES)
CHOOSE = f"Write a plain number, or choose from the list in the cell: {_CHOICES}."
_AMBIGUOUS = {"n/a", "na", "n.a.", "-", "--", "–", "—", "..", ".", "x", "null", "none", "nil", "nan", "?"}
_DAY = re.compile(
    r"\d{4}-\d\d?-\d\d?(T.*)?|\d\d?[-/.]\d\d?[-/.]\d{2,4}|\d\d?[- ][a-z]{3,9}([- ]\d{2,4})?", re.I
)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,   ’']\d{3})+(\.\d+)?")
LONGEST_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Refused:
    """Why what was typed is no figure, and how to mend it."""

    what: str
    mend: str


def typed_cell(text: str, held: Held = Held.TEXT) -> Cell | Refused:
    """The cell that was typed. “*” stands for suppressed, as in national publications; an empty one was not
    submitted.
    """
    plain = plain_text(text)
    if held in _NEVER:
        return _NEVER[held]
    if held is Held.DAY:
        return _is_a_day(plain)
    if not plain:
        return Cell.without(CellState.NOT_SUBMITTED)
    if plain == "*" or plain.casefold() in STATES:
        return Cell.without(STATES.get(plain.casefold(), CellState.SUPPRESSED))
    whole, number = whole_number(plain), decimal_number(plain)
    if number is None:
        return _refused(plain)
    return Cell.of(number if whole is None else whole)


_NEVER = {
    Held.FORMULA: Refused("The cell holds a formula.", "Copy the cell and paste it as a value."),
    Held.ERROR: Refused("The cell holds an error of the spreadsheet.", CHOOSE),
    Held.YES_NO: Refused("The cell holds yes or no, not a number.", CHOOSE),
}


def _is_a_day(text: str) -> Refused:
    mend = "Give the cell the format “Number”, and type the number again."
    return Refused(f"“{quoted(text)}” is a date; spreadsheets make dates of what looks like one.", mend)


def _refused(text: str) -> Refused:
    shown = quoted(text)
    if text.casefold() in _AMBIGUOUS:
        return Refused(f"“{shown}” can mean nought, missing, or does not apply.", CHOOSE)
    if text[0] in "<>≤≥":
        mend = "Write the number itself: small numbers are hidden when figures are shown, not before."
        return Refused(f"“{shown}” hides the number.", mend)
    if text.endswith("%"):
        return Refused(f"“{shown}” is a percentage.", "Write the number of people or things itself.")
    if _THOUSANDS.fullmatch(text):
        return Refused(f"“{shown}” has marks between its digits.", "Write it with digits alone, as 1234.")
    if _DAY.fullmatch(text):
        return _is_a_day(text)
    return Refused(f"“{shown}” is not a number.", CHOOSE)


def quoted(text: str) -> str:
    """Text that somebody typed, short enough to stand in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTED else f"{line[: LONGEST_QUOTED - 1]}…"

"""Reading a list of direct support: one line for each piece of support, every mistake named by its cell."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from ithrive.areas.support import LONGEST_GIVEN_BY, LONGEST_PURPOSE, SupportGiven, SupportKind, days_of
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, read_csv

COLUMNS = ("date", "code", "kind", "days", "given_by", "purpose")
MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class SupportLine:
    """One line of the list, and the row on which a spreadsheet shows it."""

    row: int
    given: SupportGiven


def read_support(source: Path | bytes, *, name: str) -> tuple[SupportLine, ...]:
    """Every line of a list with the columns date, code, kind, days, given_by and purpose.

    Raises BadInput naming every cell that cannot be read. Whether the area exists is for the caller to say.
    """
    rows = read_csv(source, name=name, needs=COLUMNS)
    if len(rows) > MOST_LINES:
        what = f"The list has {len(rows):,} lines."
        raise BadInput(Problem(name, what, f"Send at most {MOST_LINES:,} at a time."))
    problems: list[Problem] = []
    lines = [_line(row, name, problems) for row in rows]
    if problems:
        raise BadInput(problems)
    return tuple(line for line in lines if line)


def _line(row: Row, name: str, problems: list[Problem]) -> SupportLine | None:
    on, kind, days = _day(row, name, problems), _kind(row, name, problems), _days(row, name, problems)
    texts = [
        _text(row, column, longest, name, problems)
        for column, longest in (("code", 20), ("given_by", LONGEST_GIVEN_BY), ("purpose", LONGEST_PURPOSE))
    ]
    if on is None or kind is None or days is None or not all(texts):
        return None
    code, given_by, purpose = texts
    return SupportLine(row.number, SupportGiven(code, on, kind, days, given_by, purpose))


def _text(row: Row, column: str, longest: int, name: str, problems: list[Problem]) -> str:
    text = row.cells[column]
    if not text:
        problems.append(Problem(cell(name, row.number, column), "It is empty.", "Fill it in."))
    elif len(text) > longest:
        what = f"It has {len(text)} characters."
        problems.append(Problem(cell(name, row.number, column), what, f"Use at most {longest}."))
        return ""
    return text


def _day(row: Row, name: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(row.cells["date"])
    except ValueError:
        what = f"“{row.cells['date']}” is not a date." if row.cells["date"] else "It is empty."
        problems.append(
            Problem(cell(name, row.number, "date"), what, "Write year-month-day, such as 2024-03-31.")
        )
        return None


def _kind(row: Row, name: str, problems: list[Problem]) -> SupportKind | None:
    try:
        return SupportKind(row.cells["kind"].casefold())
    except ValueError:
        what = f"“{row.cells['kind']}” is not a kind of support."
        mend = f"Write one of {', '.join(SupportKind)}."
        problems.append(Problem(cell(name, row.number, "kind"), what, mend))
        return None


def _days(row: Row, name: str, problems: list[Problem]) -> Decimal | None:
    days = days_of(row.cells["days"])
    if days is None:
        what = f"“{row.cells['days']}” is not a number of days."
        problems.append(Problem(cell(name, row.number, "days"), what, "Write a number, such as 0.5."))
    return days


def cell(name: str, row: int, column: str) -> str:
    return f"{name}, row {row}, column {column}"

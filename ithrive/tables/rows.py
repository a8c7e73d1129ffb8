"""Rows with named cells, made from plain records of text; and what is refused on the way."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ithrive.problems import BadInput, Problem

MOST_PROBLEMS = 20
MOST_COLUMNS = 1_000
# So that a small file of separators alone cannot fill the memory.
MOST_CELLS = 5_000_000

# Text that a spreadsheet might run as a formula. Written out, it gets an apostrophe; read in, it loses it.
LIVE = re.compile(r"[\s']*[=+\-@＝＋－＠]|[\s']*[\t\r\n]\s*\S")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings. `number` is the row as a spreadsheet shows it, the first being 1."""

    number: int
    cells: dict[str, str]


def named_rows(
    records: Iterable[Sequence[str]], *, name: str, needs: Sequence[str], may_end_early: bool = False
) -> list[Row]:
    """Rows of a table whose first filled record holds the headings. Blank records are passed over.

    `may_end_early` is for workbooks, which leave out the empty cells at the end of a row.
    Raises BadInput for missing, blank or repeated headings and for rows that are longer or shorter.
    """
    numbered = ((number, record) for number, record in enumerate(records, 1) if any(map(str.strip, record)))
    heading_row, record = next(numbered, (0, []))
    if not heading_row:
        raise BadInput(Problem(name, "The file has no rows.", "Send a table with headings in its first row."))
    headings = _headings(record, f"{name}, row {heading_row}", needs)
    return list(_rows(numbered, headings, name, may_end_early))


def _headings(record: Sequence[str], place: str, needs: Sequence[str]) -> list[str]:
    headings = [heading.strip() for heading in record]
    while not headings[-1]:
        headings.pop()
    problems = [*_faulty(headings, place), *_missing(headings, place, needs)]
    if problems:
        raise BadInput(shortened(problems, place))
    return headings


def _faulty(headings: list[str], place: str) -> Iterator[Problem]:
    if len(headings) > MOST_COLUMNS:
        yield Problem(place, f"There are {len(headings):,} columns.", f"Send at most {MOST_COLUMNS:,}.")
    seen: set[str] = set()
    for number, heading in enumerate(headings, 1):
        where = f"{place}, column {column_letters(number)}"
        if not heading:
            yield Problem(
                where, "This column has no heading.", "Name it. If headings are merged, unmerge them."
            )
        elif heading.casefold() in seen:
            yield Problem(
                where, f"The heading “{heading}” is there twice.", "Give every column its own name."
            )
        seen.add(heading.casefold())


def _missing(headings: list[str], place: str, needs: Sequence[str]) -> Iterator[Problem]:
    for need in needs:
        if need not in headings:
            there = ", ".join(islice(headings, 12)) + (", …" if len(headings) > 12 else "")
            yield Problem(place, f"The column “{need}” is missing.", f"Add it. The headings are: {there}.")


def _rows(
    numbered: Iterable[tuple[int, Sequence[str]]], headings: list[str], name: str, may_end_early: bool
) -> Iterator[Row]:
    width = len(headings)
    problems: list[Problem] = []
    for count, (number, record) in enumerate(numbered, 1):
        if count * width > MOST_CELLS:
            what = f"The table has more than {MOST_CELLS:,} cells."
            raise BadInput(Problem(f"{name}, row {number}", what, "Send it in parts."))
        cells = _fitted(record, width, may_end_early)
        if cells is None:
            what = f"The row has {len(record)} cells under {width} headings."
            mend = "Check it for a separator that is missing or one too many."
            problems.append(Problem(f"{name}, row {number}", what, mend))
        else:
            yield Row(number, dict(zip(headings, map(plain_text, cells), strict=True)))
    if problems:
        raise BadInput(shortened(problems, name))


def _fitted(record: Sequence[str], width: int, may_end_early: bool) -> Sequence[str] | None:
    """The record with one cell for each heading; None where it has too many or too few."""
    if len(record) == width:
        return record
    if len(record) > width and not any(map(str.strip, record[width:])):
        return record[:width]
    if len(record) < width and may_end_early:
        return [*record, *[""] * (width - len(record))]
    return None


def plain_text(cell: str) -> str:
    """The cell without space around it, and without the apostrophe that made it safe to open."""
    cell = cell.strip()
    if cell[:1] == "'" and LIVE.match(cell, 1):
        return cell[1:].strip()
    return cell


def shortened(problems: Sequence[Problem], place: str) -> list[Problem]:
    """The first problems, with a last line that counts the others."""
    more = len(problems) - MOST_PROBLEMS
    if more <= 0:
        return list(problems)
    rest = Problem(place, f"And {more:,} more like these.", "Mend the first ones and try again.")
    return [*problems[:MOST_PROBLEMS], rest]


def column_letters(number: int) -> str:
    """The column's name in a spreadsheet: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters

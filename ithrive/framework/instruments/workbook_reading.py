"""Reading an instrument from a workbook that a person filled in."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments.checking import Way, checked_too, place_in
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
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, read_xlsx
from ithrive.tables.rows import column_letters

LIMIT_BYTES = 5_000_000


def from_xlsx(source: Path | bytes, *, name: str) -> Instrument:
    """The instrument in a workbook. Raises BadInput naming the sheet, the row and the column."""
    about, levels, statements = _sheets(
        source, name, {ABOUT: WHAT[:2], LEVELS: LEVEL_FIELDS.values(), STATEMENTS: STATEMENT_FIELDS.values()}
    )
    problems: list[Problem] = []
    places = {
        **_places("level", levels, LEVEL_FIELDS, f"{name}, sheet {LEVELS}"),
        **_places("statement", statements, STATEMENT_FIELDS, f"{name}, sheet {STATEMENTS}"),
    }
    entries = _about(about, f"{name}, sheet {ABOUT}", places, problems) | {
        "level": [_entry(row, LEVEL_FIELDS) for row in levels],
        "statement": [_statement(row) for row in statements],
    }
    return checked_too(entries, place_in(places, name), problems)


def _sheets(source: Path | bytes, name: str, wanted: Mapping[str, Iterable[str]]) -> list[list[Row]]:
    """The rows of each sheet. Raises BadInput with what is wrong in any of them, each thing once."""
    found: list[list[Row]] = []
    problems: list[Problem] = []
    for sheet, needs in wanted.items():
        try:
            found.append(
                read_xlsx(source, name=name, sheet=sheet, needs=tuple(needs), limit_bytes=LIMIT_BYTES)
            )
        except BadInput as refused:
            problems += refused.problems
    if problems:
        raise BadInput(dict.fromkeys(problems))
    return found


def _about(
    rows: Iterable[Row], place: str, places: dict[Way, str], problems: list[Problem]
) -> dict[str, str]:
    """The cover sheet's answers. A line that is not one of ours is refused, lest a slip be overlooked."""
    keys = {heading.casefold(): key for key, (heading, _) in ABOUT_FIELDS.items()}
    found: dict[str, str] = {}
    for row in rows:
        what, value = row.cells[WHAT[0]], row.cells[WHAT[1]]
        key = keys.pop(what.casefold(), None)
        if key is None:
            known = ", ".join(heading for heading, _ in ABOUT_FIELDS.values())
            said = f"“{what}” is not known here, or stands twice."
            problems.append(Problem(f"{place}, row {row.number}", said, f"The lines are: {known}."))
            continue
        found[key] = value
        places[(key,)] = f"{place}, row {row.number}"
    return _filled(found)


def _statement(row: Row) -> dict[str, Any]:
    anchors = {"anchors": [row.cells[heading] for heading in SCORES]}
    entry = _entry(row, {key: each for key, each in STATEMENT_FIELDS.items() if each not in SCORES})
    if "evidence" in entry:
        entry["evidence"] = entry["evidence"].lower()
    return entry | anchors


def _entry(row: Row, fields: Mapping[str, str]) -> dict[str, str]:
    return _filled({key: row.cells[heading] for key, heading in fields.items()})


def _filled(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells that hold something: an empty one is missing, which is what the refusal should say."""
    return {key: cell for key, cell in cells.items() if cell}


def _places(table: str, rows: Iterable[Row], fields: Mapping[str, str], sheet: str) -> dict[Way, str]:
    places: dict[Way, str] = {}
    for number, row in enumerate(rows):
        letters = {heading: column_letters(position) for position, heading in enumerate(row.cells, 1)}
        places[table, number] = f"{sheet}, row {row.number}"
        for key, heading in fields.items():
            place = f"{sheet}, row {row.number}, column {letters[heading]} ({heading})"
            places[(table, number, *_way(key))] = place
    return places


def _way(key: str) -> Way:
    """ "anchors 2" stands for the second of the anchors."""
    field, _, number = key.partition(" ")
    return (field, int(number) - 1) if number else (field,)

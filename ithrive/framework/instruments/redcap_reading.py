"""Reading an instrument from a REDCap data dictionary that a person sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ithrive.framework.instrument import BETWEEN_ANCHORS, HIGHEST, LOWEST, UNRATED, WHY, Instrument
from ithrive.framework.instruments.checking import Way, checked_too, place_in
from ithrive.framework.instruments.redcap_columns import (
    ABOUT,
    ABOUT_KEYS,
    ABOUT_LEVEL,
    ANNOTATION,
    CHOICES,
    FORM,
    LABEL,
    LEVEL_KEYS,
    NEEDED,
    NOTE,
    RECORD_FIELDS,
    SECTION,
    STATEMENT_KEYS,
    TYPE,
    VARIABLE,
)
from ithrive.problems import Problem
from ithrive.tables import Row, read_csv


def from_redcap(source: Path | bytes, *, name: str) -> Instrument:
    """The instrument in a REDCap data dictionary (CSV). Raises BadInput naming the row and the column."""
    reading = _Reading(name)
    rows = read_csv(source, name=name, needs=NEEDED)
    for row in rows[_record_fields(rows) :]:
        reading.take(row)
    return reading.instrument()


def _record_fields(rows: Sequence[Row]) -> int:
    """1 where the dictionary begins, as REDCap wants, with the field for the record's own number."""
    return int(bool(rows) and rows[0].cells[TYPE] == "text")


@dataclass
class _Reading:
    """What has been read so far: entries as the format wants them, where each stood, and what is wrong."""

    name: str
    about: dict[str, Any] = field(default_factory=dict)
    levels: dict[int, tuple[Row, dict[str, Any]]] = field(default_factory=dict)
    statements: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    places: dict[Way, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, row: Row) -> None:
        variable, kind = row.cells[VARIABLE], row.cells[TYPE]
        numbered = re.fullmatch(rf"{ABOUT_LEVEL}([0-9]{{1,3}})", variable)
        if kind == "descriptive" and variable == ABOUT and not self.about:
            self._take_about(row)
        elif kind == "descriptive" and numbered and int(numbered[1]) not in self.levels:
            self.levels[int(numbered[1])] = (row, self._level(row))
        elif kind == "radio":
            self.statements.append((row, self._statement(row)))
        elif not _of_records(variable, kind):
            self._refuse_field(row)

    def instrument(self) -> Instrument:
        if not self.about:
            what = f"No descriptive field “{ABOUT}” says title, version and licence."
            mend = "Add it as the first field: the reference page on the instrument format shows how."
            self.problems.insert(0, Problem(self.name, what, mend))
            self.places |= {(key,): self.name for key in ("code", "title", *ABOUT_KEYS)}
        levels = [self.levels[number] for number in sorted(self.levels)]
        self._note_places("level", levels, {"code": ANNOTATION, "name": SECTION, "purpose": LABEL})
        self._note_places("statement", self.statements, _STATEMENT_COLUMNS)
        tables = {
            "level": [entry for _, entry in levels],
            "statement": [entry for _, entry in self.statements],
        }
        return checked_too(self.about | tables, place_in(self.places, self.name), self.problems)

    def _take_about(self, row: Row) -> None:
        self.about = {"code": row.cells[FORM].replace("_", "-")} | self._annotated(row, ABOUT_KEYS)
        self.about |= _filled(title=row.cells[LABEL])
        columns = {"code": FORM, "title": LABEL} | dict.fromkeys(ABOUT_KEYS, ANNOTATION)
        self.places |= {(key,): self._place(row, column) for key, column in columns.items()}

    def _level(self, row: Row) -> dict[str, Any]:
        code = self._annotated(row, LEVEL_KEYS)
        return _filled(code=code.get("level", ""), name=row.cells[SECTION], purpose=row.cells[LABEL])

    def _statement(self, row: Row) -> dict[str, Any]:
        cells = row.cells
        said = _filled(code=cells[VARIABLE], text=cells[LABEL], question=cells[NOTE])
        return said | self._annotated(row, STATEMENT_KEYS) | {"anchors": self._anchors(row)}

    def _anchors(self, row: Row) -> list[str]:
        """The anchors of a radio field's choices, which must be scored 1 to 4 in this order."""
        choices = [choice.partition(",") for choice in row.cells[CHOICES].split(BETWEEN_ANCHORS)]
        scores = [score.strip() for score, _, _ in choices]
        if scores != [str(score) for score in range(LOWEST, HIGHEST + 1)]:
            what = f"The choices are scored {', '.join(scores) or 'not at all'}, and must be 1, 2, 3, 4."
            mend = "Write “1, what 1 means | 2, … | 3, … | 4, …”."
            self.problems.append(Problem(self._place(row, CHOICES), what, mend))
        return [anchor.strip() for _, _, anchor in choices]

    def _annotated(self, row: Row, keys: Sequence[str]) -> dict[str, str]:
        """The lines "key: value" of an annotation, without REDCap's own action tags, which begin with @."""
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, row.cells[ANNOTATION].splitlines())):
            key, colon, value = line.partition(":")
            if key in keys and colon and key not in found:
                found[key] = value.strip()
            elif not line.startswith("@"):
                what = f"The line “{line}” of the annotation is not understood."
                mend = f"Write one line each, once, such as “{keys[0]}: …”. Known are: {', '.join(keys)}."
                self.problems.append(Problem(self._place(row, ANNOTATION), what, mend))
        return _filled(**found)

    def _refuse_field(self, row: Row) -> None:
        variable, kind = row.cells[VARIABLE], row.cells[TYPE]
        what = f"The field “{variable}” of the type “{kind}” is not part of an instrument, or stands twice."
        mend = "Statements are of the type radio. Remove other fields."
        self.problems.append(Problem(self._place(row, TYPE), what, mend))

    def _note_places(
        self, table: str, entries: list[tuple[Row, dict[str, Any]]], columns: dict[str, str]
    ) -> None:
        for number, (row, _) in enumerate(entries):
            self.places[table, number] = f"{self.name}, row {row.number}"
            for key, column in columns.items():
                self.places[table, number, key] = self._place(row, column)

    def _place(self, row: Row, column: str) -> str:
        return f"{self.name}, row {row.number}, column “{column}”"


_STATEMENT_COLUMNS = {"code": VARIABLE, "text": LABEL, "question": NOTE, "anchors": CHOICES} | dict.fromkeys(
    STATEMENT_KEYS, ANNOTATION
)


def _of_records(variable: str, kind: str) -> bool:
    """Fields that say nothing of the instrument: whose round it is, and what stands beside a score."""
    beside = (kind == "yesno" and variable.endswith(UNRATED)) or (kind == "notes" and variable.endswith(WHY))
    return beside or (kind == "text" and variable in RECORD_FIELDS)


def _filled(**cells: str) -> dict[str, Any]:
    """The cells that hold something: an empty one is missing, which is what the refusal should say."""
    return {key: cell for key, cell in cells.items() if cell}

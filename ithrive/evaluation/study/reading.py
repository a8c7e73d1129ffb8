"""A study's files, row by row: every slip said with its place, and nothing guessed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from ithrive.evaluation.panel_cells import LARGEST
from ithrive.evaluation.protocol import Protocol, fingerprint
from ithrive.evaluation.study.results import DroppedRow, FileRead
from ithrive.measures import Cell, read_cell
from ithrive.periods import Quarter
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, decimal_number, read_csv, whole_number
from ithrive.tables.rows import shortened

QUARTER_COLUMNS = ("quarter", "wave")
LIMIT_BYTES = 60_000_000
Kept = TypeVar("Kept")


@dataclass
class StudyFile:
    """One file as it is read: its rows, what is wrong with them, and what was set aside."""

    what: str
    name: str
    rows: list[Row]
    protocol: Protocol
    vintage: str
    problems: list[Problem] = field(default_factory=list)
    aside: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def opened(
        cls, source: Path | bytes, what: str, protocol: Protocol, *, needs: Sequence[str], vintage: str = ""
    ) -> "StudyFile":
        """Raises BadInput where the file is no table with the headings in `needs`."""
        name = source.name if isinstance(source, Path) else f"{what}.csv"
        rows = read_csv(source, name=name, needs=needs, limit_bytes=LIMIT_BYTES)
        found = cls(what, name, rows, protocol, vintage)
        if not rows:
            found.problems.append(Problem(name, "It has no row below its headings.", "Fill it or remove it."))
        return found

    def place(self, row: Row, column: str) -> str:
        return f"{self.name}, row {row.number}, column {column}"

    def refuse(self, row: Row, column: str, what: str, mend: str) -> None:
        self.problems.append(Problem(self.place(row, column), what, mend))

    def set_aside(self, what: str, why: str) -> None:
        """Count a row that has no part, under its name and the reason."""
        self.aside[what, why] = self.aside.get((what, why), 0) + 1

    def site(self, row: Row) -> str | None:
        """The site of a row. One that the protocol does not know may be a slip, so it is refused."""
        text = row.cells["site"]
        known = [each.id for each in self.protocol.sites]
        if text in known:
            return text
        near = get_close_matches(text, known, n=3, cutoff=0.5)
        mend = f"Did you mean {' or '.join(near)}?" if near else "Correct it, or remove the row."
        self.refuse(row, "site", f"The protocol has no site “{text}”.", mend)
        return None

    def quarter(self, row: Row) -> Quarter | None:
        """The quarter of a row: “2016/17 Q1”, or a wave counted from the baseline."""
        column = next((each for each in QUARTER_COLUMNS if each in row.cells), QUARTER_COLUMNS[0])
        text = row.cells.get(column, "")
        wave = whole_number(text.removeprefix("-"))
        if column == "wave" and wave is not None:
            return self.protocol.waves.baseline + (-wave if text.startswith("-") else wave)
        try:
            return Quarter.parse(text)
        except BadInput:
            mend = "Write a quarter as 2016/17 Q1" + (
                ", or a wave as a whole number counted from the baseline." if column == "wave" else "."
            )
            self.refuse(row, column, f"“{text}” is no {column}.", mend)
            return None

    def cell(self, row: Row, column: str) -> Cell | None:
        """A figure with its state; text and infinities are refused."""
        try:
            found = read_cell(row.cells[column], place=self.place(row, column))
        except BadInput as error:
            self.problems += error.problems
            return None
        if found.number is not None and abs(found.number) > LARGEST:
            self.refuse(
                row, column, f"{row.cells[column]} is too large to be a figure.", "Check its exponent."
            )
            return None
        return found

    def number(self, row: Row, column: str, low: float, high: float) -> float | None:
        """A number between two bounds, or None with a problem."""
        text = row.cells[column]
        found = decimal_number(text)
        if found is None or not low <= found <= high:
            self.refuse(row, column, f"“{text}” is no number from {low:g} to {high:g}.", "Correct it.")
            return None
        return found

    def once(self, rows: Sequence[tuple[Row, Kept]], key: Callable[[Kept], object], words: str) -> None:
        """Refuse what is there twice."""
        first: dict[object, int] = {}
        for row, kept in rows:
            before = first.setdefault(key(kept), row.number)
            if before != row.number:
                self.problems.append(
                    Problem(
                        f"{self.name}, row {row.number}",
                        f"{words} is there already, in row {before}.",
                        "Keep one row.",
                    )
                )

    def finish(self) -> None:
        """Raises BadInput with everything that was wrong."""
        if self.problems:
            raise BadInput(shortened(self.problems, self.name))

    @property
    def read(self) -> FileRead:
        """What was read. The SHA-256 is of the rows in sorted order, so that order changes nothing."""
        lines = sorted(
            "\x1f".join(f"{name}={row.cells[name]}" for name in sorted(row.cells)) for row in self.rows
        )
        return FileRead(self.what, self.name, self.vintage, fingerprint("\n".join(lines)), len(self.rows))

    @property
    def dropped(self) -> Iterator[DroppedRow]:
        for (what, why), rows in sorted(self.aside.items()):
            yield DroppedRow(self.name, what, rows, why)

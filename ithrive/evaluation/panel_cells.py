"""What one row of a panel says, cell by cell, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ithrive.problems import Problem
from ithrive.tables import Row, decimal_number

_QUARTER = re.compile(r"\d{4}-?Q[1-4]", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
LARGEST = 1e100  # its square is still a number
WRITE_A_WAVE = "Write waves as numbers (0, 1, 2), as quarters (2016-Q1) or as days (2016-04-01), all alike."


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what."""

    site: str
    wave: str
    outcomes: tuple[str, ...]
    treated: str
    start: str | None = None
    pair: str | None = None
    weights: str | None = None
    offset: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that is asked for, once."""
        optional = (self.start, self.pair, self.weights, self.offset)
        named = (self.site, self.wave, *self.outcomes, self.treated, *filter(None, optional))
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, order=True)
class Wave:
    """A time of measurement, in the order of time among waves written alike."""

    kind: str
    place: float
    label: str

    @classmethod
    def read(cls, text: str) -> "Wave | None":
        """The wave that a cell names, or None if it names none."""
        number = decimal_number(text)
        if number is not None:
            return cls("number", number, f"{number:.15g}")
        if _QUARTER.fullmatch(text):
            return cls("quarter", float(text[:4]) * 4 + float(text[-1]), f"{text[:4]}-Q{text[-1]}")
        if _DAY.fullmatch(text):
            return cls("day" if len(text) > 7 else "month", float(text.replace("-", "")), text)
        return None


@dataclass(frozen=True, slots=True)
class Seen:
    """What one row said."""

    number: int
    site: str
    wave: Wave
    treated: bool
    start: Wave | None
    pair: str
    weight: float
    offset: float
    figures: dict[str, float | None]


@dataclass
class PanelRow:
    """One row, read. What could not be read is in `problems`."""

    row: Row
    name: str
    columns: Columns
    problems: list[Problem] = field(default_factory=list)

    def place(self, column: str) -> str:
        return f"{self.name}, row {self.row.number}, column {column}"

    def refuse(self, column: str, what: str, mend: str) -> None:
        self.problems.append(Problem(self.place(column), what, mend))

    def words(self, column: str) -> str:
        """A name that must be there."""
        text = self.row.cells[column]
        if not text:
            self.refuse(column, "The cell is empty.", "Every row needs one.")
        return text

    def wave(self, column: str) -> Wave | None:
        wave = Wave.read(text := self.row.cells[column])
        if wave is None and not (column == self.columns.start and not text):
            self.refuse(column, f"“{text}” is not a wave.", WRITE_A_WAVE)
        return wave

    def treated(self) -> bool:
        text = self.row.cells[self.columns.treated]
        number = decimal_number(text)
        if number not in (0, 1):
            mend = "Write 1 where the site is treated and 0 where it is not."
            self.refuse(self.columns.treated, f"“{text}” is neither 0 nor 1.", mend)
        return number == 1

    def figure(self, column: str) -> float | None:
        """A number, or None where the cell is empty."""
        text = self.row.cells[column]
        number = decimal_number(text)
        if text and number is None:
            mend = "Write a plain number, or leave the cell empty if there is no figure."
            self.refuse(column, f"“{text}” is not a finite number.", mend)
        if number is not None and abs(number) > LARGEST:
            self.refuse(column, f"“{text}” is too large to be a figure.", "Check its exponent.")
        return number

    def above_nought(self, column: str | None) -> float:
        """A weight or an offset; 1 where the panel has none."""
        if column is None:
            return 1.0
        number = self.figure(column)
        if number is None or number <= 0:
            text = self.row.cells[column]
            self.refuse(column, f"“{text}” is not above nought.", "Give a number above nought for every row.")
            return 1.0
        return number

    def figures(self) -> Iterator[tuple[str, float | None]]:
        """Each outcome's figure; nought is refused where logarithms are to be taken."""
        for outcome in self.columns.outcomes:
            figure = self.figure(outcome)
            if figure is not None and figure <= 0 and self.columns.offset:
                mend = (
                    "Add --counts, or leave out --offset, or bring waves together until no count is nought."
                )
                self.refuse(outcome, f"“{figure:g}” has no logarithm.", mend)
                figure = None
            yield outcome, figure

"""What a check looks at: the form, the figures, those of the quarter before, and where each stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ithrive.measures import Cell, CellState, FigureKey
from ithrive.returns.figures import ReturnFigures
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import Line, ReturnForm


@dataclass(frozen=True)
class Subject:
    """One return under check."""

    form: ReturnForm
    figures: ReturnFigures
    last: Mapping[FigureKey, Cell]
    last_methods: Mapping[str, str]
    places: Mapping[FigureKey, str]

    def cell(self, key: FigureKey) -> Cell:
        return self.figures.cell(key)

    def sent(self, key: FigureKey) -> bool:
        """Whether anything was said: a figure, or why there is none."""
        return self.cell(key).state is not CellState.NOT_SUBMITTED

    def number(self, key: FigureKey | None) -> int | float | None:
        return self.cell(key).number if key else None

    def count(self, key: FigureKey) -> int | None:
        """The number where it is one that a count can be, else None."""
        return whole(self.cell(key))

    def title(self, key: FigureKey) -> str:
        """What a figure is called in a sentence."""
        line = self.form.by_key[key]
        return f"“{line.title}”" if line.required else f"“{line.title}” ({line.whom})"

    def place(self, key: FigureKey) -> str:
        """Where a figure stands: in the file it came from, or else in the form's own workbook."""
        return self.places.get(key) or self.form.places[key.text]

    @cached_property
    def by_measure(self) -> Mapping[str, tuple[Line, ...]]:
        found: dict[str, list[Line]] = {}
        for line in self.form.lines:
            found.setdefault(line.key.measure, []).append(line)
        return {measure: tuple(lines) for measure, lines in found.items()}

    @property
    def counted(self) -> Iterator[tuple[Line, int]]:
        """Every line that holds a count, with it."""
        for line in self.form.lines:
            number = self.count(line.key) if line.counts else None
            if number is not None:
                yield line, number

    def must_fix(self, rule: str, key: FigureKey, what: str, mend: str) -> Finding:
        return self._finding(Severity.MUST_FIX, rule, key, what, mend)

    def query(self, rule: str, key: FigureKey, what: str, mend: str) -> Finding:
        """A query is answered by the reason that stands beside the figure."""
        return self._finding(Severity.QUERY, rule, key, what, mend, self.figures.reason(key))

    def _finding(
        self, severity: Severity, rule: str, key: FigureKey, what: str, mend: str, answer: str = ""
    ) -> Finding:
        return Finding(severity, rule, self.place(key), what, mend, key, answer)


def whole(cell: Cell) -> int | None:
    """The number of a cell that can be a count: whole and not below nought."""
    number = cell.number
    if number is None or number < 0 or number != int(number):
        return None
    return int(number)


def as_text(number: int | float) -> str:
    """A number as people read it: 1,234 or 12.5."""
    return f"{int(number):,}" if number == int(number) else f"{number:,g}"


def subject(
    form: ReturnForm,
    figures: ReturnFigures,
    last: Mapping[FigureKey, Cell] | None,
    last_methods: Mapping[str, str] | None,
    places: Mapping[FigureKey, str] | None,
) -> Subject:
    return Subject(form, figures, last or {}, last_methods or {}, places or {})

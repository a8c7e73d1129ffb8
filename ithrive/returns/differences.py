"""What a new version of a return changes, and what that does to the figures that are shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ithrive.measures import Cell, FigureKey, Measure, Unit, shown_cell
from ithrive.measures import measures as ours
from ithrive.returns.figures import NOT_SENT, ReturnFigures
from ithrive.returns.form import Line, ReturnForm, whom


@dataclass(frozen=True, slots=True)
class Change:
    """One returned figure that differs; `reason` is the one given in the later version."""

    line: Line
    before: Cell
    after: Cell
    reason: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One shown figure that differs, in `unit`. `grouping` and `breakdown` as in a FigureKey; `whom` says
    them in words.
    """

    measure: str
    code: str
    title: str
    unit: Unit
    grouping: str
    breakdown: str
    whom: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class DifferenceReport:
    """What differs between two versions. `methods` holds the answers that changed, before and after."""

    changes: tuple[Change, ...]
    shown: tuple[ShownChange, ...]
    methods: Mapping[str, tuple[str, str]]

    @property
    def sentence(self) -> str:
        if not (self.changes or self.methods):
            return "Nothing has changed."
        returned = _times(len(self.changes), "returned figure")
        shown = _times(len(self.shown), "shown figure")
        asked = f", and {_times(len(self.methods), 'answer')} on methods" if self.methods else ""
        return f"{returned} changed{asked}; that changes {shown}."


def differences(
    before: ReturnFigures,
    after: ReturnFigures,
    form: ReturnForm,
    *,
    measures: Mapping[str, Measure] | None = None,
    population: Cell = NOT_SENT,
) -> DifferenceReport:
    """`measures` are the platform's own unless given; `population` serves rates over the population."""
    known = ours() if measures is None else measures
    changes = tuple(
        Change(line, before.cell(line.key), after.cell(line.key), after.reason(line.key))
        for line in form.lines
        if before.cell(line.key) != after.cell(line.key)
    )
    # A dict and not a set: shown figures come in the order of the form.
    touched = dict.fromkeys(
        (each.line.key.measure, each.line.key.grouping, each.line.key.breakdown) for each in changes
    )
    shown = (
        each
        for measure, grouping, breakdown in touched
        if measure in known
        for each in _shown(known[measure], grouping, breakdown, _counted(before), _counted(after), population)
    )
    return DifferenceReport(changes, tuple(shown), _methods(before, after))


def _shown(
    measure: Measure,
    grouping: str,
    breakdown: str,
    before: Mapping[FigureKey, Cell],
    after: Mapping[FigureKey, Cell],
    population: Cell,
) -> Iterator[ShownChange]:
    for shown in measure.shown:
        was, now = (
            shown_cell(measure, shown, cells, population=population, grouping=grouping, breakdown=breakdown)
            for cells in (before, after)
        )
        if was != now:
            yield ShownChange(
                measure.id,
                shown.code,
                shown.title,
                shown.unit,
                grouping,
                breakdown,
                whom(grouping, breakdown),
                was,
                now,
            )


def _counted(figures: ReturnFigures) -> dict[FigureKey, Cell]:
    """The figures without numbers below nought, which a draft may hold and no rate can be made of."""
    return {key: cell for key, cell in figures.cells.items() if cell.number is None or cell.number >= 0}


def _methods(before: ReturnFigures, after: ReturnFigures) -> dict[str, tuple[str, str]]:
    asked = sorted(before.methods.keys() | after.methods.keys())
    answers = {each: (before.methods.get(each, ""), after.methods.get(each, "")) for each in asked}
    return {each: (was, now) for each, (was, now) in answers.items() if was != now}


def _times(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"

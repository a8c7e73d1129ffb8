"""What a new version of a return changes, and what that does to the figures that are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from ithrive.measures import Cell, Measure, Unit
from ithrive.returns.figures import NOT_SENT, ReturnFigures
from ithrive.returns.form import Line, ReturnForm


@dataclass(frozen=True, slots=True)
class Change:
    """One returned figure that differs; `reason` is the one given in the later version."""

    line: Line
    before: Cell
    after: Cell
    reason: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One shown figure that differs, in `unit`. `grouping` and `breakdown` as in a FigureKey."""

    measure: str
    code: str
    title: str
    unit: Unit
    grouping: str
    breakdown: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class DifferenceReport:
    changes: tuple[Change, ...]
    shown: tuple[ShownChange, ...]
    methods: Mapping[str, tuple[str, str]]


def differences(
    before: ReturnFigures,
    after: ReturnFigures,
    form: ReturnForm,
    *,
    measures: Mapping[str, Measure] | None = None,
    population: Cell = NOT_SENT,
) -> DifferenceReport:
    """`measures` are the platform's own unless given; `population` serves rates over the population."""
    raise NotImplementedError

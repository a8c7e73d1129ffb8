"""What is shown of a measure, worked out from what was returned."""

from collections.abc import Mapping

from ithrive.measures.cells import Cell, CellState, difference, rate, total
from ithrive.measures.definition import Measure, Shown
from ithrive.measures.figures import FigureKey

_NOT_SENT = Cell.without(CellState.NOT_SUBMITTED)


def shown_cell(
    measure: Measure,
    shown: Shown,
    figures: Mapping[FigureKey, Cell],
    *,
    population: Cell = _NOT_SENT,
    grouping: str = "",
    breakdown: str = "",
) -> Cell:
    """The figure that is shown, as a cell in `shown.unit`; a figure that was not returned is not submitted.

    `population` is the number of children who live there, for rates. The rate of a nought over nought does
    not apply.
    """

    def returned(code: str) -> Cell:
        return figures.get(FigureKey(measure.id, code, grouping, breakdown), _NOT_SENT)

    top = total(returned(code) for code in shown.top)
    if shown.less:
        return difference(top, returned(shown.less))
    if shown.bottom:
        below = population if shown.bottom == "population" else returned(shown.bottom)
        return rate(top, below, per=shown.unit.per or 1)
    return top


def resting_on(
    measure: Measure,
    shown: Shown,
    figures: Mapping[FigureKey, Cell],
    *,
    population: Cell = _NOT_SENT,
    grouping: str = "",
    breakdown: str = "",
) -> Cell:
    """How many a figure rests on: its denominator, the count beside a median or mean, or itself."""
    if shown.bottom == "population":
        return population
    codes = (shown.bottom or shown.of,) if (shown.bottom or shown.of) else shown.top
    return total(figures.get(FigureKey(measure.id, code, grouping, breakdown), _NOT_SENT) for code in codes)

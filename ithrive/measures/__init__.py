"""The measure dictionary, one file each, and cell values that never mistake a missing figure for nought."""

from ithrive.measures.cells import Cell, CellState, Comparison, compare, difference, rate, total
from ithrive.measures.cells_as_text import OUR_MARKS, cell_text, read_cell
from ithrive.measures.definition import Direction, Kind, Level, Measure, Returned, Shown, Status, Unit
from ithrive.measures.figures import NOT_KNOWN, FigureKey, grouping_codes
from ithrive.measures.reading import measures
from ithrive.measures.same import kin, same_counts
from ithrive.measures.showing import resting_on, shown_cell

__all__ = [
    "NOT_KNOWN",
    "OUR_MARKS",
    "Cell",
    "CellState",
    "Comparison",
    "Direction",
    "FigureKey",
    "Kind",
    "Level",
    "Measure",
    "Returned",
    "Shown",
    "Status",
    "Unit",
    "cell_text",
    "compare",
    "difference",
    "grouping_codes",
    "kin",
    "measures",
    "rate",
    "read_cell",
    "resting_on",
    "same_counts",
    "shown_cell",
    "total",
]

"""The measure dictionary, one file each, and cell values that never mistake a missing figure for nought."""

from ithrive.measures.cells import Cell, CellState, Comparison, compare, difference, rate, total
from ithrive.measures.cells_as_text import OUR_MARKS, cell_text, read_cell
from ithrive.measures.definition import Direction, Kind, Level, Measure, Status, Unit
from ithrive.measures.reading import measures

__all__ = [
    "OUR_MARKS",
    "Cell",
    "CellState",
    "Comparison",
    "Direction",
    "Kind",
    "Level",
    "Measure",
    "Status",
    "Unit",
    "cell_text",
    "compare",
    "difference",
    "measures",
    "rate",
    "read_cell",
    "total",
]

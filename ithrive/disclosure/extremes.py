"""How small and how large a hidden figure can be: linear programming over everything that is known.

All that is known of figures is a matrix of sums (each row adds to nothing) and a range for every figure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_array, block_diag, csr_array, kron
from scipy.sparse.csgraph import connected_components

Numbers = NDArray[np.float64]

# HiGHS's own feasibility tolerance is 1e-7: a bound on a whole number within this of it is that number.
TOLERANCE = 1e-6
# Programmes are stacked into one call up to this many columns: fewer calls, and still quickly solved.
COLUMNS_IN_ONE_CALL = 20_000


class Wanted(NamedTuple):
    """The largest (`sign` 1) or smallest (-1) that figure number `figure` can be."""

    figure: int
    sign: int


class Impossible(Exception):
    """No figures at all fit what is said to be known."""


@dataclass(frozen=True)
class Extreme:
    """How far a figure can go, and the price of each sum that holds it there (all sums of the matrix)."""

    wanted: Wanted
    value: float
    prices: Numbers


@dataclass(frozen=True)
class _Block:
    """The same figures and sums once for each that is wanted of them."""

    wanted: list[Wanted]
    columns: NDArray[np.int64]
    rows: NDArray[np.int64]

    @property
    def goal(self) -> Numbers:
        goal = np.zeros((len(self.wanted), len(self.columns)))
        for copy, each in enumerate(self.wanted):
            goal[copy, np.searchsorted(self.columns, each.figure)] = -each.sign
        return goal.ravel()

    def matrix(self, whole: csr_array) -> csr_array:
        return kron(np.eye(len(self.wanted)), whole[self.rows][:, self.columns], format="csr")


def _cut(block: _Block, columns: int) -> list[_Block]:
    step = max(1, columns // len(block.columns))
    return [
        _Block(block.wanted[start : start + step], block.columns, block.rows)
        for start in range(0, len(block.wanted), step)
    ]


def _stacks(blocks: list[_Block]) -> Iterator[list[_Block]]:
    stack: list[_Block] = []
    size = 0
    for each in blocks:
        if stack and size + len(each.wanted) * len(each.columns) > COLUMNS_IN_ONE_CALL:
            yield stack
            stack, size = [], 0
        stack.append(each)
        size += len(each.wanted) * len(each.columns)
    if stack:
        yield stack


@dataclass(frozen=True)
class Known:
    """All that is known of some figures: their sums and the range of each."""

    matrix: csr_array
    low: Numbers
    high: Numbers

    def extremes(self, wanted: Iterable[Wanted]) -> Iterator[Extreme]:
        """An answer for each that is wanted, in no particular order. Raises Impossible."""
        split = _Split(self)
        by_part: dict[int, list[Wanted]] = {}
        for each in wanted:
            if split.part_of[each.figure] < 0:
                yield Extreme(each, self.low[each.figure], np.zeros(self.matrix.shape[0]))
            else:
                by_part.setdefault(split.part_of[each.figure], []).append(each)
        blocks = []
        for part, group in by_part.items():
            columns, rows = split.parts({part})
            if len(rows):
                blocks += _cut(_Block(group, columns, rows), COLUMNS_IN_ONE_CALL)
            else:
                yield from (self._unjoined(each) for each in group)
        for stack in _stacks(blocks):
            yield from self._solved(stack, split.known_sum)

    def _unjoined(self, wanted: Wanted) -> Extreme:
        """A figure in no sum can be anything in its range."""
        value = (self.high if wanted.sign > 0 else self.low)[wanted.figure]
        return Extreme(wanted, float(value), np.zeros(self.matrix.shape[0]))

    def example(self, wanted: Sequence[Wanted]) -> Numbers:
        """One set of figures in which those that are wanted go, all together, as far as they can.

        What no sum ties to them is not worked out: it is not a number.
        """
        split = _Split(self)
        figures = np.where(split.part_of < 0, self.low, np.nan)
        goal = np.zeros(len(figures))
        for each in wanted:
            goal[each.figure] -= each.sign
        columns, rows = split.parts({split.part_of[each.figure] for each in wanted} - {-1})
        if len(columns):
            ranges = np.column_stack([self.low[columns], self.high[columns]])
            narrow = self.matrix[rows][:, columns]
            figures[columns] = _solve(goal[columns], narrow, -split.known_sum[rows], ranges).x
        return figures

    def _solved(self, stack: list[_Block], known_sum: Numbers) -> Iterator[Extreme]:
        goal = np.concatenate([each.goal for each in stack])
        matrix = block_diag([each.matrix(self.matrix) for each in stack], format="csr")
        columns = np.concatenate([np.tile(each.columns, len(each.wanted)) for each in stack])
        rows = np.concatenate([np.tile(each.rows, len(each.wanted)) for each in stack])
        ranges = np.column_stack([self.low[columns], self.high[columns]])
        solved = _solve(goal, matrix, -known_sum[rows], ranges)
        column = row = 0
        for block in stack:
            for each in block.wanted:
                value = solved.x[column + np.searchsorted(block.columns, each.figure)]
                prices = np.zeros(self.matrix.shape[0])
                prices[block.rows] = solved.eqlin.marginals[row : row + len(block.rows)]
                yield Extreme(each, float(value), prices)
                column, row = column + len(block.columns), row + len(block.rows)


class _Split:
    """The figures that are not known exactly, in parts that no sum joins."""

    def __init__(self, known: Known) -> None:
        free = np.flatnonzero(known.high > known.low + TOLERANCE)
        self.known_sum = known.matrix @ np.where(known.high > known.low + TOLERANCE, 0, known.low)
        narrow = known.matrix[:, free]
        joins = np.diff(narrow.indptr) > 0
        if np.any(np.abs(self.known_sum[~joins]) > TOLERANCE):
            raise Impossible
        rows = np.flatnonzero(joins)
        narrow = narrow[rows]
        joined = block_array([[None, narrow], [narrow.T, None]], format="csr")
        labels = connected_components(joined, directed=False)[1] if len(rows) else np.zeros(0, dtype=int)
        self._rows, self._row_parts = rows, labels[: len(rows)]
        self._free = free
        # Without any sum there is nothing to join them: each is a part of its own.
        self._free_parts = labels[len(rows) :] if len(rows) else np.arange(len(free))
        self.part_of = np.full(len(known.low), -1)
        self.part_of[free] = self._free_parts

    def parts(self, numbers: set[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Their figures and their sums, as columns and rows of the whole matrix."""
        wanted = np.array(sorted(numbers), dtype=int)
        return self._free[np.isin(self._free_parts, wanted)], self._rows[np.isin(self._row_parts, wanted)]


def _solve(goal: Numbers, matrix: csr_array, right: Numbers, ranges: Numbers):  # type: ignore[no-untyped-def] # scipy has no types
    solved = linprog(goal, A_eq=matrix, b_eq=right, bounds=ranges, method="highs")
    if solved.status == 2:
        raise Impossible
    if solved.x is None:
        raise ArithmeticError(f"The solver gave up: {solved.message}")
    return solved

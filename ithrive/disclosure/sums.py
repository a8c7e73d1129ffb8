"""All figures of some tables and all sums between them, as one system of linear equations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from ithrive.disclosure.tables import FigureSum, Name


@dataclass(frozen=True)
class Sums:
    """Figures in the order of their names, and a row for each sum: whole less parts is nothing."""

    names: tuple[Name, ...]
    at: dict[Name, int]
    matrix: csr_array

    @classmethod
    def of(cls, names: Iterable[Name], sums: Iterable[FigureSum]) -> "Sums":
        """Sorted, so that neither the order of tables nor of rows can change what is hidden."""
        known = set(sums)
        wanted = set(names) | {name for each in known for name in (each.whole, *each.parts)}
        ordered = tuple(sorted(wanted))
        at = {name: number for number, name in enumerate(ordered)}
        rows = sorted((at[each.whole], *sorted(at[part] for part in each.parts)) for each in known)
        return cls(ordered, at, _matrix(rows, len(ordered)))


def _matrix(rows: Sequence[tuple[int, ...]], width: int) -> csr_array:
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    signs = -np.ones(len(columns))
    signs[starts[:-1]] = 1
    return csr_array((signs, columns, starts), shape=(len(rows), width))

"""What is to be hidden as a puzzle: figures in sums, what each costs, and which must stay open."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ithrive.disclosure.extremes import Known, Numbers

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Protection:
    """A figure that readers must not pin down: at least `low` to `high` must stay possible."""

    figure: int
    low: float
    high: float


@dataclass(frozen=True)
class Puzzle:
    """Figures in sums; of each, what readers know if it is shown and if it is hidden, and what hiding costs.

    `cost` is infinite for a figure that cannot be hidden, 0 for one that must be. Arrays have
    one number a figure.
    """

    matrix: csr_array
    shown_low: Numbers
    shown_high: Numbers
    hidden_low: Numbers
    hidden_high: Numbers
    cost: Numbers
    protections: tuple[Protection, ...]

    def known(self, hidden: Flags) -> Known:
        return Known(
            self.matrix,
            np.where(hidden, self.hidden_low, self.shown_low),
            np.where(hidden, self.hidden_high, self.shown_high),
        )

    def partly_known(self, shares: Numbers) -> Known:
        """As if some of a figure could be hidden: it has that share of the room that anybody needs of it."""
        lows = np.array([self.shown_low[each.figure] - each.low for each in self.protections])
        highs = np.array([each.high - self.shown_high[each.figure] for each in self.protections])
        needed = max(lows.max(initial=0), highs.max(initial=0))
        room_up = np.minimum(self.hidden_high - self.shown_high, needed)
        room_down = np.minimum(self.shown_low - self.hidden_low, needed)
        whole = self.known(shares >= 1)
        return Known(
            self.matrix,
            np.minimum(whole.low, self.shown_low - shares * room_down),
            np.maximum(whole.high, self.shown_high + shares * room_up),
        )

    @property
    def protected(self) -> Flags:
        flags = np.zeros(len(self.cost), dtype=bool)
        flags[[each.figure for each in self.protections]] = True
        return flags

    @property
    def everything(self) -> Flags:
        """All that can be hidden."""
        return np.isfinite(self.cost)

    def parts(self) -> Iterator[NDArray[np.int64]]:
        """The figures of each part that no sum joins to others and that has something to protect."""
        labels = connected_components(abs(self.matrix.T) @ abs(self.matrix), directed=False)[1]
        for part in np.unique(labels[self.protected]):
            yield np.flatnonzero(labels == part)

    def only(self, figures: NDArray[np.int64]) -> "Puzzle":
        """One part as a puzzle of its own: its figures are numbered from nought in the same order."""
        columns = csr_array(self.matrix[:, figures])
        number = {int(figure): at for at, figure in enumerate(figures)}
        return Puzzle(
            csr_array(columns[np.diff(columns.indptr) > 0]),
            self.shown_low[figures],
            self.shown_high[figures],
            self.hidden_low[figures],
            self.hidden_high[figures],
            self.cost[figures],
            tuple(
                Protection(number[each.figure], each.low, each.high)
                for each in self.protections
                if each.figure in number
            ),
        )

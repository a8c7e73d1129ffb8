"""A panel: what each site's figures were at each wave, which sites began, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from ithrive.evaluation.arrays import Floats, Marks, Wholes


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row without a figure for one outcome."""

    outcome: str
    site: str
    wave: str


@dataclass(frozen=True, eq=False)
class Panel:
    """Figures of sites over waves.

    `figures` is outcomes x sites x waves, NaN where there is no figure. `starts` gives for each site the
    position of its first treated wave, and the number of waves where it never began. `pairs` names each
    site's matched pair, or is empty. `weights` is sites x waves, above nought. With `logged` the figures
    are natural logarithms of the outcome over its offset.
    """

    sites: tuple[str, ...]
    waves: tuple[str, ...]
    outcomes: tuple[str, ...]
    figures: Floats
    starts: Wholes
    pairs: tuple[str, ...]
    weights: Floats
    weighted: bool = False
    logged: bool = False
    dropped: tuple[Dropped, ...] = ()

    @property
    def accelerator(self) -> Marks:
        """Which sites began within the panel."""
        return np.asarray(self.starts < len(self.waves))

    @property
    def treated(self) -> Marks:
        """Sites x waves: where implementation had begun."""
        return np.arange(len(self.waves)) >= self.starts[:, None]

    @property
    def common_start(self) -> int | None:
        """The position of the wave at which all accelerator sites began, or None if they began apart."""
        began = self.starts[self.accelerator]
        return int(began[0]) if len(began) and bool((began == began[0]).all()) else None

    def outcome(self, name: str) -> Floats:
        """Sites x waves: the figures of one outcome."""
        return np.asarray(self.figures[self.outcomes.index(name)])

    def only(self, outcomes: Sequence[str]) -> Self:
        """The same panel with these outcomes alone, its sites in an order that their names do not decide.

        Draws of a simulation fall to sites by their place, and sums depend in their last digit on order:
        so sites stand in the order of what they are (arm, start, weights, figures), never of their names.
        """
        figures = self.figures[[self.outcomes.index(name) for name in outcomes]]
        keys = np.concatenate([figures.transpose(1, 0, 2).reshape(len(self.sites), -1), self.weights], axis=1)
        order = np.lexsort((*keys.T[::-1], self.starts))
        return replace(
            self,
            sites=tuple(self.sites[at] for at in order),
            outcomes=tuple(outcomes),
            figures=figures[:, order],
            starts=self.starts[order],
            pairs=tuple(self.pairs[at] for at in order) if self.pairs else (),
            weights=self.weights[order],
            dropped=tuple(each for each in self.dropped if each.outcome in outcomes),
        )

    def between(self, reference: int, asked: int) -> Self:
        """A panel of two waves, as if sites began at the second: `asked` may lie before `reference`."""
        waves = [reference, asked]
        return replace(
            self,
            waves=tuple(self.waves[at] for at in waves),
            figures=self.figures[:, :, waves],
            starts=np.where(self.accelerator, 1, 2),
            weights=self.weights[:, waves],
        )

    def matched(self) -> Wholes:
        """Pairs x 2: the positions of each pair's accelerator and comparison site."""
        place = {
            (pair, bool(began)): at
            for at, (pair, began) in enumerate(zip(self.pairs, self.accelerator, strict=True))
        }
        names = [pair for pair, began in zip(self.pairs, self.accelerator, strict=True) if began]
        return np.array([[place[name, True], place[name, False]] for name in names], dtype=np.int64)

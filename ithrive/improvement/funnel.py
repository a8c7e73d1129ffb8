"""Funnel plots: is an area unusual, given how many it counts and how much areas differ anyway?

Spiegelhalter 2005 (doi:10.1002/sim.1970): limits for each denominator, and winsorised over-dispersion, added
between areas. Shares are compared as arcsines of their square roots and rates as square roots, on which
scales the spread depends on the denominator alone.

In one point we go further. Winsorising also takes a third away from an ordinary spread, and with the usual
one-step estimate (DerSimonian and Laird 1986) eight to ten times too many areas left the outer limits in our
simulations. So we put that third back, and look for the spread between areas at which the deviates scatter as
chance would have them (Paule and Mandel 1982).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, pi, sin, sqrt

import numpy as np

from ithrive.improvement.arrays import Floats
from ithrive.measures import Cell
from ithrive.problems import BadInput, Problem

FEWEST_AREAS = 10
# The tenth of areas at either end are drawn in to the next, so that the unusual do not excuse themselves.
WINSORISED = 0.1
# What that leaves of the mean square of a normal spread: 0.8 - 2 * 1.2816 * 0.1755 + 0.2 * 1.2816 squared.
LEFT = 0.678656
# Normal deviates for 95% and 99.8%.
INNER, OUTER = 1.959964, 3.090232


class FunnelKind(StrEnum):
    """A share counts some of those in its denominator; a rate counts events against it, which can be more."""

    SHARES = "shares"
    RATES = "rates"


@dataclass(frozen=True, slots=True)
class FunnelArea:
    """An area's count and denominator."""

    name: str
    count: Cell
    of: Cell


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The limits for one denominator: 99.8% outside, 95% inside, in the funnel's unit."""

    lowest: float
    low: float
    high: float
    highest: float


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """An area in the funnel. `deviate` is how far it lies from the average, over-dispersion allowed for."""

    name: str
    share: float
    of: float
    deviate: float

    @property
    def is_unusual(self) -> bool:
        """Outside the 99.8% limits, as two areas in a thousand are by chance."""
        return abs(self.deviate) > OUTER


@dataclass(frozen=True, slots=True)
class Funnel:
    """Areas about their average. `dispersion` is 1 where counting alone explains how they differ; `between`
    is the
    standard deviation between areas beyond that, on the transformed scale. `left_out` areas have no figure to
    compare."""

    kind: FunnelKind
    average: float
    dispersion: float
    between: float
    points: tuple[FunnelPoint, ...]
    left_out: tuple[str, ...]

    def limits(self, of: float) -> FunnelLimits:
        """The limits for a denominator `of`, which is above nought."""
        spread = sqrt(1 / (4 * of) + self.between**2)
        middle = _scaled(self.average, self.kind)
        steps = (-OUTER, -INNER, INNER, OUTER)
        return FunnelLimits(*(_back(middle + step * spread, self.kind) for step in steps))


def funnel(areas: Sequence[FunnelArea], kind: FunnelKind) -> Funnel:
    """The funnel of `areas`. Those without a figure, or with nobody in the denominator, are named and left
    out.

    Raises BadInput for fewer than 10 areas that can be compared, or figures that cannot be.
    """
    compared = [area for area in areas if area.count.is_figure and area.of.number]
    if problems := _problems(compared, kind):
        raise BadInput(problems)
    counts, of = (np.array([float(cell.number or 0) for cell in cells]) for cells in _cells(compared))
    average = float(counts.sum() / of.sum())
    spread = 1 / (2 * np.sqrt(of))
    away = np.array([_scaled(share, kind) for share in counts / of]) - _scaled(average, kind)
    between = _between(away, spread)
    deviates = away / np.hypot(spread, between)
    return Funnel(
        kind=kind,
        average=average,
        dispersion=_scatter(away / spread),
        between=between,
        points=tuple(
            FunnelPoint(area.name, float(share), float(size), float(deviate))
            for area, share, size, deviate in zip(compared, counts / of, of, deviates, strict=True)
        ),
        left_out=tuple(area.name for area in areas if area not in compared),
    )


def funnel_sentence(plot: Funnel) -> str:
    """What the funnel shows, and what it does not."""
    unusual = [point.name for point in plot.points if point.is_unusual]
    verb = "lies" if len(unusual) == 1 else "lie"
    found = f"{', '.join(unusual)} {verb} outside" if unusual else "None lies outside"
    sentences = [
        f"{len(plot.points)} areas about their average.",
        f"{found} the limits that two areas in a thousand leave by chance.",
        "Areas differ more than counting explains, and the limits allow for that." if plot.between else "",
        f"Not compared, for want of a figure: {', '.join(plot.left_out)}." if plot.left_out else "",
        "It does not say why an area differs, and the order of the others means nothing.",
    ]
    return " ".join(filter(None, sentences))


def _scatter(deviates: Floats) -> float:
    """The mean square of the deviates, the outermost drawn in: about 1 where they are as chance would have
    them.
    """
    drawn_in = np.clip(deviates, *np.quantile(deviates, [WINSORISED, 1 - WINSORISED]))
    return float((drawn_in**2).mean()) / LEFT


def _between(away: Floats, spread: Floats) -> float:
    """The standard deviation between areas that, beside that of counting, scatters them as chance would."""
    expected = 1 - 1 / len(away)
    if _scatter(away / spread) <= expected:
        return 0.0
    # With the largest distance of all as the deviation, no deviate is above 1; so it lies between the two.
    low, high = 0.0, float(np.abs(away).max()) * 2
    for _ in range(60):
        middle = (low + high) / 2
        if _scatter(away / np.hypot(spread, middle)) > expected:
            low = middle
        else:
            high = middle
    return high


def _scaled(share: float, kind: FunnelKind) -> float:
    return asin(sqrt(share)) if kind is FunnelKind.SHARES else sqrt(share)


def _back(scaled: float, kind: FunnelKind) -> float:
    if kind is FunnelKind.SHARES:
        return sin(min(max(scaled, 0), pi / 2)) ** 2
    return max(scaled, 0) ** 2


def _cells(areas: Sequence[FunnelArea]) -> tuple[list[Cell], list[Cell]]:
    return [area.count for area in areas], [area.of for area in areas]


def _problems(compared: Sequence[FunnelArea], kind: FunnelKind) -> list[Problem]:
    problems = [
        Problem(area.name, what, "Correct its figures.")
        for area in compared
        if (what := _why_not(float(area.count.number or 0), float(area.of.number or 0), kind))
    ]
    if len(compared) < FEWEST_AREAS:
        what = f"{len(compared)} areas have a figure; a funnel needs {FEWEST_AREAS}."
        problems.append(Problem("Funnel", what, "Compare more areas, or over a longer time."))
    return problems


def _why_not(count: float, of: float, kind: FunnelKind) -> str | None:
    if count < 0 or of < 0:
        return f"{count:g} of {of:g}: a count cannot be negative."
    if kind is FunnelKind.SHARES and count > of:
        return f"{count:g} is more than the {of:g} it is a share of."
    return None

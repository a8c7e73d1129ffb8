"""Whether a straight line is a fair summary of how change goes with dose."""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.dose.site_figures import SiteFigures, within_arms
from ithrive.evaluation.dose.two_stage import permuted
from ithrive.evaluation.draws import STANDARD, Draws

FEWEST = 7


@dataclass(frozen=True, slots=True)
class Shape:
    """`bend` is the square's coefficient beside the line (per unit of dose squared) with its p.

    `thirds` are the mean dose and mean change, less those of the arm, of the third of sites with the
    smallest doses, the middle and the largest.
    """

    bend: float
    p: float
    reference: str
    thirds: tuple[tuple[float, float], ...]

    @property
    def sentence(self) -> str:
        if self.p < 0.05:
            return "Change does not follow dose along a straight line: read the thirds, not the slope."
        return "Nothing shows that change follows dose otherwise than along a straight line."


def shape(found: SiteFigures, draws: Draws = STANDARD) -> Shape | NotComputable:
    """NotComputable with fewer than seven sites or three different doses."""
    doses, changes = within_arms(found, found.doses), within_arms(found, found.changes)
    if len(found.sites) < FEWEST or len(np.unique(np.round(doses, 12))) < 3:
        return NotComputable(f"A bend needs at least {FEWEST} sites with three different doses.")
    square = within_arms(found, doses**2)
    square = square - doses * (doses @ square) / (doses @ doses)
    rest = changes - doses * (doses @ changes) / (doses @ doses)
    if square @ square <= 1e-12 * float(doses @ doses) ** 2 or not np.abs(rest).max() > 1e-12:
        return NotComputable("The doses leave no room for a bend.")
    p, reference = permuted(found, square, rest, draws)
    order = np.array_split(np.lexsort((changes, doses)), 3)
    thirds = tuple((float(doses[part].mean()), float(changes[part].mean())) for part in order)
    return Shape(float(square @ rest / (square @ square)), p, reference, thirds)

"""Ways through services: which team, how long the wait, how many contacts. Made up, of a plausible size."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ithrive.records.synthesis.country import TEAMS


@dataclass(frozen=True)
class Pathway:
    team: str
    weight: float
    voluntary: bool
    reasons: tuple[str, ...]
    rejected: float  # share of referrals
    wait: float  # mean days to the first contact
    contacts: float  # mean number booked
    gap: float  # mean days between them
    urgent: float = 0.03
    crisis: bool = False
    hospital: float = 0.0  # share with a stay


PATHWAYS = (
    Pathway("A18", 0.16, False, ("05", "04", "16"), 0.28, 9, 1.6, 9, urgent=0.08),
    Pathway("F01", 0.16, True, ("05", "04", "16", "19"), 0.06, 18, 7, 12),
    Pathway("A05", 0.09, True, ("05", "04", "11"), 0.08, 21, 8, 12),
    Pathway("D06", 0.05, True, ("05", "16"), 0.05, 16, 6, 12),
    Pathway("A13", 0.21, False, ("05", "04", "06", "11", "15", "21"), 0.15, 38, 19, 12),
    Pathway("C06", 0.04, False, ("21", "11", "05"), 0.05, 24, 21, 14),
    Pathway("C04", 0.10, False, ("24", "25", "26"), 0.18, 130, 7, 30),
    Pathway("C10", 0.05, False, ("12", "12", "12", "12", "04"), 0.06, 11, 29, 8, urgent=0.25, hospital=0.1),
    Pathway("A02", 0.05, False, ("18", "15", "04"), 0.04, 0, 9, 4, urgent=0.96, crisis=True, hospital=0.14),
    Pathway("A19", 0.02, False, ("18", "15"), 0.02, 0, 3, 4, urgent=0.97, crisis=True),
    Pathway("A11", 0.02, False, ("15", "18"), 0.02, 0, 3, 3, urgent=0.9, crisis=True),
    Pathway("C05", 0.02, False, ("15", "23"), 0.02, 1, 3, 5, urgent=0.7, crisis=True),
    Pathway("A14", 0.01, False, ("01", "01", "02"), 0.05, 12, 34, 9, urgent=0.3, hospital=0.2),
    Pathway("E02", 0.01, False, ("24",), 0.08, 40, 6, 25),
    Pathway("E01", 0.01, False, ("30", "24"), 0.08, 35, 9, 20),
)
REASONS = tuple(sorted({reason for pathway in PATHWAYS for reason in pathway.reasons}))
TEAM = np.array([TEAMS.index(pathway.team) for pathway in PATHWAYS])
VOLUNTARY = np.array([pathway.voluntary for pathway in PATHWAYS])
WEIGHTS = tuple(pathway.weight for pathway in PATHWAYS)
_MOST_REASONS = max(len(pathway.reasons) for pathway in PATHWAYS)
REASON_COUNT = np.array([len(pathway.reasons) for pathway in PATHWAYS])
REASON = np.array(
    [
        [REASONS.index(pathway.reasons[place % len(pathway.reasons)]) for place in range(_MOST_REASONS)]
        for pathway in PATHWAYS
    ]
)


def of_pathway(value: Callable[[Pathway], float]) -> NDArray[np.float64]:
    """One number of each pathway, to be looked up by its place."""
    return np.array([value(pathway) for pathway in PATHWAYS], dtype=np.float64)

"""The sites of the study that is made up: ten accelerators, one of which begins late, and ten like them."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from ithrive.evaluation.demonstration.truth import USUAL_RELATIONSHIPS

# Eight quarters before the baseline, the baseline, and eight after it.
RETROSPECTIVE, FOLLOWING = 8, 8
WAVES = RETROSPECTIVE + 1 + FOLLOWING
STARTS, STARTS_LATE = RETROSPECTIVE + 1, RETROSPECTIVE + 3
ARM = 10


@dataclass(frozen=True, slots=True)
class StudySite:
    """One site: its code, how many children and young people live there, how well partners work together
    (0 to 100, measured at the baseline), and the place of its first treated wave, or None if it never began.
    """

    code: str
    people: int
    relationships: float
    starts: int | None = None


def study_sites(seed: int = 2015) -> tuple[StudySite, ...]:
    """Twenty sites in pairs of like size: each accelerator, then its comparison site."""
    roll = np.random.default_rng([seed, 1])
    found: list[StudySite] = []
    for number in range(ARM):
        people = int(roll.uniform(22_000, 120_000))
        starts = STARTS_LATE if number == ARM - 1 else STARTS
        for arm, began in (("A", starts), ("C", None)):
            size = int(people * roll.uniform(0.9, 1.1))
            code = f"{arm}{number + 1:02}"
            found.append(StudySite(code, size, relationships_of(code, seed), began))
    return tuple(found)


def relationships_of(code: str, seed: int = 2015) -> float:
    """How well partners of a site work together, from 0 to 100: the same whenever it is asked."""
    roll = np.random.default_rng([seed, 2, crc32(code.encode())])
    return float(np.clip(roll.normal(USUAL_RELATIONSHIPS, 12), 20, 95).round(1))

"""The headline: do sites that implemented more change more? One point a site, judged by lot.

The slope of changes on doses within arms; p is how often doses dealt out to the sites of an arm at random
give a slope as steep (Fisher's exact test of association; all deals are listed for up to nine sites).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from math import factorial

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import TIE, Floats
from ithrive.evaluation.assignments import MOST
from ithrive.evaluation.dose.site_figures import SiteFigures, within_arms
from ithrive.evaluation.draws import STANDARD, Draws

NOT_BY_LOT = (
    "Sites chose how much to implement: those that could do more may have improved for other reasons too."
)


@dataclass(frozen=True, slots=True)
class TwoStage:
    """The change in the outcome for one unit more of dose, over `sites` sites, and p by permutation."""

    slope: float
    p: float
    reference: str
    sites: int
    assumes: tuple[str, ...] = (NOT_BY_LOT,)


@dataclass(frozen=True, slots=True)
class Without:
    """The slope when one site is left out."""

    site: str
    slope: float
    p: float


def two_stage(found: SiteFigures, draws: Draws = STANDARD) -> TwoStage | NotComputable:
    """The slope and its p; `draws` where deals are too many. NotComputable where changes are all alike."""
    doses, changes = within_arms(found, found.doses), within_arms(found, found.changes)
    if not changes.any():
        return NotComputable("All sites of an arm changed alike, so nothing is left to explain.")
    if not doses.any():
        return NotComputable("All sites had the same dose, so it explains nothing.")
    p, reference = permuted(found, doses, changes, draws)
    return TwoStage(float(doses @ changes / (doses @ doses)), p, reference, len(found.sites))


def leave_one_out(found: SiteFigures, draws: Draws = STANDARD) -> tuple[Without, ...]:
    """The slope without each site in turn, in the order of the sites; none where it cannot be told."""
    each = ((name, two_stage(found.without(at), draws)) for at, name in enumerate(found.sites))
    return tuple(Without(name, one.slope, one.p) for name, one in each if isinstance(one, TwoStage))


def permuted(
    found: SiteFigures, doses: Floats, changes: Floats, draws: Draws = STANDARD
) -> tuple[float, str]:
    """p of the association of two rows of figures about nought, and over which deals."""
    arms = [np.flatnonzero(arm) for arm in (found.accelerator, ~found.accelerator) if arm.any()]
    deals = int(np.prod([float(factorial(len(arm))) for arm in arms]))
    sums, words = (_listed(arms, doses, changes), f"all {deals:,} deals of doses to sites")
    if sums is None:
        sums = _drawn(arms, doses, changes, draws)
        words = f"{draws.many:,} random deals of doses to sites {draws.words}"
    real = abs(float(doses @ changes))
    least = real - TIE * float(np.abs(doses) @ np.abs(changes) + real)
    return float(np.mean(np.abs(sums) >= least)), words + (" within arms" if len(arms) > 1 else "")


def _listed(arms: list[np.ndarray], doses: Floats, changes: Floats) -> Floats | None:
    if np.prod([float(factorial(len(arm))) for arm in arms]) > MOST:
        return None
    parts = [doses[arm][_deals(len(arm))] @ changes[arm] for arm in arms]
    return np.asarray(parts[0] if len(parts) == 1 else np.add.outer(*parts).ravel())


@lru_cache(maxsize=2)
def _deals(sites: int) -> np.ndarray:
    """Every order of so many sites, a row each: leaving out one site after another asks for it often."""
    return np.array(list(permutations(range(sites))), dtype=np.int8).reshape(-1, sites)


def _drawn(arms: list[np.ndarray], doses: Floats, changes: Floats, draws: Draws) -> Floats:
    """Doses stand in the order of their size, so that neither names nor rows decide the draws."""
    rng = np.random.default_rng(draws.seed)
    sums = np.zeros(draws.many)
    for arm in arms:
        order = arm[np.lexsort((doses[arm], changes[arm]))]
        dealt = rng.permuted(np.tile(np.sort(doses[arm]), (draws.many, 1)), axis=1)
        sums += dealt @ changes[order]
    return np.concatenate([[float(doses @ changes)], sums])

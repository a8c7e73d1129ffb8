"""The headline: do sites that implemented more change more? One point a site, judged by lot.

The slope of changes on doses within arms; p is how often doses dealt out to the sites of an arm at random
give a slope as steep (Fisher's exact test of association; all deals are listed for up to nine sites). The
interval holds the slopes that the same test does not reject when what a slope would explain is taken away
from the changes first (Rosenbaum 2002).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from math import factorial

import numpy as np

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats
from ithrive.evaluation.assignments import MOST
from ithrive.evaluation.dose.site_figures import SiteFigures, within_arms
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.inversion import not_rejected

NOT_BY_LOT = (
    "Sites chose how much to implement: those that could do more may have improved for other reasons too."
)
SAME_SLOPE = "The interval holds for a slope that is the same at every site."


@dataclass(frozen=True, slots=True)
class TwoStage:
    """The change in the outcome for one unit more of dose, over `sites` sites, judged by permutation."""

    slope: float
    p: float
    interval: Interval | NotComputable
    reference: str
    sites: int
    assumes: tuple[str, ...] = (NOT_BY_LOT, SAME_SLOPE)


@dataclass(frozen=True, slots=True)
class Without:
    """The slope when one site is left out."""

    site: str
    slope: float
    p: float


def two_stage(
    found: SiteFigures, draws: Draws = STANDARD, *, alpha: float = 0.05
) -> TwoStage | NotComputable:
    """The slope, its p and its interval; `draws` where deals are too many.

    NotComputable where changes are all alike, or doses.
    """
    doses, changes = within_arms(found, found.doses), within_arms(found, found.changes)
    if reason := _why_none(doses, changes):
        return NotComputable(reason)
    (sums, exposed), reference = _dealt(found, doses, np.stack([changes, doses]), draws)
    return TwoStage(
        _slope(doses, changes),
        _p(sums, doses, changes),
        not_rejected(sums, exposed, alpha=alpha),
        reference,
        len(found.sites),
    )


def leave_one_out(found: SiteFigures, draws: Draws = STANDARD) -> tuple[Without, ...]:
    """The slope without each site in turn, in the order of the sites; none where it cannot be told."""
    without = []
    for at, name in enumerate(found.sites):
        rest = found.without(at)
        doses, changes = within_arms(rest, rest.doses), within_arms(rest, rest.changes)
        if not _why_none(doses, changes):
            without.append(Without(name, _slope(doses, changes), permuted(rest, doses, changes, draws)[0]))
    return tuple(without)


def _why_none(doses: Floats, changes: Floats) -> str:
    if not changes.any():
        return "All sites of an arm changed alike, so nothing is left to explain."
    return "" if doses.any() else "All sites had the same dose, so it explains nothing."


def _slope(doses: Floats, changes: Floats) -> float:
    return float(doses @ changes / (doses @ doses))


def _p(sums: Floats, doses: Floats, changes: Floats) -> float:
    real = abs(float(doses @ changes))
    least = real - TIE * float(np.abs(doses) @ np.abs(changes) + real)
    return float(np.mean(np.abs(sums) >= least))


def permuted(
    found: SiteFigures, doses: Floats, changes: Floats, draws: Draws = STANDARD
) -> tuple[float, str]:
    """p of the association of two rows of figures about nought, and over which deals."""
    (sums,), words = _dealt(found, doses, changes[None], draws)
    return _p(sums, doses, changes), words


def _dealt(found: SiteFigures, doses: Floats, rows: Floats, draws: Draws) -> tuple[Floats, str]:
    """rows: m x sites. m x deals: the sums of each row with doses dealt out again, the real first."""
    arms = [np.flatnonzero(arm) for arm in (found.accelerator, ~found.accelerator) if arm.any()]
    deals = np.prod([float(factorial(len(arm))) for arm in arms])
    within = " within arms" if len(arms) > 1 else ""
    if deals <= MOST:
        return _listed(arms, doses, rows), f"all {int(deals):,} deals of doses to sites{within}"
    words = f"{draws.many:,} random deals of doses to sites {draws.words}{within}"
    return _drawn(arms, doses, rows, draws), words


def _listed(arms: list[np.ndarray], doses: Floats, rows: Floats) -> Floats:
    parts = [rows[:, arm] @ doses[arm][_deals(len(arm))].T for arm in arms]
    if len(parts) == 1:
        return np.asarray(parts[0])
    return np.stack([np.add.outer(one, other).ravel() for one, other in zip(*parts, strict=True)])


@lru_cache(maxsize=2)
def _deals(sites: int) -> np.ndarray:
    """Every order of so many sites, a row each: leaving out one site after another asks for it often."""
    return np.array(list(permutations(range(sites))), dtype=np.int8).reshape(-1, sites)


def _drawn(arms: list[np.ndarray], doses: Floats, rows: Floats, draws: Draws) -> Floats:
    """Doses stand in the order of their size, so that neither names nor rows decide the draws."""
    rng = np.random.default_rng(draws.seed)
    sums = np.zeros((len(rows), draws.many))
    for arm in arms:
        order = arm[np.lexsort((doses[arm], rows[0, arm]))]
        dealt = rng.permuted(np.tile(np.sort(doses[arm]), (draws.many, 1)), axis=1)
        sums += rows[:, order] @ dealt.T
    return np.concatenate([rows @ doses[:, None], sums], axis=1)

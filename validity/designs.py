"""Made-up studies after the six designs of the validity study, each with no effect or a planted one.

Ten matched pairs (or four of twenty sites), levels of pairs and sites, shocks that fade (AR 1, 0.6), trends
that drift by 0.08 a quarter, sixty people a site and quarter. The sizes of levels and shocks are ours.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation import Panel
from ithrive.evaluation.arrays import Floats

PEOPLE, FADING, DRIFT = 60, 0.6, 0.08
PAIR_LEVEL, SITE_LEVEL, SHOCK, PERSON = 2.0, 1.0, 0.8, 4.0


@dataclass(frozen=True, slots=True)
class Design:
    """One design. `shared` is the share of a pair's shocks that both its sites feel."""

    code: str
    title: str
    before: int
    after: int = 8
    treated: int = 10
    shared: float = 0.0
    unequal: bool = False
    staggered: bool = False
    counts: bool = False

    @property
    def paired(self) -> bool:
        return self.treated == 10

    @property
    def waves(self) -> int:
        return self.before + self.after


DESIGNS = (
    Design("A", "1 + 8 waves, matched on level", 1),
    Design("B", "1 + 8 waves, pairs share shocks", 1, shared=0.8),
    Design("C", "8 + 8 waves", 8),
    Design("D", "8 + 8 waves, unequal variance, staggered starts", 8, unequal=True, staggered=True),
    Design("E", "1 + 8 waves, logarithms of counts", 1, counts=True),
    Design("F", "8 + 8 waves, unequal variance, 4 sites against 16", 8, treated=4, unequal=True),
)


def study(
    design: Design, rng: np.random.Generator, *, effect: Floats | float = 0.0, outcomes: int = 1
) -> Panel:
    """One study. `effect` is added to accelerators' figures after their start: one number, or one a site.

    Several outcomes have correlation 0.25 in their shocks.
    """
    accelerator = np.arange(20) < design.treated
    starts = np.where(accelerator, design.before, design.waves)
    if design.staggered:
        starts = np.where(accelerator, design.before + np.arange(20) % 3, design.waves)
    common = _noise(design, rng, accelerator)
    made = [
        _outcome(
            design,
            rng,
            0.5 * common + 0.75**0.5 * _noise(design, rng, accelerator),
            accelerator,
            starts,
            effect,
        )
        if outcomes > 1
        else _outcome(design, rng, common, accelerator, starts, effect)
        for _ in range(outcomes)
    ]
    return Panel(
        sites=tuple(f"site {at:02}" for at in range(20)),
        waves=tuple(f"{at:02}" for at in range(design.waves)),
        outcomes=tuple(f"outcome {at:02}" for at in range(outcomes)),
        figures=np.stack(made),
        starts=starts.astype(np.int64),
        pairs=tuple(f"pair {at % 10}" for at in range(20)) if design.paired else (),
        weights=np.ones((20, design.waves)),
        logged=design.counts,
    )


def _noise(design: Design, rng: np.random.Generator, accelerator: np.ndarray) -> Floats:
    """What moves each site from quarter to quarter and over the years, 20 x waves."""
    own, both = _fading(rng, 20, design.waves), np.tile(_fading(rng, 10, design.waves), (2, 1))
    shocks = (1 - design.shared) ** 0.5 * own + design.shared**0.5 * both
    drift = np.cumsum(DRIFT * rng.normal(size=(20, design.waves)), axis=1)
    scale = np.where(accelerator, 1.5, 1.0)[:, None] if design.unequal else 1.0
    return np.asarray(scale * (SHOCK * shocks + drift))


def _fading(rng: np.random.Generator, rows: int, waves: int) -> Floats:
    shocks = np.empty((rows, waves))
    shocks[:, 0] = rng.normal(size=rows)
    for wave in range(1, waves):
        shocks[:, wave] = FADING * shocks[:, wave - 1] + (1 - FADING**2) ** 0.5 * rng.normal(size=rows)
    return shocks


def _outcome(
    design: Design,
    rng: np.random.Generator,
    noise: Floats,
    accelerator: np.ndarray,
    starts: np.ndarray,
    effect: Floats | float,
) -> Floats:
    level = PAIR_LEVEL * np.tile(rng.normal(size=10), 2) + SITE_LEVEL * rng.normal(size=20)
    treated = np.arange(design.waves) >= starts[:, None]
    change = np.broadcast_to(np.reshape(effect, (-1, 1)), (20, 1)) * treated
    mean = level[:, None] + noise + change
    if design.counts:
        return np.log(np.maximum(rng.poisson(PEOPLE * np.exp(0.15 * mean)), 0.5) / PEOPLE)
    return np.asarray(mean + PERSON / PEOPLE**0.5 * rng.normal(size=mean.shape))

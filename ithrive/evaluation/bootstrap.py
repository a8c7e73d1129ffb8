"""Wild cluster bootstrap-t: residuals of whole sites get random weights, with the null imposed.

Webb's six weights, for few clusters (Cameron, Gelbach & Miller 2008; Webb 2014). The fit is linear, so each
draw's estimate and standard error come from one product of the draws with a sites x sites table; and
both are linear in the effect under test, so the interval costs a few operations a draw.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats, Marks
from ithrive.evaluation.design import Design
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.ends import end, p_under

WEBB = np.sqrt([0.5, 1.0, 1.5])


@lru_cache(maxsize=4)
def webb(sites: int, draws: Draws = STANDARD) -> Floats:
    """Draws x sites: plus or minus the root of a half, of one, or of one and a half."""
    six = np.concatenate([-WEBB[::-1], WEBB])
    drawn = six[np.random.default_rng(draws.seed).integers(0, 6, size=(draws.many, sites))]
    drawn.flags.writeable = False
    return np.asarray(drawn)


@dataclass(frozen=True, eq=False)
class Drawn:
    """For every draw the estimate and its squared error, as polynomials in the effect under test.

    The estimate is `tops[0] - effect * tops[1]`, its squared error
    `squares[0] - 2 * effect * squares[1] + effect**2 * squares[2]`, both up to one constant.
    """

    tops: Floats
    squares: Floats
    top: Floats
    square: float

    def p(self, effect: float) -> float:
        """The share of draws, the real figures among them, whose t is at least as large under this effect."""
        return p_under(self, effect)

    def p_of(self, extreme: int, of: int) -> float:
        """The real figures are one more, and extreme."""
        return (1 + extreme) / (1 + of)

    def extreme(self, effect: float | Floats) -> Marks:
        """Which draws' t is at least as large. For effects as a column: effects x draws."""
        tops = self.tops[0] - effect * self.tops[1]
        squares = effect * self.squares[2]
        squares -= 2 * self.squares[1]
        squares *= effect
        squares += self.squares[0]
        least = (self.top[0] - effect * self.top[1]) ** 2 * (1 - TIE) / self.square
        squares *= least
        return np.asarray(np.square(tops, out=tops) >= squares)

    def only(self, which: Marks) -> "Drawn":
        """The same of some of the draws."""
        return replace(self, tops=self.tops[:, which], squares=self.squares[:, which])


@dataclass(frozen=True, slots=True)
class _Known:
    """An array known by where it is, not by what it holds."""

    array: Floats

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.array is other.array

    def __hash__(self) -> int:
        return id(self.array)


def drawn(design: Design, remainder: Floats, weights: Floats) -> Drawn:
    """`weights` is draws x sites; `design` has one exposure."""
    figures, exposure = _one(design, remainder, weights), _of_exposure(design, _Known(weights))
    errors = (figures.errors, figures.errors), (figures.errors, exposure.errors)
    return Drawn(
        tops=np.stack([figures.tops, exposure.tops]),
        squares=np.stack([*(np.einsum("ds,ds->d", *two) for two in errors), exposure.squares]),
        top=np.array([figures.top, exposure.top]),
        square=figures.square,
    )


@dataclass(frozen=True, eq=False)
class _One:
    """What every draw makes of one table of figures: its score, and each site's score after refitting."""

    tops: Floats
    errors: Floats
    top: float
    square: float

    @cached_property
    def squares(self) -> Floats:
        return np.asarray(np.einsum("ds,ds->d", self.errors, self.errors))


def _one(design: Design, rest: Floats, weights: Floats) -> _One:
    scores, table = _table(design, rest)
    return _One(
        weights @ scores, weights @ table.T, float(scores.sum()), float((table.sum(axis=1) ** 2).sum())
    )


@lru_cache(maxsize=1)
def _of_exposure(design: Design, weights: _Known) -> _One:
    """Exposure as though it were the figures: outcomes with figures at the same sites and waves share it."""
    return _one(design, design.exposure[:, :, 0], weights.array)


def _table(design: Design, rest: Floats) -> tuple[Floats, Floats]:
    """Each site's score, and how a weight on site g enters the score that site h has after refitting."""
    weighted = design.weights * design.exposure[:, :, 0]
    scores = (weighted * rest).sum(axis=1)
    through = np.einsum("sw,swk->sk", weighted, design.nuisance) @ design.nuisance_bread
    carried = np.einsum("sw,swk->sk", design.weights * rest, design.nuisance)
    own = (weighted * design.exposure[:, :, 0]).sum(axis=1)
    return scores, np.diag(scores) - through @ carried.T - np.outer(own, design.bread[0, 0] * scores)


def bootstrapped(
    design: Design,
    remainder: Floats,
    estimate: float,
    error: float,
    *,
    alpha: float,
    draws: Draws = STANDARD,
) -> Inference:
    """p and interval of a single exposure. `error` is any standard error above nought, to step by."""
    sites = len(remainder)
    found = drawn(design, remainder, webb(sites, draws))
    return Inference(
        method="Wild cluster bootstrap-t, null imposed",
        factor="Webb's six-point weights; CR1 in numerator and denominator alike",
        reference=f"{draws.many:,} draws over {sites} sites (seed {draws.seed}) and the real figures",
        p=found.p(0.0),
        interval=_interval(found, estimate, error, alpha),
        assumes=(
            "Sites are independent of each other, and many enough for their residuals to stand for others.",
        ),
    )


def _interval(draws: Drawn, estimate: float, error: float, alpha: float) -> Interval | NotComputable:
    low, high = (end(draws, estimate, side * error, alpha) for side in (-1, 1))
    if np.isinf(low) and np.isinf(high):
        return NotComputable("The bootstrap rejects no effect, however large.")
    return Interval(low, high)

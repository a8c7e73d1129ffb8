"""Wild cluster bootstrap-t: residuals of whole sites get random weights, with the null imposed.

Webb's six weights, for few clusters (Cameron, Gelbach & Miller 2008; Webb 2014). The fit is linear, so each
draw's estimate and standard error come from one product of the draws with a sites x sites table; and
both are linear in the effect under test, so the interval costs a few operations a draw.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.arrays import TIE, Floats
from ithrive.evaluation.design import Design

DRAWS = 9_999
SEED = 1989
WEBB = np.sqrt([0.5, 1.0, 1.5])
FURTHEST = 2.0**20  # standard errors from the estimate at which an end is looked for
CLOSE = 1e-10  # standard errors within which an end is found


@lru_cache(maxsize=4)
def webb(sites: int, draws: int = DRAWS) -> Floats:
    """Draws x sites: plus or minus the root of a half, of one, or of one and a half."""
    six = np.concatenate([-WEBB[::-1], WEBB])
    drawn = six[np.random.default_rng(SEED).integers(0, 6, size=(draws, sites))]
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
        tops = (self.tops[0] - effect * self.tops[1]) ** 2
        squares = self.squares[0] - effect * (2 * self.squares[1] - effect * self.squares[2])
        real = (self.top[0] - effect * self.top[1]) ** 2
        extreme = tops * self.square >= real * squares * (1 - TIE)
        return float((1 + np.count_nonzero(extreme)) / (1 + len(tops)))


def drawn(design: Design, remainder: Floats, weights: Floats) -> Drawn:
    """`weights` is draws x sites; `design` has one exposure."""
    tables = [_table(design, rest) for rest in (remainder, design.exposure[:, :, 0])]
    tops = np.stack([weights @ scores for scores, _ in tables])
    errors = [weights @ table.T for _, table in tables]
    squares = np.stack([np.einsum("ds,ds->d", errors[a], errors[b]) for a, b in ((0, 0), (0, 1), (1, 1))])
    return Drawn(
        tops=tops,
        squares=squares,
        top=np.array([scores.sum() for scores, _ in tables]),
        square=float((tables[0][1].sum(axis=1) ** 2).sum()),
    )


def _table(design: Design, rest: Floats) -> tuple[Floats, Floats]:
    """Each site's score, and how a weight on site g enters the score that site h has after refitting."""
    weighted = design.weights * design.exposure[:, :, 0]
    scores = (weighted * rest).sum(axis=1)
    through = np.einsum("sw,swk->sk", weighted, design.nuisance) @ design.nuisance_bread
    carried = np.einsum("sw,swk->sk", design.weights * rest, design.nuisance)
    own = (weighted * design.exposure[:, :, 0]).sum(axis=1)
    return scores, np.diag(scores) - through @ carried.T - np.outer(own, design.bread[0, 0] * scores)


def bootstrapped(
    design: Design, remainder: Floats, estimate: float, error: float, *, alpha: float
) -> Inference:
    """p and interval of a single exposure. `error` is any standard error above nought, to step by."""
    draws = drawn(design, remainder, webb(len(remainder)))
    return Inference(
        method="Wild cluster bootstrap-t, null imposed",
        factor="Webb's six-point weights; CR1 in numerator and denominator alike",
        reference=f"{DRAWS:,} draws over {len(remainder)} sites (seed {SEED}) and the real figures",
        p=draws.p(0.0),
        interval=_interval(draws, estimate, error, alpha),
        assumes=(
            "Sites are independent of each other, and many enough for their residuals to stand for others.",
        ),
    )


def _interval(draws: Drawn, estimate: float, error: float, alpha: float) -> Interval | NotComputable:
    low, high = (_end(draws, estimate, side * error, alpha) for side in (-1, 1))
    if np.isinf(low) and np.isinf(high):
        return NotComputable("The bootstrap rejects no effect, however large.")
    return Interval(low, high)


def _end(draws: Drawn, estimate: float, step: float, alpha: float) -> float:
    """The effect, in the direction of `step`, at which p falls to alpha."""
    inside, outside = 0.0, 1.0
    while draws.p(estimate + outside * step) > alpha:
        inside, outside = outside, outside * 2
        if outside > FURTHEST:
            return float(np.copysign(np.inf, step))
    while outside - inside > CLOSE * max(outside, 1.0):
        middle = (inside + outside) / 2
        if draws.p(estimate + middle * step) > alpha:
            inside = middle
        else:
            outside = middle
    return estimate + inside * step

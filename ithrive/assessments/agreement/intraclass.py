"""Intraclass correlation, absolute agreement: ICC(2,1) for one rater's score, ICC(2,k) for the mean.

Two-way random effects. Shrout and Fleiss (1979), Psychological Bulletin 86, 420-428; intervals as in McGraw
and Wong (1996), Psychological Methods 1, 30-46, table 7, with F on Satterthwaite's degrees of freedom.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.assessments.agreement.grid import Real, Whole

UPPER = 0.975


@dataclass(frozen=True)
class Intraclass:
    """One rater's and the mean's ICC in each round, with their 95% intervals; NaN where there is none.

    `statements` is how many were scored by every rater: only these are used, since the method needs a full
    table.
    """

    single: Real
    single_low: Real
    single_high: Real
    mean: Real
    mean_low: Real
    mean_high: Real
    statements: Whole


def intraclass(scores: Whole, raters: Whole) -> Intraclass:
    """Both coefficients of each round. `scores` is 0 where there is none; `raters` is how many took part."""
    # Imported when needed: it would double the time that any command takes to start.
    from scipy.special import fdtri

    full = ((scores > 0).sum(axis=-1) == raters[:, None]) & (raters[:, None] > 0)
    n, k = full.sum(axis=-1), raters
    with np.errstate(divide="ignore", invalid="ignore"):
        rows, columns, error = _mean_squares(np.where(full[..., None], scores, 0), n, k)
        spread = k * columns + (k * n - k - n) * error
        single = n * (rows - error) / (n * rows + spread)
        # Below nought the variance between statements is estimated as negative: a ratio to it is nothing.
        between = n * rows + columns - error
        mean = np.where(between < 0, -np.inf, n * (rows - error) / between)
        freedom = _freedom(single, columns, error, n, k)
        far, near = fdtri(n - 1, freedom, UPPER), fdtri(freedom, n - 1, UPPER)
        low = n * (rows - far * error) / (far * spread + n * rows)
        high = n * (near * rows - error) / (spread + n * near * rows)
    return Intraclass(single, low, high, mean, _of_mean(low, k), _of_mean(high, k), n)


def _mean_squares(scores: Whole, n: Whole, k: Whole) -> tuple[Real, Real, Real]:
    """Mean squares of statements, raters and what is left: whole numbers until the last division."""
    everything = scores.sum(axis=(-2, -1))
    squares = (scores**2).sum(axis=(-2, -1))
    of_statements = (scores.sum(axis=-1) ** 2).sum(axis=-1)
    of_raters = (scores.sum(axis=-2) ** 2).sum(axis=-1)
    left = n * k * squares - n * of_statements - k * of_raters + everything**2
    return (
        (n * of_statements - everything**2) / (n * k * (n - 1)),
        (k * of_raters - everything**2) / (n * k * (k - 1)),
        left / (n * k * (n - 1) * (k - 1)),
    )


def _freedom(single: Real, columns: Real, error: Real, n: Whole, k: Whole) -> Real:
    """Satterthwaite's degrees of freedom, written so that nothing is divided by the error."""
    of_columns = k * single / (n * (1 - single)) * columns
    of_error = (1 + k * single * (n - 1) / (n * (1 - single))) * error
    freedom: Real = (of_columns + of_error) ** 2 / (
        of_columns**2 / (k - 1) + of_error**2 / ((n - 1) * (k - 1))
    )
    return freedom


def _of_mean(single: Real, k: Whole) -> Real:
    """The mean's coefficient that goes with one rater's (Spearman and Brown)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: Real = k * single / (1 + (k - 1) * single)
        return np.where(single > -1 / (k - 1), mean, -np.inf)

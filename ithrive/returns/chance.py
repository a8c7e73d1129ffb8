"""How likely a change between two counts is, where nothing but chance and usual swings is at work."""

from functools import lru_cache

import numpy as np
from scipy.special import betainc, betaln, gammaln

# A service's counts swing by about a tenth from quarter to quarter beyond what chance alone would do:
# holidays, staff, the weather. It is a choice of ours: the handbook says how it fits real waits, and what it
# costs there in queries. A larger one would miss a total of the year to date sent in place of the quarter's.
USUAL_SWING = 0.10
# Beyond this many, chance in the counts themselves is nothing beside the swing (less than 0.2% of it).
MANY = 100_000


@lru_cache(maxsize=50_000)
def chance_of_change(before: int, after: int, *, swing: float = USUAL_SWING) -> float:
    """The chance of two counts as far apart as these, or further, of things that happen equally often.

    Each count is Poisson around a level that swings with a coefficient of variation `swing` (gamma). Given
    their sum n the later count is then beta-binomial(n, k, k) with k = 1/swing², whatever the level: the test
    is exact for counts of any size, and holds for nought. Without a swing it is the binomial test of two
    Poisson counts (Przyborowski and Wilenski, 1940). Two-sided; from 0 to 1.

    Raises ValueError for a count below nought or a swing that is not above it.
    """
    if before < 0 or after < 0 or swing <= 0:
        raise ValueError("Counts are nought or more, and a swing is more than nought.")
    n, low, k = before + after, min(before, after), swing**-2
    if n > MANY:
        return min(1.0, 2 * float(betainc(k, k, low / n)))
    return min(1.0, 2 * _up_to(low, n, k))


def _up_to(low: int, n: int, k: float) -> float:
    """P(X <= low) of a beta-binomial(n, k, k): its last term, and the ratios that lead down from it."""
    ways = gammaln(n + 1) - gammaln(low + 1) - gammaln(n - low + 1)
    last = np.exp(ways + betaln(low + k, n - low + k) - betaln(k, k))
    x = np.arange(low, 0, -1, dtype=float)
    ratios = x * (n - x + k) / ((n - x + 1) * (x - 1 + k))
    return float(last * (1 + np.cumprod(ratios).sum()))

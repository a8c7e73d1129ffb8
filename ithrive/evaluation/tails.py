"""Tails of Student's t, F and the normal. SciPy is imported only when one is asked for."""

from collections.abc import Callable
from math import exp


def student_p(t: float, df: float) -> float:
    """Two-sided p of Student's t."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def student_reach(df: float, alpha: float) -> float:
    """How many standard errors an interval reaches to either side."""
    from scipy.special import stdtrit

    return float(stdtrit(df, 1 - alpha / 2))


def normal_p(z: float) -> float:
    """Two-sided p of a normal deviate."""
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))


def normal_reach(alpha: float) -> float:
    """How many standard errors an interval reaches to either side."""
    from scipy.special import ndtri

    return float(ndtri(1 - alpha / 2))


def f_p(f: float, upper: float, lower: float) -> float:
    """The chance of an F at least as large, on `upper` and `lower` degrees of freedom."""
    from scipy.special import fdtrc

    return float(fdtrc(upper, lower, f))


def folded_normal_reach(moved: float, alpha: float) -> float:
    """How far from nought a normal deviate moved by so much lies, but for `alpha` of the time."""
    from scipy.special import ndtr

    return _inside(lambda x: float(ndtr(x - moved) - ndtr(-x - moved)), moved, alpha)


def folded_normal_slope(reach: float, moved: float) -> float:
    """How much further that is for each unit more that the deviate is moved."""
    ahead, behind = exp(-((reach - moved) ** 2) / 2), exp(-((reach + moved) ** 2) / 2)
    return (ahead - behind) / (ahead + behind)


def folded_student_p(t: float, moved: float, df: float) -> float:
    """How often Student's t moved by so much lies at least as far from nought."""
    from scipy.special import nctdtr

    # SciPy gives no number for the far tail of a t moved far the other way: it is nought.
    other = float(nctdtr(df, moved, -abs(t)))
    return float(1 - nctdtr(df, moved, abs(t))) + (other if other > 0 else 0.0)


def folded_student_reach(moved: float, df: float, alpha: float) -> float:
    """How far from nought Student's t moved by so much lies, but for `alpha` of the time."""
    return _inside(lambda x: 1 - folded_student_p(x, moved, df), moved, alpha)


def _inside(within: Callable[[float], float], moved: float, alpha: float) -> float:
    """The x within which 1 - alpha lies, by doubling and halving."""
    low, high = 0.0, moved + 2
    while within(high) < 1 - alpha:
        low, high = high, 2 * high
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if within(middle) >= 1 - alpha else (middle, high)
    return high

"""Tails of Student's t, F and the normal. SciPy is imported only when one is asked for."""


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

"""The shapes that charts are worked out on: one row for each series, one column for each point, NaN where
there is no figure.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Marks = NDArray[np.bool_]

# Two figures closer than this part of themselves are the same figure: a mean of equal figures may miss them
# by a last digit.
SAME = 1e-9


def ratio(top: Floats, bottom: Floats) -> Floats:
    """`top` over `bottom`, NaN where `bottom` is nought or not known."""
    top, bottom = np.broadcast_arrays(top, bottom)
    there = np.nan_to_num(bottom) != 0
    divided = np.full(bottom.shape, np.nan)
    np.divide(top, bottom, out=divided, where=there)
    return divided


def total(figures: Floats) -> Floats:
    """The sum of what is there in each row, as a column."""
    return np.asarray(np.nansum(figures, axis=1, keepdims=True))


def mean(figures: Floats) -> Floats:
    """The mean of what is there in each row, as a column; NaN where nothing is."""
    return ratio(total(figures), total((~np.isnan(figures)).astype(np.float64)))


def median(figures: Floats) -> Floats:
    """The median of what is there in each row, as a column; NaN where nothing is."""
    ordered = np.sort(figures, axis=1)  # NaN comes last
    there = (~np.isnan(figures)).sum(axis=1, keepdims=True)
    middle = [np.maximum(there - 1, 0) // 2, np.maximum(there, 1) // 2]
    lower, upper = (np.take_along_axis(ordered, np.minimum(at, there.clip(1) - 1), axis=1) for at in middle)
    return (lower + upper) / 2


def sides(figures: Floats, centre: Floats) -> Wholes:
    """1 above the centre, -1 below it, 0 on it or without a figure."""
    away = figures - centre
    least = SAME * np.maximum(np.abs(figures), np.abs(centre))
    return (away > least).astype(np.int64) - (away < -least)

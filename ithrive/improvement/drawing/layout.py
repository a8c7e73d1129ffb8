"""Where things stand so that they keep clear of one another."""

from collections.abc import Sequence
from itertools import pairwise

from ithrive.improvement.drawing.sketch import Size

# Below the figures lies a strip for those that are missing.
STRIP = 22
LEFT = 56
# Of all that is drawn, so much stays free above and below.
FREE = 0.06


def plot_width(size: Size) -> int:
    return size.width - LEFT - size.right


def padded(figures: Sequence[float], *, from_nought: bool) -> tuple[float, float]:
    """The ends of an axis with room for all figures. It begins at nought where that is near, if figures of
    this kind are never negative."""
    if not figures:
        return 0.0, 1.0
    low, high = min(figures), max(figures)
    room = (high - low) * FREE or abs(high) * 0.5 or 1.0
    near = from_nought and low >= 0 and (low < high / 2 or low < room)
    return 0.0 if near else low - room, high + room


def spread_out(heights: Sequence[float], up: tuple[float, float], size: Size) -> list[float]:
    """Heights in pixels from the top, in the order given, moved apart where words would overlap."""
    low, high = up
    at = [(high - height) / (high - low) * (size.plot - STRIP) for height in heights]
    order = sorted(range(len(at)), key=lambda place: at[place])
    for above, below in pairwise(order):
        at[below] = max(at[below], at[above] + size.letters + 2)
    lowest = float(size.plot)
    for place in reversed(order):
        at[place] = min(at[place], lowest)
        lowest = at[place] - size.letters - 2
    return [round(each, 2) for each in at]


def raised(at: Sequence[float], across: tuple[float, float], size: Size) -> list[int]:
    """For places along an axis, in order, the row on which a number there keeps clear of those before."""
    first, last = across
    taken: list[float] = []
    levels = []
    for place in at:
        x = (place - first) / (last - first) * plot_width(size)
        free = next((row for row, end in enumerate(taken) if x - end >= size.letters * 1.6), len(taken))
        taken[free : free + 1] = [x]
        levels.append(free)
    return levels

"""Figures of a profile as every page says them."""

from collections.abc import Sequence

from ithrive.assessments.profile import Span, Totalled
from ithrive.framework.instrument import Total

MINUS = "−"
NOTHING = "–"


def signed(figure: float, decimals: int = 0) -> str:
    """With its sign: +3, −2, and 0 without one."""
    rounded = round(figure, decimals)
    if rounded == 0:
        return "0"
    return f"{'+' if rounded > 0 else MINUS}{abs(rounded):.{decimals}f}"


def change(steps: int) -> str:
    """Steps gained or lost on one statement."""
    return signed(steps) if steps else "no change"


def on_own_scale(figure: float, way: Total) -> str:
    """A total as its instrument counts it: sums without needless decimals, means with two."""
    return f"{figure:.2f}" if way is Total.MEAN else f"{round(figure, 1):g}"


def scale_of(whole: Totalled, way: Total) -> str:
    return f"{on_own_scale(whole.lowest, way)} to {on_own_scale(whole.highest, way)}"


def between(span: Span) -> str:
    """From the lowest to the highest, in whole figures; one figure where both are the same."""
    low, high = f"{span.low:.0f}", f"{span.high:.0f}"
    return low if low == high else f"{low} to {high}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))

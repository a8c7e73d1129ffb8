"""A figure and its state, and the only arithmetic there is on figures.

The one rule: what is worked out from figures is a figure only if every one of them is. Otherwise it has the
state of the part that stands most in the way, so that nobody can take a missing figure for nought.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class CellState(StrEnum):
    """What is known of a figure."""

    VALUE = "value"
    ZERO = "zero"
    SUPPRESSED = "suppressed"
    NOT_SUBMITTED = "not submitted"
    NOT_APPLICABLE = "not applicable"
    WITHHELD = "withheld for quality"


# What stands most in the way of a result, first. A figure nobody sent cannot be had at all; one of doubtful
# quality can be had and should not be used; a suppressed one is good, only not to be shown; one that does not
# apply was never wanted.
_OBSTACLES = (CellState.NOT_SUBMITTED, CellState.WITHHELD, CellState.SUPPRESSED, CellState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with its state. `number` is None unless the state is value or zero. Make one with `Cell.of`
    or `Cell.without`.
    """

    state: CellState
    number: int | float | None = None

    def __post_init__(self) -> None:
        if self.number is None:
            fits = self.state in _OBSTACLES
        else:
            fits = math.isfinite(self.number) and self.state is _state_of(self.number)
        if not fits:
            raise ValueError(f"A cell cannot be “{self.state}” and hold {self.number}.")

    @classmethod
    def of(cls, number: int | float) -> Self:
        """The cell of a finite number; nought has a state of its own."""
        return cls(_state_of(number), number)

    @classmethod
    def without(cls, state: CellState) -> Self:
        """The cell of a figure that is not there, and why."""
        return cls(state)

    @property
    def is_figure(self) -> bool:
        return self.number is not None


class Comparison(StrEnum):
    """How one figure stands to another."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "the same"
    UNKNOWN = "not known"


def total(parts: Iterable[Cell]) -> Cell:
    """The sum. A sum with a missing part is not a sum, and the sum of no parts does not apply."""
    cells = tuple(parts)
    if not cells:
        return Cell.without(CellState.NOT_APPLICABLE)
    if missing := _obstacle(cells):
        return missing
    numbers = [cell.number for cell in cells if cell.number is not None]
    # Whole numbers add up exactly; the others as exactly as can be, in whatever order they come.
    return Cell.of(sum(numbers) if all(isinstance(each, int) for each in numbers) else math.fsum(numbers))


def rate(numerator: Cell, denominator: Cell, *, per: int = 1) -> Cell:
    """Numerator over denominator, times `per` (100 for a percentage). Of nobody there is no rate: it does not
    apply.

    Raises ValueError for a negative count.
    """
    if missing := _obstacle((numerator, denominator)):
        return missing
    assert numerator.number is not None  # no obstacle, so both are figures
    assert denominator.number is not None
    if numerator.number < 0 or denominator.number < 0:
        raise ValueError(f"{numerator.number} of {denominator.number} is not a rate of counts.")
    if denominator.number == 0:
        return Cell.without(CellState.NOT_APPLICABLE)
    return Cell.of(numerator.number * per / denominator.number)


def difference(after: Cell, before: Cell) -> Cell:
    """`after` less `before`."""
    if missing := _obstacle((after, before)):
        return missing
    assert after.number is not None  # no obstacle, so both are figures
    assert before.number is not None
    return Cell.of(after.number - before.number)


def compare(one: Cell, other: Cell) -> Comparison:
    """How `one` stands to `other`. With a missing figure nobody knows, even where both are missing alike."""
    if one.number is None or other.number is None:
        return Comparison.UNKNOWN
    if one.number == other.number:
        return Comparison.SAME
    return Comparison.HIGHER if one.number > other.number else Comparison.LOWER


def _state_of(number: int | float) -> CellState:
    return CellState.ZERO if number == 0 else CellState.VALUE


def _obstacle(cells: tuple[Cell, ...]) -> Cell | None:
    """The cell that stands most in the way of a result, or None if every one is a figure."""
    states = {cell.state for cell in cells}
    return next((Cell.without(state) for state in _OBSTACLES if state in states), None)

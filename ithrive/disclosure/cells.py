"""A cell of a table: a count, or the reason why there is none."""

from dataclasses import dataclass
from enum import StrEnum


class CellState(StrEnum):
    """What a cell holds. Six different things, none of which is ever turned into another."""

    VALUE = "value"
    ZERO = "zero"
    SUPPRESSED = "suppressed"
    NOT_SUBMITTED = "not submitted"
    NOT_APPLICABLE = "not applicable"
    WITHHELD = "withheld for quality"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `number` is there for a value and a zero, and for them only."""

    state: CellState
    number: int | None = None

    def __post_init__(self) -> None:
        fits = {
            CellState.VALUE: self.number is not None and self.number > 0,
            CellState.ZERO: self.number == 0,
        }
        if not fits.get(self.state, self.number is None):
            raise ValueError(f"A cell in the state “{self.state}” cannot hold {self.number!r}.")

    @classmethod
    def of(cls, count: int) -> "Cell":
        return cls(CellState.VALUE if count else CellState.ZERO, count)


SUPPRESSED = Cell(CellState.SUPPRESSED)
NOT_SUBMITTED = Cell(CellState.NOT_SUBMITTED)
NOT_APPLICABLE = Cell(CellState.NOT_APPLICABLE)
WITHHELD = Cell(CellState.WITHHELD)


def total(parts: list[Cell]) -> Cell:
    """The sum of the parts. What does not apply adds nothing; a sum with a missing part is not a sum."""
    counted = [part for part in parts if part.state is not CellState.NOT_APPLICABLE]
    if not counted:
        return NOT_APPLICABLE
    for state in (CellState.WITHHELD, CellState.SUPPRESSED, CellState.NOT_SUBMITTED):
        if any(part.state is state for part in counted):
            return Cell(state)
    return Cell.of(sum(part.number or 0 for part in counted))

"""Which counts are small enough to hide by themselves."""

from collections.abc import Iterable, Mapping

from ithrive.disclosure.cells import Cell, CellState
from ithrive.disclosure.rules import Rule, Zeros
from ithrive.disclosure.tables import FigureSum, Name

NOBODY = {CellState.ZERO, CellState.NOT_APPLICABLE}


def to_hide(cells: Mapping[Name, Cell], sums: Iterable[FigureSum], rule: Rule) -> set[Name]:
    """The figures a rule hides for their own sake, before any other is looked at."""
    small = {
        name
        for name, cell in cells.items()
        if cell.number is not None and rule.hides(cell.number) and not untouched(name, rule)
    }
    return small | _telling(cells, sums) if rule.zeros is Zeros.UNLESS_THEY_TELL else small


def untouched(name: Name, rule: Rule) -> bool:
    """Whether the figure is a national total that the rule shows as it is."""
    dimension = rule.untouched_total_of
    return dimension is not None and not any(part.startswith(f"{dimension}=") for part in name[1:])


def _telling(cells: Mapping[Name, Cell], sums: Iterable[FigureSum]) -> set[Name]:
    """Zeros beside a part that holds everybody: they tell what is true of each person in the whole.

    In a part that does not apply there is nobody either, as every reader knows.
    """
    found: set[Name] = set()
    for each in sums:
        parts = {part: cells[part] for part in each.parts}
        somebody = [part for part, cell in parts.items() if cell.state not in NOBODY]
        if len(somebody) == 1 and cells[somebody[0]].state is CellState.VALUE:
            found |= {part for part, cell in parts.items() if cell.state is CellState.ZERO}
    return found

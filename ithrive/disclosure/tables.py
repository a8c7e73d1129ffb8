"""Tables of counts with their totals, and the sums that anybody who reads them can do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from ithrive.disclosure.cells import Cell, CellState, total
from ithrive.problems import BadInput, Problem

TOTAL = "Total"

# What a figure is of, wherever it stands: ("referred", "area=Alderbrook", "grouping=Getting Help").
# A total is the name without that dimension, so the same total in two tables has the same name.
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts: categories of a dimension in a `Dimension`, names of figures elsewhere."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureSum:
    """One figure that is the sum of others, as anybody can know."""

    whole: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table is broken down by. Its sums may be nested (regions) or overlap (regions and mergers).

    Sums stand in any order; a category is a part or a whole of at least one of them. Raises BadInput.
    """

    name: str
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        if not self.sums or any(not each.parts for each in self.sums):
            raise _bad(f"The dimension {self.name!r}", "has no categories.", "Give every whole its parts.")
        if self.name == "" or "=" in self.name:
            raise _bad(
                f"The dimension {self.name!r}", "has a name that cannot be used.", "Name it without “=”."
            )
        if any(len(set(each.parts) | {each.whole}) <= len(each.parts) for each in self.sums):
            raise _bad(
                f"The dimension {self.name!r}", "has a sum that names a category twice.", "Name each once."
            )
        inner_first(self)

    @classmethod
    def flat(cls, name: str, categories: Iterable[str]) -> "Dimension":
        """Categories that together make the total."""
        return cls(name, (Sum(TOTAL, tuple(categories)),))

    @classmethod
    def grouped(cls, name: str, groups: Mapping[str, Iterable[str]]) -> "Dimension":
        """Groups of categories, such as areas in regions: each group has a subtotal."""
        inner = tuple(Sum(group, tuple(parts)) for group, parts in groups.items())
        return cls(name, (*inner, Sum(TOTAL, tuple(groups))))

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category once, parts before wholes as the sums have them, the total last."""
        found = dict.fromkeys(part for each in self.sums for part in each.parts)
        found |= dict.fromkeys(each.whole for each in self.sums)
        return tuple(sorted(found, key=lambda category: category == TOTAL))

    @property
    def leaves(self) -> tuple[str, ...]:
        """The categories that are no sum of others."""
        wholes = {each.whole for each in self.sums}
        return tuple(each for each in self.categories if each not in wholes)


@dataclass(frozen=True)
class CountTable:
    """People (or events) by every combination of the dimensions' categories, totals included.

    `cells` has one cell for each combination, in the order of `dimensions`; `fixed` says what the whole table
    has in common ({"period": "2024 Q1"}). Raises BadInput where a cell is missing or a total is not the sum
    of its parts.
    """

    measure: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[str, ...], Cell]
    fixed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        expected = set(product(*(each.categories for each in self.dimensions)))
        if odd := sorted(expected ^ self.cells.keys()):
            what = "is missing." if odd[0] in expected else "is not among the dimensions' categories."
            raise _bad(
                f"{self.measure}, {', '.join(odd[0])}", what, "Give one cell for every combination, no more."
            )
        for whole, parts in self._sums():
            self._check(whole, parts)

    @classmethod
    def of_parts(
        cls,
        measure: str,
        dimensions: tuple[Dimension, ...],
        leaves: Mapping[tuple[str, ...], Cell | int],
        fixed: Mapping[str, str] | None = None,
    ) -> "CountTable":
        """The table with its totals worked out. A total with a missing part is missing too."""
        cells = {where: Cell.of(cell) if isinstance(cell, int) else cell for where, cell in leaves.items()}
        for at, dimension in enumerate(dimensions):
            for each in inner_first(dimension):
                for where in [where for where in cells if where[at] == each.parts[0]]:
                    parts = [cells[_with(where, at, part)] for part in each.parts]
                    cells[_with(where, at, each.whole)] = total(parts)
        return cls(measure, dimensions, cells, fixed or {})

    def name(self, where: tuple[str, ...]) -> Name:
        """What the cell there is called wherever the same figure stands."""
        by = {each.name: category for each, category in zip(self.dimensions, where, strict=True)}
        parts = {name: category for name, category in (dict(self.fixed) | by).items() if category != TOTAL}
        return (self.measure, *(f"{name}={parts[name]}" for name in sorted(parts)))

    def names(self) -> dict[Name, tuple[str, ...]]:
        return {self.name(where): where for where in self.cells}

    def sums(self) -> Iterator[FigureSum]:
        """Every sum that a reader of the table can do."""
        for whole, parts in self._sums():
            yield FigureSum(self.name(whole), tuple(self.name(part) for part in parts))

    def _sums(self) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
        for at, dimension in enumerate(self.dimensions):
            others = [each.categories for each in self.dimensions]
            for each in dimension.sums:
                for where in product(*(*others[:at], (each.whole,), *others[at + 1 :])):
                    yield where, [_with(where, at, part) for part in each.parts]

    def _check(self, whole: tuple[str, ...], parts: list[tuple[str, ...]]) -> None:
        counts = [self.cells[part].number for part in parts if self.cells[part].state not in _ABSENT]
        unknown = len(counts) < sum(self.cells[part].state is not CellState.NOT_APPLICABLE for part in parts)
        claimed = self.cells[whole].number
        known = sum(count or 0 for count in counts)
        if claimed is not None and (claimed < known or (claimed > known and not unknown)):
            raise _bad(
                f"{self.measure}, {', '.join(whole)}",
                f"is {claimed}, but its parts add up to {known}.",
                "Correct the total or its parts.",
            )


_ABSENT = {
    CellState.SUPPRESSED,
    CellState.NOT_SUBMITTED,
    CellState.NOT_APPLICABLE,
    CellState.WITHHELD,
}


def inner_first(dimension: Dimension) -> list[Sum]:
    """The sums in an order in which every part is known before its whole."""
    known, waiting, ordered = set(dimension.leaves), list(dimension.sums), []
    while ready := [each for each in waiting if known.issuperset(each.parts)]:
        ordered += ready
        known |= {each.whole for each in ready}
        waiting = [each for each in waiting if each not in ready]
    if waiting:
        raise _bad(
            f"The dimension {dimension.name!r}",
            f"makes {waiting[0].whole!r} a part of itself.",
            "Mend its sums.",
        )
    return ordered


def _with(where: tuple[str, ...], at: int, category: str) -> tuple[str, ...]:
    return (*where[:at], category, *where[at + 1 :])


def _bad(place: str, what: str, mend: str) -> BadInput:
    return BadInput(Problem(place, what, mend))

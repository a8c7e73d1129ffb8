"""Small tables for the tests, and how hidden ones are drawn."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from ithrive.disclosure import TOTAL, CountTable, Dimension, Publication, Rule, Seen, attack, rule

TODAY = date(2026, 5, 1)
PARTNERS = rule("partners", TODAY)
PROGRAMME = rule("programme", TODAY)


def square(*rows: Sequence[int], measure: str = "referred", dimension: str = "grouping") -> CountTable:
    """Areas A, B, … down and columns a, b, … across."""
    areas = [chr(ord("A") + number) for number in range(len(rows))]
    columns = [chr(ord("a") + number) for number in range(len(rows[0]))]
    leaves = {
        (area, column): count
        for area, row in zip(areas, rows, strict=True)
        for column, count in zip(columns, row, strict=True)
    }
    return CountTable.of_parts(
        measure, (Dimension.flat("area", areas), Dimension.flat(dimension, columns)), leaves
    )


def line(*counts: int, measure: str = "referred", dimension: str = "area") -> CountTable:
    names = [chr(ord("A") + number) for number in range(len(counts))]
    leaves = {(name,): count for name, count in zip(names, counts, strict=True)}
    return CountTable.of_parts(measure, (Dimension.flat(dimension, names),), leaves)


def random_tables(seed: int, shape: Sequence[int], number: int, regions: bool = False) -> list[CountTable]:
    """Many tables at once, mostly of small counts, each of a measure of its own."""
    counts = np.random.default_rng(seed).negative_binomial(0.7, 0.06, size=(number, *shape))
    return [_table(f"measure {at}", array, regions) for at, array in enumerate(counts)]


def _table(measure: str, counts: np.ndarray, regions: bool) -> CountTable:
    categories = [
        [f"{letter}{at}" for at in range(size)] for letter, size in zip("abcd", counts.shape, strict=False)
    ]
    dimensions = [Dimension.flat(letter, names) for letter, names in zip("abcd", categories, strict=False)]
    if regions:
        half = len(categories[0]) // 2
        groups = {"north": categories[0][:half], "south": categories[0][half:]}
        dimensions[0] = Dimension.grouped("a", groups)
    leaves = {
        tuple(names[at] for names, at in zip(categories, where, strict=True)): int(count)
        for where, count in np.ndenumerate(counts)
    }
    return CountTable.of_parts(measure, tuple(dimensions), leaves)


def drawn(publication: Publication, table: CountTable) -> list[list[str]]:
    """Rows and columns as the dimensions have them; what is hidden is a star."""
    shown = publication.of(table)
    down, across = (each.categories for each in table.dimensions)
    return [
        ["*" if (n := shown[row, column].number) is None else str(n) for column in across] for row in down
    ]


def pinned(publication: Publication, vintage: str = "v1") -> list[tuple[str, ...]]:
    """The protected figures that do not stay open."""
    return [each.name for each in attack([Seen(vintage, publication)]) if not each.open]


def with_rule(base: Rule, **changes: object) -> Rule:
    return Rule.model_validate(base.model_dump() | changes)


# Counts above this make no difference to tables of counts up to 7 whose rules hide counts up to 4.
MOST = 14


def every_table(table: CountTable) -> np.ndarray:
    """Every table of that form with inner counts up to `MOST`: a row each, figures as in its names."""
    leaves = [where for where in table.cells if TOTAL not in where]
    counts = np.indices((MOST + 1,) * len(leaves)).reshape(len(leaves), -1)
    holds = np.array([[_within(leaf, where) for leaf in leaves] for where in table.cells], dtype=int)
    return (holds @ counts).T


def _within(leaf: tuple[str, ...], where: tuple[str, ...]) -> bool:
    return all(whole in (TOTAL, part) for whole, part in zip(where, leaf, strict=True))

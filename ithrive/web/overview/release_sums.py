"""What readers know of figures besides the tables' own sums: definitions that add up, and what is the same.

It is known figure by figure: what one area's figures contradict still holds of every other's.
"""

from collections.abc import Iterator, Mapping, Sequence

from ithrive.disclosure import Cell, CountTable, FigureSum
from ithrive.disclosure.tables import Name
from ithrive.measures import FigureKey, Measure, measures, same_counts


def known_sums(tables: Sequence[CountTable], family: Sequence[Measure]) -> list[FigureSum]:
    """Every such sum between the figures of some tables, of measures that share counts."""
    cells = {name: table.cells[where] for table in tables for name, where in table.names().items()}
    return [each for each in (*_made_of_others(cells, family), *_the_same(cells)) if _holds(cells, each)]


def _made_of_others(cells: Mapping[Name, Cell], family: Sequence[Measure]) -> Iterator[FigureSum]:
    made = {
        (measure.id, f"figure={each.code}"): each.made_of
        for measure in family
        for each in measure.returned
        if each.made_of
    }
    for name in cells:
        for part in name[1:]:
            if codes := made.get((name[0], part)):
                yield FigureSum(name, tuple(_instead(name, part, f"figure={code}") for code in codes))


def _the_same(cells: Mapping[Name, Cell]) -> Iterator[FigureSum]:
    """A count that another measure asks for in the same words, as a sum of one part."""
    same = same_counts(measures().values())
    for name in cells:
        for part in name[1:]:
            if other := same.get(FigureKey(name[0], part.removeprefix("figure="))):
                there = _instead(name, part, f"figure={other.figure}")
                yield FigureSum(name, ((other.measure, *there[1:]),))


def _instead(name: Name, part: str, other: str) -> Name:
    return tuple(other if each == part else each for each in name)


def _holds(cells: Mapping[Name, Cell], each: FigureSum) -> bool:
    """Whether all are in the tables, and nothing that was sent contradicts it."""
    if any(part not in cells for part in each.parts):
        return False
    whole = cells[each.whole].number
    parts = [cells[part].number for part in each.parts]
    known = sum(part or 0 for part in parts)
    return whole is None or known == whole or (None in parts and known < whole)

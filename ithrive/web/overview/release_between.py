"""What a count of one measure tells of another measure's, where that is not shown area by area, or is more.

Which areas sent a measure that is only shown of all together is not told. Readers are supposed to know it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ithrive.disclosure import TOTAL, Cell, CellState, CountTable, FigureSum
from ithrive.disclosure.tables import Name
from ithrive.measures import FigureKey, same_counts
from ithrive.web.overview.release_tables import Supplied, figure_of

_NEVER_SHOWN: dict[tuple[str, ...], Cell] = {(): Cell(CellState.NOT_SUBMITTED)}


@dataclass(frozen=True, slots=True)
class Between:
    """A sum over figures of two measures, and its figures that nobody sees, as tables of one cell."""

    sum: FigureSum
    unseen: tuple[CountTable, ...] = ()


def between_measures(supplied: Sequence[Supplied]) -> list[Between]:
    """Every such sum that the areas' own figures do not contradict."""
    by = {(each.measure.id, each.quarter): each for each in supplied}
    same = same_counts([each.measure for each in supplied])
    found: list[Between] = []
    for (measure, quarter), each in by.items():
        for code in (one.code for one in each.measure.returned):
            if (key := same.get(FigureKey(measure, code))) and (other := by.get((key.measure, quarter))):
                found += _added_up(each, code, other, key.figure)
        for one in each.measure.within:
            key = FigureKey.parse(one.whole)
            if other := by.get((key.measure, quarter)):
                found += _no_more_than(each, one.parts, other, key.figure)
    return found


def _added_up(each: Supplied, code: str, other: Supplied, figure: str) -> Iterator[Between]:
    """A total that is never shown by area is what the other measure shows of the areas that sent it."""
    if each.by_area or not other.by_area or not _has_all(other, each):
        return
    for grouping in (TOTAL, *_shared_groupings(each, other)):
        areas = sorted(each.figures)
        number = _number(each, areas, code, grouping)
        if number is not None and number == _number(other, areas, figure, grouping):
            parts = tuple(other.name(figure, area, grouping) for area in areas)
            yield Between(FigureSum(each.name(code, grouping=grouping), parts))


def _no_more_than(each: Supplied, codes: Sequence[str], other: Supplied, figure: str) -> Iterator[Between]:
    """Some counts, and those in none of them whom nobody counts, are a count of another measure."""
    if not _has_all(other, each):
        return
    for area in (TOTAL, *(sorted(each.figures) if each.by_area and other.by_area else ())):
        areas = sorted(each.figures) if area == TOTAL else [area]
        most = _number(other, areas, figure, TOTAL)
        known = sum(_number(each, areas, code, TOTAL) or 0 for code in codes)
        if most is None or known > most:
            continue
        whole, unseen = _whole(each, other, figure, area)
        neither = _unseen(f"{each.measure.id}: in none of {', '.join(codes)}", each, area)
        parts = tuple(each.name(code, area) for code in codes)
        yield Between(FigureSum(whole, (*parts, neither.name(()))), (neither,))
        yield from unseen


def _whole(each: Supplied, other: Supplied, figure: str, area: str) -> tuple[Name, list[Between]]:
    """The name of another measure's count in the areas that sent this one: a total of its own, if need be."""
    if area != TOTAL or len(each.figures) == len(other.figures):
        return other.name(figure, area), []
    table = _unseen(f"{other.measure.id}.{figure} where {each.measure.id} was sent", each, area)
    parts = tuple(other.name(figure, one) for one in sorted(each.figures))
    return table.name(()), [Between(FigureSum(table.name(()), parts), (table,))]


def _unseen(what: str, each: Supplied, area: str) -> CountTable:
    place = {} if area == TOTAL else {"area": area}
    return CountTable(what, (), _NEVER_SHOWN, {"quarter": each.quarter.label} | place)


def _has_all(other: Supplied, each: Supplied) -> bool:
    """Whether the other measure shows what was sent by the very areas that sent this one."""
    same = each.figures.keys() == other.figures.keys()
    return bool(each.figures) and (same or (other.by_area and each.figures.keys() < other.figures.keys()))


def _shared_groupings(each: Supplied, other: Supplied) -> tuple[str, ...]:
    whole_only = other.measure.site_detail == "whole"
    return () if whole_only else tuple(one for one in each.groupings if one in other.groupings)


def _number(supplied: Supplied, areas: Sequence[str], figure: str, grouping: str) -> int | None:
    numbers = [figure_of(supplied, area, figure, grouping).number for area in areas]
    return None if None in numbers else sum(each or 0 for each in numbers)

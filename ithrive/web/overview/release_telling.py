"""Totals that tell of one area, where its figures may not be shown: of too few areas, or nearly one's."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ithrive.disclosure import TOTAL, Rule, volume
from ithrive.disclosure.tables import Name
from ithrive.web.overview.release_tables import Supplied, count_tables, figure_of

# With two, each knows the other's.
FEWEST_AREAS = 3


@dataclass(frozen=True)
class Before:
    """What an earlier release showed of the same measure and quarter, and the areas that had sent theirs."""

    areas: frozenset[str]
    shown: frozenset[Name]


def telling_totals(supplied: Supplied, rule: Rule, before: Sequence[Before] = ()) -> set[Name]:
    """Totals of too few areas, or nearly one area's (`rule.largest_share`), and those that would tell as much
    beside an earlier one: the difference between two totals is of the areas that came or went between them.
    """
    areas = sorted(supplied.figures)
    found = set()
    for name, figure, grouping in _totals(supplied):
        of_areas = [figure_of(supplied, area, figure, grouping).number or 0 for area in areas]
        if (
            len(of_areas) < FEWEST_AREAS
            or volume(of_areas, rule).number is None
            or any(name in each.shown and _too_few(each.areas, areas) for each in before)
        ):
            found.add(name)
    return found


def tells_of_many_only(supplied: Supplied) -> bool:
    """Whether there are figures that may be shown of many areas together and not of one."""
    return not supplied.by_area or supplied.measure.site_detail == "whole"


def _too_few(then: frozenset[str], now: Collection[str]) -> bool:
    return 0 < len(then.symmetric_difference(now)) < FEWEST_AREAS


def _totals(supplied: Supplied) -> Iterator[tuple[Name, str, str]]:
    """The totals over areas of what may not be shown of one: name, figure and grouping of each."""
    if not tells_of_many_only(supplied):
        return
    for table in count_tables(supplied):
        dimensions = [each.name for each in table.dimensions]
        for name, where in table.names().items():
            at = dict(zip(dimensions, where, strict=True)) | dict(table.fixed)
            grouping = at.get("grouping", TOTAL)
            if "area" not in at and not (supplied.by_area and grouping == TOTAL):
                yield name, at["figure"], grouping

"""What is returned of one measure as tables of counts, with every sum that a reader can do.

Counts go into disclosure; percentages, rates and medians are made afterwards of what it shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ithrive.disclosure import TOTAL, Cell, CellState, CountTable, Dimension, Sum
from ithrive.disclosure.tables import Name
from ithrive.measures import Cell as ReturnedCell
from ithrive.measures import CellState as Returned
from ithrive.measures import FigureKey, Level, Measure, Unit, grouping_codes
from ithrive.periods import Quarter
from ithrive.problems import BadInput, Problem
from ithrive.web.overview.release_figures import Figures

NOT_SENT = ReturnedCell.without(Returned.NOT_SUBMITTED)


@dataclass(frozen=True, eq=False)
class Supplied:
    """One measure in one quarter: figures of each area that sent any, by the area's name in tables.

    `sent` says when each area signed off figures that it had not sent before, as text that sorts.
    """

    measure: Measure
    quarter: Quarter
    figures: Mapping[str, Figures]
    sent: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_area(self) -> bool:
        return shown_by_area(self.measure)

    @property
    def groupings(self) -> tuple[str, ...]:
        return grouping_codes() if self.measure.by_grouping else ()

    def name(self, figure: str, area: str = TOTAL, grouping: str = TOTAL) -> Name:
        """What a figure of it is called in tables of counts."""
        parts = {"area": area, "figure": figure, "grouping": grouping, "quarter": self.quarter.label}
        return (self.measure.id, *(f"{key}={value}" for key, value in parts.items() if value != TOTAL))

    def cell(self, area: str, figure: str, grouping: str) -> Cell:
        key = FigureKey(self.measure.id, figure, "" if grouping == TOTAL else grouping)
        return as_count(self.figures[area].get(key, NOT_SENT), f"{area}, {key.text}, {self.quarter.label}")


def shown_by_area(measure: Measure) -> bool:
    """Whether a quarter of one area may be shown."""
    return Level.SITE in measure.levels and measure.site_detail != "nothing"


def as_count(cell: ReturnedCell, place: str) -> Cell:
    """A returned figure as disclosure takes it. Raises BadInput for what counts nothing."""
    if cell.number is None:
        return Cell(CellState(cell.state.value))
    if cell.number != int(cell.number) or cell.number < 0:
        raise BadInput(Problem(place, f"{cell.number} is no count.", "Ask the area to send it again."))
    return Cell.of(int(cell.number))


def rest_of(whole: str, part: str) -> str:
    """What a figure of a whole that is not in a part is called: “started less within-28-days”."""
    return f"{whole} less {part}"


def together(codes: Sequence[str]) -> str:
    return " and ".join(codes)


def figure_sums(measure: Measure) -> tuple[Sum, ...]:
    """Whole, part and rest, wherever a percentage or a definition says that one count is part of another."""
    counts = {each.code for each in measure.returned if each.counts}
    pairs = dict.fromkeys((each.part_of, each.code) for each in measure.returned if each.part_of)
    sums = []
    for shown in measure.shown:
        if shown.less or not counts.issuperset(shown.top):
            continue
        if len(shown.top) > 1:
            sums.append(Sum(together(shown.top), shown.top))
        if shown.unit is Unit.PERCENT and shown.bottom in counts:
            pairs[shown.bottom, together(shown.top)] = None
    return (*sums, *(Sum(whole, (part, rest_of(whole, part))) for whole, part in pairs))


def count_tables(supplied: Supplied) -> list[CountTable]:
    """The tables of one measure and quarter. None where nobody sent anything."""
    if not supplied.figures:
        return []
    sums = figure_sums(supplied.measure)
    tied = {code for each in sums for code in (each.whole, *each.parts)}
    alone = [each.code for each in supplied.measure.returned if each.counts and each.code not in tied]
    shapes: list[tuple[Sequence[Dimension], Mapping[str, str]]] = []
    if sums:
        shapes.append(([Dimension("figure", sums)], {}))
    shapes += [([], {"figure": code}) for code in alone]
    return [
        _table(supplied, (*places, *figures), fixed)
        for figures, fixed in shapes
        for places in _places(supplied)
    ]


def _places(supplied: Supplied) -> list[tuple[Dimension, ...]]:
    """By which dimensions it may be broken down; a table for each way."""
    area = Dimension.flat("area", sorted(supplied.figures))
    grouping = (Dimension.flat("grouping", supplied.groupings),) if supplied.groupings else ()
    if not supplied.by_area:
        return [grouping]
    if supplied.measure.site_detail == "whole" and grouping:
        return [(area,), grouping]
    return [(area, *grouping)]


def _table(supplied: Supplied, dimensions: tuple[Dimension, ...], fixed: Mapping[str, str]) -> CountTable:
    names = [each.name for each in dimensions]
    cells = {}
    for where in _combinations(dimensions):
        at = dict(zip(names, where, strict=True)) | dict(fixed)
        areas = sorted(supplied.figures) if at.get("area", TOTAL) == TOTAL else [at["area"]]
        parts = [figure_of(supplied, area, at["figure"], at.get("grouping", TOTAL)) for area in areas]
        cells[where] = _sum(parts)
    return CountTable(
        supplied.measure.id, dimensions, cells, {"quarter": supplied.quarter.label} | dict(fixed)
    )


def _combinations(dimensions: tuple[Dimension, ...]) -> Iterable[tuple[str, ...]]:
    if not dimensions:
        return [()]
    return [
        (category, *rest) for category in dimensions[0].categories for rest in _combinations(dimensions[1:])
    ]


def figure_of(supplied: Supplied, area: str, figure: str, grouping: str) -> Cell:
    """A count as it was returned, or worked out: several together, or the rest of a whole."""
    whole, less, part = figure.partition(" less ")
    if less:
        return _difference(
            figure_of(supplied, area, whole, grouping),
            figure_of(supplied, area, part, grouping),
            f"{area}, {supplied.measure.id}.{part}, {supplied.quarter.label}",
        )
    return _sum([supplied.cell(area, code, grouping) for code in figure.split(" and ")])


def _difference(whole: Cell, part: Cell, place: str) -> Cell:
    if CellState.NOT_APPLICABLE in (whole.state, part.state):
        return Cell(CellState.NOT_APPLICABLE)
    if whole.number is None or part.number is None:
        return _sum([whole, part])
    if part.number > whole.number:
        what = f"{part.number} is more than the {whole.number} it is part of."
        raise BadInput(Problem(place, what, "Ask the area to send it again."))
    return Cell.of(whole.number - part.number)


def _sum(parts: Sequence[Cell]) -> Cell:
    """A sum with a missing part is not a sum; what does not apply adds nothing."""
    counted = [each for each in parts if each.state is not CellState.NOT_APPLICABLE]
    if not counted:
        return Cell(CellState.NOT_APPLICABLE)
    for state in (CellState.NOT_SUBMITTED, CellState.WITHHELD, CellState.SUPPRESSED):
        if any(each.state is state for each in counted):
            return Cell(state)
    return Cell.of(sum(each.number or 0 for each in counted))

"""From signed-off figures to the series that a chart shows: pure.

Shares are drawn as P charts, which know their denominators. All else is drawn as an XmR chart: counts, rates,
medians and scores of services swing by more than the Poisson spread of a C or U chart allows for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from ithrive.improvement import Annotation, ChartKind, Every, Point, Rebase, Series, rebases_among
from ithrive.measures import Cell, CellState, FigureKey, Level, Measure, Shown, Unit, shown_cell
from ithrive.periods import Quarter, quarters

NOT_SENT = Cell.without(CellState.NOT_SUBMITTED)
Beside = tuple[tuple[Annotation, ...], tuple[Rebase, ...]]


@dataclass(frozen=True)
class Record:
    """What one area has signed off, by quarter, and how many children and young people live there then.

    `known_of` is the year of which that number is known, by quarter: the nearest one.
    """

    figures: Mapping[Quarter, Mapping[FigureKey, Cell]]
    people: Mapping[Quarter, Cell]
    known_of: Mapping[Quarter, int] = field(default_factory=dict)

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """From the first quarter signed off to the last: one that is missing between them is a gap."""
        return tuple(quarters(min(self.figures), max(self.figures))) if self.figures else ()

    def cells(self, quarter: Quarter) -> Mapping[FigureKey, Cell]:
        return self.figures.get(quarter, {})

    def population(self, quarter: Quarter) -> Cell:
        return self.people.get(quarter, NOT_SENT)


def is_for_one_area(measure: Measure) -> bool:
    """Whether the measure may be shown for one area at all."""
    return Level.SITE in measure.levels


def is_share(measure: Measure, shown: Shown) -> bool:
    """Whether the figure counts some of those in its denominator, so that it cannot be above 100%."""
    if shown.unit is not Unit.PERCENT or len(shown.top) != 1 or not shown.bottom:
        return False
    code = shown.top[0]
    while code and code != shown.bottom:
        code = measure.figure(code).part_of
    return bool(code)


def shown_at(measure: Measure, shown: Shown, record: Record, quarter: Quarter, grouping: str = "") -> Cell:
    """The figure of one quarter, in its unit."""
    cells, people = record.cells(quarter), record.population(quarter)
    return shown_cell(measure, shown, cells, population=people, grouping=grouping)


def series_of(
    measure: Measure,
    shown: Shown,
    record: Record,
    *,
    name: str,
    grouping: str = "",
    beside: Beside = ((), ()),
) -> Series:
    """The series of a figure. `record` has at least one quarter; `beside` are annotations and rebases."""
    share = is_share(measure, shown)
    points = tuple(_point(measure, shown, record, quarter, grouping, share) for quarter in record.quarters)
    annotations, rebases = beside
    return Series(
        name,
        ChartKind.PROPORTIONS if share else ChartKind.INDIVIDUALS,
        points,
        measure.direction,
        rebases=rebases_among(rebases, [point.day for point in points]),
        annotations=annotations,
        every=Every.QUARTER,
    )


def groupings_sent(measure: Measure, shown: Shown, record: Record, codes: Iterable[str]) -> tuple[str, ...]:
    """The groupings of which there is a figure in some quarter, in the order given."""
    if not measure.by_grouping or "population" in shown.bottom:
        return ()
    known = {
        key.grouping for key in chain.from_iterable(record.figures.values()) if key.measure == measure.id
    }
    return tuple(code for code in codes if code in known)


def _point(
    measure: Measure, shown: Shown, record: Record, quarter: Quarter, grouping: str, share: bool
) -> Point:
    if not share:
        return Point(quarter.starts, shown_at(measure, shown, record, quarter, grouping))
    cells = record.cells(quarter)
    top, bottom = (
        cells.get(FigureKey(measure.id, code, grouping), NOT_SENT) for code in (shown.top[0], shown.bottom)
    )
    return Point(quarter.starts, top, bottom)

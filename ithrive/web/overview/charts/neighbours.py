"""An area beside others, none of which is named: under the disclosure rule for partners. Pure.

Only one figure of each other area is looked at, and no total of them with a hidden one in it is shown, so
nothing that is hidden can be taken away from something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from ithrive import disclosure
from ithrive.disclosure import Rule
from ithrive.implementation.alike import ENOUGH_AREAS
from ithrive.improvement import Funnel, FunnelArea, FunnelKind, funnel
from ithrive.improvement.funnel import FEWEST_AREAS
from ithrive.measures import Cell, CellState, FigureKey, Measure, Shown, resting_on, total
from ithrive.periods import Quarter
from ithrive.web.overview.charts.series import NOT_SENT, Record, is_share, shown_at

HIDDEN = Cell.without(CellState.SUPPRESSED)
NINE_IN_TEN = "p90"
THOUSAND = 1_000


@dataclass(frozen=True, slots=True)
class QuarterBeside:
    """One quarter: this area's figure, and of the others their middle and the half of them about it.

    The three are None where fewer than five others have a figure that may be shown.
    """

    quarter: Quarter
    own: Cell
    areas: int
    low: float | None
    middle: float | None
    high: float | None


def quarters_beside(
    measure: Measure, shown: Shown, own: Record, others: Sequence[Record], rule: Rule
) -> tuple[QuarterBeside, ...]:
    """Every quarter of the area beside what may be shown of the others."""
    return tuple(_quarter(measure, shown, own, others, quarter, rule) for quarter in own.quarters)


def may_be_shared(measure: Measure, shown: Shown, record: Record, quarter: Quarter, rule: Rule) -> Cell:
    """Another area's figure as the rule lets it be used: a whole number in its unit, or suppressed.

    What the rule has no way to judge, such as a difference of medians, is suppressed.
    """
    cell = shown_at(measure, shown, record, quarter)
    if cell.number is None:
        return cell
    counted = _counts(measure, shown, record, quarter)
    behind = resting_on(measure, shown, record.cells(quarter), population=record.population(quarter)).number
    if shown.less or counted is None or behind is None:
        return HIDDEN
    if is_share(measure, shown):
        top, bottom = counted
        given = disclosure.proportion(_kept(top, rule), _kept(bottom - top, rule), _kept(bottom, rule), rule)
        return HIDDEN if given.number is None else cell
    if shown.of:
        judge = disclosure.p90 if NINE_IN_TEN in shown.code else disclosure.median
        return HIDDEN if judge(cell.number, int(behind), rule).number is None else cell
    return HIDDEN if rule.hides(counted[0]) or 0 < counted[1] < rule.smallest_denominator else cell


def funnel_beside(
    measure: Measure,
    shown: Shown,
    own: Record,
    others: Sequence[Record],
    quarter: Quarter,
    rule: Rule,
    name: str,
) -> Funnel | None:
    """The area among the others in one quarter; None where ten areas cannot be compared, or the figure is no
    share or rate. Others are numbered by the size of their denominator.
    """
    if not (is_share(measure, shown) or shown.bottom == "population"):
        return None
    found = [
        _funnel_counts(measure, shown, each, quarter)
        for each in others
        if may_be_shared(measure, shown, each, quarter, rule).is_figure
    ]
    in_order = sorted(found, key=lambda each: -(each[1].number or 0))
    areas = [FunnelArea(f"Area {number}", *each) for number, each in enumerate(in_order, 1)]
    mine = _funnel_counts(measure, shown, own, quarter)
    if not mine[0].is_figure or not mine[1].number or len(areas) + 1 < FEWEST_AREAS:
        return None
    kind = FunnelKind.SHARES if is_share(measure, shown) else FunnelKind.RATES
    return funnel([FunnelArea(name, *mine), *areas], kind)


def _quarter(
    measure: Measure, shown: Shown, own: Record, others: Sequence[Record], quarter: Quarter, rule: Rule
) -> QuarterBeside:
    cells = (may_be_shared(measure, shown, each, quarter, rule) for each in others)
    numbers = [float(cell.number) for cell in cells if cell.number is not None]
    mine = shown_at(measure, shown, own, quarter)
    if len(numbers) < ENOUGH_AREAS:
        return QuarterBeside(quarter, mine, len(numbers), None, None, None)
    low, middle, high = quantiles(numbers, n=4, method="inclusive")
    return QuarterBeside(quarter, mine, len(numbers), low, middle, high)


def _counts(measure: Measure, shown: Shown, record: Record, quarter: Quarter) -> tuple[int, int] | None:
    """What is counted, and in what (nought where it is shown by itself); None where a part is missing."""
    cells: Mapping[FigureKey, Cell] = record.cells(quarter)
    top = total(cells.get(FigureKey(measure.id, code), NOT_SENT) for code in shown.top).number
    if not shown.bottom:
        return None if top is None else (int(top), 0)
    bottom = _bottom(measure, shown, record, quarter).number
    return None if top is None or bottom is None else (int(top), int(bottom))


def _funnel_counts(measure: Measure, shown: Shown, record: Record, quarter: Quarter) -> tuple[Cell, Cell]:
    """Count and denominator as a funnel takes them: people who live there in thousands."""
    cells = record.cells(quarter)
    top = total(cells.get(FigureKey(measure.id, code), NOT_SENT) for code in shown.top)
    bottom = _bottom(measure, shown, record, quarter)
    if shown.bottom == "population" and bottom.number:
        return top, Cell.of(bottom.number / THOUSAND)
    return top, bottom


def _bottom(measure: Measure, shown: Shown, record: Record, quarter: Quarter) -> Cell:
    if shown.bottom == "population":
        return record.population(quarter)
    return record.cells(quarter).get(FigureKey(measure.id, shown.bottom), NOT_SENT)


def _kept(count: int, rule: Rule) -> disclosure.Cell:
    """A count as the rule shows it to partners."""
    return (
        disclosure.Cell(disclosure.CellState.SUPPRESSED) if rule.hides(count) else disclosure.Cell.of(count)
    )

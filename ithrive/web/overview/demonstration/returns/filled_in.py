"""What stands in a return of the demonstration: which lines, what is held back, and what was said."""

from collections.abc import Iterable, Mapping
from functools import cache

from ithrive.evaluation.demonstration import StudySite, Told, told
from ithrive.measures import Cell, CellState, FigureKey, measures
from ithrive.returns import Line, ReturnedFigure, ReturnForm, return_form
from ithrive.web.overview.demonstration.returns.story import ReturnTold
from ithrive.web.overview.demonstration.seed import SEED, dice

# What every area sends. Ada's sends all thirty measures, so that its page shows each of them.
EVERYBODY = ("T1", "A4", "H1", "H2", "H3", "M1", "R1", "D1", "D2", "D3", "W1")
BY_GROUPING = ("H1", "D1")
NOT_YET = "We do not collect this yet; our analyst is working on it."
METHODS: Mapping[str, str] = {
    "D3": "Experience of Service Questionnaire, paper and online, all who closed",
    "D4": "CollaboRATE, three items, top score",
    "H7": "RCADS and SDQ, by the corrected rule",
    "R2": "Within seven days, across months",
    "W3": "Current View first, then the code of the team",
}
HIDES_SMALL = "Our trust hides counts under five before anything leaves it."
LATE_DATES = "Dates of first contacts were typed in late after the change of system, so waits are too long."
BUSY = (
    "A clinic ran on six Saturdays, so more were seen than usual.",
    "Two clinicians were ill for most of the quarter.",
    "A second team began in January.",
    "We wrote to everybody on the list; some no longer wanted to be seen.",
)


@cache
def form() -> ReturnForm:
    return return_form(measures())


@cache
def lines_of(*, everything: bool) -> tuple[Line, ...]:
    """The lines that are filled in; of those by grouping only some, to keep the demonstration small."""
    known = [line for line in form().lines if everything or line.key.measure in EVERYBODY]
    return tuple(line for line in known if line.required or line.key.measure in BY_GROUPING)


def filled_in(
    owed: ReturnTold, site: StudySite, dose: float, *, everything: bool
) -> dict[FigureKey, ReturnedFigure]:
    """The figures of one return with their reasons."""
    cells = told(Told(site, owed.wave, dose, SEED), lines_of(everything=everything))
    figures = {key: ReturnedFigure(cell) for key, cell in cells.items()}
    figures |= _not_collected(cells)
    return figures | _held_back(owed, cells) | _explained(owed, cells, everything=everything)


def methods_of(*, everything: bool) -> dict[str, str]:
    return {measure: words for measure, words in METHODS.items() if everything or measure in EVERYBODY}


def _not_collected(cells: Iterable[FigureKey]) -> dict[FigureKey, ReturnedFigure]:
    """One reason for each measure of which nothing is sent, beside its first figure."""
    sent = {key.measure for key in cells}
    first: dict[str, FigureKey] = {}
    for line in form().lines:
        if line.key.measure not in sent:
            first.setdefault(line.key.measure, line.key)
    unsent = Cell.without(CellState.NOT_SUBMITTED)
    return {key: ReturnedFigure(unsent, NOT_YET) for key in first.values()}


def _held_back(owed: ReturnTold, cells: Mapping[FigureKey, Cell]) -> dict[FigureKey, ReturnedFigure]:
    """Small counts that an area hides itself, and waits that one withholds for a while."""
    figures: dict[FigureKey, ReturnedFigure] = {}
    if dice(f"hides small {owed.code}").random() < 0.15:
        hidden = ReturnedFigure(Cell.without(CellState.SUPPRESSED), HIDES_SMALL)
        small = [key for key, cell in cells.items() if key.measure == "M1" and (cell.number or 9) < 5]
        figures |= dict.fromkeys(small, hidden)
    roll = dice(f"withheld {owed.code}")
    since = roll.randint(2, 30)
    if roll.random() < 0.2 and since <= owed.wave < since + 2:
        withheld = ReturnedFigure(Cell.without(CellState.WITHHELD), LATE_DATES)
        figures |= {FigureKey("H2", figure): withheld for figure in ("median-days", "p90-days")}
    return figures


def _explained(
    owed: ReturnTold, cells: Mapping[FigureKey, Cell], *, everything: bool
) -> dict[FigureKey, ReturnedFigure]:
    """Ada's area said something about one figure a year."""
    seen = FigureKey("H2", "seen")
    if not everything or owed.quarter.number != 1:
        return {}
    return {seen: ReturnedFigure(cells[seen], BUSY[owed.quarter.year % len(BUSY)])}

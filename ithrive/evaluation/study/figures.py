"""The figures of a study's outcomes, site by site and quarter by quarter, from what sites sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from ithrive.evaluation.protocol import Outcome, Protocol
from ithrive.measures import Cell, CellState, FigureKey, Measure, measures, resting_on, shown_cell, total
from ithrive.periods import Quarter

NOT_SENT = Cell.without(CellState.NOT_SUBMITTED)
AT = tuple[str, Quarter]  # a site and a quarter


@dataclass(frozen=True, slots=True)
class Figure:
    """An outcome's figure before any model: a count with what it is counted out of, or the figure itself.

    `over` is None where the outcome has no offset; `rests_on` is how many people or events are behind the
    figure, None where nobody knows.
    """

    cell: Cell
    over: Cell | None = None
    rests_on: Cell | None = None

    @property
    def state(self) -> CellState:
        """What is known of the figure: the state of the part that stands in the way, if one does."""
        if not self.cell.is_figure or self.over is None or self.over.is_figure:
            return self.cell.state
        return self.over.state


OutcomeFigures = Mapping[AT, Figure]


def panel_from_figures(
    protocol: Protocol,
    figures: Mapping[AT, Mapping[FigureKey, Cell]],
    populations: Mapping[AT, Cell] | None = None,
    *,
    dictionary: Mapping[str, Measure] | None = None,
) -> dict[str, OutcomeFigures]:
    """For each outcome its figure at every site and quarter of the protocol.

    `figures` are returns by site (its id in the protocol) and quarter, `populations` the children who live
    there. What was not returned is “not submitted”; a state stays the state it was.
    """
    known = measures() if dictionary is None else dictionary
    people = populations or {}
    return {
        outcome.id: {
            (site.id, quarter): _figure(
                outcome,
                known[outcome.measure],
                figures.get((site.id, quarter), {}),
                people.get((site.id, quarter), NOT_SENT),
            )
            for site in protocol.sites
            for quarter in protocol.quarters
        }
        for outcome in protocol.outcomes
    }


def _figure(outcome: Outcome, measure: Measure, sent: Mapping[FigureKey, Cell], people: Cell) -> Figure:
    shown = {each.code: each for each in measure.shown}[outcome.figure or measure.headline.code]
    grouping = outcome.grouping or ""

    def returned(code: str) -> Cell:
        return sent.get(FigureKey(measure.id, code, grouping), NOT_SENT)

    def over(code: str) -> Cell:
        return people if code == "population" else returned(code)

    if outcome.model == "count":
        count = total(map(returned, shown.top))
        return Figure(count, over(outcome.offset or shown.bottom), count)
    figure = shown_cell(measure, shown, sent, population=people, grouping=grouping)
    behind = resting_on(measure, shown, sent, population=people, grouping=grouping)
    return Figure(figure, over(outcome.offset) if outcome.offset else None, behind)

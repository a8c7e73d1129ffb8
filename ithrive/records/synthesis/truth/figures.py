"""Tallies as figures: each with its site, quarter, key and state, as a return would have it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ithrive.measures import CellState, FigureKey, Returned, measures
from ithrive.periods import Quarter
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.truth.tally import Tally, quantile
from ithrive.records.synthesis.views import GROUPINGS

SHARES = {"median": 0.5, "p90": 0.9}
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class TrueFigure:
    """`number` is None unless the state is value or zero."""

    site: str
    quarter: Quarter
    key: FigureKey
    state: CellState
    number: float | None


def true_figures(tally: Tally, country: Country) -> Iterator[TrueFigure]:
    """Every figure that records can tell, in the order of sites, quarters and measures."""
    for site, name in enumerate(country.sites):
        for place, quarter in enumerate(country.calendar.quarters):
            sent = tally.sent[2 * site : 2 * site + 2, country.calendar.months_of(quarter)].any()
            for key, figure in _keys(tally):
                state, number = CellState.NOT_SUBMITTED, None
                if sent:
                    state, number = _cell(tally, key, figure, site, place)
                yield TrueFigure(name, quarter, key, state, number)


def _keys(tally: Tally) -> Iterator[tuple[FigureKey, Returned]]:
    for measure in measures().values():
        for figure in measure.returned:
            name = f"{measure.id}.{figure.code}"
            if name in tally.counts or name in tally.spreads:
                for grouping in ("", *(GROUPINGS if measure.by_grouping else ())):
                    yield FigureKey(measure.id, figure.code, grouping), figure


def _cell(
    tally: Tally, key: FigureKey, figure: Returned, site: int, quarter: int
) -> tuple[CellState, float | None]:
    name = f"{key.measure}.{key.figure}"
    groupings = [GROUPINGS.index(key.grouping)] if key.grouping else range(len(GROUPINGS))
    if figure.counts:
        number: float | None = int(tally.counts[name][site, quarter, list(groupings)].sum())
    else:
        share = next(share for word, share in SHARES.items() if key.figure.replace("-", " ").find(word) >= 0)
        number = quantile(*tally.numbers(name, site, quarter, groupings), share)
        if number is None:
            return CellState.NOT_APPLICABLE, None
        number = round(number, DECIMALS)
    return (CellState.VALUE if number else CellState.ZERO), number

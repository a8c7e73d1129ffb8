"""Tallies as figures: each with its site, quarter, key and state, as a return would have it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ithrive.measures import CellState, FigureKey, Returned, measures
from ithrive.periods import Quarter
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.truth.tally import OFFICIALLY, Name, Tally, quantile
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


def true_figures(tally: Tally, country: Country, *, official: bool = False) -> Iterator[TrueFigure]:
    """Every figure that records can tell, in the order of sites, quarters and measures: as corrected mode
    has it, or as the official rules have it with their quirks.
    """
    for site, name in enumerate(country.sites):
        for place, quarter in enumerate(country.calendar.quarters):
            sent = tally.sent[2 * site : 2 * site + 2, country.calendar.months_of(quarter)].any()
            for key, figure in _keys(tally):
                state, number = CellState.NOT_SUBMITTED, None
                if sent:
                    of_rule = _name(tally, key, official)
                    state, number = _cell(tally, of_rule, figure, key.grouping, site, place)
                yield TrueFigure(name, quarter, key, state, number)


def _keys(tally: Tally) -> Iterator[tuple[FigureKey, Returned]]:
    for measure in measures().values():
        for figure in measure.returned:
            name = f"{measure.id}.{figure.code}"
            if name in tally.counts or name in tally.spreads:
                for grouping in ("", *(GROUPINGS if measure.by_grouping else ())):
                    yield FigureKey(measure.id, figure.code, grouping), figure


def _name(tally: Tally, key: FigureKey, official: bool) -> Name:
    name = f"{key.measure}.{key.figure}"
    apart = official and (name + OFFICIALLY in tally.counts or name + OFFICIALLY in tally.spreads)
    return name + OFFICIALLY if apart else name


def _cell(
    tally: Tally, name: Name, figure: Returned, grouping: str, site: int, quarter: int
) -> tuple[CellState, float | None]:
    groupings = [GROUPINGS.index(grouping)] if grouping else range(len(GROUPINGS))
    if figure.counts:
        number: float | None = int(tally.counts[name][site, quarter, list(groupings)].sum())
    else:
        share = next(share for word, share in SHARES.items() if figure.code.replace("-", " ").find(word) >= 0)
        number = quantile(*tally.numbers(name, site, quarter, groupings), share)
        if number is None:
            return CellState.NOT_APPLICABLE, None
        number = round(number, DECIMALS)
    return (CellState.VALUE if number else CellState.ZERO), number

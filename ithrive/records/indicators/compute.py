"""From layers to figures: one aggregation for each layer, whatever the number of indicators and quarters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ibis import _

from ithrive.measures import Measure, measures
from ithrive.measures.cells import CellState
from ithrive.measures.figures import NOT_KNOWN, FigureKey, grouping_codes
from ithrive.periods import Quarter
from ithrive.records.features.reckoning import Table, quarter_number
from ithrive.records.indicators.layers import Layers
from ithrive.records.indicators.middles import PERCENT, middles
from ithrive.records.indicators.registry import INDICATORS, How, Indicator, Mode, Over

# Decimals of a median or percentile between two whole numbers; engines differ in the last bits beyond.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a return. `number` is None unless the state is value or zero. `steps` leads to it: pairs
    of words and a count, from the rows of the layer to the figure.
    """

    site: str
    quarter: Quarter
    key: FigureKey
    state: CellState
    number: float | None
    steps: tuple[tuple[str, int], ...] = ()


def compute(layers: Layers, mode: Mode = Mode.CORRECTED) -> tuple[Figure, ...]:
    """Every figure that records can tell, for each site and quarter, whole and by grouping, in order."""
    return compute_each(layers, [mode])[mode]


def compute_each(layers: Layers, modes: Sequence[Mode]) -> dict[Mode, tuple[Figure, ...]]:
    """The figures of several modes. The layers are gone over once for all of them."""
    found = {over: _aggregate(layers, over, modes) for over in Over}
    months = _months(layers)
    return {
        mode: tuple(
            figure
            for site in sorted(layers.sites)
            for quarter in layers.quarters
            for figure in _figures(site, quarter, found, months.get((site, quarter_number(quarter)), 0), mode)
        )
        for mode in modes
    }


# One row of an aggregate: (site, quarter number, grouping) → figure name → number.
Cells = dict[tuple[str, int, str], dict[str, Any]]


def _of(over: Over, modes: Sequence[Mode]) -> list[Indicator]:
    return [each for each in INDICATORS if each.over is over and any(map(each.stands_in, modes))]


def _column(each: Indicator) -> str:
    name = f"{each.measure}.{each.figure}"
    return f"{name}.{each.mode}" if each.mode else name


def _aggregate(layers: Layers, over: Over, modes: Sequence[Mode]) -> Cells:
    """All indicators over one layer. Counts of the whole are added up from those by grouping."""
    indicators = _of(over, modes)
    counts = [each for each in indicators if each.how not in PERCENT]
    table = layers.of[over]
    table = table.mutate(of_grouping=table.grouping.fill_null(NOT_KNOWN))
    by_grouping = _run(layers, _grouped(table, counts, ["site", "quarter", "of_grouping"]))
    cells = {(row["site"], row["quarter"], row["of_grouping"]): row for row in by_grouping}
    cells |= _added_up(by_grouping, counts)
    asked = {key: each for key, each in enumerate(indicators) if each.how in PERCENT}
    for row in _run(layers, middles(table, asked)) if asked else ():
        cells[row["site"], row["quarter"], row["of_grouping"]][_column(asked[row["which"]])] = row["number"]
    return cells


def _grouped(table: Table, indicators: Iterable[Indicator], by: list[str]) -> Table:
    numbered = dict(enumerate(indicators))
    # Expressions become columns first: every engine then aggregates plain columns in one pass.
    wide = table.select(*by, **{f"c{place}": each.expression(table) for place, each in numbered.items()})
    sums = {f"c{place}": _aggregation(wide[f"c{place}"], each.how) for place, each in numbered.items()}
    grouped = wide.group_by(*by).agg(rows_of_layer=_.count(), **sums)
    return grouped.rename({_column(each): f"c{place}" for place, each in numbered.items()})


def _aggregation(column: Any, how: How) -> Any:
    if how is How.COUNT:
        return column.fill_null(False).cast("int64").sum()
    return column.fill_null(0).cast("int64").sum()


def _run(layers: Layers, table: Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = layers.engine.connection.to_pyarrow(table).to_pylist()
    return rows


def _added_up(
    rows: Iterable[Mapping[str, Any]], indicators: Iterable[Indicator]
) -> dict[tuple[str, int, str], dict[str, Any]]:
    names = [_column(each) for each in indicators]
    whole: dict[tuple[str, int, str], dict[str, Any]] = {}
    for row in rows:
        sums = whole.setdefault((row["site"], row["quarter"], ""), {})
        for name in (*names, "rows_of_layer"):
            sums[name] = sums.get(name, 0) + row[name]
    return whole


def _months(layers: Layers) -> dict[tuple[str, int], int]:
    return {(row["site"], row["quarter"]): row["months"] for row in _run(layers, layers.months)}


def _figures(
    site: str, quarter: Quarter, found: Mapping[Over, Cells], months: int, mode: Mode
) -> Iterator[Figure]:
    known = measures()
    for each in (one for over in Over for one in _of(over, [mode])):
        measure = known[each.measure]
        for grouping in ("", *(grouping_codes() if measure.by_grouping else ())):
            cell = found[each.over].get((site, quarter_number(quarter), grouping), {})
            key = FigureKey(each.measure, each.figure, grouping)
            state, number = _state(each, cell, months)
            yield Figure(site, quarter, key, state, number, _steps(measure, each, cell, mode))


def _state(each: Indicator, cell: Mapping[str, Any], months: int) -> tuple[CellState, float | None]:
    """Nobody submitted: not submitted. A count of nothing is nought; a median of nothing does not apply."""
    if months == 0:
        return CellState.NOT_SUBMITTED, None
    number = cell.get(_column(each))
    if each.how in PERCENT:
        if number is None:
            return CellState.NOT_APPLICABLE, None
        number = round(number, DECIMALS)
    number = number or 0
    return (CellState.VALUE if number else CellState.ZERO), number


def _steps(
    measure: Measure, each: Indicator, cell: Mapping[str, Any], mode: Mode
) -> tuple[tuple[str, int], ...]:
    """The counts on the way: rows of the layer, then each figure that this one is part of, then itself."""
    chain = [each.figure]
    while parent := measure.figure(chain[0]).part_of:
        chain.insert(0, parent)
    steps = [(f"{each.over.value.replace('_', ' ')} in the quarter", int(cell.get("rows_of_layer") or 0))]
    for code in chain:
        number = cell.get(f"{measure.id}.{code}", cell.get(f"{measure.id}.{code}.{mode}"))
        if measure.figure(code).counts and number is not None:
            steps.append((measure.figure(code).title, int(number)))
    return tuple(steps)

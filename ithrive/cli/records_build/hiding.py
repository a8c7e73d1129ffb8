"""A return as it may leave the trust: small counts hidden, and what would give them away."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from ithrive.cli.records_build.returned import Built
from ithrive.disclosure import TOTAL, CountTable, Dimension, Sum, median, p90, publish
from ithrive.disclosure import Cell as Count
from ithrive.disclosure import CellState as CountState
from ithrive.disclosure.rules import Rule
from ithrive.measures import Cell, CellState, FigureKey, Measure, grouping_codes, measures
from ithrive.returns import ReturnedFigure, ReturnFigures

HIDDEN = ReturnedFigure(Cell.without(CellState.SUPPRESSED), "Hidden to protect people.")
_REST = " less "


def hidden(built: Built, rule: Rule) -> Built:
    """The return with counts as the rule shows them, and medians only where what they rest on is shown.

    How figures came about is left out: the counts on the way would give hidden ones away. So is the mix of
    methods in words.
    """
    figures = dict(built.figures.figures)
    for measure in measures().values():
        tables = list(_tables(measure, built.figures))
        if tables:
            shown = publish(tables, rule)
            for table in tables:
                figures |= _shown(measure, table, shown.of(table), figures)
    figures |= _resting(figures, built.figures, rule)
    methods = {code: words for code, words in built.figures.methods.items() if code != "W3"}
    return Built(replace(built.figures, figures=figures, methods=methods), {})


def _tables(measure: Measure, figures: ReturnFigures) -> Iterator[CountTable]:
    """Its counts by grouping, with part and rest of every whole."""
    # A whole that no record tells is no whole to its parts: they stand alone.
    known = {
        key.figure
        for key, figure in figures.figures.items()
        if key.measure == measure.id and figure.cell.state is not CellState.NOT_APPLICABLE
    }
    counts = {each.code: each.part_of for each in measure.returned if each.counts and each.code in known}
    sums = tuple(
        Sum(whole, (part, f"{whole}{_REST}{part}")) for part, whole in counts.items() if whole in counts
    )
    tied = {code for each in sums for code in (each.whole, *each.parts)}
    grouping = (Dimension.flat("grouping", grouping_codes()),) if measure.by_grouping else ()
    shapes: list[tuple[tuple[Dimension, ...], dict[str, str]]]
    shapes = [((*grouping, Dimension("figure", sums)), {})] if sums else []
    shapes += [(grouping, {"figure": code}) for code in counts if code not in tied]
    for dimensions, fixed in shapes:
        cells = {where: _count(measure, figures, dimensions, where, fixed) for where in _every(dimensions)}
        yield CountTable(measure.id, dimensions, cells, fixed)


def _every(dimensions: tuple[Dimension, ...]) -> Iterator[tuple[str, ...]]:
    return product(*(each.categories for each in dimensions))


def _count(
    measure: Measure,
    figures: ReturnFigures,
    dimensions: tuple[Dimension, ...],
    where: tuple[str, ...],
    fixed: Mapping[str, str],
) -> Count:
    at = {each.name: category for each, category in zip(dimensions, where, strict=True)} | dict(fixed)
    grouping = "" if at.get("grouping", TOTAL) == TOTAL else at["grouping"]
    cells = [figures.cell(FigureKey(measure.id, code, grouping)) for code in at["figure"].split(_REST)]
    for cell in cells:
        if cell.number is None:
            return Count(CountState(cell.state.value))
    numbers = [int(cell.number or 0) for cell in cells]
    return Count.of(numbers[0] - sum(numbers[1:]))


def _shown(
    measure: Measure,
    table: CountTable,
    cells: Mapping[tuple[str, ...], Count],
    before: Mapping[FigureKey, ReturnedFigure],
) -> dict[FigureKey, ReturnedFigure]:
    found = {}
    for where, cell in cells.items():
        at = {each.name: category for each, category in zip(table.dimensions, where, strict=True)}
        at |= dict(table.fixed)
        grouping = "" if at.get("grouping", TOTAL) == TOTAL else at["grouping"]
        key = FigureKey(measure.id, at["figure"], grouping)
        if key not in before or not before[key].cell.is_figure:
            continue
        is_hidden = cell.state is CountState.SUPPRESSED
        found[key] = HIDDEN if is_hidden else replace(before[key], cell=Cell.of(cell.number or 0))
    return found


def _resting(
    figures: Mapping[FigureKey, ReturnedFigure], counted: ReturnFigures, rule: Rule
) -> dict[FigureKey, ReturnedFigure]:
    """Medians and percentiles of a count that is hidden, or too small for them; the rest in whole numbers."""
    rests = {
        (measure.id, each.code): each.of
        for measure in measures().values()
        for each in measure.returned
        if not each.counts
    }
    found = {}
    for key, figure in figures.items():
        of = rests.get((key.measure, key.figure))
        if of and figure.cell.number is not None:
            below = replace(key, figure=of)
            people = int(counted.cell(below).number or 0)
            stands = figures.get(below, HIDDEN).cell.is_figure
            shown = (p90 if "p90" in key.figure else median)(figure.cell.number, people, rule)
            suppressed = not stands or shown.number is None
            found[key] = HIDDEN if suppressed else replace(figure, cell=Cell.of(shown.number or 0))
    return found

"""The second file: how every figure came about, step by step from the rows read to the figure."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from ithrive.cli.records_build.returned import Built
from ithrive.measures import FigureKey, Measure, measures
from ithrive.records.model import model

HEADINGS = ("site", "quarter", "figure", "state", "number", "reason", "step", "what", "count")


def explained(returns: Iterable[Built], read: Mapping[str, int]) -> str:
    """CSV text: a row for each step of each figure. `read` are rows read of the whole extract by table."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADINGS)
    for built in returns:
        rows.writerows(_rows(built, read))
    return out.getvalue()


def _rows(built: Built, read: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    known = measures()
    for key, figure in built.figures.figures.items():
        who = (built.identity.area_name, built.identity.quarter.label, key.text)
        said = (figure.cell.state.value, figure.cell.number, figure.reason)
        for place, (what, count) in enumerate(_steps(known[key.measure], key, built, read), 1):
            yield (*who, *said, place, what, count)


def _steps(
    measure: Measure, key: FigureKey, built: Built, read: Mapping[str, int]
) -> Iterator[tuple[str, int | float | None]]:
    for short in measure.sources:
        if short in read:
            yield f"rows of {model()[short].name} read, all sites", read[short]
    if built.figures.cell(key).is_figure:
        yield from built.steps.get(key, ())
    yield "the figure", built.figures.cell(key).number

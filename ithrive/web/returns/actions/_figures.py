"""Writing the figures of versions: all of them in one insert, however many versions there are."""

from collections.abc import Iterable, Mapping

from ithrive.measures import CellState, FigureKey
from ithrive.returns import ReturnedFigure, ReturnFigures
from ithrive.web.returns.models import LONGEST_NOTE, Figure, Version

AT_ONCE = 2_000  # rows of one insert; a return has some 400


def write_figures(versions: Iterable[tuple[Version, Mapping[FigureKey, ReturnedFigure]]]) -> None:
    """Add every figure of these versions. One that was not sent, and that nobody explained, needs no row."""
    rows = (
        as_row(version, key, figure)
        for version, figures in versions
        for key, figure in figures.items()
        if figure.reason or figure.cell.state is not CellState.NOT_SUBMITTED
    )
    Figure.objects.bulk_create(rows, batch_size=AT_ONCE)


def replace_figures(version: Version, figures: ReturnFigures) -> None:
    """What the version holds from now on, with the methods and the notes."""
    Figure.objects.filter(version=version).delete()
    write_figures([(version, figures.figures)])
    version.methods = dict(figures.methods)
    version.notes = figures.notes[:LONGEST_NOTE]


def as_row(version: Version, key: FigureKey, figure: ReturnedFigure) -> Figure:
    return Figure(
        version=version,
        measure=key.measure,
        figure=key.figure,
        grouping=key.grouping,
        breakdown=key.breakdown,
        state=figure.cell.state,
        number=figure.cell.number,
        reason=figure.reason[:LONGEST_NOTE],
        provenance=figure.provenance[:300],
    )

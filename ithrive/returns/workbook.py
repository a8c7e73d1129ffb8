"""The return as a workbook to fill in, and the same workbook marked with what was found."""

from collections.abc import Collection, Mapping

from ithrive.measures import Cell, FigureKey
from ithrive.returns.figures import Identity, ReturnFigures
from ithrive.returns.findings import Finding
from ithrive.returns.form import ReturnForm


def workbook_out(
    form: ReturnForm,
    identity: Identity,
    *,
    last: Mapping[FigureKey, Cell] | None,
    figures: ReturnFigures | None = None,
    findings: Collection[Finding] = (),
    typed: Mapping[FigureKey, str] | None = None,
) -> bytes:
    """An XLSX file. `typed` are texts that could not be read as figures, shown as they came."""
    raise NotImplementedError


def csv_out(
    form: ReturnForm,
    identity: Identity,
    *,
    last: Mapping[FigureKey, Cell] | None,
    figures: ReturnFigures | None = None,
) -> str:
    raise NotImplementedError

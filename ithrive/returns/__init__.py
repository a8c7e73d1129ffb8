"""Quarterly returns: schedule, workbook out and in, checks, life; and figures that others published."""

from ithrive.returns.checks import check
from ithrive.returns.differences import DifferenceReport, differences
from ithrive.returns.figures import Identity, ReturnedFigure, ReturnFigures
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import Line, ReturnForm, return_form
from ithrive.returns.reading import Reading, read_workbook
from ithrive.returns.schedule import Expected, Standing
from ithrive.returns.workbook import workbook_out

__all__ = [
    "DifferenceReport",
    "Expected",
    "Finding",
    "Identity",
    "Line",
    "Reading",
    "ReturnFigures",
    "ReturnForm",
    "ReturnedFigure",
    "Severity",
    "Standing",
    "check",
    "differences",
    "read_workbook",
    "return_form",
    "workbook_out",
]

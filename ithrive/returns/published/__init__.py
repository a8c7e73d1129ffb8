"""Figures that others published, brought in as they are: one tidy shape, and everything odd said aloud."""

from ithrive.returns.published.figures import PublishedFigure, PublishedFigures
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.importing import Imported, ImportedFile, import_published
from ithrive.returns.published.rebasing import Rebased, rebased

__all__ = [
    "Finding",
    "FindingKind",
    "Imported",
    "ImportedFile",
    "PublishedFigure",
    "PublishedFigures",
    "Rebased",
    "import_published",
    "rebased",
]

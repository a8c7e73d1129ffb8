"""A folder of an extract as tables of the canonical model, whatever version and form it was written in."""

from ithrive.records.reading.extract import Extract, open_extract
from ithrive.records.reading.findings import Finding
from ithrive.records.reading.submissions import Submissions

__all__ = ["Extract", "Finding", "Submissions", "open_extract"]

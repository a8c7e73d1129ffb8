"""A folder of an extract as tables of the canonical model, whatever version and form it was written in."""

from ithrive.records.reading.extract import Extract, Finding, open_extract

__all__ = ["Extract", "Finding", "open_extract"]

"""Reading a return from wherever it was filled in: a workbook, a CSV file, a page, the API."""

from ithrive.returns.reading.comma_separated import read_csv_return
from ithrive.returns.reading.entries import Reading
from ithrive.returns.reading.posted import read_form_posts, read_json
from ithrive.returns.reading.return_file import return_file_in, return_file_out
from ithrive.returns.reading.workbook import read_workbook

__all__ = [
    "Reading",
    "read_csv_return",
    "read_form_posts",
    "read_json",
    "read_workbook",
    "return_file_in",
    "return_file_out",
]

"""Tables that people send and tables we hand out: one distrusting reader, one safe writer."""

from ithrive.tables.comma_separated import read_csv
from ithrive.tables.outgoing import csv_text
from ithrive.tables.rows import Row
from ithrive.tables.workbook import read_xlsx

__all__ = ["Row", "csv_text", "read_csv", "read_xlsx"]

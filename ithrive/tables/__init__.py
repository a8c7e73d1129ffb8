"""Tables that people send and tables we hand out: one distrusting reader, one safe writer."""

from ithrive.tables.cells import decimal_number, whole_number
from ithrive.tables.comma_separated import read_csv
from ithrive.tables.outgoing import csv_text
from ithrive.tables.rows import Row
from ithrive.tables.workbook import read_xlsx

__all__ = ["Row", "csv_text", "decimal_number", "read_csv", "read_xlsx", "whole_number"]

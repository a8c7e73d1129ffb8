"""Tables that people send and tables we hand out: one distrusting reader, one safe writer."""

from ithrive.tables.cells import decimal_number, whole_number
from ithrive.tables.comma_separated import read_csv
from ithrive.tables.outgoing import csv_text
from ithrive.tables.rows import Row
from ithrive.tables.sheets import Held, Sheet, SheetCell, cell_name, read_sheets
from ithrive.tables.workbook import read_xlsx

__all__ = [
    "Held",
    "Row",
    "Sheet",
    "SheetCell",
    "cell_name",
    "csv_text",
    "decimal_number",
    "read_csv",
    "read_sheets",
    "read_xlsx",
    "whole_number",
]

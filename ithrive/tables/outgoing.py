"""Writing a CSV file that is safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Number

from ithrive.tables.rows import LIVE


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as CSV text, lines ending in CR LF as the format says. None becomes an empty cell.

    Text that a spreadsheet would run as a formula (= + - @, tab, line break in front) gets an
    apostrophe before it, which `read_csv` takes away again; real numbers stay numbers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_cell(heading) for heading in headings])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, Number) and not isinstance(value, bool):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if LIVE.match(text) else text

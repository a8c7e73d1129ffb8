"""Opening an Excel workbook that a person sent: refused before it could unpack without end."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from typing import Any

import openpyxl

from ithrive.problems import BadInput, Problem

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A sheet of numbers packs ten- or twentyfold; a bomb packs a thousandfold.
MOST_UNPACKED = 10
MOST_RATIO = 200
RATIO_MATTERS_FROM = 5_000_000
# As many as a sheet can have in any spreadsheet.
MOST_ROWS = 1_048_576

_SAVE_AGAIN = "Open it in the spreadsheet and save it again as .xlsx."


def refuse_unsafe(content: bytes, name: str, limit_bytes: int) -> None:
    """Raises BadInput for what is locked, no workbook, cut short, or unpacks to far more than it seems."""
    if content.startswith(OLD_OR_LOCKED):
        what = "The workbook is locked with a password, or has the old .xls format."
        raise BadInput(Problem(name, what, "Remove the password and save it as .xlsx."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception as error:  # zipfile raises whatever a damaged header makes it stumble over
        what = "This is not an Excel workbook, or it is cut short."
        raise BadInput(Problem(name, what, "Send it again as .xlsx.")) from error
    if _is_bomb(parts, limit_bytes):
        what = "The workbook unpacks to far more than it seems to hold."
        raise BadInput(Problem(name, what, "Copy the table into a new workbook and send that."))


def _is_bomb(parts: Sequence[zipfile.ZipInfo], limit_bytes: int) -> bool:
    # The reader never unpacks more of a part than these headers say, so they can be believed.
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    thin = unpacked > RATIO_MATTERS_FROM and unpacked > MOST_RATIO * packed
    return thin or unpacked > MOST_UNPACKED * limit_bytes


@contextmanager
def opened(content: bytes, name: str) -> Iterator[Any]:
    """The workbook, to be read row by row. What goes wrong with a damaged one becomes BadInput."""
    try:
        with _quietly_opened(content) as book:
            yield book
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise on a damaged workbook
        what = "The workbook is damaged and cannot be read."
        raise BadInput(Problem(name, what, _SAVE_AGAIN)) from error


@contextmanager
def _quietly_opened(content: bytes) -> Iterator[Any]:
    with warnings.catch_warnings():
        # openpyxl warns about styles and drop-downs that it will not keep; we only want the values.
        warnings.simplefilter("ignore")
        with closing(openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)) as book:
            yield book


def text_of(value: object) -> str:
    """A cell's value as the text a person means: days as 2015-04-01, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)

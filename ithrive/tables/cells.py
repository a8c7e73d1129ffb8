"""Numbers in cells of text: what counts as one, and nothing guessed."""

import math
import re

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def decimal_number(text: str) -> float | None:
    """The number in a cell, or None if it does not hold a plain one ("1_000", "12%", "nan" and "" do not)."""
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def whole_number(text: str) -> int | None:
    """The whole number in a cell ("12", "12.0"), or None if it does not hold one."""
    if text.isascii() and text.isdecimal():
        return int(text) if len(text) <= 15 else None
    number = decimal_number(text)
    return int(number) if number is not None and number.is_integer() and abs(number) < 1e15 else None

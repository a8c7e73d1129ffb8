"""Turns the words given to a command into values, or says plainly what is wrong with them."""

import re
from datetime import date
from pathlib import Path

from ithrive.problems import BadInput, Problem


def day(option: str, text: str) -> date:
    """A date written 2015-07-01."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise BadInput(Problem(option, f"“{text}” is not a day.", "Write it as year-month-day: 2015-07-01."))


def file(option: str, path: Path) -> Path:
    """A file that is there to be read."""
    if path.is_file():
        return path
    what = f"{path} is a folder." if path.is_dir() else f"there is no file {path}."
    raise BadInput(Problem(option, what, "Give the path of the file."))

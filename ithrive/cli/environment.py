"""Reads `.env`: what a host keeps beside the platform instead of in the shell."""

import os
from pathlib import Path

from ithrive.problems import BadInput, Problem


def read_env(path: Path) -> None:
    """Add a file's NAME=value lines to the environment. What the environment already says wins."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            name, value = _setting(line, f"{path}, line {number}")
            os.environ.setdefault(name, value)


def _setting(line: str, place: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in line.partition("="))
    if not equals or not name.isidentifier():
        raise BadInput(Problem(place, "this is not a setting.", "Write NAME=value, or begin it with #."))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return name, value

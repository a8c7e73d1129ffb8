"""Reading the framework from its files: ours, or a programme's own in their place."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ithrive.framework.definition_files import entries_of
from ithrive.framework.ideas import Framework
from ithrive.problems import BadInput, Problem

GROUPINGS = "groupings.toml"
PRINCIPLES = ("principles-key.toml", "principles-levels.toml")
SOURCES = "sources.toml"


@cache
def framework(own: Path | None = None) -> Framework:
    """The THRIVE Framework. A file in the folder `own` takes the place of ours of the same name.

    Raises BadInput, naming file and entry, where a file cannot be read or lacks something.
    """
    texts = {name: entries_of(name, own) for name in (GROUPINGS, *PRINCIPLES, SOURCES)}
    entries = {
        "groupings": texts[GROUPINGS],
        "principle_sets": [texts[name] for name in PRINCIPLES],
        "sources": texts[SOURCES],
    }
    try:
        return Framework.model_validate(entries)
    except ValidationError as error:
        raise BadInput(_in_plain_words(each) for each in error.errors()) from None


def _in_plain_words(error: Any) -> Problem:
    """One of pydantic's errors as a problem: its place is the file and the way to the entry in it."""
    part, *way = error["loc"] or ("framework",)
    file = {"groupings": GROUPINGS, "sources": SOURCES}.get(part, "")
    if part == "principle_sets" and way:
        file, way = PRINCIPLES[int(way[0])], way[1:]
    steps = [f"{step + 1}" if isinstance(step, int) else str(step) for step in way]
    place = ", ".join(filter(None, [file, " ".join(steps)])) or "the framework's files"
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return Problem(place, f"{message}.", "Correct the entry, or take the file away to use ours.")

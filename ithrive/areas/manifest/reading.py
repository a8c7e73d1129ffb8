"""Reading a manifest, and saying what is wrong with it in plain words."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ithrive.areas.manifest.checks import wrong_files, wrong_geographies
from ithrive.areas.manifest.tables import Manifest
from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import bytes_of
from ithrive.tables.rows import shortened

LIMIT_BYTES = 1_000_000


def read_manifest(path: Path, *, today: date) -> Manifest:
    """The manifest at a path, checked. Raises BadInput with every problem found in it."""
    raw = _toml(path)
    try:
        manifest = Manifest.model_validate(_with_defaults(raw))
    except ValidationError as error:
        problems = [_reworded(each, raw, path.name) for each in error.errors()]
        raise BadInput(shortened(list(dict.fromkeys(problems)), path.name)) from error
    problems = [*wrong_geographies(manifest, path.name, today), *wrong_files(manifest, path.name, today)]
    if problems:
        raise BadInput(shortened(problems, path.name))
    return manifest


def _toml(path: Path) -> dict[str, Any]:
    content = bytes_of(path, name=path.name, limit_bytes=LIMIT_BYTES)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"The manifest is not TOML text ({error})."
        raise BadInput(Problem(path.name, what, "Mend that place and try again.")) from error


def _with_defaults(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest with the words of [defaults] put into every table that names a source."""
    defaults = raw.get("defaults", {})
    given = {key: value for key, value in raw.items() if key != "defaults"}
    for name in ("file", "same_areas", "nesting"):
        if isinstance(given.get(name), list) and isinstance(defaults, dict):
            given[name] = [{**defaults, **each} if isinstance(each, dict) else each for each in given[name]]
    return given


def _reworded(error: ErrorDetails, raw: Mapping[str, Any], name: str) -> Problem:
    place, word = _where(error["loc"], raw, name)
    if error["type"] == "missing":
        return Problem(place, f"“{word}” is missing.", "Add it.")
    if error["type"] == "extra_forbidden":
        return Problem(place, f"“{word}” is not a word of this table.", "Remove it or correct its spelling.")
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        kinds = "boundaries, codes, lineage, small-areas, population or attribute"
        return Problem(place, "“kind” does not say what is in the file.", f"Write {kinds}.")
    if error["type"] == "value_error":
        return Problem(place, f"“{word}” is not {error['ctx']['error']}.", "Correct it.")
    wrong = next((words for kind, words in _WRONG.items() if error["type"].startswith(kind)), None)
    what = f"“{word}” {wrong}." if wrong else f"“{word}” cannot be used: {error['msg'].lower()}."
    return Problem(place, what, "Correct it.")


_WRONG = {
    "string_type": "is not text in quotation marks",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "string_pattern": "holds a letter that cannot be used there",
    "date": "is not a day such as 2015-04-01",
    "bool": "is not true or false",
    "list": "is not a list",
    "tuple": "is not a list",
    "dict": "is not a table",
    "model": "is not a table",
}


def _where(steps: tuple[str | int, ...], raw: Mapping[str, Any], name: str) -> tuple[str, str]:
    """Where in the manifest, and which word: ("manifest.toml, [[file]] 3 (a/b.csv)", "columns.code")."""
    if len(steps) < 2 or not isinstance(steps[1], int):
        return f"{name}, [{steps[0]}]" if len(steps) > 1 else name, ".".join(map(str, steps[-1:]))
    table = raw[str(steps[0])][steps[1]]
    called = table.get("path") or table.get("key") if isinstance(table, dict) else None
    place = f"{name}, [[{steps[0]}]] {steps[1] + 1}" + (f" ({called})" if called else "")
    # After a file's number the schema says which kind of file it is; after “geography”, which way it is said.
    inner = steps[3:] if steps[0] == "file" else steps[2:]
    words = [str(step + 1) if isinstance(step, int) else step for step in inner]
    return place, ".".join(word for word in words if not word.startswith("<")) or str(steps[0])

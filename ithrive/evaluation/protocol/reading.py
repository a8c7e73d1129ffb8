"""Reading a protocol, and saying what is wrong with it in plain words."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ithrive.evaluation.protocol.checks import wrong
from ithrive.evaluation.protocol.tables import Protocol
from ithrive.measures import Measure
from ithrive.measures import measures as dictionary
from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import bytes_of
from ithrive.tables.rows import shortened

LIMIT_BYTES = 1_000_000


def read_protocol(
    source: Path | bytes, *, name: str | None = None, measures: Mapping[str, Measure] | None = None
) -> Protocol:
    """The protocol in a TOML file, checked against its schema and the measure dictionary (ours unless given).

    `name` is what messages call it. Raises BadInput with every problem found, each naming its table.
    """
    called = name or (source.name if isinstance(source, Path) else "protocol")
    raw = _toml(source, called)
    try:
        protocol = Protocol.model_validate(raw)
    except ValidationError as error:
        problems = dict.fromkeys(_reworded(each, raw, called) for each in error.errors())
        raise BadInput(shortened(list(problems), called)) from None
    problems_found = list(wrong(protocol, called, dictionary() if measures is None else measures))
    if problems_found:
        raise BadInput(shortened(problems_found, called))
    return protocol


def _toml(source: Path | bytes, name: str) -> dict[str, Any]:
    content = bytes_of(source, name=name, limit_bytes=LIMIT_BYTES)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"The protocol is not TOML text ({error})."
        raise BadInput(Problem(name, what, "Mend that place and try again.")) from error


def _reworded(error: ErrorDetails, raw: Mapping[str, Any], name: str) -> Problem:
    place, word = _where(error["loc"], raw, name)
    if error["type"] == "missing":
        return Problem(place, f"“{word}” is missing.", "Add it.")
    if error["type"] == "extra_forbidden":
        return Problem(place, f"“{word}” is not a word of this table.", "Remove it or correct its spelling.")
    if error["type"] == "literal_error":
        choices = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        given = error["input"]
        said = f"“{given}”" if isinstance(given, str) and len(given) < 60 else "something else"
        return Problem(place, f"“{word}” is {said}.", f"Choose from: {choices}.")
    if error["type"] == "value_error":
        return Problem(place, f"“{word}” is not {error['ctx']['error']}.", "Correct it.")
    wrong_form = next((words for kind, words in _WRONG.items() if error["type"].startswith(kind)), None)
    what = f"“{word}” {wrong_form}." if wrong_form else f"“{word}”: {_lowered(error['msg'])}."
    return Problem(place, what, "Correct it.")


_WRONG = {
    "string_type": "is not text in quotation marks",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "string_pattern": "is not written as it must be",
    "date": "is not a day such as 2015-04-01",
    "bool": "is not true or false",
    "int": "is not a whole number",
    "float": "is not a number",
    "finite_number": "is not a finite number",
    "list": "is not a list",
    "tuple": "is not a list",
    "dict": "is not a table",
    "model": "is not a table",
}


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]


def _where(steps: tuple[int | str, ...], raw: Mapping[str, Any], name: str) -> tuple[str, str]:
    """Where in the protocol, and which word: ("protocol.toml, [[site]] 3 (alderbrook)", "starts")."""
    words = [str(step + 1) if isinstance(step, int) else step for step in steps]
    if len(steps) > 1 and isinstance(steps[1], int):
        entries = raw.get(str(steps[0]))
        called = next(_called(entries, steps[1]), "")
        return f"{name}, [[{steps[0]}]] {words[1]}{called}", ".".join(words[2:]) or words[0]
    place = f"{name}, [{words[0]}]" if len(words) > 1 else name
    return place, ".".join(words[1:] or words)


def _called(entries: object, at: int) -> Iterator[str]:
    if (
        isinstance(entries, list)
        and at < len(entries)
        and isinstance(entries[at], dict)
        and "id" in entries[at]
    ):
        yield f" ({entries[at]['id']})"

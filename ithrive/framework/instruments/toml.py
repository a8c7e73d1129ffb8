"""Instruments as TOML: the format in which ours is kept, and the easiest to read and to compare."""

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from ithrive.framework.definition_files import toml_entries
from ithrive.framework.ideas import Definition
from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments.checking import Way, checked


def from_toml(source: Path | bytes, *, name: str) -> Instrument:
    """The instrument in a TOML file. Raises BadInput naming the statement and the field."""
    entries = toml_entries(source, name=name)
    return checked(entries, lambda way: _place(way, entries, name))


def to_toml(instrument: Instrument) -> str:
    """The instrument as a TOML file that `from_toml` reads back."""
    about = {key: getattr(instrument, key) for key in Instrument.model_fields if key not in _TABLES}
    tables = [_table(key, each) for key in _TABLES for each in getattr(instrument, key)]
    return "\n\n".join(["\n".join(_assignments(about)), *tables]) + "\n"


_TABLES = ("level", "statement")


def _table(key: str, entry: Definition) -> str:
    values = {field: getattr(entry, field) for field in type(entry).model_fields}
    return "\n".join([f"[[{key}]]", *_assignments(values)])


def _assignments(values: dict[str, Any]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in values.items() if value != "")


def _value(value: object) -> str:
    """A value in TOML's spelling. Its strings are JSON's, once control characters are out of the way."""
    if isinstance(value, tuple):
        return "[\n" + "".join(f"    {_value(each)},\n" for each in value) + "]"
    return json.dumps(str(value) if isinstance(value, StrEnum) else value, ensure_ascii=False)


def _place(way: Way, entries: dict[str, Any], name: str) -> str:
    """ "ours.toml, statement 3 (shared_policy), anchors 2"."""
    steps = list(way)
    words: list[str] = []
    if len(steps) > 1 and isinstance(steps[1], int):
        table, number, *steps = steps
        words.append(f"{table} {int(number) + 1}{_code_in(entries, table, int(number))}")
    if steps:
        words.append(" ".join(str(step + 1 if isinstance(step, int) else step) for step in steps))
    return ", ".join([name, *words])


def _code_in(entries: dict[str, Any], table: int | str, number: int) -> str:
    entry = entries[str(table)][number]
    code = entry.get("code") if isinstance(entry, dict) else None
    return f" ({code})" if isinstance(code, str) else ""

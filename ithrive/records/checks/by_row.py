"""Fields whose values differ from row to row, and rules that compare fields: one pass counts them all."""

from collections.abc import Iterable, Sequence
from typing import Any

from ibis.expr import types as ir

from ithrive.records.checks.by_value import fields_by_value, judges
from ithrive.records.checks.of_fields import PLACEHOLDERS, unread
from ithrive.records.checks.rule import CheckRule
from ithrive.records.checks.tally import Tally
from ithrive.records.model import model
from ithrive.records.reading import Extract

_MONTH = ["OrgIDProv", "UniqMonthID"]


def tally_rows(extract: Extract, short: str, rules: Sequence[CheckRule], tally: Tally) -> None:
    """All fields of a table that are not judged by value, and the rules about them."""
    table = extract.as_sent(short)
    by_value = fields_by_value(short)
    names = [name for name in model()[short].names if name not in by_value]
    among = [one for one in rules if not any(judges(one, name) for name in by_value)]
    sums = {"rows": table.count()} | _failures(table, among)
    for name in names:
        sums |= _standing_of(extract, table, short, name)
    for row in _by_month(extract, table, sums):
        for one in among:
            tally.add_failures(one.code, row, row[one.code])
        for name in names:
            tally.add_field(short, name, row)


def tally_failures(extract: Extract, table: ir.Table, rules: Sequence[CheckRule], tally: Tally) -> None:
    """Only the rules, on a table made for them."""
    for row in _by_month(extract, table, _failures(table, rules)):
        for one in rules:
            tally.add_failures(one.code, row, row[one.code])


def _failures(table: ir.Table, rules: Iterable[CheckRule]) -> dict[str, ir.Value]:
    return {one.code: one.when(table).sum() for one in rules}


def _standing_of(extract: Extract, table: ir.Table, short: str, name: str) -> dict[str, ir.Value]:
    kind = model()[short].by_name[name].type
    sums: dict[str, ir.Value] = {f"read {name}": table[name].count()}
    if kind != "text" and f"{short}.{name}" not in extract.sound_columns:  # any text can be read
        sums[f"invalid {name}"] = unread(table, name).sum()
    if kind == "time":
        sums[f"default {name}"] = table[name].isin(PLACEHOLDERS).sum()
    return sums


def _by_month(extract: Extract, table: ir.Table, sums: dict[str, ir.Value]) -> list[dict[str, Any]]:
    counted = table.group_by(_MONTH).aggregate(**sums)
    return extract.engine.connection.to_pyarrow(counted).to_pylist()  # type: ignore[no-any-return] # Arrow has no types

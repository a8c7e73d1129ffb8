"""How good each field is for each provider and month: valid, other, default, invalid, missing (VODIM)."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.of_fields import PLACEHOLDERS, unread
from ithrive.records.model import Code, codes, in_month, model, month_start
from ithrive.records.reading import Extract

Grade = Literal["good", "poor", "no rows"]
Place = tuple[str, str, str, int]  # "MHS201", "AttendStatus", provider, UniqMonthID


@dataclass(frozen=True, slots=True)
class Quality:
    """Rows of one field, provider and month in the five national classes."""

    valid: int = 0
    other: int = 0
    default: int = 0
    invalid: int = 0
    missing: int = 0

    @property
    def rows(self) -> int:
        return self.valid + self.other + self.default + self.invalid + self.missing

    @property
    def share(self) -> float:
        """The share of rows that say something: valid and other, as the national measure has it."""
        return (self.valid + self.other) / self.rows if self.rows else 0.0


def pooled(parts: Iterable[Quality]) -> Quality:
    """The rows of several providers and months together."""
    every = list(parts)
    names = ("valid", "other", "default", "invalid", "missing")
    return Quality(*(sum(getattr(each, name) for each in every) for name in names))


def quality_of(extract: Extract) -> dict[Place, Quality]:
    """Every field of every table that is there, by provider and month; coded fields by their codes."""
    found: dict[Place, Quality] = {}
    for short in sorted(extract.present):
        plain = [field.name for field in model()[short].fields if not field.code_list]
        found |= _plain(extract, extract.as_sent(short), short, plain)
    return found | _listed(extract)


def _plain(extract: Extract, table: ir.Table, short: str, names: Iterable[str]) -> dict[Place, Quality]:
    """Fields without a list: readable, a placeholder, unreadable, or blank. One pass over the table."""
    sums: dict[str, ir.Value] = {"rows": table.count()}
    for name in names:
        kind = model()[short].by_name[name].type
        sums[f"read {name}"] = table[name].count()
        if kind != "text":  # any text can be read
            sums[f"invalid {name}"] = unread(table, name).sum()
        if kind == "time":
            sums[f"default {name}"] = table[name].isin(PLACEHOLDERS).sum()
    rows = extract.engine.connection.to_pyarrow(table.group_by("OrgIDProv", "UniqMonthID").aggregate(**sums))
    found = {}
    for row in rows.to_pylist():
        for name in names:
            read, invalid = row[f"read {name}"], row.get(f"invalid {name}") or 0
            default = row.get(f"default {name}") or 0
            valid, missing = read - default, row["rows"] - read - invalid
            found[short, name, row["OrgIDProv"], row["UniqMonthID"]] = Quality(
                valid, 0, default, invalid, missing
            )
    return found


def _listed(extract: Extract) -> dict[Place, Quality]:
    """Coded fields: each code is counted once, and classified by the list of its month. One query for all."""
    fields = [
        (short, field)
        for short in sorted(extract.present)
        for field in model()[short].fields
        if field.code_list
    ]
    counted = ibis.union(*(_codes_of(extract.table(short), short, field.name) for short, field in fields))
    sums: dict[Place, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in extract.engine.connection.to_pyarrow(counted).to_pylist():
        place = (row["short"], row["field"], row["OrgIDProv"], row["UniqMonthID"])
        code_list = model()[row["short"]].by_name[row["field"]].code_list
        sums[place][_class(code_list, row["code"], row["UniqMonthID"])] += row["rows"]
    return {place: Quality(**classes) for place, classes in sums.items()}


def _codes_of(table: ir.Table, short: str, name: str) -> ir.Table:
    counted = table.group_by("OrgIDProv", "UniqMonthID", code=table[name]).aggregate(rows=table.count())
    return counted.select(
        "OrgIDProv", "UniqMonthID", "code", "rows", short=ibis.literal(short), field=ibis.literal(name)
    )


def _class(code_list: str, code: str | None, month: int | None) -> str:
    if code is None:
        return "missing"
    if month is None:
        return "invalid"
    known = _codes_in(code_list, month)
    if not known and not _is_list(code_list):
        return "valid"  # a field whose list is not known to us
    return known[code].kind if code in known else "invalid"


@cache
def _codes_in(code_list: str, month: int) -> Mapping[str, Code]:
    ours = (code for code in codes() if code.code_list == code_list)
    return {code.code: code for code in in_month(ours, month_start(month))}


@cache
def _is_list(code_list: str) -> bool:
    return any(code.code_list == code_list for code in codes())


@cache
def least_share(short: str, field: str) -> float:
    """The share of rows that must say something before a figure on this field may be shown."""
    with (Path(__file__).parent / "thresholds.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["table"][:6], row["field"]): float(row["least_share"]) for row in csv.DictReader(file)}
    return rows.get((short, field), rows["*", "*"])


def grade(quality: Quality | None, short: str, field: str) -> Grade:
    if quality is None or not quality.rows:
        return "no rows"
    return "good" if quality.share >= least_share(short, field) else "poor"

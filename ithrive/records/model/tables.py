"""The canonical model: the tables and fields of the data set that our indicators need."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from ithrive.records.model.definitions import FieldDefinition, Kind, TableDefinition

DATA = Path(__file__).parent / "data"
VERSIONS = ("6", "5", "4.1")
# The first month of each version, by UniqMonthID: October 2021 and April 2024.
FIRST_MONTH = {"4.1": 1429, "5": 1459, "6": 1489}


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our data files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def month_of(text: str) -> date:
    """The first day of a month written 2024-04."""
    return date.fromisoformat(f"{text}-01")


def last_month_of(text: str) -> date | None:
    """The first day of the last month, or None where it is still in use."""
    return month_of(text) if text else None


@cache
def model(version: str = "6") -> Mapping[str, TableDefinition]:
    """Every table by its short name, "MHS101", with the field names of that version ("6", "5" or "4.1").

    Facts: docs/handbook/reference/records-input.md names the sources.
    """
    fields = ((row["table"], _field(row)) for row in rows_of("fields.csv"))
    tables = (
        TableDefinition(name, tuple(field for _, field in group))
        for name, group in groupby(fields, key=lambda pair: pair[0])
    )
    return MappingProxyType({table.short: table.as_of(version) for table in tables})


def _field(row: Mapping[str, str]) -> FieldDefinition:
    older = dict(pair.split("=", 1) for pair in row["older_names"].split(";") if pair)
    return FieldDefinition(
        name=row["field"],
        uid=row["uid"],
        type=cast("Kind", row["type"]),
        key=row["key"] == "yes",
        required=cast('Literal["yes", "warn", "no"]', row["required"]),
        code_list=row["code_list"],
        valid_from=month_of(row["valid_from"]),
        valid_to=last_month_of(row["valid_to"]),
        older_names=MappingProxyType(older),
        source=row["source"],
    )

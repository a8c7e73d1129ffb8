"""The canonical model: the tables and fields of the data set that our indicators need."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Literal, cast

from ithrive.records.model.data_files import last_month_of, month_of, rows_of
from ithrive.records.model.definitions import FieldDefinition, Kind, TableDefinition

VERSIONS = ("6", "5", "4.1")
# The first month of each version, by UniqMonthID: October 2021 and April 2024.
FIRST_MONTH = {"4.1": 1429, "5": 1459, "6": 1489}


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

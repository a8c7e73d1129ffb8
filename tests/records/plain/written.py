"""Extracts written row by row in a test: what is left out of a row is NULL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import ibis
import pyarrow

from ithrive.records.engine import Engine
from ithrive.records.model import model, month_number
from ithrive.records.model.definitions import UNIQUE

Row = Mapping[str, Any]
Records = Mapping[str, Iterable[Row]]
IBIS = {
    "text": "string",
    "integer": "int64",
    "date": "date",
    "datetime": "timestamp(6)",
    "time": "int64",
    "decimal": "float64",
}


def whole_rows(records: Records) -> dict[str, list[dict[str, Any]]]:
    """Every table with every column; identifiers made unique in the country as the reading does."""
    return {
        short: [_whole(definition.columns, row, place) for place, row in enumerate(records.get(short, ()))]
        for short, definition in model().items()
    }


def _whole(columns: Mapping[str, str], row: Row, place: int) -> dict[str, Any]:
    strangers = set(row) - set(columns)
    assert not strangers, f"no such columns: {strangers}"
    provider = row["OrgIDProv"]
    full = {name: row.get(name) for name in columns}
    for local, unique in UNIQUE.items():
        if unique in full and full.get(local) and not full[unique]:
            full[unique] = f"{provider}{full[local]}"
    if "Person_ID" in full and not full["Person_ID"] and full.get("LocalPatientID"):
        full["Person_ID"] = f"{provider}{full['LocalPatientID']}"
    full["UniqSubmissionID"] = full["UniqSubmissionID"] or "1"
    full["source_file"], full["source_row"] = "test", place + 1
    return full


@dataclass(frozen=True)
class WrittenExtract:
    """The same as `ithrive.records.reading.Extract`, of rows in a test."""

    engine: Engine
    records: Records
    _made: dict[str, ibis.Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for short, rows in whole_rows(self.records).items():
            kinds = {name: IBIS[kind] for name, kind in model()[short].columns.items()}
            given = self.engine.view(f"given_{short}", _table(rows, kinds))
            self._made[short] = self.engine.materialise(f"kept_{short}", given)

    def table(self, short: str) -> ibis.Table:
        return self._made[short]


def _table(rows: list[dict[str, Any]], kinds: Mapping[str, str]) -> ibis.Table:
    """Rows as text, then cast, so that no engine guesses a kind."""
    text = {name: [_text(row[name]) for row in rows] for name in kinds}
    table = ibis.memtable(
        pyarrow.table({name: pyarrow.array(cells, pyarrow.string()) for name, cells in text.items()})
    )
    return table.mutate(**{name: table[name].cast(kind) for name, kind in kinds.items()})


def _text(cell: Any) -> str | None:
    if cell is None:
        return None
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell)


def month_of(day: date) -> int:
    return month_number(day)

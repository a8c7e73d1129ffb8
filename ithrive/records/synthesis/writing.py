"""Sheets as files: a folder for each table, in it one for each month, in it one file for each batch.

Folders of months are named for people; rows say themselves which month they are of.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from ithrive.records.model import model, month_start
from ithrive.records.model.definitions import Kind
from ithrive.records.synthesis.arrays import Rng
from ithrive.records.synthesis.sent import MARK, MARKED, Sheet
from ithrive.records.synthesis.spoiling import spoilt

_KINDS: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "time": pa.timestamp("us"),
    "datetime": pa.timestamp("us"),
    "integer": pa.int64(),
    "decimal": pa.float64(),
}


def write_sheet(
    sheet: Sheet, folder: Path, part: str, file_format: str, *, rng: Rng | None = None, spoil: float = 0
) -> None:
    """Writes the sheet's months, a share of its rows spoilt if asked for."""
    table = pa.table({**sheet.sent.standing(), **sheet.columns, **_nothing_said(sheet)})
    table = spoilt(table, sheet.table, rng, spoil) if rng else table
    bounds = np.searchsorted(sheet.sent.month, np.arange(sheet.sent.country.calendar.months + 1))
    for month, (begins, ends) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        if begins < ends:
            begun = month_start(sheet.sent.country.calendar.first + month)
            place = folder / sheet.table / f"month={begun:%Y-%m}"
            place.mkdir(parents=True, exist_ok=True)
            _write(table.slice(begins, ends - begins), place / f"{part}.{file_format}")


def _nothing_said(sheet: Sheet) -> dict[str, pa.Array]:
    """The fields of the table that these stories have nothing for: the columns are there, and empty."""
    fields = model()[sheet.table[:6]].fields
    silent = [field for field in fields if field.valid_to is None and field.name not in sheet.columns]
    return {field.name: pa.nulls(len(sheet.sent), _KINDS[field.type]) for field in silent}


def _write(table: pa.Table, path: Path) -> None:
    if path.suffix == ".csv":
        plain = pa.table({name: _plain(table[name]) for name in table.column_names})
        pyarrow.csv.write_csv(plain, path)
        return
    coded = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    # The schema of Arrow is left out: files of all batches then look alike to every reader.
    with pyarrow.parquet.ParquetWriter(
        path, table.schema, use_dictionary=coded, store_schema=False, compression="zstd"
    ) as file:
        file.write_table(table)
        file.add_key_value_metadata({MARK: MARKED})


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column

"""Writing Parquet with DuckDB, which comes with the extra "data" and is imported only when asked for."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

# The kinds of column that tables of ours have, in DuckDB's words.
KINDS = {"text": "VARCHAR", "whole number": "BIGINT", "day": "DATE", "yes/no": "VARCHAR"}


def parquet_bytes(
    columns: Mapping[str, str], rows: Iterable[Sequence[object]], *, about: Mapping[str, str] | None = None
) -> bytes:
    """The table as Parquet. `columns` gives each name its kind (a key of KINDS); `about` is kept in the file.

    None stays null, and text is stored as it is: nothing in a Parquet file is ever run.
    """
    import duckdb  # heavy, and only this needs it

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        given, written = Path(folder, "rows.json"), Path(folder, "rows.parquet")
        with given.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(dict(zip(columns, map(_plain, row), strict=True))) + "\n")
        kinds = ", ".join(f"{_quoted(name)}: {_quoted(KINDS[kind])}" for name, kind in columns.items())
        notes = ", ".join(f"{_quoted(key)}: {_quoted(value)}" for key, value in (about or {}).items())
        connection.execute(
            f"COPY (SELECT * FROM read_json({_quoted(str(given))}, format = 'newline_delimited', "  # noqa: S608 # every part is quoted
            f"columns = {{{kinds}}})) TO {_quoted(str(written))} "
            f"(FORMAT parquet{f', KV_METADATA {{{notes}}}' if notes else ''})"
        )
        return written.read_bytes()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"

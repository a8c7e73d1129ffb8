"""Answers of an engine as plain rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ithrive.records.engine import duckdb_engine
from ithrive.records.reading import Extract, open_extract


@contextmanager
def opened(folder: Path) -> Iterator[Extract]:
    """The extract on DuckDB, for as long as the `with` lasts."""
    with duckdb_engine(memory="500MB", threads=1) as engine:
        yield open_extract(folder, engine=engine)


def rows(extract: Extract, short: str, *columns: str) -> list[dict[str, Any]]:
    """The rows of a table in the order of their files, only these columns if any are named."""
    table = extract.table(short).order_by("source_file", "source_row")
    answer = extract.engine.connection.to_pyarrow(table.select(*columns) if columns else table)
    return answer.to_pylist()  # type: ignore[no-any-return] # Arrow has no types


def codes(extract: Extract) -> list[str]:
    """The codes of the findings about tables that are there."""
    return [
        finding.code
        for finding in extract.findings
        if finding.code not in ("missing_table", "missing_column")
    ]

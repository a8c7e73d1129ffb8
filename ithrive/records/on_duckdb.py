"""DuckDB: one machine, bounded memory, a private folder for what does not fit."""

import csv
import gzip
import hashlib
import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import ibis
from ibis.expr.operations import InMemoryTable

from ithrive.records.engine import FileFormat, Told, alike

# Threads below leave nothing to the person's other programs; above they only take memory.
MEMORY = "3GB"
LONGEST_LINE = 1_000_000  # bytes


class DuckDBEngine:
    """See `ithrive.records.engine.Engine`."""

    name = "duckdb"

    def __init__(
        self, *, memory: str | None, threads: int | None, folder: Path | None, kept: Path | None = None
    ) -> None:
        self._keeps = kept is not None
        # What need not outlive the engine stays in memory while there is any, and is not packed to be stored.
        self._table = "TABLE" if self._keeps else "TEMP TABLE"
        # Not ignore_cleanup_errors: records left on a disk must be heard of.
        self._folder = None if kept else tempfile.TemporaryDirectory(prefix="ithrive-records-", dir=folder)
        private = kept or Path(self._folder.name if self._folder else "")
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        limits = {"memory_limit": memory or MEMORY, "temp_directory": str(private / "overflow")}
        if threads:
            limits["threads"] = str(threads)
        self.connection = ibis.duckdb.connect(private / "records.duckdb", **limits)
        # No extension is fetched and no setting is changed once records are near. Files stay readable and
        # writable, since reading them is what this is for.
        for setting in (
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "preserve_insertion_order = true",
            "TimeZone = 'UTC'",
        ):
            self.connection.raw_sql(f"SET {setting}")
        self._views = itertools.count(1)
        self.connection.raw_sql("CREATE TABLE IF NOT EXISTS kept_tables (name VARCHAR, words VARCHAR)")

    def read(self, paths: Sequence[Path], file_format: FileFormat, told: Sequence[Told] = ()) -> ibis.Table:
        parts = alike(paths, told)
        query = " UNION ALL ".join(_part(part, said, file_format) for said, part in parts)
        view = f"read_{next(self._views)}"
        self.connection.raw_sql(f"CREATE OR REPLACE VIEW {view} AS {query}")
        return self.connection.table(view)

    def view(self, name: str, table: ibis.Table) -> ibis.Table:
        return self.connection.create_view(name, table, overwrite=True)

    def materialise(self, name: str, table: ibis.Table) -> ibis.Table:
        if table.op().find(InMemoryTable):
            # Ibis hands what it holds in memory to DuckDB only where it runs something itself.
            self.connection.create_view(f"{name}_in_memory", table, overwrite=True)
        words = self.connection.compile(table)
        asked = hashlib.sha256(words.encode()).hexdigest()
        if not (self._keeps and (name, asked) in self._kept()):
            # All or nothing, so that a stopped run leaves no half of a table that is taken for whole.
            self.connection.raw_sql("BEGIN")
            try:
                self.connection.raw_sql(f"DELETE FROM kept_tables WHERE name = {_quoted(name)}")  # noqa: S608 # quoted
                self.connection.raw_sql(f'CREATE OR REPLACE {self._table} "{name}" AS {words}')
                self.connection.raw_sql(f"INSERT INTO kept_tables VALUES ({_quoted(name)}, '{asked}')")  # noqa: S608 # quoted
                self.connection.raw_sql("COMMIT")
            except BaseException:
                self.connection.raw_sql("ROLLBACK")
                raise
        return self.connection.table(name)

    def _kept(self) -> set[tuple[str, str]]:
        return set(self.connection.raw_sql("SELECT name, words FROM kept_tables").fetchall())

    def write(self, table: ibis.Table, path: Path) -> None:
        written = "FORMAT parquet" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
        self.connection.raw_sql(
            f"COPY ({self.connection.compile(table)}) TO {_quoted(str(path))} ({written})"
        )

    def close(self) -> None:
        self.connection.disconnect()
        if self._folder:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _part(paths: Sequence[Path], told: Told | None, file_format: FileFormat) -> str:
    query = _parquet(paths) if file_format == "parquet" else " UNION ALL ".join(map(_csv, paths))
    if told is None:
        return query
    month = "NULL" if told.month is None else str(told.month)
    provider, submission = (
        "NULL" if each is None else _quoted(each) for each in (told.provider, told.submission)
    )
    return (
        f"SELECT *, {month}::BIGINT AS told_month, {provider}::VARCHAR AS told_provider, "  # noqa: S608 # every part is quoted
        f"{submission}::VARCHAR AS told_submission FROM ({query})"
    )


def _parquet(paths: Sequence[Path]) -> str:
    files = ", ".join(_quoted(str(path)) for path in paths)
    return (
        "SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS source_row "  # noqa: S608 # every part is quoted
        f"FROM read_parquet([{files}], filename = 'source_file', file_row_number = true, "
        "hive_partitioning = false)"
    )


def _csv(path: Path) -> str:
    # A buffer as large as the file at most: an extract may be hundreds of small ones, all open at once.
    buffer = min(max(path.stat().st_size, LONGEST_LINE), 16 * LONGEST_LINE)
    # Nothing is guessed from the rows. One too short or too long is read as far as it goes, as by Spark; the
    # checks find what that makes of it.
    names = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in _columns_of(path))
    return (
        "SELECT *, row_number() OVER () AS source_row "  # noqa: S608 # every part is quoted
        f"FROM read_csv({_quoted(str(path))}, filename = 'source_file', auto_detect = false, "
        f"columns = {{{names}}}, header = true, delim = ',', quote = '\"', escape = '\"', "
        "null_padding = true, strict_mode = false, hive_partitioning = false, "
        f"max_line_size = {LONGEST_LINE}, buffer_size = {buffer})"
    )


def _columns_of(path: Path) -> list[str]:
    whole = gzip.open if path.name.lower().endswith(".gz") else open
    with whole(path, "rb") as file:
        return next(csv.reader([file.readline().decode("utf-8-sig")]))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""Where expressions run: DuckDB on this machine by default, Spark where one machine is not enough.

Both give an Ibis connection; everything else is written once, in Ibis. Engines are imported only when opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from ithrive.problems import BadInput, Problem

if TYPE_CHECKING:
    import ibis

FileFormat = Literal["parquet", "csv"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the path of a file says of all its rows; None where it says nothing."""

    month: int | None = None
    provider: str | None = None
    submission: str | None = None


def alike(paths: Sequence[Path], told: Sequence[Told]) -> list[tuple[Told | None, list[Path]]]:
    """The paths by what is told of them, in the order of their first; all of them where nothing is."""
    if not told:
        return [(None, list(paths))]
    parts: dict[Told, list[Path]] = {}
    for path, said in zip(paths, told, strict=True):
        parts.setdefault(said, []).append(path)
    return list(parts.items())


class Engine(Protocol):
    """Something that runs Ibis expressions close to where the files lie. Use it in a `with`.

    `connection` is the Ibis backend; `name` is "duckdb" or "spark".
    """

    name: str
    connection: Any

    def read(self, paths: Sequence[Path], file_format: FileFormat, told: Sequence[Told] = ()) -> "ibis.Table":
        """The files as one table, with `source_file` (a path) and `source_row` (1 is the first row of data).

        The files of one call must have the same columns. Columns of CSV are all text. With `told`, one for
        each path, every row has `told_month`, `told_provider` and `told_submission` besides.
        """

    def view(self, name: str, table: "ibis.Table") -> "ibis.Table":
        """The table under a name of its own, computed each time it is asked for."""

    def materialise(self, name: str, table: "ibis.Table") -> "ibis.Table":
        """The table computed once and kept until the engine closes, on disk where memory is short."""

    def write(self, table: "ibis.Table", path: Path) -> None:
        """The table as one file, CSV or Parquet by the ending of its name, never whole in memory."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def duckdb_engine(
    *,
    memory: str | None = None,
    threads: int | None = None,
    folder: Path | None = None,
    kept: Path | None = None,
) -> Engine:
    """DuckDB with at most `memory` ("3GB"); what does not fit goes to a private folder, removed at the end.

    `folder` is where that private folder is made (default: the system's); put it on an encrypted disk.
    `kept` is a folder that outlives the engine: tables materialised there before are not worked out again
    when they are asked for in the same words. Who gives it answers for its inputs being the same, and for
    removing it.
    Raises BadInput where the extra "records" is not installed.
    """
    try:
        from ithrive.records.on_duckdb import DuckDBEngine
    except ModuleNotFoundError as missing:
        raise _not_installed("records", missing) from None
    return DuckDBEngine(memory=memory, threads=threads, folder=folder, kept=kept)


def spark_engine(
    master: str = "local[2]",
    *,
    remote: str | None = None,
    memory: str | None = None,
    folder: Path | None = None,
) -> Engine:
    """Spark on this machine, on a cluster (`master`), or behind Spark Connect (`remote`, "sc://host:15002").

    Where a session runs already (Databricks, spark-submit) it is used, and left running.
    Raises BadInput where the extra "spark" is not installed.
    """
    try:
        from ithrive.records.on_spark import SparkEngine
    except ModuleNotFoundError as missing:
        raise _not_installed("spark", missing) from None
    return SparkEngine(master=master, remote=remote, memory=memory, folder=folder)


def _not_installed(extra: str, missing: ModuleNotFoundError) -> BadInput:
    return BadInput(
        Problem(
            f"Engine ({missing.name})",
            "A library that this engine needs is not installed.",
            f'Install it with: pip install "ithrive[{extra}]".',
        )
    )

"""Spark: the same expressions where one machine is not enough, or where the records lie in Spark already."""

import itertools
import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import ibis
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from ithrive.records.engine import FileFormat, Told, alike

# Laptops have a few cores; a cluster sets its own number.
SHUFFLE_PARTITIONS = "4"
# Set for any session, also one that others began, and set back at the end.
SETTINGS = {
    # What the planner infers of our long expressions takes it longer than all else, and it stumbles over it:
    # it loses columns where tables that were kept are put one below the other (Spark 4).
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    # Some hold the month and the provider in folder names; these are read from the path by us.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
# spark-submit tells the programme it starts where the session is, and has chosen master and memory.
SUBMITTED = "PYSPARK_GATEWAY_PORT"


class SparkEngine:
    """See `ithrive.records.engine.Engine`."""

    name = "spark"

    def __init__(self, *, master: str, remote: str | None, memory: str | None, folder: Path | None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ithrive-records-", dir=folder)
        self._ours = remote is None and SparkSession.getActiveSession() is None
        self._session = _session(master, remote, memory, Path(self._folder.name))
        self._found_set = {name: self._session.conf.get(name) for name in SETTINGS}
        self._set(SETTINGS)
        self.connection = ibis.pyspark.connect(self._session)
        self._kept: set[str] = set()  # one name may be given again
        self._reads = itertools.count(1)

    def read(self, paths: Sequence[Path], file_format: FileFormat, told: Sequence[Told] = ()) -> ibis.Table:
        read = self._parquet if file_format == "parquet" else self._csv
        parts = (_with_told(read(part), said) for said, part in alike(paths, told))
        return self._named(f"read_{next(self._reads)}", reduce(DataFrame.unionAll, parts))

    def _parquet(self, paths: Sequence[Path]) -> DataFrame:
        # basePath would turn folders into columns; each file is named, so nothing is guessed from them.
        frame = self._session.read.option("mergeSchema", "false").parquet(*map(str, paths))
        return frame.select("*", _file(), (f.col("_metadata.row_index") + 1).alias("source_row"))

    def _csv(self, paths: Sequence[Path]) -> DataFrame:
        options: dict[str, Any] = {"header": True, "inferSchema": False, "escape": '"', "multiLine": True}
        frame = self._session.read.options(**options).csv(list(map(str, paths)))
        # One file is one part under multiLine, so counting up within it is its order.
        counted = "row_number() OVER (PARTITION BY source_file ORDER BY counted)"
        placed = frame.select("*", _file(), f.monotonically_increasing_id().alias("counted"))
        return placed.withColumn("source_row", f.expr(counted).cast("bigint")).drop("counted")

    def view(self, name: str, table: ibis.Table) -> ibis.Table:
        view = self.connection.create_view(name, table, overwrite=True)
        self._kept.add(name)
        return view

    def materialise(self, name: str, table: ibis.Table) -> ibis.Table:
        # A checkpoint, not a cache: layers stand on layers, and Spark would plan all of them again for each.
        frame: DataFrame = self._session.sql(self.connection.compile(table)).localCheckpoint()
        return self._named(name, frame)

    def _named(self, name: str, frame: DataFrame) -> ibis.Table:
        frame.createOrReplaceTempView(name)
        self._kept.add(name)
        return self.connection.table(name)

    def write(self, table: ibis.Table, path: Path) -> None:
        batches = self.connection.to_pyarrow_batches(table)
        kind = pq.ParquetWriter if path.suffix == ".parquet" else pacsv.CSVWriter
        with kind(path, batches.schema) as file:
            for batch in batches:
                file.write_batch(batch)

    def close(self) -> None:
        try:
            for name in self._kept:
                self._session.catalog.dropTempView(name)
            self._set(self._found_set)
        finally:  # also where the session broke half way: records left on a disk are worse than a view
            if self._ours:
                self._session.stop()
            self._folder.cleanup()

    def _set(self, settings: Mapping[str, str | None]) -> None:
        for name, value in settings.items():
            if value is not None:
                self._session.conf.set(name, value)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _with_told(frame: DataFrame, told: Told | None) -> DataFrame:
    if told is None:
        return frame
    kinds = {"month": "bigint", "provider": "string", "submission": "string"}
    said = (f.lit(getattr(told, name)).cast(kind).alias(f"told_{name}") for name, kind in kinds.items())
    return frame.select("*", *said)


def _file() -> Any:
    """The path of the file a row came from; Spark gives it as an address with its signs escaped."""
    address = f.regexp_replace(f.col("_metadata.file_path"), "^file:(//)?", "")
    return f.url_decode(f.regexp_replace(address, "[+]", "%2B")).alias("source_file")


def _session(master: str, remote: str | None, memory: str | None, folder: Path) -> SparkSession:
    if remote:
        return SparkSession.builder.remote(remote).getOrCreate()
    if (there := SparkSession.getActiveSession()) is not None:
        return there  # the builder would set what follows in it
    if SUBMITTED in os.environ:
        return SparkSession.builder.getOrCreate()
    # Without it Spark asks the network for a name of this machine and listens there.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": SHUFFLE_PARTITIONS,
        "spark.local.dir": str(folder / "overflow"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": (memory or "2g").removesuffix("B").lower(),
    }
    builder = SparkSession.builder.master(master).appName("ithrive records")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()

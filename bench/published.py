"""Importing the long series of the national data set, beside DuckDB reading the same file raw."""

import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from ithrive.returns.published import import_published

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT.parent / "shared/data/mhsds_timeseries" / "MHSDS_Time_Series_data_Apr_2016_NovPrf_2022.csv.gz"
RUNS = 5


def main() -> None:
    """Prints how long both take (the best of some runs) and how many times longer importing is."""
    if not FILE.is_file():
        print(f"published: the published series is not at {FILE}; nothing is measured.")
        return
    # In turn, so that a busy machine is busy for both.
    pairs = [(_spent(_raw), _spent(_imported)) for _ in range(RUNS)]
    raw, importing = (min(times) for times in zip(*pairs, strict=True))
    rows = len(import_published([FILE]).figures)
    print(
        f"published: importing {rows:,} rows, checks included: {importing:.2f} s of processor time", end="; "
    )
    print(f"DuckDB reading the same file raw: {raw:.2f} s; {importing / raw:.1f} times (at most 3)")


def _raw() -> None:
    with duckdb.connect() as connection:
        query = "CREATE TABLE raw AS SELECT * FROM read_csv($file, all_varchar = true)"
        connection.execute(query, {"file": str(FILE)})


def _imported() -> None:
    import_published([FILE])


def _spent(task: Callable[[], None]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


if __name__ == "__main__":
    main()

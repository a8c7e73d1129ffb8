"""Making extracts of people who never were: contacts a second, peak memory, beside writing bare numbers."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet

from ithrive.records.synthesis import Settings, synthesise

CONTACTS_A_PERSON = 10.4  # as these settings draw them
CONTACTS = (1_000_000, 5_000_000)


def main() -> None:
    """Each size in a process of its own, so that peak memory is its own too."""
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
        return
    for contacts in CONTACTS:
        subprocess.run([sys.executable, "-m", "bench.synthesis", str(contacts)], check=True)


def measure(contacts: int) -> None:
    """Prints seconds of processor, rows of every table a second, and peak memory; then the floor."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        spent = _spent(lambda: synthesise(Settings(people=int(contacts / CONTACTS_A_PERSON)), out))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        rows = {path.name: _rows(path) for path in (out / "extract").iterdir()}
        made, every = rows["MHS201CareContact"], sum(rows.values())
        floor = _spent(lambda: _bare(made, Path(folder) / "bare.parquet"))
    print(
        f"synthesis: {made:,} contacts, {every:,} rows in {len(rows)} tables, with their truth, in", end=" "
    )
    print(f"{spent:.1f} s of processor: {made / spent:,.0f} contacts and {every / spent:,.0f} rows a second")
    print(f"synthesis: peak memory {peak:.2f} GB (at most 4)", end="; ")
    print(f"writing as many rows of 12 random numbers takes {floor:.1f} s; {spent / floor:.1f} times")


def _rows(folder: Path) -> int:
    return sum(pyarrow.parquet.read_metadata(path).num_rows for path in folder.rglob("*.parquet"))


def _bare(rows: int, path: Path) -> None:
    numbers = np.random.default_rng(1)
    columns = {f"c{place}": numbers.integers(0, 1000, rows) for place in range(12)}
    pyarrow.parquet.write_table(pyarrow.table(columns), path)


def _spent(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


if __name__ == "__main__":
    main()

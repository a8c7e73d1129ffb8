"""Returns built from extracts of a million contacts and more, beside the bare scan, pandas and other ways.

`python -m bench.records` takes one million; `python -m bench.records 1 5 25 100` those sizes one after the
other (a hundred million need some 8 GB of disk for the extract, as much again for layers, and hours).
`python -m bench.records 1 spark` runs Spark on this machine too, on a tenth of a million.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ithrive.periods import Quarter, quarters

CONTACTS_A_PERSON = 9.2
MONTHS, EIGHT = 27, tuple(quarters(Quarter(2024, 2), Quarter(2026, 1)))
# Beyond this pandas does not fit into the memory of a small machine.
PANDAS_AT_MOST = 5


def main() -> None:
    words = sys.argv[1:]
    sizes = [float(word) for word in words if word != "spark"] or [1.0]
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-records-") as folder:
            of_size(size, Path(folder), spark="spark" in words and size == sizes[0])


def of_size(millions: float, folder: Path, *, spark: bool) -> None:
    made = told(folder, "make", str(int(millions * 1e6 / CONTACTS_A_PERSON)))
    print(f"-- {made['contacts']:,} contacts, {made['megabytes']:,.0f} MB of Parquet; made {spent(made)}")
    scan = told(folder, "scan")
    whole = told(folder, "whole")
    print(f"every value of the same columns read once by DuckDB: {spent(scan)}")
    print(f"whole run, 3 sites, 8 quarters, {whole['figures']:,} figures: {spent(whole)}", end="")
    print(f" ({whole['cpu'] / scan['cpu']:.1f} times the scan's processor time)")
    print("   of it: " + ", ".join(f"{what} {cpu:.1f} s" for what, cpu in whole["parts"].items()))
    print(f"   passes over contacts: {whole['passes']}; one for each figure made of them: {whole['made_of']}")
    apart = told(folder, "apart")
    print(f"aggregations over the same layers: together {apart['together']:.1f} s of processor,", end="")
    print(f" one for each figure {apart['each']:.1f} s: {apart['each'] / apart['together']:.1f} times")
    if millions <= PANDAS_AT_MOST:
        pandas = told(folder, "pandas")
        print(f"five indicators by pandas: {spent(pandas)};", end="")
        print(f" the same five by us: {spent(five := told(folder, 'five'))}:", end="")
        print(f" {pandas['cpu'] / five['cpu']:.1f} times; agree: {pandas['answers'] == five['answers']}")
    if spark:
        with tempfile.TemporaryDirectory(prefix="bench-records-") as small:
            told(Path(small), "make", str(int(1e5 / CONTACTS_A_PERSON)))
            print(f"a tenth of a million: DuckDB {spent(told(Path(small), 'whole'))}", end="")
            print(f"; Spark on this machine {spent(told(Path(small), 'whole', 'spark'))}")


def spent(task: dict[str, float]) -> str:
    return f"{task['wall']:.1f} s, {task['cpu']:.1f} s of processor, at most {task['peak']:.2f} GB"


def told(folder: Path, *words: str) -> dict:  # type: ignore[type-arg] # what each task tells differs
    """One task in a process of its own, so that its memory is its own."""
    run = [sys.executable, "-m", "bench.records_tasks", str(folder), *words]
    answer = subprocess.run(run, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def measured(task: Callable[[], dict[str, object]]) -> None:
    """Runs a task and prints what it tells, with seconds and gigabytes."""
    wall, cpu = time.perf_counter(), processor()
    answer = task()
    wall, cpu = time.perf_counter() - wall, processor() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak} | answer))


def processor() -> float:
    """Processor seconds of this process, with those of processes it started and that ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


if __name__ == "__main__":
    main()

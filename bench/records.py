"""Returns built from extracts of a million contacts and more, beside the bare scan, pandas and other ways.

`python -m bench.records` takes one million; `python -m bench.records 1 5` those sizes one after the other;
`python -m bench.records 1 spark` runs Spark on this machine too, on a tenth of a million.

`python -m bench.records --in FOLDER 25 100` takes extracts that lie in FOLDER/25/s and FOLDER/100/s, and
makes them there where they are missing (a hundred million need some 8 GB of disk, as much again for layers,
and hours). What is done is kept in FOLDER/25/told.json, and the layers of a run that was stopped beside it:
the same command goes on from there.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ithrive.periods import Quarter, quarters

CONTACTS_A_PERSON = 9.2
MONTHS, EIGHT = 27, tuple(quarters(Quarter(2024, 2), Quarter(2026, 1)))
# Beyond this pandas does not fit into the memory of a small machine.
PANDAS_AT_MOST = 6
A_TENTH = 0.1

Told = dict[str, Any]  # what each task tells differs


@dataclass(frozen=True)
class Place:
    """Where the extract of one size lies, and what is known of it already."""

    folder: Path
    stays: bool  # so that a run that was stopped can go on

    def told(self, *words: str) -> Told:
        """One task in a process of its own, so that its memory is its own; once where the place stays."""
        file, name = self.folder / "told.json", " ".join(words)
        known: dict[str, Told] = json.loads(file.read_text()) if file.exists() else {}
        if name not in known:
            resume = ["--resume"] if self.stays else []
            run = [sys.executable, "-m", "bench.records_tasks", *resume, str(self.folder), *words]
            answer = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True)
            known[name] = json.loads(answer.stdout.splitlines()[-1])
            file.write_text(json.dumps(known, indent=1))
        return known[name]


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.records")
    words.add_argument("--in", dest="folder", type=Path, help="where extracts lie, and stay: FOLDER/25/s")
    words.add_argument("sizes", nargs="*", help="millions of contacts, and “spark”")
    asked = words.parse_args()
    for size in (word for word in asked.sizes or ["1"] if word != "spark"):
        with place(asked.folder, size) as there:
            of_size(float(size), there)
    if "spark" in asked.sizes:
        with place(asked.folder, "spark") as there:
            beside_spark(there)


@contextmanager
def place(folder: Path | None, name: str) -> Iterator[Place]:
    if folder:
        (folder / name).mkdir(parents=True, exist_ok=True)
        yield Place(folder / name, stays=True)
    else:
        with tempfile.TemporaryDirectory(prefix="bench-records-") as temporary:
            yield Place(Path(temporary), stays=False)


def of_size(millions: float, there: Place) -> None:
    made = there.told("make", people(millions))
    print(f"-- {made['contacts']:,} contacts, {made['megabytes']:,.0f} MB of Parquet; made {spent(made)}")
    scan = there.told("scan")
    print(f"every value of the same columns read once by DuckDB: {spent(scan)}", flush=True)
    whole = there.told("whole")
    print(f"whole run, 3 sites, 8 quarters, {whole['figures']:,} figures: {spent(whole)}", end="")
    print(f" ({whole['cpu'] / scan['cpu']:.1f} times the scan's processor time)")
    for stage, of_it in whole["stages"].items():
        print(f"   {stage:18} {spent(of_it)}")
    print(f"   passes over contacts: {whole['passes']}; one for each figure made of them: {whole['made_of']}")
    apart = there.told("apart")
    print(f"aggregations over the same layers: together {apart['together']:.1f} s of processor,", end="")
    print(f" one for each figure {apart['each']:.1f} s: {apart['each'] / apart['together']:.1f} times")
    if millions <= PANDAS_AT_MOST:
        beside_pandas(there)


def beside_pandas(there: Place) -> None:
    pandas, five = there.told("pandas"), there.told("five")
    print(f"five indicators by pandas: {spent(pandas)}; the same five by us: {spent(five)}:", end="")
    print(
        f" {pandas['cpu'] / five['cpu']:.1f} times by processor, {pandas['wall'] / five['wall']:.1f} times",
        end="",
    )
    print(f" by the clock; {five['figures']} figures", end="")
    print(f" agree: {pandas['answers'] == five['answers']}", flush=True)


def beside_spark(there: Place) -> None:
    made = there.told("make", people(A_TENTH))
    duckdb, spark = there.told("whole"), there.told("whole", "spark")
    print(f"-- {made['contacts']:,} contacts: DuckDB {spent(duckdb)}; Spark on this machine", end="")
    # Its work is done by Java, whose processor time and memory are not this process's.
    print(f" {spark['wall']:.1f} s; the same returns: {duckdb['digest'] == spark['digest']}")


def people(millions: float) -> str:
    return str(int(millions * 1e6 / CONTACTS_A_PERSON))


def spent(task: Told) -> str:
    return f"{task['wall']:.1f} s, {task['cpu']:.1f} s of processor, at most {task['peak']:.2f} GB"


def measured(task: Callable[[], Told]) -> None:
    """Runs a task and prints what it tells, with seconds and gigabytes unless it says them itself."""
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

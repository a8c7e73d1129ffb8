"""What a run was asked for, checked before anything is read."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ithrive.periods import Quarter, quarters
from ithrive.problems import BadInput, Problem
from ithrive.records.engine import Engine, duckdb_engine, spark_engine
from ithrive.records.features import Rules
from ithrive.records.indicators import Mode
from ithrive.tables import read_csv

# What DuckDB counts as its memory is not all that a process takes: the rest is for Python and for reading.
FOR_THE_ENGINE = 0.7
_UNITS = {"MB": 1_000_000, "GB": 1_000_000_000}
LEAST_MEMORY = 500_000_000


@dataclass(frozen=True)
class Asked:
    """The options of one run. `suppress` names a rule of disclosure, the one in force `today`, or is empty:
    figures stay as they are inside the trust. `kept` is the folder in which layers outlive a stopped run;
    None: nothing does.
    """

    extract: Path
    sites: Path
    quarters: tuple[Quarter, ...]
    out: Path
    engine: str = "duckdb"
    mode: Mode = Mode.CORRECTED
    memory: str = "4GB"
    rules: Rules = field(default_factory=Rules)
    groupings: Path | None = None
    suppress: str = ""
    today: date = field(default_factory=date.today)
    kept: Path | None = None
    master: str = "local[2]"
    remote: str | None = None

    def opened_engine(self) -> Engine:
        """The engine, within the memory asked for."""
        limit = bytes_of_memory(self.memory)
        if self.engine == "spark":
            return spark_engine(self.master, remote=self.remote, memory=f"{limit // 1_000_000}m")
        return engine_within(self.memory, kept=self.kept)


def engine_within(memory: str, kept: Path | None = None) -> Engine:
    """DuckDB on this machine, such that the whole process takes no more than `memory`."""
    share = int(bytes_of_memory(memory) * FOR_THE_ENGINE) // 1_000_000
    return duckdb_engine(memory=f"{share}MB", kept=kept)


def neighbourhoods_in(path: Path) -> frozenset[str]:
    """The column “neighbourhood” of a CSV file: LSOA codes."""
    rows = read_csv(path, name=path.name, needs=["neighbourhood"])
    return frozenset(row.cells["neighbourhood"] for row in rows)


def bytes_of_memory(text: str) -> int:
    """Bytes in “4GB” or “800MB”. Raises BadInput for anything else, and for too little."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?(MB|GB)", text.strip(), re.I)
    size = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if size < LEAST_MEMORY:
        what = f"“{text}” is no size of memory that suffices."
        raise BadInput(Problem("--memory", what, "Give 500MB or more: 800MB, 4GB."))
    return size


def asked_quarters(named: list[str], first: str | None, last: str | None) -> tuple[Quarter, ...]:
    """The quarters named one by one, or all from one to another. Raises BadInput where neither is said."""
    if named:
        return tuple(sorted({Quarter.parse(each) for each in named}))
    if not (first and last):
        mend = 'Give --quarter "2025/26 Q1", or both --from and --to.'
        raise BadInput(Problem("--quarter", "It is not said which quarters are wanted.", mend))
    begins, ends = Quarter.parse(first), Quarter.parse(last)
    if ends < begins:
        raise BadInput(Problem("--to", f"{ends.label} is before {begins.label}.", "Give a later quarter."))
    return tuple(quarters(begins, ends))

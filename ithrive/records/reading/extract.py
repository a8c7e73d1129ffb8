"""An extract: a folder of files, seen as the tables of the canonical model."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ithrive.problems import Problem
from ithrive.records.engine import Engine

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the reading met that people should know, and the run went on."""

    code: str
    problem: Problem
    table: str = ""  # "MHS101"; empty where it is about the whole extract
    fields: tuple[str, ...] = ()  # fields that are wholly NULL for this reason
    months: tuple[int, ...] = ()  # UniqMonthIDs it is about; empty where it is about all


@dataclass(frozen=True)
class Extract:
    """The tables of one folder on one engine. See `open_extract`."""

    folder: Path
    engine: Engine
    months: tuple[int, ...]  # the UniqMonthIDs found, in order
    findings: tuple[Finding, ...]
    typed: Mapping[str, "ibis.Table"]

    def table(self, short: str) -> "ibis.Table":
        """The table "MHS101" with exactly the columns of `model()[short].columns`, latest submissions only.

        Kinds in Ibis: text is string; integer is int64; date is date; datetime is timestamp(6) as the clock
        on the wall showed it; **time is int64, whole seconds since midnight**: Spark has no time of day.
        Text is trimmed, and "" and "NULL" are NULL. What cannot be read as its kind is NULL (and reported by
        the checks). A missing table is an empty one.
        """
        return self.typed[short]


def open_extract(folder: Path, *, engine: Engine, site_month_range: tuple[int, int] | None = None) -> Extract:
    """The extract in a folder of Parquet or CSV files, of any version; see the handbook for its layout.

    `site_month_range` leaves out months before the first and after the last UniqMonthID given.
    Raises BadInput where nothing in the folder is a table of the data set.
    """
    raise NotImplementedError

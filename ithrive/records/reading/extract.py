"""An extract: a folder of files, seen as the tables of the canonical model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ithrive.problems import BadInput, Problem
from ithrive.records.engine import Engine
from ithrive.records.model import model
from ithrive.records.reading import notes
from ithrive.records.reading.contents import Opened, Unreadable, opened
from ithrive.records.reading.files import other_files, table_files
from ithrive.records.reading.findings import Finding
from ithrive.records.reading.header import header_of
from ithrive.records.reading.older import with_older_teams
from ithrive.records.reading.people import with_people
from ithrive.records.reading.submissions import Submissions, latest_only, submissions_of
from ithrive.records.reading.typed import SENT, exact_kinds, nothing, read_table

if TYPE_CHECKING:
    import ibis

# The lines of the national rules and of every site: without them nothing can be said.
NEEDED = ("MHS001", "MHS101")


@dataclass(frozen=True)
class Extract:
    """The tables of one folder on one engine. See `open_extract`."""

    folder: Path
    engine: Engine
    submissions: Submissions
    findings: tuple[Finding, ...]
    whole: Mapping[str, "ibis.Table"]
    present: frozenset[str]  # tables that there is a file of
    absent_columns: frozenset[str]  # "MHS101.ServDischDate": columns that no file of the table has
    sound_columns: frozenset[str]  # columns in which everything that was sent could be read

    @property
    def months(self) -> tuple[int, ...]:
        """The UniqMonthIDs found, in order."""
        return tuple(sorted({month for _, month in self.submissions.latest}))

    @property
    def provider_months(self) -> frozenset[tuple[str, int]]:
        """Which provider sent which month: the others are not submitted, which is never zero."""
        return frozenset(self.submissions.latest)

    @property
    def absent_tables(self) -> frozenset[str]:
        """Tables that no file of the extract is of."""
        return frozenset(short for short in model() if short not in self.present)

    def table(self, short: str) -> "ibis.Table":
        """The table "MHS101" with exactly the columns of `model()[short].columns`, latest submissions only.

        Kinds in Ibis: text is string; integer is int64; date is date; datetime is timestamp(6) as the clock
        on the wall showed it; **time is int64, whole seconds since midnight**: Spark has no time of day.
        Text is trimmed, and "" and "NULL" are NULL. What cannot be read as its kind is NULL (and reported by
        the checks). A missing table is an empty one.
        """
        return self.whole[short].select(*model()[short].columns)

    def as_sent(self, short: str) -> "ibis.Table":
        """`table`, and beside each field what was sent for it as text: `sent_ServDischDate`."""
        definition = model()[short]
        sent = (SENT + field.name for field in definition.fields)
        return self.whole[short].select(*definition.columns, *sent)


def open_extract(folder: Path, *, engine: Engine, site_month_range: tuple[int, int] | None = None) -> Extract:
    """The extract in a folder of Parquet or CSV files, of any version; see the handbook for its layout.

    `site_month_range` leaves out months before the first and after the last UniqMonthID given.
    Raises BadInput where the folder holds no table of people or none of referrals that can be read.
    """
    folder = folder.resolve()
    findings: list[Finding] = []
    found = _openable(folder, findings)
    _refuse_nothing(folder, found, findings)
    findings += notes.versions(folder, found)
    files: dict[str, list[Opened]] = defaultdict(list)
    for one in notes.without_twins(folder, found, findings):
        files[one.file.short].append(one)
    header = header_of(files["MHS000"], engine=engine, folder=folder, findings=findings)
    findings += notes.missing(files)

    sound: set[str] = set()
    named: set[str] = set()

    def read_one(short: str) -> "ibis.Table":
        if not files[short]:
            named.add(short)  # there is nobody to name
            return nothing(model()[short])
        read = read_table(model()[short], files[short], engine=engine, folder=folder, header=header)
        sound.update(f"{short}.{name}" for name in read.sound)
        named.update([short] if read.named else [])
        table = engine.view(f"sent_{short}", read.table)
        return _within(exact_kinds(table, model()[short]), site_month_range)

    read = {short: read_one(short) for short in model()}
    submissions = submissions_of(read, engine=engine, findings=findings)
    latest = latest_only(read, submissions, engine=engine)
    whole = with_people(with_older_teams(latest, found), named=named, engine=engine)
    # A table without a file stays an expression without rows, but for the teams that an older version names.
    there = {short for short in whole if files[short]} | ({"MHS902"} if files["MHS102"] else set())
    views = {
        short: exact_kinds(engine.view(short, table), model()[short])
        if short in there
        else nothing(model()[short])
        for short, table in whole.items()
    }
    return Extract(
        folder,
        engine,
        submissions,
        tuple(findings),
        views,
        present=frozenset(there),
        absent_columns=notes.absent_columns(files),
        sound_columns=frozenset(sound),
    )


def _openable(folder: Path, findings: list[Finding]) -> list[Opened]:
    if not folder.is_dir():
        raise BadInput(
            Problem(str(folder), "There is no such folder.", "Give the folder that holds the extract.")
        )
    tables = table_files(folder)
    known = [file for file in tables if file.short in model()]
    looked = [opened(file) for file in known]
    findings += [notes.unreadable(folder, one) for one in looked if isinstance(one, Unreadable)]
    findings += notes.left_alone(folder, other_files(folder, tables))
    return [one for one in looked if isinstance(one, Opened)]


def _refuse_nothing(folder: Path, found: Sequence[Opened], findings: Iterable[Finding]) -> None:
    there = {one.file.short for one in found}
    absent = [short for short in NEEDED if short not in there]
    if not absent:
        return
    wanted = " and ".join(model()[short].name for short in absent)
    what = f"It holds no readable file of {wanted}, without which no figure can be made."
    mend = f"Add Parquet or CSV files named like {model()[absent[0]].name}.parquet."
    raise BadInput(
        [
            Problem(str(folder), what, mend),
            *(f.problem for f in findings if f.code in ("access", "unreadable")),
        ]
    )


def _within(table: "ibis.Table", months: tuple[int, int] | None) -> "ibis.Table":
    return table if months is None else table.filter(table.UniqMonthID.between(*months))

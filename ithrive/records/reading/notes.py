"""Findings about files: which cannot be read, which are of an older version, which stand there twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ithrive.problems import Problem
from ithrive.records.model import model, month_start
from ithrive.records.model.definitions import UNIQUE
from ithrive.records.reading.contents import Opened, Unreadable
from ithrive.records.reading.files import ACCESS, month_in
from ithrive.records.reading.findings import Finding
from ithrive.records.reading.versions import column_for

SHOWN = 5


def named(paths: Iterable[Path], folder: Path) -> str:
    """The first few files by name, and how many more."""
    names = [str(path.relative_to(folder)) for path in paths]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def month_name(month: int) -> str:
    return f"{month_start(month):%Y-%m}"


def unreadable(folder: Path, one: Unreadable) -> Finding:
    place = str(one.file.path.relative_to(folder))
    mend = "Write or copy it again. The run went on without it."
    # A part may lie in a folder of its month that the reading need not know, for its rows would say it.
    month = one.file.month or month_in(place)
    return Finding("unreadable", Problem(place, one.why, mend), one.file.short, months=_months([month]))


def left_alone(folder: Path, paths: Sequence[Path]) -> list[Finding]:
    """Access databases get a way out; of anything else it is said that it was not read."""
    access = [path for path in paths if path.suffix.lower() in ACCESS]
    other = [path for path in paths if path.suffix.lower() not in ACCESS]
    found = []
    if access:
        mend = (
            "Export each table to CSV from Access (External Data, Export, Text File), named like the table."
        )
        problem = Problem(named(access, folder), "Access databases are not read.", mend)
        found.append(Finding("access", problem))
    if other:
        mend = "Name a file after its table, like MHS101Referral_2024-04.csv, if it should be."
        problem = Problem(named(other, folder), "It is no table of the data set and was not read.", mend)
        found.append(Finding("not_a_table", problem))
    return found


def versions(folder: Path, found: Sequence[Opened]) -> list[Finding]:
    """A folder may hold several versions: each file is read as what it is, and that is said."""
    by_version: dict[str, list[Path]] = defaultdict(list)
    for one in found:
        if one.version:
            by_version[one.version].append(one.file.path)
    if len(by_version) < 2:
        return []
    what = "; ".join(
        f"version {version}: {named(by_version[version], folder)}" for version in sorted(by_version)
    )
    mend = "Nothing need be done if the months are those of each version: each file was read as its own."
    return [
        Finding("mixed_versions", Problem(folder.name, f"Versions of the data set are mixed. {what}.", mend))
    ]


def without_twins(folder: Path, found: Sequence[Opened], findings: list[Finding]) -> list[Opened]:
    """One file for each table, provider and month: the parts in its folder, or the last by name of several.

    Files that tell a submission number of their own are no twins: they are what was sent again.
    """
    groups: dict[tuple[object, ...], list[Opened]] = defaultdict(list)
    for one in found:
        file = one.file
        month = (file.short, file.table_name, file.provider, file.month, file.submission)
        groups[(file.path,) if file.month is None else month].append(one)
    kept: list[Opened] = []
    for group in groups.values():
        taken = [one for one in group if one.file.part] or group[-1:]
        if len(taken) < len(group):
            findings.append(_twins(folder, group, taken))
        kept += taken
    return kept


def _twins(folder: Path, group: Sequence[Opened], taken: Sequence[Opened]) -> Finding:
    file = taken[-1].file
    files, read = (named((one.file.path for one in these), folder) for these in (group, taken))
    what = f"{file.table_name} of {month_name(file.month or 0)} stands there twice: {files}."
    mend = f"Only {read} was read. Remove what should not count, or end the names with _s1, _s2."
    return Finding("month_twice", Problem(folder.name, what, mend), file.short, months=_months([file.month]))


def missing(files: Mapping[str, Sequence[Opened]]) -> list[Finding]:
    """Tables and columns that are not there: empty ones stand in, and figures on them are withheld."""
    found: list[Finding] = []
    for short in model():
        opened = files.get(short, ())
        found += _missing_columns(short, opened) if opened else _missing_table(short)
    return found


def _missing_table(short: str) -> list[Finding]:
    definition = model()[short]
    if all(field.valid_to is not None for field in definition.fields):
        return []  # of an older version only
    what, mend = "The table is not there.", "Add it, or figures that need it are withheld."
    return [Finding("missing_table", Problem(definition.name, what, mend), short, definition.names)]


def _missing_columns(short: str, opened: Sequence[Opened]) -> list[Finding]:
    lacking = {name: [one for one in opened if _lacks(name, short, one)] for name in model()[short].names}
    return [_missing_column(short, name, files) for name, files in lacking.items() if files]


def _lacks(name: str, short: str, one: Opened) -> bool:
    return column_for(name, model()[short], one.names) is None and _expected(name, short, one)


def _missing_column(short: str, name: str, files: Sequence[Opened]) -> Finding:
    places = sorted({Path(one.file.path.name) for one in files})
    what = f"The column is not in {named(places, Path())}."
    problem = Problem(f"{model()[short].name}.{name}", what, "Add it, or figures that need it are withheld.")
    return Finding("missing_column", problem, short, (name,), _months(one.file.month for one in files))


def absent_columns(files: Mapping[str, Sequence[Opened]]) -> frozenset[str]:
    """Columns, as "MHS101.ServDischDate", that no file of the table has under any name."""
    return frozenset(
        f"{short}.{name}"
        for short, opened in files.items()
        for name in model()[short].names
        if all(column_for(name, model()[short], one.names) is None for one in opened)
    )


def _expected(name: str, short: str, one: Opened) -> bool:
    """Whether a file of this version should have the column: as sent, or as national processing has it."""
    field = model()[short].by_name[name]
    there = {column.lower() for column in one.names}
    if name in UNIQUE and UNIQUE[name].lower() in there:
        return False
    if name == "LocalPatientID" and "person_id" in there:
        return False
    older = one.version in ("5", "4.1")
    if not field.uid:  # derived nationally, or of v5 only: never asked of a provider
        return False
    moved = {
        "CareProfTeamLocalID",
        "ReferRejectionDate",
        "ReferRejectionTime",
        "ReferRejectReason",
        "ReferClosReason",
    }
    return not (older and (f"{field.valid_from:%Y-%m}" == "2024-04" or (short == "MHS101" and name in moved)))


def _months(months: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted({month for month in months if month is not None}))

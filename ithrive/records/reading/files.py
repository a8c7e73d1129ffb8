"""Which files of a folder are tables of the data set, and what their names say about month and provider."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ithrive.records.engine import FileFormat
from ithrive.records.model import month_number

_TABLE = re.compile(r"(MHS\d{3})[A-Za-z]*", re.IGNORECASE)
_NAMED = re.compile(r"(MHS\d{3})[A-Za-z]*([_ -].*)?", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)(20\d{2})-?(0[1-9]|1[0-2])(?!\d)")
_SUBMISSION = re.compile(r"(?:^|[_ -])s(\d+)$", re.IGNORECASE)
_FOLDER = re.compile(r"(UniqMonthID|OrgIDProv|UniqSubmissionID)=(.+)", re.IGNORECASE)
_ENDINGS: dict[str, FileFormat] = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv"}
ACCESS = (".accdb", ".mdb")


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file of one table, with what its path says; None where the path does not say."""

    path: Path
    short: str
    table_name: str
    file_format: FileFormat
    month: int | None
    provider: str | None
    submission: str | None
    part: bool  # one of several that together are a table or a month: it lies in a folder of the table's name


def table_files(folder: Path) -> tuple[TableFile, ...]:
    """Every table file below the folder, in the order of their paths."""
    looked = (_table_file(path, folder) for path in sorted(_files(folder)))
    return tuple(file for file in looked if file)


def other_files(folder: Path, found: Sequence[TableFile]) -> tuple[Path, ...]:
    """The files that are no table and will not be read."""
    known = {file.path for file in found}
    return tuple(path for path in sorted(_files(folder)) if path not in known)


def _files(folder: Path) -> Iterator[Path]:
    hidden = (".", "_")  # what Spark and systems leave behind: _SUCCESS, .crc
    return (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(hidden))


def _table_file(path: Path, folder: Path) -> TableFile | None:
    ending = next((ending for ending in _ENDINGS if path.name.lower().endswith(ending)), None)
    if ending is None:
        return None
    stem, above = path.name[: -len(ending)], path.relative_to(folder).parts[:-1]
    table = next(filter(None, map(_TABLE.fullmatch, above)), None)
    named = _NAMED.fullmatch(stem)
    if not (table or named):
        return None
    rest = (named[2] or "") if named else ""
    said = {found[1].lower(): found[2] for found in map(_FOLDER.fullmatch, above) if found}
    submission = _SUBMISSION.search(rest)
    name = table[0] if table else _TABLE.match(stem)[0]  # type: ignore[index] # _NAMED has matched it
    return TableFile(
        path=path,
        short=name[:6].upper(),
        table_name=name,
        file_format=_ENDINGS[ending],
        month=_month(said.get("uniqmonthid"), rest, above),
        provider=said.get("orgidprov"),
        submission=said.get("uniqsubmissionid") or (submission[1] if submission else None),
        part=table is not None,
    )


def month_in(place: str) -> int | None:
    """The UniqMonthID of a month written anywhere in a path; None where there is none."""
    found = _MONTH.search(place)
    return month_number(date(int(found[1]), int(found[2]), 1)) if found else None


def _month(said: str | None, rest: str, above: Sequence[str]) -> int | None:
    if said and said.isdigit():
        return int(said)
    return month_in(rest) or next((month_in(each) for each in above if _MONTH.fullmatch(each)), None)

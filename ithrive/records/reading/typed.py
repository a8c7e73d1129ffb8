"""Files of one table, whatever their version, as the columns of the canonical model."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

import ibis
from ibis.expr import types as ir

from ithrive.records.engine import Engine, Told
from ithrive.records.model import FieldDefinition, TableDefinition
from ithrive.records.model.data_files import rows_of
from ithrive.records.model.definitions import STANDING, UNIQUE, Kind
from ithrive.records.reading.contents import Opened
from ithrive.records.reading.glance import Look, arrives_as, look_at
from ithrive.records.reading.kinds import IBIS_KIND, READ_AS, as_sent
from ithrive.records.reading.versions import column_for

# Beside the typed columns, what was sent for each field, for the checks; and the version of the file.
SENT = "sent_"
VERSION = "version"

_PROVIDER_AS, _SUBMITTED_AS = ("OrgIDProv", "OrgIDProvider"), ("UniqSubmissionID", "MHSDS_SubmissionID")
Reading = Callable[[Kind, str], ir.Value]  # a column, read as a kind


@dataclass(frozen=True)
class ReadTable:
    """A table as it was read; `sound` are fields in which everything that was sent could be read. `named`:
    every row says whom it is about.
    """

    table: ir.Table
    sound: frozenset[str] = frozenset()
    named: bool = False


def read_table(
    definition: TableDefinition, files: Sequence[Opened], *, engine: Engine, folder: Path, header: "Header"
) -> ReadTable:
    """The files as one table: typed, `sent_…` as text, `version`. Empty where there is no file."""
    alike = sorted(files, key=_kin)
    parts = [_part(definition, list(group), engine, folder, header) for _, group in groupby(alike, key=_kin)]
    if not parts:
        return ReadTable(nothing(definition))
    tables = [part.table for part in parts]
    return ReadTable(
        ibis.union(*tables) if len(parts) > 1 else tables[0],
        sound=frozenset.intersection(*(part.sound for part in parts)),
        named=all(part.named for part in parts),
    )


def _kin(opened: Opened) -> tuple[Any, ...]:
    """What files must share to be read in one go. Few parts: engines plan every expression once for each."""
    return (opened.file.file_format, opened.columns, opened.version or "")


class Header:
    """What the header of the extract says, for files that do not say it themselves."""

    def __init__(self, provider: str | None = None, month: int | None = None) -> None:
        self.provider, self.month = provider, month


def _part(
    definition: TableDefinition, files: Sequence[Opened], engine: Engine, folder: Path, header: Header
) -> ReadTable:
    told = [Told(one.file.month, one.file.provider, one.file.submission) for one in files]
    file_format = files[0].file.file_format
    table = engine.read([one.file.path for one in files], file_format, told)
    # Of CSV a look costs as much as the reading that it would spare.
    known = _known(definition)
    looked_at = [name for name in table.columns if name.lower() in known]
    look = look_at(table, looked_at, engine) if file_format == "parquet" else Look()
    read = partial(_read, table, look.standing)
    columns = _standing(definition, table, header, read)
    sound = set()
    for field in definition.fields:
        sent = column_for(field.name, definition, table.columns)
        columns[field.name] = _field(definition, field, sent, read)
        columns[SENT + field.name] = as_sent(table[sent]) if sent else ibis.null("string")
        if sent is None or _is_sound(field, table[sent], look.standing):
            sound.add(field.name)
    columns |= _derived(definition, table, columns, read)
    columns[VERSION] = ibis.literal(files[0].version or "", "string")
    columns["source_file"] = table.source_file.replace(f"{folder}/", "")
    columns["source_row"] = table.source_row.cast("int64")
    return ReadTable(table.select(**columns), frozenset(sound), look.named)


def _known(definition: TableDefinition) -> frozenset[str]:
    """Every name, in small letters, that a column of the table may be read by."""
    fields = {name for field in definition.fields for name in (field.name, *field.older_names.values())}
    return frozenset(name.lower() for name in {*fields, *definition.derived, *STANDING, *_SUBMITTED_AS})


def _read(table: ir.Table, standing: Collection[str], kind: Kind, name: str) -> ir.Value:
    if kind == "text" and name in standing:
        return as_sent(table[name])
    return READ_AS[kind](table[name])


def _is_sound(field: FieldDefinition, sent: ir.Value, standing: Collection[str]) -> bool:
    if field.type == "text":
        return sent.get_name() in standing
    return arrives_as(field.type, sent.type())


def _field(definition: TableDefinition, field: FieldDefinition, sent: str | None, read: Reading) -> ir.Value:
    if sent is None:
        return ibis.null(IBIS_KIND[field.type])
    value = read(field.type, sent).cast(IBIS_KIND[field.type])
    changes = _changes().get((definition.name, field.name, sent))
    return value.substitute(changes) if changes else value


@cache
def _changes() -> dict[tuple[str, str, str], dict[str, str]]:
    """Codes that another code took the place of, by table, field and the name the field had."""
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in rows_of("code_changes.csv"):
        found.setdefault((row["table"], row["field"], row["older_field"]), {})[row["older_code"]] = row[
            "code"
        ]
    return found


def _standing(
    definition: TableDefinition, table: ir.Table, header: Header, read: Reading
) -> dict[str, ir.Value]:
    """Provider, month and submission: of the row, else of the path, else of the header."""

    def said(names: Iterable[str], told: str, otherwise: object, kind: str) -> ir.Value:
        by_lower = {column.lower(): column for column in table.columns}
        found = next((by_lower[name.lower()] for name in names if name.lower() in by_lower), None)
        given = ibis.coalesce(table[told], ibis.literal(otherwise, kind))
        if found is None:
            return given
        return read("integer" if kind == "int64" else "text", found).fill_null(given)

    started = column_for("ReportingPeriodStartDate", definition, table.columns)
    standing = {
        "OrgIDProv": said(_PROVIDER_AS, "told_provider", header.provider, "string"),
        "UniqMonthID": said(("UniqMonthID",), "told_month", header.month, "int64"),
        "UniqSubmissionID": said(_SUBMITTED_AS, "told_submission", "1", "string"),
    }
    if definition.short == "MHS000" and started:
        day = READ_AS["date"](table[started])
        counted = (day.year() - 1900).cast("int64") * 12 + day.month().cast("int64") - 3
        standing["UniqMonthID"] = ibis.coalesce(standing["UniqMonthID"], counted)
    return standing


def _derived(
    definition: TableDefinition, table: ir.Table, columns: dict[str, ir.Value], read: Reading
) -> dict[str, ir.Value]:
    """Identifiers unique in the country: as sent, else of provider and local identifier."""
    by_lower = {column.lower(): column for column in table.columns}
    derived: dict[str, ir.Value] = {}
    for name in (name for name in definition.names if name in UNIQUE):
        made = columns["OrgIDProv"].concat(columns[name])
        sent = by_lower.get(UNIQUE[name].lower())
        derived[UNIQUE[name]] = ibis.coalesce(read("text", sent), made) if sent else made
    if "Person_ID" in definition.derived:
        sent = by_lower.get("person_id")
        derived["Person_ID"] = read("text", sent) if sent else ibis.null("string")
    return derived


def exact_kinds(table: ir.Table, definition: TableDefinition) -> ir.Table:
    """The table with the kinds of the model: engines narrow a month that is the same on every row."""
    kinds = _kinds(definition)
    return table.cast({name: kinds[name] for name in table.columns if name in kinds})


def _kinds(definition: TableDefinition) -> dict[str, str]:
    kinds = {name: IBIS_KIND[kind] for name, kind in definition.columns.items()}
    return kinds | {SENT + field.name: "string" for field in definition.fields} | {VERSION: "string"}


def nothing(definition: TableDefinition) -> ir.Table:
    """The table without rows."""
    kinds = _kinds(definition)
    row = ibis.null("string").name("nothing").as_table()
    return row.select(**{name: ibis.null(kind) for name, kind in kinds.items()}).filter(ibis.literal(False))

"""Running every check, and what came of it: counts, a few row numbers, an error file, grades."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from pathlib import Path

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.by_row import tally_failures, tally_rows
from ithrive.records.checks.by_value import tally_values, values_of
from ithrive.records.checks.of_fields import field_rules
from ithrive.records.checks.of_rows import row_rules
from ithrive.records.checks.quality import Grade, Place, Quality, grade
from ithrive.records.checks.rule import CheckRule
from ithrive.records.checks.tables import Parents, checked_table, copied_rows, kept_parents, numbers_again
from ithrive.records.checks.tally import Tally
from ithrive.records.model import model
from ithrive.records.reading import Extract, Finding

RULES: tuple[CheckRule, ...] = (*field_rules(), *row_rules())
SAMPLE = 5
_WHERE = ("OrgIDProv", "UniqMonthID", "source_file", "source_row")


@dataclass(frozen=True, slots=True)
class Failed:
    """One rule that rows failed: how many, and the first few by file and row. Never what stands in them."""

    rule: CheckRule
    rows: int
    sample: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        first = "; ".join(f"{file} row {row}" for file, row in self.sample)
        return f"{self.rule.sentence} {self.rows} row{'' if self.rows == 1 else 's'}, first: {first}."


@dataclass(frozen=True)
class CheckReport:
    """What the checks found. `errors` holds rule, provider, month, file and row of each failure."""

    extract: Extract
    failed: tuple[Failed, ...]
    counts: Mapping[tuple[str, str, int], int]  # rows that failed, by rule, provider and UniqMonthID
    quality: Mapping[Place, Quality]
    errors: ir.Table
    keys_again: Mapping[str, ir.Table]  # for tables in which a key stands twice: see `tables.numbers_again`

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.extract.findings

    @cached_property
    def absent_fields(self) -> frozenset[tuple[str, str]]:
        """Tables and fields that are nowhere in the extract."""
        there = {place[:2] for place, quality in self.quality.items() if quality.rows > quality.missing}
        every = {(short, name) for short, table in model().items() for name in table.names}
        return frozenset(every - there)

    def quality_grade(self, short: str, field: str, provider: str, month: int) -> Grade:
        """ "good", "poor" (its figures are withheld for quality) or "no rows"."""
        return grade(self.quality.get((short, field, provider, month)), short, field)

    def poor(
        self, fields: Iterable[tuple[str, str]], providers: Iterable[str], months: Iterable[int]
    ) -> tuple[Place, ...]:
        """Where the fields a figure needs ("MHS201", "AttendStatus") are too poor: reasons to withhold it."""
        months, providers = tuple(months), tuple(providers)
        return tuple(
            (short, field, provider, month)
            for short, field in fields
            for provider in providers
            for month in months
            if self.quality_grade(short, field, provider, month) == "poor"
        )

    def write_errors(self, path: Path) -> Path:
        """The error file, as CSV or Parquet by the ending of its name, written in parts: it may be large."""
        self.extract.engine.write(self.errors, path)
        return path


def run_checks(extract: Extract, rules: Iterable[CheckRule] = RULES) -> CheckReport:
    """Every rule on every table that is there. What is not there is a finding already.

    Rows are counted first; only tables in which some failed are gone through again for where they stand.
    """
    asked = _asked(extract, rules)
    tally = Tally()
    values = values_of(extract)
    tally_values(extract, values, asked, tally)
    parents = kept_parents(extract, asked)
    for short in sorted(extract.present):
        of_table = asked.get(short, [])
        tally_rows(extract, short, [one for one in of_table if not (one.needs or one.of_copies)], tally)
        if needing := [one for one in of_table if one.needs]:
            table = checked_table(extract, short, needing, parents, values.concepts)
            tally_failures(extract, table, needing, tally)
    again = _keys_again(extract, asked)
    for short, numbers in again.items():
        of_copies = [one for one in asked[short] if one.of_copies]
        tally_failures(extract, copied_rows(extract, short, numbers), of_copies, tally)
    errors = _errors(extract, asked, parents, values.concepts, again, tally)
    every = [one for group in asked.values() for one in group]
    return CheckReport(
        extract, _failed(extract, errors, tally, every), tally.counts, tally.quality, errors, again
    )


def _asked(extract: Extract, rules: Iterable[CheckRule]) -> Mapping[str, list[CheckRule]]:
    """The rules by table, without those on what is not there and those that no row can fail."""
    absent = {*extract.absent_tables, *extract.absent_columns}
    by_table: dict[str, list[CheckRule]] = defaultdict(list)
    for one in rules:
        columns = {f"{one.table}.{name}" for name in one.fields}
        if absent & {one.table, *one.needs, *columns}:
            continue
        if not (one.of_writing and columns <= extract.sound_columns):
            by_table[one.table].append(one)
    return by_table


def _keys_again(extract: Extract, rules: Mapping[str, Iterable[CheckRule]]) -> dict[str, ir.Table]:
    """For each table in which a key stands twice, the numbers of such keys."""
    numbers = {
        short: extract.engine.materialise(f"again_{short}", numbers_again(extract, short))
        for short, among in rules.items()
        if any(one.of_copies for one in among)
    }
    if not numbers:
        return {}
    counted = ibis.union(
        *(
            table.aggregate(keys=table.count()).mutate(short=ibis.literal(short))
            for short, table in numbers.items()
        )
    )
    rows = extract.engine.connection.to_pyarrow(counted).to_pylist()
    found = {row["short"] for row in rows if row["keys"]}
    return {short: table for short, table in numbers.items() if short in found}


def _errors(
    extract: Extract,
    rules: Mapping[str, Iterable[CheckRule]],
    parents: Parents,
    concepts: ir.Table,
    again: Mapping[str, ir.Table],
    tally: Tally,
) -> ir.Table:
    """Table by table, each kept: one query over all would hold what every one of them needs at once."""
    found = {rule for rule, _, _ in tally.failed}
    parts = []
    for short, among in rules.items():
        failed = [one for one in among if one.code in found]
        if of_rows := [one for one in failed if not one.of_copies]:
            table = checked_table(extract, short, of_rows, parents, concepts)
            parts.append(extract.engine.materialise(f"errors_{short}_rows", _failing(table, of_rows)))
        if of_copies := [one for one in failed if one.of_copies]:
            table = copied_rows(extract, short, again[short])
            parts.append(extract.engine.materialise(f"errors_{short}_copies", _failing(table, of_copies)))
    return ibis.union(*parts) if len(parts) > 1 else parts[0] if parts else _no_errors()


def _no_errors() -> ir.Table:
    kinds = {"rule": "string", "OrgIDProv": "string", "UniqMonthID": "int64", "source_file": "string"}
    row = ibis.null("int64").name("source_row").as_table()
    empty = row.mutate(**{name: ibis.null(kind) for name, kind in kinds.items()})
    return empty.select("rule", *_WHERE).filter(ibis.literal(False))


def _failing(table: ir.Table, rules: Iterable[CheckRule]) -> ir.Table:
    """A row for each rule that a row fails: all rules of a table in one pass over it."""
    # Rows that fail nothing go first: to list the rules of each row is dear, and few rows fail.
    table = table.filter(reduce(or_, (one.when(table).fill_null(False) for one in rules)))
    codes = ibis.array([ibis.ifelse(one.when(table), one.code, ibis.null("string")) for one in rules])
    listed = table.select(*_WHERE, rule=codes.unnest())
    return listed.filter(listed.rule.notnull()).select("rule", *_WHERE)


def _failed(
    extract: Extract, errors: ir.Table, tally: Tally, rules: Iterable[CheckRule]
) -> tuple[Failed, ...]:
    totals: dict[str, int] = defaultdict(int)
    for (code, _, _), rows in tally.failed.items():
        totals[code] += rows
    place = ibis.row_number().over(ibis.window(group_by="rule", order_by=["source_file", "source_row"]))
    first = errors.mutate(place=place).filter(lambda t: t.place < SAMPLE).order_by("rule", "place")
    samples: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in extract.engine.connection.to_pyarrow(first).to_pylist():
        samples[row["rule"]].append((row["source_file"], row["source_row"]))
    return tuple(
        Failed(one, totals[one.code], tuple(samples[one.code])) for one in rules if totals.get(one.code)
    )

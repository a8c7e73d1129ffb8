"""Running every check, and what came of it: counts, a few row numbers, an error file, grades."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from pathlib import Path

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.of_fields import field_rules
from ithrive.records.checks.of_rows import row_rules
from ithrive.records.checks.quality import Grade, Place, Quality, grade, quality_of
from ithrive.records.checks.rule import CheckRule
from ithrive.records.checks.tables import checked_table, copied_rows, kept_parents
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
    """Every rule on every table that is there. What is not there is a finding already."""
    by_table: dict[str, list[CheckRule]] = defaultdict(list)
    absent = _absent(extract)
    for one in rules:
        looked_at = {one.table, *one.needs, *(f"{one.table}.{name}" for name in one.fields)}
        if not absent & looked_at:
            by_table[one.table].append(one)
    errors = _errors(extract, by_table)
    counted = errors.group_by("rule", "OrgIDProv", "UniqMonthID").aggregate(rows=errors.count())
    counts = {
        (row["rule"], row["OrgIDProv"], row["UniqMonthID"]): int(row["rows"])
        for row in extract.engine.connection.to_pyarrow(counted).to_pylist()
    }
    failed = _failed(extract, errors, counts, [one for group in by_table.values() for one in group])
    return CheckReport(extract, failed, counts, quality_of(extract), errors)


def _absent(extract: Extract) -> set[str]:
    """Tables ("MHS205") and columns ("MHS101.ServDischDate") that no file has."""
    return {*extract.absent_tables, *extract.absent_columns}


def _errors(extract: Extract, by_table: Mapping[str, list[CheckRule]]) -> ir.Table:
    """Table by table, each kept: one query over all would hold what every one of them needs at once."""
    parents = kept_parents(extract, by_table)
    parts = []
    for short, rules in by_table.items():
        looked = {"rows": checked_table(extract, short, parents), "copies": copied_rows(extract, short)}
        for what, table in looked.items():
            if among := [one for one in rules if one.of_copies is (what == "copies")]:
                parts.append(extract.engine.materialise(f"errors_{short}_{what}", _failing(table, among)))
    return ibis.union(*parts)


def _failing(table: ir.Table, rules: Iterable[CheckRule]) -> ir.Table:
    """A row for each rule that a row fails: all rules of a table in one pass over it."""
    # Rows that fail nothing go first: to list the rules of each row is dear, and few rows fail.
    table = table.filter(reduce(or_, (one.when(table).fill_null(False) for one in rules)))
    codes = ibis.array([ibis.ifelse(one.when(table), one.code, ibis.null("string")) for one in rules])
    listed = table.select(*_WHERE, rule=codes.unnest())
    return listed.filter(listed.rule.notnull()).select("rule", *_WHERE)


def _failed(
    extract: Extract, errors: ir.Table, counts: Mapping[tuple[str, str, int], int], rules: Iterable[CheckRule]
) -> tuple[Failed, ...]:
    totals: dict[str, int] = defaultdict(int)
    for (code, _, _), rows in counts.items():
        totals[code] += rows
    place = ibis.row_number().over(ibis.window(group_by="rule", order_by=["source_file", "source_row"]))
    first = errors.mutate(place=place).filter(lambda t: t.place < SAMPLE).order_by("rule", "place")
    samples: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in extract.engine.connection.to_pyarrow(first).to_pylist():
        samples[row["rule"]].append((row["source_file"], row["source_row"]))
    return tuple(
        Failed(one, totals[one.code], tuple(samples[one.code])) for one in rules if totals.get(one.code)
    )

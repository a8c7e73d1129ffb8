"""The national mental health data set's monthly CSV: the long time series and the four-week waits alike."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ithrive.measures import CellState
from ithrive.problems import BadInput, Problem
from ithrive.returns.published.breakdowns import COUNTRY, Breakdown, breakdown
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.marks import read_mark
from ithrive.returns.published.raw import Raw
from ithrive.returns.published.spans import Span, span
from ithrive.returns.published.units import AREAS_IN_WORDS, unit_of

SOURCE = "mhsds"
NEEDS = (
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "STATUS",
    "BREAKDOWN",
    "PRIMARY_LEVEL",
    "PRIMARY_LEVEL_DESCRIPTION",
    "SECONDARY_LEVEL",
    "SECONDARY_LEVEL_DESCRIPTION",
    "MEASURE_ID",
    "MEASURE_NAME",
    "MEASURE_VALUE",
)
# Hundreds of thousands of rows say the same few things; each is read once, in Python, and joined again.
# So many different ones are no published table.
MOST_DIFFERENT = 10_000
# Row numbers shown for one kind of odd cell.
MOST_ROWS_SHOWN = 3


def import_mhsds(raw: Raw, *, release: str) -> None:
    """Adds the rows of the table `raw` to the figures, and what is odd about them to the findings."""
    execute = raw.figures.connection.execute
    for statement in (_PERIODS, _BREAKDOWNS, _MEASURES, _MARKS):
        execute(statement)
    raw.findings.extend(_of_periods(raw))
    raw.findings.extend(_of_breakdowns(raw))
    raw.findings.extend(_of_measures(raw))
    raw.findings.extend(_of_marks(raw))
    execute(_FIGURES, {"source": SOURCE, "release": release})


# --- What is said again and again ------------------------------------------------------------------------

_PERIODS = "CREATE OR REPLACE TEMP TABLE periods (first VARCHAR, last VARCHAR, starts DATE, ends DATE)"
_BREAKDOWNS = (
    "CREATE OR REPLACE TEMP TABLE breakdowns (printed VARCHAR, basis VARCHAR, kind VARCHAR, national BOOLEAN)"
)
_MEASURES = (
    "CREATE OR REPLACE TEMP TABLE measures "
    "(id VARCHAR, name VARCHAR, measure VARCHAR, title VARCHAR, unit VARCHAR)"
)
_MARKS = "CREATE OR REPLACE TEMP TABLE marks (mark VARCHAR, state VARCHAR, number DOUBLE)"


def _of_periods(raw: Raw) -> Iterator[Finding]:
    odd: list[tuple[str, int]] = []
    read: list[tuple[str, str, Span]] = []
    for first, last, rows, at in _different(raw, "reportingperiodstart", "reportingperiodend"):
        found = span(first, last)
        if found is None:
            what = f"“{first}” to “{last}” is no period, in {_rows(rows)}."
            yield Finding(FindingKind.UNREADABLE, raw.row(at), what, "Those rows are left out.")
        else:
            read.append((first, last, found))
            odd += [(found.doubt, rows)] if found.doubt else []
    _fill(raw, "periods", [(first, last, each.starts, each.ends) for first, last, each in read])
    if odd:
        what = f"{_rows(sum(rows for _, rows in odd))} have dates not written day/month/year."
        yield Finding(
            FindingKind.DRIFT, raw.name, what, " ".join(doubt for doubt, _ in odd[:MOST_ROWS_SHOWN])
        )


def _of_breakdowns(raw: Raw) -> Iterator[Finding]:
    meanings: dict[str, Breakdown] = {}
    for printed, rows, at in _different(raw, "breakdown"):
        meanings[printed] = meaning = breakdown(printed)
        if not meaning.known and printed:
            what = f"“{printed}” is a breakdown that we do not know, in {_rows(rows)}."
            yield Finding(FindingKind.DRIFT, raw.row(at), what, "Kept under its own name.")
        elif meaning.drifted:
            yield Finding(FindingKind.DRIFT, raw.row(at), meaning.drifted, f"{_rows(rows)} taken as usual.")
    table = [(text, each.basis, each.area_kind, each.area_kind == COUNTRY) for text, each in meanings.items()]
    _fill(raw, "breakdowns", table)
    yield from _renamed(raw, meanings)


def _renamed(raw: Raw, meanings: dict[str, Breakdown]) -> Iterator[Finding]:
    """CCGs became sub-ICB locations, and partnerships boards: one series, two names."""
    kinds = {meaning.area_kind for meaning in meanings.values()}
    for old, new in (("ccg", "sub-icb"), ("stp", "icb")):
        if {old, new} <= kinds:
            what = f"Areas are {AREAS_IN_WORDS[old]} in some months and {AREAS_IN_WORDS[new]} in others."
            yield Finding(
                FindingKind.DRIFT, raw.name, what, "Kept as two kinds of area; re-base to join them."
            )


def _of_measures(raw: Raw) -> Iterator[Finding]:
    titles: dict[str, dict[str, None]] = {}
    table, prefixed = [], 0
    for printed, name, rows, at in _different(raw, "measureid", "measurename"):
        measure = printed.strip()
        title = re.sub(rf"^{re.escape(measure)}\s*-\s*", "", name.strip()) if measure else name.strip()
        prefixed += rows if title != name.strip() else 0
        titles.setdefault(measure, {})[title] = None
        table.append((printed, name, measure, title, unit_of(title)))
        if not measure:
            what = f"{_rows(rows)} name no measure."
            yield Finding(FindingKind.FOOTER, raw.row(at), what, "Left out.")
    _fill(raw, "measures", [row for row in table if row[2]])
    if prefixed:
        what = f"{_rows(prefixed)} have the measure's id in front of its name."
        yield Finding(FindingKind.DRIFT, raw.name, what, "The id is left out of the title.")
    for measure, names in titles.items():
        if len(names) > 1 and measure:
            what = f"{measure} has {len(names)} names: {'; '.join(names)}."
            yield Finding(FindingKind.DRIFT, raw.name, what, "Each row keeps its own.")


def _of_marks(raw: Raw) -> Iterator[Finding]:
    table = []
    plain = "NOT regexp_full_match(measurevalue, '[0-9]{1,15}([.][0-9]{1,15})?')"
    for text, rows, at in _different(raw, "measurevalue", where=plain):
        read = read_mark(text)
        table.append((text, read.cell.state.value, read.cell.number))
        if read.doubt:
            kind = FindingKind.UNREADABLE if read.cell.state is CellState.WITHHELD else FindingKind.DRIFT
            yield Finding(kind, raw.row(at), read.doubt, f"So in {_rows(rows)}.")
        elif read.cell.number is not None and read.cell.number < 0:
            what = f"{text} is less than nought, in {_rows(rows)}."
            yield Finding(FindingKind.IMPOSSIBLE, raw.row(at), what, "Kept as published.")
    _fill(raw, "marks", table)


def _different(raw: Raw, *columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    """The different entries under some columns, how many rows have each, and the first that does."""
    listed = ", ".join(columns)
    query = (
        f"SELECT {listed}, count(*), min(rowid) AS first_row FROM raw WHERE {where} "  # noqa: S608 # columns of ours
        f"GROUP BY ALL ORDER BY first_row LIMIT {MOST_DIFFERENT + 1}"
    )
    found = raw.figures.rows(query)
    if len(found) > MOST_DIFFERENT:
        what = f"There are more than {MOST_DIFFERENT:,} different entries under {listed}."
        raise BadInput(Problem(raw.name, what, "Give the file as it was published."))
    return found


def _fill(raw: Raw, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        raw.figures.connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 # tables of ours


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


# --- The rows themselves --------------------------------------------------------------------------------

# England's breakdowns put the group where other rows have the area.
_FIGURES = """
INSERT INTO figures
SELECT
    $source, $release, raw.status, m.measure, m.title, m.unit, b.basis,
    CASE
        WHEN upper(raw.secondarylevel) NOT IN ('NONE', '') THEN raw.secondaryleveldescription
        WHEN b.national AND raw.primarylevel <> 'England' THEN raw.primaryleveldescription
        ELSE ''
    END,
    b.kind, '',
    CASE WHEN b.national THEN 'England' ELSE trim(raw.primarylevel) END,
    CASE WHEN b.national THEN 'England' ELSE trim(raw.primaryleveldescription) END,
    p.starts, p.ends,
    CASE
        WHEN k.state IS NOT NULL THEN k.state
        WHEN CAST(raw.measurevalue AS DOUBLE) = 0 THEN 'zero'
        ELSE 'value'
    END,
    CASE WHEN k.state IS NOT NULL THEN k.number ELSE CAST(raw.measurevalue AS DOUBLE) END,
    ''
FROM raw
JOIN periods AS p ON p.first = raw.reportingperiodstart AND p.last = raw.reportingperiodend
JOIN breakdowns AS b ON b.printed = raw.breakdown
JOIN measures AS m ON m.id = raw.measureid AND m.name = raw.measurename
LEFT JOIN marks AS k ON k.mark = raw.measurevalue
"""

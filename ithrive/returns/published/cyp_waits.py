"""NHS Digital's workbooks of children's waits to the second contact: many sheets, one small table on each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ithrive.measures import CellState
from ithrive.problems import BadInput, Problem
from ithrive.returns.published.figures import UNKNOWN_AREA, PublishedFigure, state_and_number
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.marks import read_mark
from ithrive.returns.published.sheets import Sheets, sheets_of
from ithrive.returns.published.spans import Span, month_named
from ithrive.returns.published.units import DAYS, NUMBER, PEOPLE, PERCENT
from ithrive.tables.rows import column_letters

SOURCE = "cyp-waits"
TITLE = re.compile(
    r"Table \w+: The number of (?P<who>children and young people|referrals).*?"
    r"for\s+(?P<service>all|mental health|learning disability) services,"
    r"\s*(?P<first>\w+ \d{4}) - (?P<last>\w+ \d{4})",
    re.IGNORECASE,
)
FIRST_HEADING = "organisation code"
# Each column by what its heading says, whatever it says of people or referrals; with the unit of its figures
# (None: what the table counts).
COLUMNS: Sequence[tuple[re.Pattern[str], str, str | None]] = tuple(
    (re.compile(pattern), measure, unit)
    for pattern, measure, unit in (
        (r"total number of (people|referrals)", "total", None),
        (r"average waiting time .*", "mean_wait_days", DAYS),
        (r"number of (people|referrals) waiting between 0 and 4 weeks", "wait_0_4w", None),
        (r"number of (people|referrals) waiting between 4 and 6 weeks", "wait_4_6w", None),
        (r"number of (people|referrals) waiting between 6 and 8 weeks", "wait_6_8w", None),
        (r"number of (people|referrals) waiting between 8 and 10 weeks", "wait_8_10w", None),
        (r"number of (people|referrals) waiting between 10 and 12 weeks", "wait_10_12w", None),
        (r"number of (people|referrals) waiting over 12 weeks", "wait_over_12w", None),
        (r"% waiting between 0 and 4 weeks", "pct_wait_0_4w", PERCENT),
        (r"% waiting between 4 and 6 weeks", "pct_wait_4_6w", PERCENT),
        (r"% waiting between 6 and 8 weeks", "pct_wait_6_8w", PERCENT),
        (r"% waiting between 8 and 10 weeks", "pct_wait_8_10w", PERCENT),
        (r"% waiting between 10 and 12 weeks", "pct_wait_10_12w", PERCENT),
        (r"% waiting over 12 weeks", "pct_wait_over_12w", PERCENT),
        (r"referrals? closed before treatment", "closed_before_treatment", None),
        (r"% referrals? closed before treatment", "pct_closed_before_treatment", PERCENT),
        (r"number of (people|referrals) still waiting, no contact", "still_waiting_no_contact", None),
        (r"% still waiting, no contact", "pct_still_waiting_no_contact", PERCENT),
        (r"number of (people|referrals) still waiting, one contact", "still_waiting_one_contact", None),
        (r"% still waiting, one contact", "pct_still_waiting_one_contact", PERCENT),
        (r"contacts before referral", "contacts_before_referral", NUMBER),
    )
)
KINDS = (
    (re.compile(r"England"), "country"),
    (re.compile(r"Y\d\d"), "region"),
    (re.compile(r"E54\d{6}|Q\w\w"), "stp"),
    (re.compile(r"[A-Z0-9]{3}|[A-Z0-9]{5}"), "ccg"),
)


@dataclass(frozen=True, slots=True)
class _Column:
    measure: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet's table: what it counts, in which services and when, and the columns it has."""

    sheet: str
    who: str
    service: str
    span: Span
    heading_row: int
    columns: dict[int, _Column]

    @property
    def breakdown(self) -> str:
        return f"{self.who}; {self.service} services"


def is_cyp_waits(sheets: Sheets) -> bool:
    """Whether any sheet holds such a table."""
    return any(_titled(rows) for rows in sheets.values())


def import_cyp_waits(
    path: Path, name: str, *, release: str, findings: list[Finding]
) -> Iterator[PublishedFigure]:
    """The figures of every table in the workbook. Raises BadInput where no sheet holds one."""
    sheets = sheets_of(path, name)
    if not is_cyp_waits(sheets):
        what = "No sheet holds a table of children's waits as NHS Digital lays them out."
        raise BadInput(Problem(name, what, "Give the workbook as it was published."))
    for sheet, rows in sheets.items():
        if title := _titled(rows):
            table = _table(sheet, rows, title, name, findings)
            yield from _figures(table, rows, name, release, findings)


def _titled(rows: Sequence[Sequence[str]]) -> re.Match[str] | None:
    """The title of a sheet's table. A sheet of many titles is the list of contents."""
    cells = (" ".join(row[0].split()) for row in rows[:100] if row)
    found = [match for cell in cells if (match := TITLE.match(cell))]
    return found[0] if len(found) == 1 else None


def _table(
    sheet: str, rows: Sequence[Sequence[str]], title: re.Match[str], name: str, findings: list[Finding]
) -> _Table:
    place = f"{name}, sheet {sheet}"
    heading_row = next((at for at, row in enumerate(rows) if row and _plain(row[0]) == FIRST_HEADING), None)
    starts, ends = month_named(title["first"]), month_named(title["last"])
    if heading_row is None or not starts or not ends or starts.starts > ends.ends:
        what = (
            "The sheet has a title and no table under it."
            if heading_row is None
            else "The title names no period."
        )
        raise BadInput(Problem(place, what, "Give the workbook as it was published."))
    who = "people" if title["who"].casefold().startswith("children") else "referrals"
    columns = _columns(rows[heading_row], who, place, findings)
    return _Table(
        sheet, who, title["service"].casefold(), Span(starts.starts, ends.ends), heading_row, columns
    )


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _columns(headings: Sequence[str], who: str, place: str, findings: list[Finding]) -> dict[int, _Column]:
    found: dict[int, _Column] = {}
    other = "people" if who == "referrals" else "referrals"
    contrary = [heading for heading in headings if re.search(rf"number of {other}\b", _plain(heading))]
    for at, heading in enumerate(headings[2:], 2):
        plain = _plain(heading)
        match = next(((m, u) for pattern, m, u in COLUMNS if pattern.fullmatch(plain)), None)
        if match:
            unit = match[1] or (PEOPLE if who == "people" else NUMBER)
            found[at] = _Column(match[0], " ".join(heading.split()), unit)
        elif plain:
            what = f"The column “{heading.strip()}” is not one we know."
            findings.append(
                Finding(FindingKind.DRIFT, f"{place}, column {column_letters(at + 1)}", what, "Left out.")
            )
    if contrary:
        what = f"The title says {who}, and {len(contrary)} headings say {other}."
        findings.append(Finding(FindingKind.DRIFT, place, what, f"Taken as {who}."))
    known = {column.measure for column in found.values()}
    if lacking := [measure for _, measure, _ in COLUMNS if measure not in known]:
        what = f"There is no column for {', '.join(lacking)}."
        findings.append(Finding(FindingKind.DRIFT, place, what, "Nothing is made up for it."))
    return found


def _figures(
    table: _Table, rows: Sequence[Sequence[str]], name: str, release: str, findings: list[Finding]
) -> Iterator[PublishedFigure]:
    for block in _blocks(table, rows, name, findings):
        kind = next((k for _, row in block if (k := _kind(row[0].strip()))), "ccg")
        for at, row in block:
            place = f"{name}, sheet {table.sheet}, row {at}"
            yield from _row(table, row, kind, place, release, findings)


def _blocks(
    table: _Table, rows: Sequence[Sequence[str]], name: str, findings: list[Finding]
) -> Iterator[list[tuple[int, Sequence[str]]]]:
    """Blank rows part England, regions, partnerships and CCGs; each block has an UNKNOWN of its own."""
    block: list[tuple[int, Sequence[str]]] = []
    for at, row in enumerate(rows[table.heading_row + 1 :], table.heading_row + 2):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) > 1:
            block.append((at, row))
            continue
        if filled:
            where, words = f"{name}, sheet {table.sheet}, row {at}", " ".join(filled[0].split())[:60]
            findings.append(
                Finding(FindingKind.FOOTER, where, f"“{words}…” is no row of the table.", "Left out.")
            )
        if block:
            yield block
        block = []
    if block:
        yield block


def _kind(code: str) -> str | None:
    return next((kind for pattern, kind in KINDS if pattern.fullmatch(code)), None)


def _row(
    table: _Table, row: Sequence[str], kind: str, place: str, release: str, findings: list[Finding]
) -> Iterator[PublishedFigure]:
    code = row[0].strip()
    if code.upper().startswith(UNKNOWN_AREA):
        code = UNKNOWN_AREA
    elif _kind(code) is None:
        what = f"“{code}” is no code of an organisation."
        findings.append(Finding(FindingKind.UNREADABLE, place, what, "Kept under that code."))
    for at, column in table.columns.items():
        read = read_mark(row[at] if at < len(row) else "")
        if read.doubt:
            odd = FindingKind.UNREADABLE if read.cell.state is CellState.WITHHELD else FindingKind.DRIFT
            where = f"{place}, column {column_letters(at + 1)}"
            findings.append(Finding(odd, where, read.doubt, "Only that cell."))
        state, number = state_and_number(read.cell)
        yield PublishedFigure(
            source=SOURCE,
            release=release,
            status="Final",
            measure=column.measure,
            title=column.title,
            unit=column.unit,
            breakdown=table.breakdown,
            subgroup="",
            area_kind=kind,
            geography="",
            area=code,
            area_name=row[1].strip() if len(row) > 1 else "",
            period_start=table.span.starts,
            period_end=table.span.ends,
            state=state,
            number=number,
        )

"""Reading a return that was filled in as CSV."""

from collections.abc import Iterator, Sequence

from ithrive.problems import BadInput, Problem
from ithrive.returns.figures import Identity
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import ReturnForm
from ithrive.returns.layout import AREA_CODE, CHECK, CODE, NOTE, NOW, QUARTER, VERSION
from ithrive.returns.reading.entries import Entry, FilledIn, Reading, reading_of
from ithrive.returns.reading.identity import Stated
from ithrive.returns.reading.workbook import LIMIT_BYTES, MOST_ROWS
from ithrive.returns.typed import quoted
from ithrive.tables import Row, read_csv

STATED = (AREA_CODE, QUARTER, VERSION, CHECK)


def read_csv_return(content: bytes, name: str, *, form: ReturnForm, expected: Identity) -> Reading:
    """The table that `csv_out` writes. Raises BadInput for a file that is no such table."""
    needs = (*STATED, CODE, NOW, NOTE)
    rows = read_csv(content, name=name, needs=needs, limit_bytes=LIMIT_BYTES)
    if len(rows) > MOST_ROWS:
        what = f"There are {len(rows):,} rows, more than a return can have."
        raise BadInput(Problem(name, what, "Take away everything that is not of this return."))
    entries: dict[str, Entry] = {}
    findings = [*_added(rows, entries, name), *_absent(entries, form, name), *_mixed(rows, name)]
    said = {label: rows[0].cells[label] for label in STATED} if rows else {}
    stated = Stated(said, {label: f"{name}, row 2, column “{label}”" for label in STATED}, name)
    return reading_of(FilledIn(stated, entries, findings=tuple(findings)), form, expected)


def _added(rows: Sequence[Row], entries: dict[str, Entry], name: str) -> Iterator[Finding]:
    for row in rows:
        code, place = row.cells[CODE], f"{name}, row {row.number}"
        if not code:
            yield _must_fix(place, "This row has no code.", "Give it the code it had, or take it away.")
        elif code in entries:
            what = f"The code “{quoted(code)}” stands here and in {entries[code].place}."
            yield _must_fix(place, what, "Keep one of the two rows.")
        else:
            entries[code] = Entry(place, row.cells[NOW], note=row.cells[NOTE])


def _absent(entries: dict[str, Entry], form: ReturnForm, name: str) -> Iterator[Finding]:
    gone = [line.key.text for line in form.lines if line.key.text not in entries]
    if gone:
        what = f"{len(gone):,} rows of the form are missing, the first with the code “{gone[0]}”."
        yield _must_fix(name, what, "Leave the figure empty where there is none, and keep the row.")


def _mixed(rows: Sequence[Row], name: str) -> Iterator[Finding]:
    for label in STATED:
        other = next((row for row in rows if row.cells[label] != rows[0].cells[label]), None)
        if other:
            what = f"The column “{label}” says something else than in the first row."
            mend = "A file holds one return. Send each return in a file of its own."
            yield _must_fix(f"{name}, row {other.number}", what, mend)


def _must_fix(place: str, what: str, mend: str) -> Finding:
    return Finding(Severity.MUST_FIX, "code", place, what, mend)

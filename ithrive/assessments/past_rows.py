"""The rows of a list of past rounds: what each cell says, and what is wrong with it, by row and column."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from ithrive.assessments.ratings import Rating
from ithrive.framework.instrument import HIGHEST, LOWEST, WHY, Instrument
from ithrive.problems import Problem
from ithrive.tables import Row

COLUMNS = ("code", "kind", "due", "study", "rater")
AGREED = "agreed"  # in the column “rater”: these are the scores that stood
# What spreadsheets make of a day; the second is day first, as everywhere in the United Kingdom.
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
CANNOT_RATE = re.compile(r"cannot rate(?:\s*:\s*(?P<why>.+))?", re.IGNORECASE | re.DOTALL)
NO_REASON = "No reason was recorded."
LONGEST_REASON, LONGEST_RATER, LONGEST_STUDY = 300, 40, 60
LONGEST_AGREED_REASON = 500
SCALE = f"{LOWEST} to {HIGHEST}"

# What makes rows one round: code, kind, day (None where it cannot be read) and study.
Key = tuple[str, str, date | None, str]


def misnamed(headings: Collection[str], name: str, instrument: Instrument) -> Iterator[Problem]:
    """Columns that are none of ours, and a list without any statement."""
    known = statements_in(headings, instrument)
    for heading in headings:
        if heading not in known and heading not in COLUMNS and heading.removesuffix(WHY) not in known:
            what = f"Version {instrument.version} of {instrument.title} has no such statement."
            yield Problem(f"Column {heading}", what, "Correct the heading, or take the column out.")
    if not known:
        yield Problem(name, "No column is a statement of the instrument.", "Start from the template.")


def statements_in(headings: Collection[str], instrument: Instrument) -> list[str]:
    """The columns that are statements, in the instrument's order."""
    return [each.code for each in instrument.statement if each.code in headings]


def key_of(row: Row) -> Key:
    """Which round the row is of: rows with the same key are one round."""
    cells = row.cells
    return cells["code"], cells.get("kind", ""), _day(cells["due"]), cells.get("study", "")


def rater_of(row: Row) -> str:
    """Whose scores the row holds: a rater's label, or `AGREED`."""
    rater = row.cells.get("rater", "") or AGREED
    return AGREED if rater.casefold() == AGREED else rater


def wrong_in(
    row: Row, due: date | None, study: str, instrument: Instrument, today: date
) -> Iterator[Problem]:
    """Everything that is wrong in one row."""
    yield from _scores_wrong(row, instrument)
    text = row.cells["due"]
    if not row.cells["code"]:
        yield _cell(row, "code", "It is empty.", "Write the area's code.")
    if due is None:
        what = f"“{text}” is not a day." if text else "It is empty."
        yield _cell(row, "due", what, "Write year-month-day, such as 2016-03-31.")
    elif due > today:
        yield _cell(row, "due", "This day lies in the future.", "Import rounds that were held.")
    if len(rater := rater_of(row)) > LONGEST_RATER:
        mend = f"Use a label of at most {LONGEST_RATER}, not a name."
        yield _cell(row, "rater", f"It has {len(rater)} characters.", mend)
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{0,{LONGEST_STUDY}}}", study):
        what = f"“{study}” is not the short name of a study."
        yield _cell(row, "study", what, "Use letters, digits and hyphens.")


def _scores_wrong(row: Row, instrument: Instrument) -> Iterator[Problem]:
    mend = f"Write a whole number from {SCALE}, or leave it empty."
    columns = statements_in(row.cells, instrument)
    longest = LONGEST_AGREED_REASON if rater_of(row) == AGREED else LONGEST_REASON
    for code in columns:
        text = row.cells[code]
        yield from _reason_wrong(row, code)
        cannot = CANNOT_RATE.fullmatch(text)
        if cannot and len(cannot["why"] or "") > longest:
            yield _cell(row, code, "The reason is too long.", f"Use at most {longest} characters.")
        elif text and not cannot and not _is_score(text):
            yield _cell(row, code, f"{text[:40]} is not on the scale {SCALE}.", mend)
    # Without any such column that is said once, of the list, and not again of every row.
    if columns and not any(row.cells[code] for code in columns):
        yield Problem(f"Row {row.number}", "It holds no score at all.", "Fill it in, or take the row out.")


def _reason_wrong(row: Row, code: str) -> Iterator[Problem]:
    """A reason for an agreed score stands in a column of its own; raters of past rounds gave none."""
    reason, place = row.cells.get(f"{code}{WHY}", ""), f"{code}{WHY}"
    if len(reason) > LONGEST_AGREED_REASON:
        mend = f"Use at most {LONGEST_AGREED_REASON} characters."
        yield _cell(row, place, "The reason is too long.", mend)
    elif reason and not (rater_of(row) == AGREED and _is_score(row.cells[code])):
        what = "A reason stands here without an agreed score."
        yield _cell(row, place, what, "Take it out, or say that it cannot be rated.")


def _is_score(text: str) -> bool:
    return text in {str(score) for score in range(LOWEST, HIGHEST + 1)}


def repeated(lines: Sequence[tuple[Row, str]]) -> Iterator[Problem]:
    """Raters who have more than one row in the same round."""
    seen: dict[str, int] = {}
    for row, rater in lines:
        if rater in seen:
            what = f"Row {seen[rater]} has scores of “{rater}” for the same round already."
            yield _cell(row, "rater", what, "Keep one of the two rows.")
        seen.setdefault(rater, row.number)


def ratings_in(row: Row, rater: str, instrument: Instrument) -> Iterator[Rating]:
    """What the row says of every statement, in the instrument's order: a score, why none, or nothing."""
    for statement in instrument.statement:
        text = row.cells.get(statement.code, "")
        cannot = CANNOT_RATE.fullmatch(text)
        score = int(text) if _is_score(text) else None
        why = row.cells.get(f"{statement.code}{WHY}", "")
        yield Rating(statement.code, rater, score, (cannot["why"] or NO_REASON) if cannot else "", why)


def _day(text: str) -> date | None:
    for pattern in DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 # a day has no time zone
        except ValueError:
            continue
    return None


def _cell(row: Row, column: str, what: str, mend: str) -> Problem:
    return Problem(f"Row {row.number}, column {column}", what, mend)


def row_of(problem: Problem) -> int:
    found = re.match(r"Row (\d+)", problem.place)
    return int(found[1]) if found else 0

"""Past rounds from a CSV: a row for each rater of a round, or for its agreed scores, a column a statement."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ithrive.assessments.moderated import agreed_score, agreed_without_talk, compared
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.framework.instrument import HIGHEST, LOWEST, Instrument
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, read_csv
from ithrive.tables.rows import shortened

COLUMNS = ("code", "kind", "due", "study", "rater")
NEEDS = ("code", "due")
AGREED = "agreed"  # in the column “rater”: these are the scores that stood
# What spreadsheets make of a day; the second is day first, as everywhere in the United Kingdom.
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
CANNOT_RATE = re.compile(r"cannot rate(?:\s*:\s*(?P<why>.+))?", re.IGNORECASE)
NO_REASON = "No reason was recorded."
LONGEST_REASON, LONGEST_RATER, LONGEST_STUDY = 300, 40, 60
MOST_ROWS = 5_000
SCALE = f"{LOWEST} to {HIGHEST}"
ONE_RATER = "Imported with the scores of one rater."
ONLY_AGREED = "Imported as agreed scores; how many people rated is not recorded."


@dataclass(frozen=True, slots=True)
class PastRound:
    """One round as a list tells it. `row` is where it first stands; `agreed` is None where no row says so."""

    row: int
    code: str
    kind: str
    due: date
    study: str
    ratings: tuple[Rating, ...]
    agreed: tuple[Rating, ...] | None

    @property
    def raters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.rater for each in self.ratings))


def read_past_rounds(
    source: Path | bytes, *, name: str, instrument: Instrument, today: date
) -> tuple[PastRound, ...]:
    """Every round in a list, in its order. Raises BadInput naming every cell that cannot be read.

    Needed are `code` and `due`; every other column is `kind`, `study`, `rater`, or a statement's code. A cell
    holds a score, “cannot rate”, “cannot rate: why”, or nothing: not rated. Whether an area exists is for
    the caller to say.
    """
    rows = read_csv(source, name=name, needs=NEEDS)
    problems = [*_misshapen(rows, name, instrument)]
    if problems:
        raise BadInput(shortened(problems, name))
    together: dict[tuple[str, str, date, str], list[tuple[Row, str]]] = defaultdict(list)
    for row in rows:
        key, rater, found = _row(row, instrument, today)
        problems += found
        if key:
            together[key].append((row, rater))
    for lines in together.values():
        problems += _repeated(lines)
    if problems:
        raise BadInput(shortened(sorted(problems, key=_row_of), name))
    return tuple(_round(key, lines, instrument) for key, lines in together.items())


def agreed_scores(past: PastRound, instrument: Instrument) -> dict[str, AgreedScore]:
    """The scores that stand, by statement: as the list agreed them, or else what its raters said alike.

    Where raters differ and no agreed score is told, there is none: nothing is made up.
    """
    sides = compared(past.ratings, instrument)
    if past.agreed is None:
        return agreed_without_talk(sides)
    return {
        each.statement: agreed_score(sides[each.statement], each.score, each.cannot_rate)
        for each in past.agreed
        if not each.missing
    }


def exception(past: PastRound) -> str:
    """Why the scores stand although two raters are not known of; empty where they are."""
    if len(past.raters) >= 2:
        return ""
    return ONE_RATER if past.raters else ONLY_AGREED


def _misshapen(rows: Sequence[Row], name: str, instrument: Instrument) -> Iterator[Problem]:
    if not rows:
        yield Problem(name, "There is no row below the headings.", "Add a row for each rater of a round.")
        return
    known = {each.code for each in instrument.statement}
    headings = rows[0].cells.keys()
    if len(rows) > MOST_ROWS:
        yield Problem(name, f"The list has {len(rows):,} rows.", f"Send at most {MOST_ROWS:,} at a time.")
    for heading in headings:
        if heading not in known and heading not in COLUMNS:
            what = f"Version {instrument.version} of {instrument.title} has no such statement."
            yield Problem(f"Column {heading}", what, "Correct the heading, or take the column out.")
    if not known & set(headings):
        yield Problem(name, "No column is a statement of the instrument.", "Start from the template.")


def _row(
    row: Row, instrument: Instrument, today: date
) -> tuple[tuple[str, str, date, str] | None, str, list[Problem]]:
    """Which round the row belongs to (None if it cannot be told), whose scores it holds, what is wrong."""
    cells = row.cells
    problems = [*_scores_wrong(row, instrument)]
    if not cells["code"]:
        problems.append(_cell(row, "code", "It is empty.", "Write the area's code."))
    due = _day(cells["due"])
    if due is None:
        what = f"“{cells['due']}” is not a day." if cells["due"] else "It is empty."
        problems.append(_cell(row, "due", what, "Write year-month-day, such as 2016-03-31."))
    elif due > today:
        problems.append(_cell(row, "due", "This day lies in the future.", "Import rounds that were held."))
    rater, study = cells.get("rater", "") or AGREED, cells.get("study", "")
    if len(rater) > LONGEST_RATER:
        what = f"It has {len(rater)} characters."
        problems.append(_cell(row, "rater", what, f"Use a label of at most {LONGEST_RATER}, not a name."))
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{0,{LONGEST_STUDY}}}", study):
        what = f"“{study}” is not the short name of a study."
        problems.append(_cell(row, "study", what, "Use letters, digits and hyphens."))
    key = (cells["code"], cells.get("kind", ""), due, study) if due else None
    return key, AGREED if rater.casefold() == AGREED else rater, problems


def _scores_wrong(row: Row, instrument: Instrument) -> Iterator[Problem]:
    mend = f"Write a whole number from {SCALE}, or leave it empty."
    filled = False
    for statement in instrument.statement:
        text = row.cells.get(statement.code, "")
        filled = filled or bool(text)
        cannot = CANNOT_RATE.fullmatch(text)
        if cannot and len(cannot["why"] or "") > LONGEST_REASON:
            yield _cell(
                row, statement.code, "The reason is too long.", f"Use at most {LONGEST_REASON} characters."
            )
        elif text and not cannot and not _is_score(text):
            yield _cell(row, statement.code, f"{text[:40]} is not on the scale {SCALE}.", mend)
    if not filled:
        yield Problem(f"Row {row.number}", "It holds no score at all.", "Fill it in, or take the row out.")


def _is_score(text: str) -> bool:
    return text in {str(score) for score in range(LOWEST, HIGHEST + 1)}


def _repeated(lines: Sequence[tuple[Row, str]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row, rater in lines:
        if rater in seen:
            what = f"Row {seen[rater]} has scores of “{rater}” for the same round already."
            yield _cell(row, "rater", what, "Keep one of the two rows.")
        seen.setdefault(rater, row.number)


def _round(
    key: tuple[str, str, date, str], lines: Sequence[tuple[Row, str]], instrument: Instrument
) -> PastRound:
    by_rater = {rater: tuple(_ratings(row, rater, instrument)) for row, rater in lines}
    agreed = by_rater.pop(AGREED, None)
    ratings = tuple(each for given in by_rater.values() for each in given if not each.missing)
    code, kind, due, study = key
    return PastRound(lines[0][0].number, code, kind, due, study, ratings, agreed)


def _ratings(row: Row, rater: str, instrument: Instrument) -> Iterator[Rating]:
    for statement in instrument.statement:
        text = row.cells.get(statement.code, "")
        cannot = CANNOT_RATE.fullmatch(text)
        score = int(text) if _is_score(text) else None
        yield Rating(statement.code, rater, score, (cannot["why"] or NO_REASON) if cannot else "")


def _day(text: str) -> date | None:
    for pattern in DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 # a day has no time zone
        except ValueError:
            continue
    return None


def _cell(row: Row, column: str, what: str, mend: str) -> Problem:
    return Problem(f"Row {row.number}, column {column}", what, mend)


def _row_of(problem: Problem) -> int:
    found = re.match(r"Row (\d+)", problem.place)
    return int(found[1]) if found else 0


def template_rows(instrument: Instrument) -> tuple[Sequence[str], Sequence[Mapping[str, str]]]:
    """Headings of an empty list, and three rows that show its use."""
    headings = [*COLUMNS, *(each.code for each in instrument.statement)]
    return headings, [{"due": "2016-03-31", "rater": each} for each in ("A", "B", AGREED)]

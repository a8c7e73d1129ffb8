"""Past rounds from a CSV: a row for each rater of a round, or for its agreed scores, a column a statement.

Records taken out of REDCap are read too: the agreed scores that this site wrote for it, or that it collected.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ithrive.assessments.moderated import agreed_score, agreed_without_talk, compared
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.assessments.redcap_records import are_records, as_past_list
from ithrive.framework.instrument import HIGHEST, LOWEST, RESERVED, WHY, Instrument
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, read_csv
from ithrive.tables.rows import shortened

COLUMNS = ("code", "kind", "due", "study", "rater")
NEEDS = ("code", "due")
AGREED = "agreed"  # in the column “rater”: these are the scores that stood
# What spreadsheets make of a day; the second is day first, as everywhere in the United Kingdom.
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
CANNOT_RATE = re.compile(r"cannot rate(?:\s*:\s*(?P<why>.+))?", re.IGNORECASE | re.DOTALL)
NO_REASON = "No reason was recorded."
LONGEST_REASON, LONGEST_RATER, LONGEST_STUDY = 300, 40, 60
LONGEST_AGREED_REASON = 500
MOST_ROWS = 5_000
SCALE = f"{LOWEST} to {HIGHEST}"
ONE_RATER = "Imported with the scores of one rater."
ONLY_AGREED = "Imported as agreed scores; how many people rated is not recorded."

# What makes rows one round: code, kind, day (None where it cannot be read) and study.
Key = tuple[str, str, date | None, str]


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area as a row of a list names it; `kind` is empty where the row does not say."""

    row: int
    code: str
    kind: str


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


@dataclass(frozen=True, slots=True)
class PastList:
    """What a list tells, and what is wrong with it, so that whoever knows the areas adds what they find
    wrong before anybody is sent back. `named` holds the areas even of rows whose day cannot be read.
    """

    name: str
    rounds: tuple[PastRound, ...]
    named: tuple[NamedArea, ...]
    problems: tuple[Problem, ...]

    def refuse(self, *more: Problem) -> None:
        """Raise BadInput with everything that is wrong, by row, if anything is."""
        if found := sorted([*self.problems, *more], key=_row_of):
            raise BadInput(shortened(found, self.name))


def read_past_rounds(source: Path | bytes, *, name: str, instrument: Instrument, today: date) -> PastList:
    """Every round in a list, in its order, and every cell that cannot be read. Raises BadInput where there is
    no table to read.

    Needed are `code` and `due`; every other column is `kind`, `study`, `rater`, a statement's code, or that
    code and `_why`: the reason for an agreed score. A statement's cell holds a score, “cannot rate”, “cannot
    rate: why”, or nothing: not rated. Whether an area exists is for the caller to say.
    """
    rows, problems = _rows(source, name, instrument)
    problems += _misnamed(rows[0].cells, name, instrument)
    together: dict[Key, list[tuple[Row, str]]] = defaultdict(list)
    named: dict[tuple[object, ...], NamedArea] = {}
    for row in rows:
        code, kind, due, study = key = _key(row)
        problems += _wrong(row, due, study, instrument, today)
        together[key].append((row, _rater(row)))
        if code:
            named.setdefault(key, NamedArea(row.number, code, kind))
    rounds = {key: lines for key, lines in together.items() if key[2]}
    for lines in rounds.values():
        problems += _repeated(lines)
    return PastList(
        name,
        tuple(_round(key, lines, instrument) for key, lines in rounds.items()),
        tuple(named.values()),
        tuple(problems),
    )


def agreed_scores(past: PastRound, instrument: Instrument) -> dict[str, AgreedScore]:
    """The scores that stand, by statement: as the list agreed them, or else what its raters said alike.

    Where raters differ and no agreed score is told, there is none: nothing is made up.
    """
    sides = compared(past.ratings, instrument)
    if past.agreed is None:
        return agreed_without_talk(sides)
    return {
        each.statement: agreed_score(sides[each.statement], each.score, each.cannot_rate or each.evidence)
        for each in past.agreed
        if not each.missing
    }


def exception(past: PastRound) -> str:
    """Why the scores stand although two raters are not known of; empty where they are."""
    if len(past.raters) >= 2:
        return ""
    return ONE_RATER if past.raters else ONLY_AGREED


def _rows(source: Path | bytes, name: str, instrument: Instrument) -> tuple[list[Row], list[Problem]]:
    """The rows in our own columns, whoever wrote them, and what was wrong before they were."""
    records = read_csv(source, name=name, needs=())
    if not are_records(records):
        rows = read_csv(source, name=name, needs=NEEDS)
        _refuse_length(rows, name)
        return rows, []
    _refuse_length(records, name)
    read_csv(source, name=name, needs=[f"{RESERVED}{each}" for each in NEEDS])
    return as_past_list(records, instrument)


def _refuse_length(rows: Sequence[Row], name: str) -> None:
    if not rows:
        mend = "Add a row for each rater of a round."
        raise BadInput(Problem(name, "There is no row below the headings.", mend))
    if len(rows) > MOST_ROWS:
        mend = f"Send at most {MOST_ROWS:,} at a time."
        raise BadInput(Problem(name, f"The list has {len(rows):,} rows.", mend))


def _misnamed(headings: Collection[str], name: str, instrument: Instrument) -> Iterator[Problem]:
    known = _statements(headings, instrument)
    for heading in headings:
        if heading not in known and heading not in COLUMNS and heading.removesuffix(WHY) not in known:
            what = f"Version {instrument.version} of {instrument.title} has no such statement."
            yield Problem(f"Column {heading}", what, "Correct the heading, or take the column out.")
    if not known:
        yield Problem(name, "No column is a statement of the instrument.", "Start from the template.")


def _statements(headings: Collection[str], instrument: Instrument) -> list[str]:
    """The columns that are statements, in the instrument's order."""
    return [each.code for each in instrument.statement if each.code in headings]


def _key(row: Row) -> Key:
    cells = row.cells
    return cells["code"], cells.get("kind", ""), _day(cells["due"]), cells.get("study", "")


def _rater(row: Row) -> str:
    """Whose scores the row holds: a rater's label, or `AGREED`."""
    rater = row.cells.get("rater", "") or AGREED
    return AGREED if rater.casefold() == AGREED else rater


def _wrong(row: Row, due: date | None, study: str, instrument: Instrument, today: date) -> Iterator[Problem]:
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
    if len(rater := _rater(row)) > LONGEST_RATER:
        mend = f"Use a label of at most {LONGEST_RATER}, not a name."
        yield _cell(row, "rater", f"It has {len(rater)} characters.", mend)
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{0,{LONGEST_STUDY}}}", study):
        what = f"“{study}” is not the short name of a study."
        yield _cell(row, "study", what, "Use letters, digits and hyphens.")


def _scores_wrong(row: Row, instrument: Instrument) -> Iterator[Problem]:
    mend = f"Write a whole number from {SCALE}, or leave it empty."
    columns = _statements(row.cells, instrument)
    longest = LONGEST_AGREED_REASON if _rater(row) == AGREED else LONGEST_REASON
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
    elif reason and not (_rater(row) == AGREED and _is_score(row.cells[code])):
        what = "A reason stands here without an agreed score."
        yield _cell(row, place, what, "Take it out, or write “cannot rate: why” beside the statement.")


def _is_score(text: str) -> bool:
    return text in {str(score) for score in range(LOWEST, HIGHEST + 1)}


def _repeated(lines: Sequence[tuple[Row, str]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row, rater in lines:
        if rater in seen:
            what = f"Row {seen[rater]} has scores of “{rater}” for the same round already."
            yield _cell(row, "rater", what, "Keep one of the two rows.")
        seen.setdefault(rater, row.number)


def _round(key: Key, lines: Sequence[tuple[Row, str]], instrument: Instrument) -> PastRound:
    by_rater = {rater: tuple(_ratings(row, rater, instrument)) for row, rater in lines}
    agreed = by_rater.pop(AGREED, None)
    ratings = tuple(each for given in by_rater.values() for each in given if not each.missing)
    code, kind, due, study = key
    assert due is not None  # rows without a day belong to no round
    return PastRound(lines[0][0].number, code, kind, due, study, ratings, agreed)


def _ratings(row: Row, rater: str, instrument: Instrument) -> Iterator[Rating]:
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


def _row_of(problem: Problem) -> int:
    found = re.match(r"Row (\d+)", problem.place)
    return int(found[1]) if found else 0


def template_rows(instrument: Instrument) -> tuple[Sequence[str], Sequence[Mapping[str, str]]]:
    """Headings of an empty list, and three rows that show its use."""
    headings = [*COLUMNS, *(each.code for each in instrument.statement)]
    return headings, [{"due": "2016-03-31", "rater": each} for each in ("A", "B", AGREED)]

"""Past rounds from a CSV: a row for each rater of a round, or for its agreed scores, a column a statement.

Records taken out of REDCap are read too: the agreed scores that this site wrote for it, or that it collected.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ithrive.assessments.moderated import agreed_score, agreed_without_talk, compared
from ithrive.assessments.past_rows import (
    AGREED,
    COLUMNS,
    Key,
    key_of,
    misnamed,
    rater_of,
    ratings_in,
    repeated,
    row_of,
    wrong_in,
)
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.assessments.redcap_records import are_records, as_past_list
from ithrive.framework.instrument import RESERVED, Instrument
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, read_csv
from ithrive.tables.rows import shortened

NEEDS = ("code", "due")
MOST_ROWS = 5_000
ONE_RATER = "Imported with the scores of one rater."
ONLY_AGREED = "Imported as agreed scores; how many people rated is not recorded."


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
        if found := sorted([*self.problems, *more], key=row_of):
            raise BadInput(shortened(found, self.name))


def read_past_rounds(source: Path | bytes, *, name: str, instrument: Instrument, today: date) -> PastList:
    """Every round in a list, in its order, and every cell that cannot be read. Raises BadInput where there is
    no table to read.

    Needed are `code` and `due`; every other column is `kind`, `study`, `rater`, a statement's code, or that
    code and `_why`: the reason for an agreed score. A statement's cell holds a score, “cannot rate”, “cannot
    rate: why”, or nothing: not rated. Whether an area exists is for the caller to say.
    """
    rows, problems = _rows(source, name, instrument)
    problems += misnamed(rows[0].cells, name, instrument)
    together: dict[Key, list[tuple[Row, str]]] = defaultdict(list)
    named: dict[tuple[object, ...], NamedArea] = {}
    for row in rows:
        code, kind, due, study = key = key_of(row)
        problems += wrong_in(row, due, study, instrument, today)
        together[key].append((row, rater_of(row)))
        if code:
            named.setdefault(key, NamedArea(row.number, code, kind))
    rounds = {key: lines for key, lines in together.items() if key[2]}
    for lines in rounds.values():
        problems += repeated(lines)
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


def _round(key: Key, lines: Sequence[tuple[Row, str]], instrument: Instrument) -> PastRound:
    by_rater = {rater: tuple(ratings_in(row, rater, instrument)) for row, rater in lines}
    agreed = by_rater.pop(AGREED, None)
    ratings = tuple(each for given in by_rater.values() for each in given if not each.missing)
    code, kind, due, study = key
    assert due is not None  # rows without a day belong to no round
    return PastRound(lines[0][0].number, code, kind, due, study, ratings, agreed)


def template_rows(instrument: Instrument) -> tuple[Sequence[str], Sequence[Mapping[str, str]]]:
    """Headings of an empty list, and three rows that show its use."""
    headings = [*COLUMNS, *(each.code for each in instrument.statement)]
    return headings, [{"due": "2016-03-31", "rater": each} for each in ("A", "B", AGREED)]

"""Rounds as tables to take away: one row a score, and a data dictionary.

Raters are told apart as "Rater 1", "Rater 2"; neither they nor anybody who was interviewed is named, and no
free text that was written as evidence is in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.framework.instrument import Instrument, Statement

AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class ExportedRound:
    """A round with what its reader may see of it. `ratings` name raters as the export may; None: not to be
    seen, or not yet. `agreed` is None where no score stands yet."""

    country: str
    area_kind: str
    area_code: str
    area_name: str
    number: int
    purpose: str
    study: str
    due_on: date
    held_on: date | None
    imported: bool
    instrument: Instrument
    ratings: Sequence[Rating] | None
    views: Mapping[str, str]
    agreed: Mapping[str, AgreedScore] | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the long table. `kind` is text, whole number, day or yes/no."""

    name: str
    kind: str
    meaning: str


TEXT, NUMBER, DAY, YES_NO = "text", "whole number", "day", "yes/no"
COLUMNS = (
    Column("country", TEXT, "Short name of the country."),
    Column("area_kind", TEXT, "Kind of local area."),
    Column("area_code", TEXT, "The area's code."),
    Column("area_name", TEXT, "The area's name."),
    Column("round", NUMBER, "Number of the round on this site."),
    Column("purpose", TEXT, "evaluated, or reflection: an area's own, shared by it."),
    Column("study", TEXT, "Short name of the study; empty outside any."),
    Column("due_on", DAY, "The day on which the round was due."),
    Column("held_on", DAY, "The day on which the last rater submitted; empty where it is not known."),
    Column("imported", YES_NO, "yes: held elsewhere, and brought in from a list."),
    Column("instrument", TEXT, "Code of the instrument."),
    Column("instrument_version", TEXT, "The version that the round was made with. Read scores against it."),
    Column("demonstration", YES_NO, "yes: demonstration wording, not the published tool."),
    Column("level", TEXT, "Level of the statement."),
    Column("principle", TEXT, "Principle that the statement belongs to."),
    Column("statement", TEXT, "Code of the statement."),
    Column("source", TEXT, "rater: one rater's own score; agreed: the score that stands for the area."),
    Column("rater", TEXT, "Which rater of the round, without a name; empty for agreed scores."),
    Column("view", TEXT, "staff or young-people; empty for agreed scores."),
    Column("status", TEXT, "scored; cannot rate: it was said why; missing: nothing was said."),
    Column("score", NUMBER, "1 (not met) to 4 (met in full); empty unless scored. THRIVE-like from 3."),
    Column("reason", TEXT, "Why the agreed score is as it is, or why it could not be rated."),
    Column("lowest", NUMBER, "The lowest score that a rater gave; agreed scores only."),
    Column("highest", NUMBER, "The highest score that a rater gave; agreed scores only."),
)
HEADINGS = tuple(each.name for each in COLUMNS)
DICTIONARY_HEADINGS = ("column", "type", "meaning")


def dictionary_rows() -> Iterator[tuple[str, str, str]]:
    """The data dictionary of the long table, a row a column."""
    return ((each.name, each.kind, each.meaning) for each in COLUMNS)


def long_rows(rounds: Iterable[ExportedRound]) -> Iterator[tuple[object, ...]]:
    """A row for each statement and each who scored it, in the order of `COLUMNS`: missing ones too."""
    for round in rounds:
        about = _about(round)
        for statement in round.instrument.statement:
            told = (statement.level, statement.principle, statement.code)
            yield from ((*about, *told, *said) for said in _said(round, statement))


def _about(round: ExportedRound) -> tuple[object, ...]:
    return (
        round.country,
        round.area_kind,
        round.area_code,
        round.area_name,
        round.number,
        round.purpose,
        round.study,
        round.due_on,
        round.held_on,
        yes_no(round.imported),
        round.instrument.code,
        round.instrument.version,
        yes_no(round.instrument.demonstration),
    )


def _said(round: ExportedRound, statement: Statement) -> Iterator[tuple[object, ...]]:
    """source, rater, view, status, score, reason, lowest, highest."""
    given = {each.rater: each for each in round.ratings or () if each.statement == statement.code}
    for rater, view in round.views.items() if round.ratings is not None else ():
        said = given.get(rater) or Rating(statement.code, rater)
        status = _status(said.score, said.cannot_rate)
        yield "rater", rater, view, status, said.score, said.cannot_rate, None, None
    if round.agreed is not None:
        stands = round.agreed.get(statement.code)
        if stands is None:
            yield AGREED, "", "", "missing", None, "", None, None
        else:
            status = "cannot rate" if stands.score is None else "scored"
            yield AGREED, "", "", status, stands.score, stands.reason, stands.low, stands.high


def _status(score: int | None, cannot_rate: str) -> str:
    if score is not None:
        return "scored"
    return "cannot rate" if cannot_rate else "missing"


def yes_no(said: bool) -> str:
    return "yes" if said else "no"

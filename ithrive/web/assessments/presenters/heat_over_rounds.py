"""The heat table of an area: statements down, rounds across, a score in each cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from ithrive.assessments.profile import Profile, StatementScore
from ithrive.framework.instrument import Instrument, Statement
from ithrive.web.assessments.presenters.figures import change
from ithrive.web.assessments.profiles import Assessed, Series, baseline_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One statement in one round: `shown` stands in the cell, `words` say it to those who only hear it."""

    shown: str
    words: str
    score: int | None
    reworded: bool


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    cells: tuple[Cell, ...]
    since_baseline: str


@dataclass(frozen=True, slots=True)
class LevelRows:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A round at the head of its column. `version` is said where it is not that of the round before."""

    day: str
    href: str
    version: str


@dataclass(frozen=True, slots=True)
class HeatOverRounds:
    headings: tuple[Heading, ...]
    levels: tuple[LevelRows, ...]
    notes: tuple[str, ...]


def heat_over_rounds(series: Series) -> HeatOverRounds:
    """By the statements of the latest round; what only earlier versions asked is named in the notes."""
    latest = series[-1].step.profile.instrument
    return HeatOverRounds(
        tuple(_heading(number, each, series) for number, each in enumerate(series)),
        tuple(
            LevelRows(level.name, tuple(_row(each, series) for each in latest.on_level(level.code)))
            for level in latest.level
        ),
        tuple(_notes(series)),
    )


def _heading(number: int, here: Assessed, series: Series) -> Heading:
    version = here.step.profile.instrument.version
    before = series[number - 1].step.profile.instrument.version if number else ""
    changed = before and version != before
    return Heading(
        f"{here.round.due_on:%b %Y}",
        reverse("assessments:profile", args=[here.round.pk]),
        f"version {version}" if changed else "",
    )


def _row(statement: Statement, series: Series) -> Row:
    code = statement.code
    moved = series[-1].step.since_baseline
    found = moved.changes.get(code) if moved else None
    return Row(
        statement.text,
        tuple(_cell(statement, each.step.profile, series[-1].step.profile) for each in series),
        change(found.steps) if found else "–" if moved is None else "not compared",
    )


def _cell(statement: Statement, then: Profile, latest: Profile) -> Cell:
    found = then.statements.get(statement.code) if then.instrument.code == latest.instrument.code else None
    if found is None:
        return Cell("", "not asked", None, reworded=False)
    shown, words = _said(found)
    reworded = (found.statement.text, found.statement.anchors) != (statement.text, statement.anchors)
    return Cell(shown, words, found.score, reworded)


def _said(found: StatementScore) -> tuple[str, str]:
    if found.score is not None:
        return str(found.score), str(found.score)
    return ("", "no agreed score") if found.missing else ("×", "cannot be rated")


def _notes(series: Series) -> Iterable[str]:
    first = baseline_of(series[-1], series)
    if first is not series[0]:
        study = series[-1].round.study
        yield f"The baseline is {first.round.due_on:%b %Y}, the first round of the study {study}."
    latest = series[-1].step.profile.instrument
    others = [each.step.profile.instrument for each in series if each.step.profile.instrument != latest]
    if not others:
        return
    yield (
        f"Rows are the statements of version {latest.version}. A star marks a score that was given to other "
        "words; an empty cell, a statement that was not asked then."
    )
    elsewhere = dict.fromkeys(each.title for each in others if each.code != latest.code)
    if elsewhere:
        yield f"Not compared, because another instrument was used: {'; '.join(elsewhere)}."
    gone = _only_earlier([each for each in others if each.code == latest.code], latest.statement)
    if gone:
        yield f"No longer asked: {'; '.join(gone)}"


def _only_earlier(others: Sequence[Instrument], kept: Sequence[Statement]) -> list[str]:
    codes = {each.code for each in kept}
    found = {each.code: each.text for other in others for each in other.statement if each.code not in codes}
    return list(found.values())

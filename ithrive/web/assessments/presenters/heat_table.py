"""The heat table of one round: every statement on the scale, by level and principle.

A score is told by its number, its place on the scale and its pattern, so that nobody needs the colour.
"""

from dataclasses import dataclass

from ithrive.assessments.movement import Movement, Step
from ithrive.assessments.profile import PrincipleScore, StatementScore
from ithrive.framework.instrument import HIGHEST, LOWEST
from ithrive.web.assessments.presenters.figures import change
from ithrive.web.assessments.presenters.totals import total_words

SCORES = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the scale of a statement: the agreed score, within what raters gave, or neither."""

    score: int
    kind: str  # "agreed", "raters" or ""


@dataclass(frozen=True, slots=True)
class Track:
    """A statement's score on the scale from 1 to 4. `words` says all that the picture shows."""

    places: tuple[Place, ...]
    words: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    text: str
    anchors: tuple[tuple[int, str], ...]
    score: int | None
    track: Track
    raters: str
    since_last: str
    since_baseline: str
    reason: str


@dataclass(frozen=True, slots=True)
class PrincipleRows:
    name: str
    verdict: str
    thrive_like: bool
    doubt: str
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True)
class LevelTable:
    """One level: its principles, and a sentence on its total."""

    code: str
    name: str
    purpose: str
    total: str
    principles: tuple[PrincipleRows, ...]


def heat_table(step: Step) -> tuple[LevelTable, ...]:
    """The levels of the instrument, in its order, with what was found on each statement."""
    found = step.profile
    return tuple(
        LevelTable(
            level.code,
            level.name,
            level.purpose,
            total_words(found.levels[level.code], found.instrument.total),
            tuple(_principle(each, step) for each in found.principles if each.level == level.code),
        )
        for level in found.instrument.level
    )


def _principle(principle: PrincipleScore, step: Step) -> PrincipleRows:
    verdict, doubt = verdict_on(principle)
    scores = [
        each
        for each in step.profile.statements.values()
        if (each.statement.level, each.statement.principle) == (principle.level, principle.principle)
    ]
    rows = tuple(_row(each, step) for each in scores)
    return PrincipleRows(principle.principle, verdict, principle.thrive_like is True, doubt, rows)


def verdict_on(principle: PrincipleScore) -> tuple[str, str]:
    """Whether the area is THRIVE-like on a principle, and the doubt that the raters' own scores leave."""
    if principle.thrive_like is None:
        doubt = "" if principle.certain else "At the raters’ lowest scores it would not be."
        return "Cannot be said: not every statement has a score", doubt
    if principle.thrive_like:
        return "THRIVE-like", "" if principle.certain else "At the raters’ lowest scores it would not be."
    doubt = "" if principle.certain else "At the raters’ highest scores nothing would be below 3."
    return "Not THRIVE-like: below 3", doubt


def _row(found: StatementScore, step: Step) -> StatementRow:
    code = found.statement.code
    return StatementRow(
        found.statement.text,
        tuple(enumerate(found.statement.anchors, LOWEST)),
        found.score,
        track(found),
        raters_words(found),
        _since(step.since_last, code),
        _since(step.since_baseline, code),
        found.reason,
    )


def track(found: StatementScore) -> Track:
    """The scale from 1 to 4 with the agreed score, and what raters gave, marked on it."""
    low, high = found.low or HIGHEST + 1, found.high or LOWEST - 1
    places = tuple(
        Place(score, "agreed" if score == found.score else "raters" if low <= score <= high else "")
        for score in SCORES
    )
    return Track(places, score_words(found))


def score_words(found: StatementScore) -> str:
    if found.missing:
        return "No agreed score"
    return "Cannot be rated" if found.score is None else f"Score {found.score} of {HIGHEST}"


def raters_words(found: StatementScore) -> str:
    """What raters gave, widened to the agreed score where that lies outside."""
    if found.low is None or found.high is None:
        return "–"
    return str(found.low) if found.low == found.high else f"{found.low} to {found.high}"


def _since(movement: Movement | None, code: str) -> str:
    if movement is None:
        return "–"
    found = movement.changes.get(code)
    if found is None:
        return "not compared"
    return change(found.steps) + (" (reworded)" if found.reworded else "")

"""A round's profile: agreed scores per statement, THRIVE-like principles, totals by level and overall."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.ratings import AgreedScore, why_not_score
from ithrive.framework.instrument import HIGHEST, LOWEST, THRIVE_LIKE, Instrument, Statement, Total
from ithrive.problems import BadInput, Problem

NOTHING_RATED = "No statement here has an agreed score."


@dataclass(frozen=True, slots=True)
class Span:
    """A figure, and what it would be if every rater's lowest, or every rater's highest, score stood."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StatementScore:
    """The agreed score of one statement. `score` is None where it cannot be rated, or is `missing`.

    `low` and `high` are the raters' own lowest and highest, widened to the agreed score where that lies
    outside.
    """

    statement: Statement
    score: int | None
    low: int | None
    high: int | None
    reason: str
    missing: bool


@dataclass(frozen=True, slots=True)
class PrincipleScore:
    """A principle's weighted mean score (1 to 4), and whether the area may call itself THRIVE-like on it.

    `thrive_like` is True only where every statement of the principle is agreed at 3 or above, so that no mean
    hides a low score; None where none is below 3 but some are not rated, so that it cannot be said. `certain`
    tells whether the answer would be the same at the raters' lowest and at their highest.
    """

    level: str
    principle: str
    score: Span | None
    thrive_like: bool | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Totalled:
    """A total on the instrument's own scale and from 0 (all ones) to 100 (all fours).

    `lowest` and `highest` bound the own scale; only statements with an agreed score count towards either.
    """

    own: Span
    lowest: float
    highest: float
    percent: Span


@dataclass(frozen=True, slots=True)
class Part:
    """One level, or the whole: its total, and the statements left out of it by code and by reason."""

    total: Totalled | NotComputable
    cannot_rate: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a round found. Statements, principles and levels stand in the instrument's order."""

    instrument: Instrument
    statements: Mapping[str, StatementScore]
    principles: tuple[PrincipleScore, ...]
    levels: Mapping[str, Part]
    overall: Part


def profile(agreed: Mapping[str, AgreedScore], instrument: Instrument) -> Profile:
    """The profile of a round from its agreed scores, by statement.

    Statements without one are missing; those agreed as not to be rated are left out of the possible total,
    and both are named. Raises BadInput where a score is off the scale or its statement is not in the
    instrument.
    """
    _refuse_misfits(agreed, instrument)
    statements = {each.code: _statement_score(each, agreed.get(each.code)) for each in instrument.statement}
    by_level = {
        level.code: [each for each in statements.values() if each.statement.level == level.code]
        for level in instrument.level
    }
    return Profile(
        instrument,
        statements,
        _principles(statements.values()),
        {level: _part(scores, instrument.total) for level, scores in by_level.items()},
        _part(list(statements.values()), instrument.total),
    )


def _refuse_misfits(agreed: Mapping[str, AgreedScore], instrument: Instrument) -> None:
    known = {each.code for each in instrument.statement}
    problems = [
        Problem(
            f"Agreed score of {code}", why_not, f"Use version {instrument.version}'s statements and scale."
        )
        for code, each in agreed.items()
        if (why_not := _why_not_stand(code, each, known))
    ]
    if problems:
        raise BadInput(problems)


def _why_not_stand(code: str, agreed: AgreedScore, known: set[str]) -> str | None:
    if code not in known:
        return "This statement is not in the instrument."
    if agreed.statement != code:
        return f"It belongs to the statement {agreed.statement}."
    return next(filter(None, map(why_not_score, (agreed.score, agreed.low, agreed.high))), None)


def _statement_score(statement: Statement, agreed: AgreedScore | None) -> StatementScore:
    if agreed is None:
        return StatementScore(statement, None, None, None, "", missing=True)
    if agreed.score is None:
        return StatementScore(statement, None, agreed.low, agreed.high, agreed.reason, missing=False)
    known = [each for each in (agreed.score, agreed.low, agreed.high) if each is not None]
    return StatementScore(statement, agreed.score, min(known), max(known), agreed.reason, missing=False)


def _principles(statements: Iterable[StatementScore]) -> tuple[PrincipleScore, ...]:
    together: dict[tuple[str, str], list[StatementScore]] = {}
    for each in statements:
        together.setdefault((each.statement.level, each.statement.principle), []).append(each)
    return tuple(_principle(level, name, scores) for (level, name), scores in together.items())


def _principle(level: str, name: str, scores: Sequence[StatementScore]) -> PrincipleScore:
    at_lowest, agreed, at_highest = (
        _thrive_like([getattr(each, end) if each.score else None for each in scores])
        for end in ("low", "score", "high")
    )
    found = totalled(scores, Total.MEAN)
    score = found.own if found else None
    return PrincipleScore(level, name, score, agreed, at_lowest == agreed == at_highest)


def _thrive_like(scores: Sequence[int | None]) -> bool | None:
    if any(score is not None and score < THRIVE_LIKE for score in scores):
        return False
    return None if None in scores else True


def _part(scores: Sequence[StatementScore], total: Total) -> Part:
    unrated = [each for each in scores if each.score is None]
    return Part(
        totalled(scores, total) or NotComputable(NOTHING_RATED),
        tuple(each.statement.code for each in unrated if not each.missing),
        tuple(each.statement.code for each in unrated if each.missing),
    )


def totalled(scores: Sequence[StatementScore], total: Total) -> Totalled | None:
    """The total of the scores that are there, or None where none is."""
    rated = [(each.statement.weight, each) for each in scores if each.score is not None]
    if not rated:
        return None
    weights = sum(weight for weight, _ in rated)
    shared = weights if total is Total.MEAN else 1.0
    ends = (
        sum(weight * getattr(each, end) for weight, each in rated) / shared
        for end in ("score", "low", "high")
    )
    own = Span(*ends)
    lowest, highest = LOWEST * weights / shared, HIGHEST * weights / shared
    return Totalled(own, lowest, highest, _percent(own, lowest, highest))


def _percent(own: Span, lowest: float, highest: float) -> Span:
    value, low, high = (100 * (each - lowest) / (highest - lowest) for each in (own.value, own.low, own.high))
    return Span(value, low, high)

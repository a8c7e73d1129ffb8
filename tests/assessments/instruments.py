"""A small instrument for tests: statements by code and level, and rounds written as tables."""

from collections.abc import Sequence
from typing import Any

from ithrive.assessments.ratings import Rating
from ithrive.framework.ideas import Level
from ithrive.framework.instrument import Instrument, Statement

LEVELS = tuple(Level(code=code, name=code.capitalize(), purpose="A purpose.") for code in ("macro", "micro"))


def statement(code: str, level: str = "macro", **changes: Any) -> Statement:
    said = {
        "principle": f"Principle {code}",
        "text": f"The text of {code}.",
        "anchors": ("Hardly.", "Begun.", "Mostly.", "Fully."),
        "question": "What happens here?",
    }
    return Statement(code=code, level=level, **{**said, **changes})


def instrument(*statements: Statement, **changes: Any) -> Instrument:
    """The given statements; otherwise six macro ones (a1 to a6) and two micro ones (i1, i2)."""
    usual = [statement(f"a{number}") for number in range(1, 7)] + [
        statement(f"i{number}", "micro") for number in (1, 2)
    ]
    said = {"code": "example", "version": "1", "title": "An example", "licence": "MIT", "level": LEVELS}
    return Instrument(statement=statements or tuple(usual), **{**said, **changes})


def ratings(**rows: str) -> list[Rating]:
    """Each statement with its raters' marks in turn: a score, `x` for cannot rate, `-` for missing."""
    return [
        rating(code, f"rater {number}", mark)
        for code, row in rows.items()
        for number, mark in enumerate(row, 1)
    ]


def rating(code: str, rater: str, mark: str) -> Rating:
    if mark == "x":
        return Rating(code, rater, cannot_rate="Nobody could tell us.")
    return Rating(code, rater, None if mark == "-" else int(mark))


def table(scores: Sequence[Sequence[int]], of: Instrument) -> list[Rating]:
    """Ratings from rows of scores (statements x raters), 0 where one is missing."""
    return [
        Rating(each.code, f"rater {number}", score or None)
        for each, row in zip(of.statement, scores, strict=True)
        for number, score in enumerate(row)
    ]

"""Small multiples: one small picture per level or statement over the rounds of an area, on one scale of days.

Only numbers are worked out here; the template writes the SVG. Whoever does not see it reads `sentence`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.profile import Part, Profile, Span, StatementScore
from ithrive.framework.instrument import HIGHEST, LOWEST, THRIVE_LIKE
from ithrive.web.assessments.profiles import Assessed, Series

WIDTH, HEIGHT = 240, 116
LEFT, RIGHT, TOP, BOTTOM = 28, 230, 10, 92


@dataclass(frozen=True, slots=True)
class Axis:
    """What stands at the left: figures with their heights, and the height of the line to reach, if any."""

    lowest: float
    highest: float
    marks: tuple[int, ...]
    to_reach: int | None


SCORE = Axis(LOWEST, HIGHEST, tuple(range(LOWEST, HIGHEST + 1)), THRIVE_LIKE)
PERCENT = Axis(0, 100, (0, 50, 100), None)


@dataclass(frozen=True, slots=True)
class Point:
    """One round: where its figure lies, and what lies between the raters' lowest and highest."""

    x: int
    y: int
    top: int
    bottom: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture. `lines` join rounds that can be compared; `unrated` are those without a figure."""

    anchor: str
    title: str
    sentence: str
    marks: tuple[tuple[int, str], ...]
    reach: int | None
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    unrated: tuple[int, ...]
    years: tuple[tuple[int, str], ...]


Figure = tuple[Span | None, object]  # a round's figure, and what must stay the same for a line to go on


def level_panels(series: Series, anchor: str) -> tuple[Panel, ...]:
    """The whole and each level of the latest round's instrument, on the scale from 0 to 100."""
    latest = series[-1].step.profile
    asked: list[tuple[str, str, Callable[[Profile], Part | None]]] = [
        ("overall", "Overall", lambda found: found.overall)
    ]
    asked += [(level.code, level.name, _level(level.code)) for level in latest.instrument.level]
    return tuple(
        _panel(
            f"{anchor}-{code}", name, PERCENT, series, [_of_part(each.step.profile, part) for each in series]
        )
        for code, name, part in asked
    )


def statement_panels(series: Series, anchor: str) -> tuple[tuple[str, tuple[Panel, ...]], ...]:
    """Every statement of the latest round's instrument, by the name of its level."""
    latest = series[-1].step.profile.instrument
    return tuple(
        (
            level.name,
            tuple(
                _panel(
                    f"{anchor}-{each.code}", each.text, SCORE, series,
                    [_of_statement(past.step.profile, latest.code, each.code) for past in series],
                )
                for each in latest.on_level(level.code)
            ),
        )
        for level in latest.level
    )  # fmt: skip


def _level(code: str) -> Callable[[Profile], Part | None]:
    return lambda found: found.levels.get(code)


def _of_part(found: Profile, part: Callable[[Profile], Part | None]) -> Figure:
    """Totals are joined only while one and the same version was used."""
    whole = part(found)
    version = found.instrument.code, found.instrument.version
    return (None if whole is None or isinstance(whole.total, NotComputable) else whole.total.percent), version


def _of_statement(found: Profile, instrument: str, code: str) -> Figure:
    """A statement's scores are joined while its words stay the same, whatever else a new version changed."""
    each = found.statements.get(code) if found.instrument.code == instrument else None
    if each is None:
        return None, None
    return _span(each), (each.statement.text, each.statement.anchors)


def _span(found: StatementScore) -> Span | None:
    if found.score is None:
        return None
    return Span(found.score, found.low or found.score, found.high or found.score)


def _panel(anchor: str, title: str, axis: Axis, series: Series, figures: Sequence[Figure]) -> Panel:
    days = [each.round.due_on for each in series]
    across = _across(days)
    placed = [
        (_point(across(each.round.due_on), span, axis, each) if span else None, alike)
        for each, (span, alike) in zip(series, figures, strict=True)
    ]
    return Panel(
        anchor,
        title,
        _sentence(days, figures),
        tuple((_height(mark, axis), str(mark)) for mark in axis.marks),
        None if axis.to_reach is None else _height(axis.to_reach, axis),
        tuple(point for point, _ in placed if point),
        tuple(_lines(placed)),
        tuple(across(day) for day, (point, _) in zip(days, placed, strict=True) if point is None),
        tuple(dict.fromkeys((across(day), str(day.year)) for day in (days[0], days[-1]))),
    )


def _across(days: Sequence[date]) -> Callable[[date], int]:
    """Where a day lies: one round alone stands in the middle."""
    first, length = days[0], (days[-1] - days[0]).days
    if not length:
        return lambda day: (LEFT + RIGHT) // 2
    return lambda day: LEFT + 10 + round((day - first).days / length * (RIGHT - LEFT - 20))


def _height(figure: float, axis: Axis) -> int:
    return BOTTOM - round((figure - axis.lowest) / (axis.highest - axis.lowest) * (BOTTOM - TOP))


def _point(x: int, span: Span, axis: Axis, held: Assessed) -> Point:
    words = f"{held.round.due_on:%B %Y}: {span.value:.0f}"
    if span.low < span.high:
        words += f", raters {span.low:.0f} to {span.high:.0f}"
    return Point(x, _height(span.value, axis), _height(span.high, axis), _height(span.low, axis), words)


def _lines(placed: Iterable[tuple[Point | None, object]]) -> Iterable[Line]:
    for (before, alike_before), (after, alike_after) in pairwise(placed):
        if before and after and alike_before == alike_after:
            yield Line(before.x, before.y, after.x, after.y)


def _sentence(days: Sequence[date], figures: Sequence[Figure]) -> str:
    """From what to what, for those who do not see the picture."""
    told = [(day, span.value) for day, (span, _) in zip(days, figures, strict=True) if span]
    if not told:
        return "Never rated."
    (first, then), (last, now) = told[0], told[-1]
    if first == last:
        return f"{now:.0f} in {last:%B %Y}."
    return f"From {then:.0f} in {first:%B %Y} to {now:.0f} in {last:%B %Y}."

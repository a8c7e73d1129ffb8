"""The form of a quarterly return: which figures an area is asked for, made from the measure dictionary."""

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ithrive.framework import framework
from ithrive.measures import (
    NOT_KNOWN,
    FigureKey,
    Measure,
    Returned,
    Status,
    Unit,
    grouping_codes,
    same_counts,
)
from ithrive.measures.definition import BESIDE_GROUPINGS
from ithrive.returns.layout import FIRST_ROW, NOW_COLUMN, sheet_title
from ithrive.tables import cell_name


@dataclass(frozen=True, slots=True)
class Line:
    """One figure that a return asks for. `counts`: a whole number of people or things.

    `part_of` is the count it cannot exceed; `made_of` the counts that together are exactly this one, each of
    them in one of these; `rests_on` the count that a median or mean was worked out from;
    `at_least` the figure it cannot be below; `same_as` a figure of another measure with the same meaning.
    `highest` is the highest that can be, or None.
    """

    key: FigureKey
    title: str
    counts: bool
    required: bool
    sheet: str
    measure_title: str
    whom: str
    part_of: FigureKey | None = None
    made_of: tuple[FigureKey, ...] = ()
    rests_on: FigureKey | None = None
    at_least: FigureKey | None = None
    same_as: FigureKey | None = None
    highest: int | None = None

    @property
    def code(self) -> str:
        """What stands beside it wherever it is filled in: “H3.started/getting-help”."""
        return self.key.text


@dataclass(frozen=True, slots=True)
class Question:
    """What a return asks in words of a measure: the instrument and its version, or the method."""

    measure: str
    title: str
    sheet: str
    measure_title: str

    @property
    def code(self) -> str:
        """What stands beside it wherever it is answered: “D4?”."""
        return f"{self.measure}?"


Asked = Line | Question


@dataclass(frozen=True)
class ReturnForm:
    """Every line of a return, in the order of its sheets. A version in use never changes: raise it."""

    version: str
    title: str
    lines: tuple[Line, ...]
    questions: tuple[Question, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[FigureKey, Line]:
        return {line.key: line for line in self.lines}

    @cached_property
    def by_code(self) -> Mapping[str, Line]:
        return {line.code: line for line in self.lines}

    @cached_property
    def rows(self) -> Mapping[str, tuple[Asked, ...]]:
        """What each sheet asks, in order; the question of a measure stands before its figures."""
        questions = {each.measure: each for each in self.questions}
        sheets: dict[str, list[Asked]] = {}
        for line in self.lines:
            rows = sheets.setdefault(line.sheet, [])
            if question := questions.pop(line.key.measure, None):
                rows.append(question)
            rows.append(line)
        return {title: tuple(rows) for title, rows in sheets.items()}

    @property
    def sheets(self) -> tuple[str, ...]:
        """The titles of its sheets, in order."""
        return tuple(self.rows)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Where everything stands in its workbook, by code: “Getting Help, D14”."""
        return {
            asked.code: f"{sheet_title(title)}, {cell_name(row, NOW_COLUMN)}"
            for title, rows in self.rows.items()
            for row, asked in enumerate(rows, FIRST_ROW)
        }

    @cached_property
    def digest(self) -> str:
        """A short hash of everything the form asks, to know one form from another of the same version."""
        asked = [[line.key.text, line.title, line.counts] for line in self.lines]
        told = [self.version, asked, [[each.measure, each.title] for each in self.questions]]
        # The letter in front keeps a spreadsheet from taking “482913e12345” for a number.
        return "f" + hashlib.sha256(json.dumps(told).encode()).hexdigest()[:11]


def return_form(
    measures: Mapping[str, Measure] | Iterable[Measure],
    version: str = "1",
    *,
    title: str = "Quarterly return",
    breakdowns: Sequence[str] = (),
) -> ReturnForm:
    """The form that asks for every figure of these measures; retired ones are left out.

    `breakdowns`, as “sex=female”, ask for the figures again for those whom they name.
    """
    known = measures.values() if isinstance(measures, Mapping) else measures
    asked = [each for each in known if each.status is not Status.RETIRED]
    order = {code: place for place, code in enumerate(_sheet_order())}
    asked.sort(key=lambda measure: order[measure.grouping])  # a stable sort keeps the order of ids
    lines = tuple(line for measure in asked for line in _lines(measure, breakdowns))
    return ReturnForm(version, title, _same_meaning(lines, asked), tuple(_questions(asked)))


def _sheet_order() -> tuple[str, ...]:
    return (*(each.code for each in framework().groupings.grouping), *BESIDE_GROUPINGS)


def _questions(measures: Iterable[Measure]) -> Iterator[Question]:
    for each in measures:
        if each.method:
            yield Question(each.id, each.method, each.grouping_name, each.title)


def _lines(measure: Measure, breakdowns: Sequence[str]) -> Iterator[Line]:
    for figure in measure.returned:
        for grouping in ("", *(grouping_codes() if measure.by_grouping else ())):
            yield _line(measure, figure, grouping, "")
        for breakdown in breakdowns:
            yield _line(measure, figure, "", breakdown)


def _line(measure: Measure, figure: Returned, grouping: str, breakdown: str) -> Line:
    def beside(code: str) -> FigureKey | None:
        return FigureKey(measure.id, code, grouping, breakdown) if code else None

    key = FigureKey(measure.id, figure.code, grouping, breakdown)
    return Line(
        key,
        figure.title,
        figure.counts,
        required=not (grouping or breakdown),
        sheet=measure.grouping_name,
        measure_title=measure.title,
        whom=whom(grouping, breakdown),
        part_of=beside(figure.part_of),
        made_of=tuple(replace(key, figure=code) for code in figure.made_of),
        rests_on=beside(figure.of),
        at_least=beside(figure.at_least),
        highest=_highest(measure, figure),
    )


def whom(grouping: str, breakdown: str) -> str:
    """In words, of whom a figure is."""
    if breakdown:
        return breakdown.replace("=", ": ")
    if grouping == NOT_KNOWN:
        return "Grouping not known"
    found = framework().grouping(grouping)
    return found.name if found else "All together"


def _highest(measure: Measure, figure: Returned) -> int | None:
    scores = any(each.unit is Unit.SCORE and figure.code in each.top for each in measure.shown)
    return 100 if scores else None


def _same_meaning(lines: tuple[Line, ...], measures: Iterable[Measure]) -> tuple[Line, ...]:
    """The lines, each knowing an earlier line of another measure that asks for the very same count."""
    same, keys = same_counts(measures), {line.key for line in lines}
    return tuple(_with_same(line, same, keys) for line in lines)


def _with_same(line: Line, same: Mapping[FigureKey, FigureKey], keys: Container[FigureKey]) -> Line:
    other = same.get(FigureKey(line.key.measure, line.key.figure))
    if other is None:
        return line
    there = replace(line.key, measure=other.measure, figure=other.figure)
    return replace(line, same_as=there) if there in keys else line

"""The words of a page on which a section of the return is filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ithrive.measures import Cell, FigureKey
from ithrive.returns import Finding, Line, ReturnedFigure, ReturnFigures, ReturnForm, Severity
from ithrive.returns.form import Question
from ithrive.returns.layout import STATES
from ithrive.returns.workbook import said
from ithrive.web.returns.forms.cells import Typed, typed_from
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.paths import anchor_of, return_path, sections
from ithrive.web.returns.versions import mark_of, seen_mark, text_of


@dataclass(frozen=True, slots=True)
class LineShown:
    """One figure with its boxes. `problem` is why it was not saved; `look_at` what the checks say."""

    code: str
    anchor: str
    title: str
    whom: str
    last: str
    typed: Typed
    states: tuple[tuple[str, bool], ...]
    problem: str
    look_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionShown:
    code: str
    anchor: str
    title: str
    last: str
    words: str
    seen: str
    look_at: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class MeasureShown:
    title: str
    anchor: str
    question: QuestionShown | None
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    title: str
    parts: tuple[tuple[str, str, bool], ...]
    measures: tuple[MeasureShown, ...]
    problems: tuple[tuple[str, str], ...]
    next: str
    save: str
    back: str


@dataclass(frozen=True)
class Boxes:
    """What stands in the boxes of a page: saved, or as somebody left them where that could not be saved."""

    figures: ReturnFigures
    last: Mapping[FigureKey, Cell]
    last_methods: Mapping[str, str]
    findings: Sequence[Finding]
    typed: Mapping[FigureKey, Typed]
    refused: Mapping[FigureKey, str]
    conflicts: Mapping[FigureKey, ReturnedFigure | None]
    words_conflicts: Mapping[str, str]


def section_page(found: QuarterlyReturn, form: ReturnForm, section: str, boxes: Boxes) -> SectionPage:
    titles = sections(form)
    rows = form.rows[titles[section]]
    measures: dict[str, list[Line]] = {}
    for each in rows:
        if isinstance(each, Line):
            measures.setdefault(each.key.measure, []).append(each)
    questions = {each.measure: each for each in rows if isinstance(each, Question)}
    shown = tuple(
        MeasureShown(
            lines[0].measure_title,
            anchor_of(measure),
            _question(questions[measure], boxes) if measure in questions else None,
            tuple(_line(line, boxes) for line in lines),
        )
        for measure, lines in measures.items()
    )
    names = list(titles)
    after = names[names.index(section) + 1 :]
    return SectionPage(
        title=f"{titles[section]}: {found.area.name}, {found.quarter.label}",
        parts=tuple(
            (title, return_path(found, "fill", name), name == section) for name, title in titles.items()
        ),
        measures=shown,
        problems=_problems(shown),
        next=after[0] if after else "",
        save=return_path(found, "save", section),
        back=return_path(found),
    )


def _line(line: Line, boxes: Boxes) -> LineShown:
    stands = boxes.figures.figures.get(line.key)
    typed = boxes.typed.get(line.key)
    if typed and line.key in boxes.conflicts:
        # Its reader sees now what stands: to save again is to put theirs in its place.
        typed = Typed(typed.figure, typed.state, typed.note, mark_of(stands))
    shown = typed or typed_from(stands)
    return LineShown(
        line.code, anchor_of(line.code), line.title, line.whom, last_said(line.key, boxes.last), shown,
        tuple((state, state == shown.state) for state in STATES), _problem(line.key, boxes),
        tuple(_say(each) for each in boxes.findings if each.key == line.key),
    )  # fmt: skip


def _problem(key: FigureKey, boxes: Boxes) -> str:
    if key in boxes.conflicts:
        return in_the_way(boxes.conflicts[key])
    return boxes.refused.get(key, "")


def in_the_way(stands: ReturnedFigure | None) -> str:
    """What to tell somebody whose cell was saved elsewhere meanwhile."""
    note = f", with the note “{stands.reason}”" if stands and stands.reason else ""
    return (
        f"Somebody saved “{text_of(stands) or 'nothing'}”{note} here while you had this open, and that "
        "stands. To put yours in its place, save again."
    )


def last_said(key: FigureKey, last: Mapping[FigureKey, Cell]) -> str:
    """Last quarter's figure in words; nothing was sent counts as nothing to compare with."""
    before = said(last[key]) if key in last else None
    if before is None:
        return "none"
    return f"{before:,}" if isinstance(before, int | float) else before


def _question(question: Question, boxes: Boxes) -> QuestionShown:
    words = boxes.figures.methods.get(question.measure, "")
    other = boxes.words_conflicts.get(question.measure)
    problem = f"Somebody wrote “{other}” here meanwhile, and that stands." if other is not None else ""
    found = [each for each in boxes.findings if each.rule == "method" and each.key is None]
    look_at = tuple(_say(each) for each in found if question.title in each.what)
    before = boxes.last_methods.get(question.measure, "") or "none"
    return QuestionShown(
        question.code, anchor_of(question.code), question.title, before, words, seen_mark(words), look_at,
        problem,
    )  # fmt: skip


def _say(finding: Finding) -> str:
    if finding.severity is Severity.MUST_FIX:
        return f"Must fix: {finding.what} {finding.mend}"
    return f"Explained: {finding.what}" if finding.answer else f"Query: {finding.what} {finding.mend}"


def _problems(measures: Sequence[MeasureShown]) -> tuple[tuple[str, str], ...]:
    lines = [line for measure in measures for line in measure.lines]
    wrong = [(each.anchor, f"{each.title} ({each.whom}): {each.problem}") for each in lines if each.problem]
    asked = [each.question for each in measures if each.question]
    return (*wrong, *((each.anchor, f"{each.title}: {each.problem}") for each in asked if each.problem))

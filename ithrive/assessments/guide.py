"""The guide for a semi-structured interview, made from the instrument that the round is held with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from ithrive.assessments.reading import OURS, read_text
from ithrive.assessments.sectors import STAFF, VIEWS
from ithrive.framework.ideas import Code, Definition, Level, Text
from ithrive.framework.instrument import LOWEST, Evidence, Instrument, Statement
from ithrive.problems import BadInput, Problem

# Room for notes below each question, in ruled lines on paper.
LINES_FOR_NOTES = 6


class Frame(Definition):
    """What is said before and after the questions to people of one view."""

    view: Code
    title: Text
    introduction: tuple[Text, ...] = Field(min_length=1)
    consent: tuple[Text, ...] = Field(min_length=1)
    closing: tuple[Text, ...] = Field(min_length=1)
    afterwards: Text


class InterviewFrames(Definition):
    """The versioned file of frames."""

    code: Code
    version: Text
    licence: Text
    frame: tuple[Frame, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """One statement as a question. `listen_for` gives each score with its anchor, lowest first."""

    number: int
    statement: str
    principle: str
    question: str
    about: str
    listen_for: tuple[tuple[int, str], ...]
    measure: str


@dataclass(frozen=True, slots=True)
class GuideSection:
    """The questions of one level."""

    code: str
    name: str
    purpose: str
    questions: tuple[GuideQuestion, ...]


@dataclass(frozen=True, slots=True)
class InterviewGuide:
    """A whole guide, ready to be laid out on paper. `notice` marks demonstration wording."""

    frame: Frame
    wording: str  # whose words frame the questions
    instrument: str
    licence: str
    notice: str
    sections: tuple[GuideSection, ...]


@cache
def frames(own: Path | None = None) -> InterviewFrames:
    """Our frames, or a programme's own from its file. Raises BadInput where that cannot be used."""
    return read_text(own or OURS / "interview.toml", InterviewFrames)


def guide(
    instrument: Instrument, *, view: str = STAFF, level: str = "", own: Path | None = None
) -> InterviewGuide:
    """The guide of one level, or ("") of all that have statements. Questions keep their numbers either way.

    Raises BadInput where the instrument has no such level, or no frame speaks to that view.
    """
    wanted = [
        each for each in instrument.level if level in ("", each.code) and instrument.on_level(each.code)
    ]
    if not wanted:
        what = f"The instrument has no questions on a level “{level}”."
        known = ", ".join(each.code for each in instrument.level)
        raise BadInput(Problem("Interview guide", what, f"Choose one of {known}."))
    words = frames(own)
    return InterviewGuide(
        frame=_frame(words, view),
        wording=f"{words.licence} Version {words.version}.",
        instrument=f"{instrument.title}, version {instrument.version}",
        licence=instrument.licence,
        notice="Demonstration wording, not the published tool." if instrument.demonstration else "",
        sections=tuple(_sections(instrument, wanted)),
    )


def _frame(words: InterviewFrames, view: str) -> Frame:
    found = next((each for each in words.frame if each.view == view), None)
    if found is None:
        raise BadInput(
            Problem("Interview guide", f"No guide speaks to “{view}”.", f"Choose one of {', '.join(VIEWS)}.")
        )
    return found


def _sections(instrument: Instrument, levels: list[Level]) -> Iterator[GuideSection]:
    numbers = {each.code: number for number, each in enumerate(instrument.statement, 1)}
    for level in levels:
        asked = tuple(_question(numbers[each.code], each) for each in instrument.on_level(level.code))
        yield GuideSection(level.code, level.name, level.purpose, asked)


def _question(number: int, statement: Statement) -> GuideQuestion:
    return GuideQuestion(
        number=number,
        statement=statement.code,
        principle=statement.principle,
        question=statement.question,
        about=statement.text,
        listen_for=tuple(enumerate(statement.anchors, LOWEST)),
        measure=statement.measure if statement.evidence is Evidence.QUANTITATIVE else "",
    )

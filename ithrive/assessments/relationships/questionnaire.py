"""The questions of the pulse on working relationships, and one person's answers to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ithrive.assessments.reading import OURS, read_text
from ithrive.framework.ideas import Code, Definition, Text
from ithrive.problems import BadInput, Problem

LEAST, MOST = 1, 5

QuestionCode = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=26)]


class Question(Definition):
    """One sentence to agree or disagree with. Agreeing always speaks for good relationships."""

    code: QuestionCode
    text: Text


class Questionnaire(Definition):
    """A versioned set of questions, answered from 1 to 5 or with "I cannot say"."""

    code: Code
    version: Text
    title: Text
    licence: Text
    introduction: Text
    scale: tuple[Text, Text, Text, Text, Text]
    cannot_say: Text
    question: tuple[Question, ...] = Field(min_length=1)

    @property
    def reference(self) -> str:
        """What to store beside answers, so that they are always read against these questions."""
        return f"{self.code} {self.version}"

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [each.code for each in self.question]
        if len(set(codes)) < len(codes):
            raise ValueError("A question's code stands twice")
        return self


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answers: their sector, and for each question 1 to 5, or None for "I cannot say"."""

    sector: str
    scores: Mapping[str, int | None]


@cache
def questionnaire(own: Path | None = None) -> Questionnaire:
    """Our questionnaire, or a programme's own from its file. Raises BadInput where that cannot be used."""
    return read_text(own or OURS / "relationships.toml", Questionnaire)


def checked_answers(answers: Sequence[Answer], questions: Questionnaire) -> Sequence[Answer]:
    """The same answers, once each is known to fit the questions. Raises BadInput with all that do not."""
    if problems := [
        each for number, answer in enumerate(answers, 1) for each in _misfits(number, answer, questions)
    ]:
        raise BadInput(problems)
    return answers


def _misfits(number: int, answer: Answer, questions: Questionnaire) -> Iterator[Problem]:
    known = {each.code for each in questions.question}
    if not answer.sector.strip():
        yield Problem(f"Answer {number}", "It has no sector.", "Choose the sector you work in.")
    for code in sorted(known - answer.scores.keys()):
        yield Problem(
            f"Answer {number}, {code}", "It is not answered.", f"Choose 1 to 5 or “{questions.cannot_say}”."
        )
    for code, score in answer.scores.items():
        place = f"Answer {number}, {code}"
        if code not in known:
            yield Problem(place, "This is not one of the questions.", f"Use those of {questions.reference}.")
        elif score is not None and not (type(score) is int and LEAST <= score <= MOST):
            yield Problem(
                place, f"{score} is not on the scale.", f"Give a whole number from {LEAST} to {MOST}."
            )

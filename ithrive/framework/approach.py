"""The Approach to Implementation: phases and steps as dated data, with the quality framework beside them.

What was published, what is only recalled and what is ours is said of each phase and step. Steps are usually
taken in the order of the file, but may be taken out of order, skipped with a reason, or returned to.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from ithrive.framework.definition_files import entries_of
from ithrive.framework.ideas import Code, Definition, Source, Text
from ithrive.problems import BadInput, Problem

APPROACH, QUALITY, SOURCES = "approach.toml", "quality-implementation-framework.toml", "sources.toml"


class Basis(StrEnum):
    """How a phase or step is known."""

    READ = "read"  # published, and read by us
    RECALLED = "recalled"  # known by name only, from no source that we could check
    OURS = "ours"  # our own proposal, where nothing published was found


class Tool(Definition):
    """Something to work with in a step. `source` is empty for a tool of this platform."""

    name: Text
    source: str = ""


class Step(Definition):
    """One step. `usual_weeks` is our planning figure; `usual_next` are codes of steps that usually follow."""

    code: Code
    name: Text
    basis: Basis
    purpose: Text
    outputs: tuple[Text, ...] = Field(min_length=1)
    roles: tuple[Text, ...] = Field(min_length=1)
    tools: tuple[Tool, ...] = ()
    usual_weeks: int = Field(ge=1, le=260)
    usual_next: tuple[Code, ...] = ()
    sources: tuple[Text, ...] = ()


class Phase(Definition):
    """One of the four phases. `known` says in a sentence what of it is published and what is not."""

    code: Code
    name: Text
    basis: Basis
    purpose: Text
    known: Text
    sources: tuple[Text, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)


class QualityStep(Definition):
    """A step of the Quality Implementation Framework, and the steps of the Approach that we set it beside."""

    number: int
    name: Text
    beside: tuple[Code, ...] = Field(min_length=1)


class QualityPhase(Definition):
    name: Text
    steps: tuple[QualityStep, ...] = Field(min_length=1)


class QualityFramework(Definition):
    """The Quality Implementation Framework. `mapping` says whose the mapping is."""

    title: Text
    about: Text
    mapping: Text
    checked_on: date
    sources: tuple[Text, ...] = Field(min_length=1)
    phases: tuple[QualityPhase, ...] = Field(min_length=1)

    @property
    def steps(self) -> tuple[QualityStep, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)


class Approach(Definition):
    """The whole Approach, with the sources it cites."""

    title: Text
    about: Text
    order: Text
    weeks: Text
    checked_on: date
    sources: tuple[Text, ...] = Field(min_length=1)
    phases: tuple[Phase, ...] = Field(min_length=1)
    quality: QualityFramework
    source_list: dict[str, Source]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in the usual order."""
        return tuple(step for phase in self.phases for step in phase.steps)

    def phase(self, code: str) -> Phase | None:
        return next((each for each in self.phases if each.code == code), None)

    def step(self, code: str) -> Step | None:
        return next((each for each in self.steps if each.code == code), None)

    def phase_of(self, step: str) -> Phase | None:
        """The phase in which a step stands."""
        return next((phase for phase in self.phases if step in {each.code for each in phase.steps}), None)

    def quality_beside(self, step: str) -> tuple[QualityStep, ...]:
        """The steps of the Quality Implementation Framework that stand beside a step."""
        return tuple(each for each in self.quality.steps if step in each.beside)

    @model_validator(mode="after")
    def _codes_are_unique_and_what_is_named_is_there(self) -> Self:
        steps = [step.code for step in self.steps]
        for what, codes in (("phase", [phase.code for phase in self.phases]), ("step", steps)):
            if repeated := [code for code in codes if codes.count(code) > 1]:
                raise ValueError(f"The {what} {repeated[0]!r} stands twice.")
        if unknown := [code for code in self._steps_named() if code not in steps]:
            raise ValueError(f"The step {unknown[0]!r} is named but not described.")
        if unknown := [key for key in self._cited() if key not in self.source_list]:
            raise ValueError(f"The source {unknown[0]!r} is cited but is not in {SOURCES}.")
        numbers = [step.number for step in self.quality.steps]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"The steps in {QUALITY} must be numbered 1, 2, 3 and so on.")
        return self

    def _steps_named(self) -> Iterator[str]:
        for step in self.steps:
            yield from step.usual_next
        for each in self.quality.steps:
            yield from each.beside

    def _cited(self) -> Iterator[str]:
        yield from (*self.sources, *self.quality.sources)
        for phase in self.phases:
            yield from phase.sources
        for step in self.steps:
            yield from step.sources
            yield from (tool.source for tool in step.tools if tool.source)


@cache
def approach(own: Path | None = None) -> Approach:
    """The Approach to Implementation. A file in the folder `own` takes the place of ours of the same name.

    Raises BadInput, naming file and entry, where a file cannot be read or lacks something.
    """
    entries = entries_of(APPROACH, own) | {
        "quality": entries_of(QUALITY, own),
        "source_list": entries_of(SOURCES, own),
    }
    try:
        return Approach.model_validate(entries)
    except ValidationError as error:
        raise BadInput(_in_plain_words(each) for each in error.errors()) from None


def _in_plain_words(error: Any) -> Problem:
    """One of pydantic's errors as a problem: its place is the file and the way to the entry in it."""
    way = list(error["loc"])
    files = {"quality": QUALITY, "source_list": SOURCES}
    file = files.get(way[0], APPROACH) if way else "the files of the Approach"
    steps = [f"{step + 1}" if isinstance(step, int) else str(step) for step in way if step not in files]
    place = ", ".join(filter(None, [file, " ".join(steps)]))
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return Problem(place, f"{message}.", "Correct the entry, or take the file away to use ours.")

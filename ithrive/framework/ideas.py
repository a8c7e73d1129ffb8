"""The framework's ideas as frozen values. What a file of them must hold is said here, and only here."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Definition(BaseModel):
    """What every entry of a definition file has in common: it never changes, and knows its own fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Definition):
    """Where a fact was read."""

    title: Text
    address: Text


class FormerName(Definition):
    """A name the grouping has had. `since` is None where the year is not known."""

    name: Text
    source: Text
    since: int | None = None


class Figure(Definition):
    """A published figure in words, with its sources."""

    text: Text
    sources: tuple[Text, ...] = Field(min_length=1)


class Grouping(Definition):
    """One of the five needs-based groupings: a statement about a person now, never a step on a ladder."""

    code: Code
    names: tuple[FormerName, ...] = Field(min_length=1)
    summary: Text
    who: Text
    offered: Text
    young_people: Text
    figures: tuple[Figure, ...] = ()
    sources: tuple[Text, ...] = Field(min_length=1)

    @property
    def name(self) -> str:
        return self.names[-1].name


class Level(Definition):
    """Where in a system a principle applies."""

    code: Code
    name: Text
    purpose: Text


class Principle(Definition):
    """What makes a system THRIVE-like, in one respect."""

    code: Code
    name: Text
    summary: Text
    young_people: Text
    level: Code | None = None


class PrincipleSet(Definition):
    """One published set of principles. `missing` says what of it has not been read, if anything."""

    code: Code
    title: Text
    about: Text
    checked_on: date
    complete: bool
    missing: str = ""
    sources: tuple[Text, ...] = Field(min_length=1)
    level: tuple[Level, ...] = ()
    principle: tuple[Principle, ...] = Field(min_length=1)


class Groupings(Definition):
    """The file of groupings."""

    title: Text
    in_force_from: int
    checked_on: date
    grouping: tuple[Grouping, ...] = Field(min_length=1)


class Framework(Definition):
    """The THRIVE Framework: its groupings, its two sets of principles, and where each fact was read."""

    groupings: Groupings
    principle_sets: tuple[PrincipleSet, ...]
    sources: dict[str, Source]

    def grouping(self, code: str) -> Grouping | None:
        return next((each for each in self.groupings.grouping if each.code == code), None)

    def principle_set(self, code: str) -> PrincipleSet | None:
        return next((each for each in self.principle_sets if each.code == code), None)

    @model_validator(mode="after")
    def _codes_are_unique_and_sources_known(self) -> Self:
        for what, codes in self._codes():
            if repeated := [code for code in codes if codes.count(code) > 1]:
                raise ValueError(f"{what} {repeated[0]!r} stands twice.")
        if unknown := sorted(self._cited() - self.sources.keys()):
            raise ValueError(f"source {unknown[0]!r} is cited but is not in sources.toml.")
        for each in self.principle_sets:
            if unknown := sorted(
                {p.level for p in each.principle if p.level} - {level.code for level in each.level}
            ):
                raise ValueError(
                    f"level {unknown[0]!r} is used in the set {each.code!r} but not described there."
                )
        return self

    def _codes(self) -> Iterator[tuple[str, list[str]]]:
        yield "grouping", [each.code for each in self.groupings.grouping]
        yield "set of principles", [each.code for each in self.principle_sets]
        for each in self.principle_sets:
            yield f"principle of the set {each.code!r}", [principle.code for principle in each.principle]

    def _cited(self) -> set[str]:
        cited = {source for each in self.principle_sets for source in each.sources}
        for grouping in self.groupings.grouping:
            cited |= set(grouping.sources) | {name.source for name in grouping.names}
            cited |= {source for figure in grouping.figures for source in figure.sources}
        return cited

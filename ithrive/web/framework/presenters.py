"""What each page of the framework says, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

from ithrive.framework import Framework, Grouping, Principle, PrincipleSet, Source


@dataclass(frozen=True)
class OverviewPage:
    groupings: tuple[Grouping, ...]
    principle_sets: tuple[PrincipleSet, ...]
    in_force_from: int
    checked_on: str


@dataclass(frozen=True)
class FigureLine:
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class GroupingPage:
    grouping: Grouping
    former_names: tuple[str, ...]
    figures: tuple[FigureLine, ...]
    others: tuple[Grouping, ...]
    sources: tuple[Source, ...]
    checked_on: str


@dataclass(frozen=True)
class LevelPart:
    """The principles of one level, or all of a set that has no levels (then without a title)."""

    title: str
    purpose: str
    principles: tuple[Principle, ...]


@dataclass(frozen=True)
class PrincipleSetPage:
    principles: PrincipleSet
    parts: tuple[LevelPart, ...]
    other_sets: tuple[PrincipleSet, ...]
    sources: tuple[Source, ...]
    checked_on: str


@dataclass(frozen=True)
class PrinciplePage:
    principle: Principle
    principles: PrincipleSet
    level: str
    others: tuple[Principle, ...]
    sources: tuple[Source, ...]
    checked_on: str


def overview_page(framework: Framework) -> OverviewPage:
    groupings = framework.groupings
    return OverviewPage(
        groupings.grouping, framework.principle_sets, groupings.in_force_from, _day(groupings.checked_on)
    )


def grouping_page(framework: Framework, grouping: Grouping) -> GroupingPage:
    return GroupingPage(
        grouping=grouping,
        former_names=tuple(
            f"{name.name} (from {name.since})" if name.since else name.name for name in grouping.names[:-1]
        ),
        figures=tuple(
            FigureLine(figure.text, _sources(framework, figure.sources)) for figure in grouping.figures
        ),
        others=tuple(each for each in framework.groupings.grouping if each.code != grouping.code),
        sources=_sources(framework, grouping.sources),
        checked_on=_day(framework.groupings.checked_on),
    )


def principle_set_page(framework: Framework, principles: PrincipleSet) -> PrincipleSetPage:
    return PrincipleSetPage(
        principles=principles,
        parts=_parts(principles),
        other_sets=tuple(each for each in framework.principle_sets if each.code != principles.code),
        sources=_sources(framework, principles.sources),
        checked_on=_day(principles.checked_on),
    )


def principle_page(framework: Framework, principles: PrincipleSet, principle: Principle) -> PrinciplePage:
    return PrinciplePage(
        principle=principle,
        principles=principles,
        level=next((level.name for level in principles.level if level.code == principle.level), ""),
        others=tuple(each for each in principles.principle if each.code != principle.code),
        sources=_sources(framework, principles.sources),
        checked_on=_day(principles.checked_on),
    )


def _parts(principles: PrincipleSet) -> tuple[LevelPart, ...]:
    if not principles.level:
        return (LevelPart("", "", principles.principle),)
    return tuple(
        LevelPart(
            level.name,
            level.purpose,
            tuple(each for each in principles.principle if each.level == level.code),
        )
        for level in principles.level
    )


def _sources(framework: Framework, keys: Iterable[str]) -> tuple[Source, ...]:
    return tuple(framework.sources[key] for key in keys)


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"

"""Code lists, reference sets, team sets and scales: what counted in which month, as data with their sources.

A programme's own files take the place of ours: give their folder as `own`, with the same names and columns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, TypeVar, cast

from ithrive.records.model.data_files import last_month_of, month_of, rows_of

CodeClass = Literal["valid", "other", "default"]
Rater = Literal["self", "parent", "clinician", "goals"]


class Dated(Protocol):
    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list: "valid", "other" (a catch-all) or "default" (says that nothing is known)."""

    code_list: str
    code: str
    label: str
    kind: CodeClass
    valid_from: date
    valid_to: date | None  # the first day of the last month; None while it is in use
    source: str


@dataclass(frozen=True, slots=True)
class Member:
    """One concept of a reference set. An `example` stands in until the real members are put in."""

    set: str
    concept: str
    label: str
    example: bool
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class TeamInSet:
    """One team type (ServTeamTypeMH) in a named set, such as "crisis"."""

    set: str
    team_type: str
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class TeamGrouping:
    """The needs-based grouping a team type stands for where nothing better is known: always a proxy."""

    team_type: str
    grouping: str
    confidence: Literal["medium", "low"]
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One concept of a scored scale, with its reliable change. Two concepts may be one scale."""

    concept: str
    scale: str
    rater: Rater
    lowest: float
    highest: float
    unit: Literal["raw", "T-score"]  # what the threshold is in; scores travel raw
    reliable_change: float
    higher_is_better: bool
    valid_from: date
    valid_to: date | None
    source: str


@cache
def codes(own: Path | None = None) -> tuple[Code, ...]:
    """Every code of every list."""
    return tuple(
        Code(
            code_list=row["code_list"],
            code=row["code"],
            label=row["label"],
            kind=cast("CodeClass", row["class"]),
            valid_from=month_of(row["valid_from"]),
            valid_to=last_month_of(row["valid_to"]),
            source=row["source"],
        )
        for row in rows_of("codes.csv", own)
    )


@cache
def members(own: Path | None = None) -> tuple[Member, ...]:
    """Every concept of every reference set."""
    return tuple(
        Member(
            set=row["set"],
            concept=row["concept"],
            label=row["label"],
            example=row["status"] == "example",
            valid_from=month_of(row["valid_from"]),
            valid_to=last_month_of(row["valid_to"]),
            source=row["source"],
        )
        for row in rows_of("reference_sets.csv", own)
    )


@cache
def teams(own: Path | None = None) -> tuple[TeamInSet, ...]:
    """Every team type of every named set."""
    return tuple(
        TeamInSet(
            set=row["set"],
            team_type=row["team_type"],
            valid_from=month_of(row["valid_from"]),
            valid_to=last_month_of(row["valid_to"]),
            source=row["source"],
        )
        for row in rows_of("team_sets.csv", own)
    )


@cache
def team_groupings(own: Path | None = None) -> tuple[TeamGrouping, ...]:
    """The grouping that each team type stands for."""
    return tuple(
        TeamGrouping(
            team_type=row["team_type"],
            grouping=row["grouping"],
            confidence=cast('Literal["medium", "low"]', row["confidence"]),
            valid_from=month_of(row["valid_from"]),
            valid_to=last_month_of(row["valid_to"]),
            source=row["source"],
        )
        for row in rows_of("team_groupings.csv", own)
    )


@cache
def scales(own: Path | None = None) -> tuple[Scale, ...]:
    """Every scale with a published threshold of reliable change."""
    return tuple(
        Scale(
            concept=row["concept"],
            scale=row["scale"],
            rater=cast("Rater", row["rater"]),
            lowest=float(row["lowest"]),
            highest=float(row["highest"]),
            unit=cast('Literal["raw", "T-score"]', row["unit"]),
            reliable_change=float(row["reliable_change"]),
            higher_is_better=row["higher_is_better"] == "yes",
            valid_from=month_of(row["valid_from"]),
            valid_to=last_month_of(row["valid_to"]),
            source=row["source"],
        )
        for row in rows_of("scales.csv", own)
    )


def in_month(entries: Iterable[D], month: date) -> Iterator[D]:
    """The entries that counted in the month this day lies in."""
    first = month.replace(day=1)
    return (
        entry
        for entry in entries
        if entry.valid_from <= first and (entry.valid_to is None or first <= entry.valid_to)
    )


def concepts(name: str, month: date | None = None, own: Path | None = None) -> frozenset[str]:
    """The concepts of a reference set, in one month or in any. Raises KeyError for a name that is no set."""
    found = [member for member in members(own) if member.set == name]
    if not found:
        raise KeyError(name)
    return frozenset(member.concept for member in (in_month(found, month) if month else found))


def team_types(name: str, month: date | None = None, own: Path | None = None) -> frozenset[str]:
    """The team types of a named set, in one month or in any. Raises KeyError for a name that is no set."""
    found = [team for team in teams(own) if team.set == name]
    if not found:
        raise KeyError(name)
    return frozenset(team.team_type for team in (in_month(found, month) if month else found))

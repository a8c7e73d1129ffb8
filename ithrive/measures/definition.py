"""What the file of a measure must hold. It is said here, and only here."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from ithrive.framework import framework

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Identity = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=20)]
# A table of the national data set, or our own quarterly return.
SourceTable = Annotated[str, StringConstraints(pattern=r"^(MHS\d{3}|return)$")]
DisclosureRule = Literal["SDC-C", "SDC-P", "SDC-M", "SDC-R", "SDC-A", "dominance"]

# A measure describes one of the five groupings, or one of these.
BESIDE_GROUPINGS = {"shared-decision-making": "Shared decision making", "whole-system": "Whole system"}


class Kind(StrEnum):
    """What a measure is for. A balancing measure watches for harm done elsewhere."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class Direction(StrEnum):
    """Which way is better, if either is."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Level(StrEnum):
    """At which level a figure may be shown: one site, an arm of the study, the programme."""

    SITE = "site"
    ARM = "arm"
    PROGRAMME = "programme"


class Status(StrEnum):
    """A draft nobody else has checked, a measure checked and in use, or one no longer used."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    RETIRED = "retired"


class Unit(StrEnum):
    """What a figure counts in."""

    COUNT = "count"
    PERCENT = "percent"
    PER_1_000 = "per 1,000"
    PER_100_000 = "per 100,000"
    DAYS = "days"
    CONTACTS = "contacts"
    SCORE = "score from 0 to 100"

    @property
    def per(self) -> int | None:
        """By what numerator over denominator is multiplied, or None where the figure is not such a ratio."""
        return {Unit.PERCENT: 100, Unit.PER_1_000: 1_000, Unit.PER_100_000: 100_000}.get(self)


class Returned(BaseModel):
    """One figure that a quarterly return holds of a measure.

    `counts` is whether it is a whole number of things or people (a count can be added up, and may have to be
    hidden); the others are medians, means and the like. `part_of` names a count of the same measure that
    this one cannot exceed, `made_of` the counts that together are exactly this one. `of` names the count that
    a median or mean rests on, `at_least` a figure below which this one cannot lie, as a median under a 90th
    percentile.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    title: Text
    counts: bool = True
    part_of: str = ""
    made_of: tuple[str, ...] = ()
    of: str = ""
    at_least: str = ""


class Shown(BaseModel):
    """One figure that is shown of a measure, worked out from what is returned.

    `top` is added up where it names several counts. `bottom` is a count that is returned, “population” for
    the children and young people who live there, or empty where `top` is shown as it was returned. `less` is
    taken away from `top`: a difference between two figures as returned. `of` is the count that tells how
    many a median or a mean rests on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    title: Text
    unit: Unit
    top: tuple[str, ...] = Field(min_length=1)
    bottom: str = ""
    less: str = ""
    of: str = ""


class Within(BaseModel):
    """Counts that are all in one count of another measure, “H1.people”, and nobody in two of them: together
    they are no more than it. Who belongs to none of them is not counted anywhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    whole: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]*\.[a-z0-9-]+$")]
    parts: tuple[Code, ...] = Field(min_length=1)


def _refuse_strangers(figure: Returned, counts: set[str], known: set[str]) -> None:
    """Refuses a figure that leans on another which is not there, or a median that rests on nothing."""
    if figure.part_of and figure.part_of not in counts:
        raise ValueError(f"“{figure.code}” is said to be part of {figure.part_of!r}, no other count here")
    if not set(figure.made_of) <= counts:
        raise ValueError(f"“{figure.code}” is said to be made of counts that are not all returned")
    if figure.of not in (counts if not figure.counts else {""}):
        raise ValueError(f"“{figure.code}” must name under “of” the count it rests on, if it counts nothing")
    if figure.at_least and figure.at_least not in known:
        raise ValueError(f"“{figure.code}” is at least {figure.at_least!r}, no other figure here")


class Measure(BaseModel):
    """What we count, and why. `unit` is that of the headline figure; notes are empty where there is nothing
    to add. `method` is the question that a return answers in words where figures depend on an instrument,
    its version or a rule.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Identity
    title: Text
    sentence: Text
    grouping: str
    kind: Kind
    numerator: Text
    denominator: Text
    unit: Unit
    also_shown_in: tuple[Unit, ...] = ()
    period: Literal["quarter", "rolling 12 months"] = "quarter"
    direction: Direction
    levels: tuple[Level, ...] = Field(min_length=1)
    level_note: str = ""
    # What of a site's quarter may be published: groupings too, the whole only, or nothing.
    site_detail: Literal["groupings", "whole", "nothing"] = "groupings"
    disclosure: tuple[DisclosureRule, ...] = Field(min_length=1)
    # Rare and sensitive: published under the stricter rule, whichever is chosen for the rest.
    strict: bool = False
    disclosure_note: str = ""
    returned: tuple[Returned, ...] = Field(min_length=1)
    within: tuple[Within, ...] = ()
    by_grouping: bool = False
    method: str = ""
    shown: tuple[Shown, ...] = Field(min_length=1)
    sources: tuple[SourceTable, ...] = Field(min_length=1)
    source_note: str = ""
    official: tuple[Text, ...] = ()
    official_note: str = ""
    caveats: tuple[Text, ...] = Field(min_length=1)
    author: Text
    checker: str = ""
    review_on: date
    status: Status
    retired_because: str = ""

    @field_validator("grouping")
    @classmethod
    def _is_known(cls, code: str) -> str:
        known = [*(each.code for each in framework().groupings.grouping), *BESIDE_GROUPINGS]
        if code not in known:
            raise ValueError(f"{code!r} is none of {', '.join(known)}")
        return code

    @field_validator("also_shown_in", "levels", "disclosure", "sources", "official")
    @classmethod
    def _says_nothing_twice(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(entries)) < len(entries):
            raise ValueError("an entry stands twice")
        return entries

    @model_validator(mode="after")
    def _is_checked_before_it_is_used(self) -> Self:
        if self.status is Status.PUBLISHED and self.checker in {"", self.author}:
            raise ValueError("a published measure needs a checker who is not its author")
        if (self.status is Status.RETIRED) != bool(self.retired_because):
            raise ValueError("“retired_because” is for a retired measure, which needs it")
        return self

    @model_validator(mode="after")
    def _names_each_figure_once(self) -> Self:
        for codes in ([each.code for each in self.returned], [each.code for each in self.shown]):
            if len(set(codes)) < len(codes):
                raise ValueError("a code stands twice among what is returned, or what is shown")
        return self

    @model_validator(mode="after")
    def _speaks_of_its_own_figures(self) -> Self:
        known = {each.code for each in self.returned}
        counts = {each.code for each in self.returned if each.counts}
        for figure in self.returned:
            _refuse_strangers(figure, counts - {figure.code}, known - {figure.code})
        for each in self.within:
            if not set(each.parts) <= counts:
                raise ValueError(f"“{each.whole}” is said to hold counts that are not all returned")
        for shown in self.shown:
            needed = {*shown.top, shown.less} - {""} - known
            counted = {shown.bottom, shown.of} - {"", "population"} - counts
            if missing := sorted(needed | counted):
                raise ValueError(f"“{shown.code}” is worked out from {missing[0]!r}, which is not returned")
        return self

    def figure(self, code: str) -> Returned:
        """What is returned under a code. Raises KeyError where nothing is."""
        return {each.code: each for each in self.returned}[code]

    @property
    def headline(self) -> Shown:
        """The figure that is shown first."""
        return self.shown[0]

    @property
    def grouping_name(self) -> str:
        grouping = framework().grouping(self.grouping)
        return grouping.name if grouping else BESIDE_GROUPINGS[self.grouping]

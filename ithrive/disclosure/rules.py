"""Disclosure rules as dated data: what is hidden, how the rest is rounded, and for whom."""

import tomllib
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from ithrive.problems import BadInput, Problem

OURS = Path(__file__).parent / "rules.toml"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[int, Field(ge=0)]


class Zeros(StrEnum):
    """What becomes of a zero. One tells when everybody in a whole turns out to be in a single part of it."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    UNLESS_THEY_TELL = "unless they tell"


class Rounding(StrEnum):
    NONE = "none"
    NEAREST = "nearest"
    MIDPOINT = "midpoint"


class Totals(StrEnum):
    """Where a total comes from: itself (rounded as any other count), or the parts as they are shown."""

    AS_THEY_ARE = "as they are"
    FROM_PARTS = "from parts"
    FROM_PARTS_IF_ALL_SHOWN = "from parts if all are shown"


class Rule(BaseModel):
    """One named rule. Counts in people; `hidden` are the smallest and the largest count that is hidden.

    A secondary rule also hides what would give a hidden count away: it must stay open between the smallest
    number that a hidden figure can be and the largest hidden count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    says: Text
    audience: Text
    in_force_from: date
    in_force_until: date | None = None
    hidden: tuple[Number, Number] | None = None
    zeros: Zeros
    secondary: bool
    rounding: Rounding
    base: Annotated[int, Field(ge=2)] = 5
    totals: Totals
    untouched_total_of: Text | None = None
    smallest_numerator: Number
    smallest_denominator: Number
    smallest_remainder: Number = 0
    median_needs: Number = 0
    p90_needs: Number = 0
    largest_share: Annotated[float, Field(gt=0, le=1)] = 1.0
    sources: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.hidden and self.hidden[0] > self.hidden[1]:
            raise ValueError("the smallest hidden count is larger than the largest.")
        if bool(self.hidden and self.hidden[0] == 0) != (self.zeros is Zeros.HIDDEN):
            raise ValueError("hidden counts begin at 0 exactly where zeros are hidden.")
        if self.rounding is Rounding.NEAREST and self.largest_hidden < self.base // 2:
            raise ValueError("a count that is not zero would be rounded to 0.")
        if self.secondary and not self.hidden:
            raise ValueError("nothing is hidden, so nothing else need be.")
        if self.in_force_until and self.in_force_until <= self.in_force_from:
            raise ValueError("it ends before it begins.")
        return self

    @property
    def largest_hidden(self) -> int:
        return self.hidden[1] if self.hidden else 0

    @property
    def least_a_hidden_figure_can_be(self) -> int:
        return 1 if self.zeros is Zeros.SHOWN else 0

    def hides(self, count: int) -> bool:
        return self.hidden is not None and self.hidden[0] <= count <= self.hidden[1]

    def in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_until is None or day < self.in_force_until)


class Rules(BaseModel):
    """A file of rules with their sources."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: dict[str, Text]
    rule: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sources_are_known_and_dates_apart(self) -> Self:
        for each in self.rule:
            if unknown := sorted(set(each.sources) - self.sources.keys()):
                raise ValueError(f"rule {each.code!r} cites {unknown[0]!r}, which is not among the sources.")
            if any(
                other is not each and other.code == each.code and other.in_force(each.in_force_from)
                for other in self.rule
            ):
                raise ValueError(f"rule {each.code!r} stands twice for {each.in_force_from:%-d %B %Y}.")
        return self


@cache
def rules(path: Path = OURS) -> Rules:
    """The rules in a file. Raises BadInput naming the rule and what is wrong with it."""
    try:
        return Rules.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise BadInput(_in_plain_words(path, each) for each in error.errors()) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            Problem(path.name, f"It cannot be read as TOML ({error}).", "Correct the file.")
        ) from None


def rule(code: str, on: date, path: Path = OURS) -> Rule:
    """The rule of that name on a day. Raises BadInput where there is none."""
    for each in rules(path).rule:
        if each.code == code and each.in_force(on):
            return each
    known = ", ".join(sorted({each.code for each in rules(path).rule if each.in_force(on)}))
    raise BadInput(
        Problem(
            "Disclosure rule", f"No rule {code!r} is in force on {on:%-d %B %Y}.", f"Choose from: {known}."
        )
    )


def _in_plain_words(path: Path, error: Any) -> Problem:
    steps = [f"{step + 1}" if isinstance(step, int) else str(step) for step in error["loc"]]
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return Problem(", ".join(filter(None, [path.name, " ".join(steps)])), f"{message}.", "Correct the entry.")

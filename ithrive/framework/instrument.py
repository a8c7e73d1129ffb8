"""The format of an assessment instrument: levels, statements and the four anchors of each.

An instrument is versioned data. A round is always read against the version it was made with.
"""

import unicodedata
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from ithrive.framework.ideas import Code, Definition, Level, Text

LOWEST, HIGHEST = 1, 4
# A site may call itself THRIVE-like on a principle only at 3 or above.
THRIVE_LIKE = 3
# REDCap writes the anchors of a statement in one cell and puts this between them.
BETWEEN_ANCHORS = "|"
# Beginnings and endings of field names that REDCap, or a data dictionary of ours, needs for itself.
RESERVED = "about_"
TAKEN = (RESERVED, "record_id", "redcap_")
# Beside each statement: whether it cannot be rated, and the reason for what was agreed.
UNRATED, WHY = "_unrated", "_why"
WEIGHT_DECIMALS = 3


def one_line(text: str) -> str:
    """The text on one line, as every file format can carry it. ValueError where it cannot."""
    line = " ".join(text.split())
    if any(unicodedata.category(each) in {"Cc", "Cs"} or each in "\ufffe\uffff" for each in line):
        raise ValueError("The text holds a character that cannot be stored: type it again")
    return line


def _one_line_or_none(text: str) -> str:
    return one_line(text) if text else text


def _no_bar(text: str) -> str:
    if BETWEEN_ANCHORS in text:
        raise ValueError(f"An anchor cannot hold “{BETWEEN_ANCHORS}”, which REDCap puts between anchors")
    return text


def _not_reserved(code: str) -> str:
    if code.startswith(TAKEN):
        raise ValueError(f"A statement's code cannot begin with {', '.join(TAKEN)}: REDCap needs these")
    if code.endswith((UNRATED, WHY)):
        raise ValueError(f"A statement's code cannot end with {UNRATED} or {WHY}: REDCap needs these")
    return code


def _few_decimals(weight: float) -> float:
    if round(weight, WEIGHT_DECIMALS) != weight:
        raise ValueError(f"A weight has at most {WEIGHT_DECIMALS} decimals")
    return weight


def _level_on_one_line(level: Level) -> Level:
    return level.model_copy(update={"name": one_line(level.name), "purpose": one_line(level.purpose)})


Line = Annotated[Text, StringConstraints(max_length=2_000), AfterValidator(one_line)]
Name = Annotated[Text, StringConstraints(max_length=200), AfterValidator(one_line)]
Anchor = Annotated[Line, AfterValidator(_no_bar)]
StatementCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=26),
    AfterValidator(_not_reserved),
]
InstrumentCode = Annotated[Code, StringConstraints(max_length=60)]
# It stands in an address and in the names of files.
Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$", max_length=40)]
Weight = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False), AfterValidator(_few_decimals)]


class Evidence(StrEnum):
    """What kind of evidence a statement is rated on."""

    NARRATIVE = "narrative"
    QUANTITATIVE = "quantitative"


class Total(StrEnum):
    """How the instrument's own scale makes one figure of a level: by adding up, or by averaging."""

    SUM = "sum"
    MEAN = "mean"


class Statement(Definition):
    """One sentence to be rated from 1 to 4. `anchors` says what each score means, lowest first.

    `code` doubles as a REDCap field name, so it is lower case with underscores, 26 characters at most.
    `question` opens the conversation about it in an interview.
    """

    code: StatementCode
    level: Code
    principle: Name
    text: Line
    anchors: tuple[Anchor, Anchor, Anchor, Anchor]
    question: Line
    evidence: Evidence = Evidence.NARRATIVE
    # The measure to look at, where the evidence is quantitative.
    measure: Annotated[str, StringConstraints(max_length=200), AfterValidator(_one_line_or_none)] = ""
    weight: Weight = 1.0

    @model_validator(mode="after")
    def _a_measure_goes_with_quantitative_evidence(self) -> Self:
        if self.measure and self.evidence is not Evidence.QUANTITATIVE:
            raise ValueError("A measure is named, so the evidence must be quantitative")
        return self


class Instrument(Definition):
    """A versioned instrument. `demonstration` marks wording of our own that is not the published tool's."""

    code: InstrumentCode
    version: Version
    title: Name
    licence: Line
    demonstration: bool = False
    total: Total = Total.SUM
    level: tuple[Annotated[Level, AfterValidator(_level_on_one_line)], ...] = Field(
        min_length=1, max_length=10
    )
    statement: tuple[Statement, ...] = Field(min_length=1, max_length=300)

    def level_named(self, code: str) -> Level | None:
        return next((each for each in self.level if each.code == code), None)

    def on_level(self, code: str) -> tuple[Statement, ...]:
        """The statements of one level, in the instrument's order."""
        return tuple(each for each in self.statement if each.level == code)

    def statement_named(self, code: str) -> Statement | None:
        return next((each for each in self.statement if each.code == code), None)

    @model_validator(mode="after")
    def _codes_are_unique_and_levels_known(self) -> Self:
        levels = [each.code for each in self.level]
        for what, codes in (("level", levels), ("statement", [each.code for each in self.statement])):
            if repeated := [code for code in codes if codes.count(code) > 1]:
                raise ValueError(f"The {what} “{repeated[0]}” stands twice")
        for each in self.statement:
            if each.level not in levels:
                known = ", ".join(levels)
                raise ValueError(
                    f"The level “{each.level}” of the statement “{each.code}” is not one of {known}"
                )
        return self

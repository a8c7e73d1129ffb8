"""The format of an assessment instrument: levels, statements and the four anchors of each.

An instrument is versioned data. A round is always read against the version it was made with.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from ithrive.framework.ideas import Code, Definition, Level, Text

LOWEST, HIGHEST = 1, 4
# A site may call itself THRIVE-like on a principle only at 3 or above.
THRIVE_LIKE = 3

StatementCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=26)]


class Evidence(StrEnum):
    """What kind of evidence a statement is rated on."""

    NARRATIVE = "narrative"
    QUANTITATIVE = "quantitative"


class Statement(Definition):
    """One sentence to be rated from 1 to 4. `anchors` says what each score means, lowest first.

    `code` doubles as a REDCap field name, so it is lower case with underscores, 26 characters at most.
    `question` opens the conversation about it in an interview.
    """

    code: StatementCode
    level: Code
    principle: Text
    text: Text
    anchors: tuple[Text, Text, Text, Text]
    question: Text
    evidence: Evidence = Evidence.NARRATIVE
    measure: str = ""  # the measure to look at, where the evidence is quantitative
    weight: float = Field(default=1.0, gt=0)


class Instrument(Definition):
    """A versioned instrument. `demonstration` marks wording of our own that is not the published tool's."""

    code: Code
    version: Text
    title: Text
    licence: Text
    demonstration: bool = False
    level: tuple[Level, ...] = Field(min_length=1)
    statement: tuple[Statement, ...] = Field(min_length=1)

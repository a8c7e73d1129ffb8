"""The words that a protocol may use, each with its form."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator

from ithrive.periods import Quarter
from ithrive.problems import BadInput

Text = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]+$")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
Share = Annotated[float, Field(ge=0, le=1)]

Arm = Literal["accelerator", "comparison"]
Model = Literal["gaussian", "log", "count"]
Family = Literal["primary", "secondary"]
Better = Literal["higher", "lower", "neither"]
Spending = Literal["obrien-fleming", "pocock", "linear", "last-look-only"]
Assignment = Literal["pair-swaps", "all-splits"]
DoseSource = Literal["assessment", "implementation", "both"]
ModeratorSource = Literal["pulse", "assessment", "implementation", "attribute", "file"]
Split = Literal["median", "as-measured"]
AtMerger = Literal["follow-successor", "stop-at-merger", "leave-site-out"]
AtOutlier = Literal["keep-and-flag", "leave-out"]
Reader = Literal["evaluators", "programme", "accelerator-sites", "comparison-sites", "public"]
Sight = Literal[
    "protocol",
    "own-charts",
    "data-quality",
    "site-names",
    "arm-contrasts",
    "site-results",
    "published-results",
]
Moment = Literal["always", "at-looks", "boundary-or-end", "after-release"]


class Table(BaseModel):
    """A table of the protocol: its words are fixed, so that a slip of the pen is found."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _quarter(value: object) -> Quarter:
    """A quarter written "2016/17 Q1", or a day that lies in it."""
    if isinstance(value, Quarter):
        return value
    if isinstance(value, date):
        return Quarter.of(value)
    try:
        return Quarter.parse(str(value))
    except BadInput:
        raise ValueError("a quarter such as 2016/17 Q1, or a day such as 2016-04-01") from None


Period = Annotated[
    Quarter,
    PlainValidator(_quarter, json_schema_input_type=str),
    PlainSerializer(lambda quarter: quarter.label, return_type=str),
]

"""What the calls share: the text they take, how they speak of days and pages, and what is wrong."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from ithrive.problems import Problem

NOT_FOUND_MEND = "Start from /api/v1/countries, whose answers link to everything else."

# PostgreSQL takes no NUL in text, so no text of ours may have one: one type for every word that is asked.
Word = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=100)]


def _iso_day(value: object) -> object:
    """Only a day as people write it for machines; left alone, pydantic reads "0" as a day in 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("Write the day as year-month-day, such as 2021-04-01")
    return value


Day = Annotated[date, BeforeValidator(_iso_day), WithJsonSchema({"type": "string", "format": "date"})]
Ages = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}-[0-9]{1,3}$")]


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


class Asked(Schema):
    """Parameters of a call."""


class Paged(Asked):
    page: int = Field(1, ge=1, le=100_000, description="Which page, from 1.")
    per_page: int = Field(100, ge=1, le=500, description="How many on a page.")


class ProblemSaid(Schema):
    """One thing wrong: where it is, what it is, and how to mend it."""

    place: str
    what: str
    mend: str


class Problems(Schema):
    problems: list[ProblemSaid]


# What every call may answer besides what was asked: every one reads an address and parameters.
REFUSALS: dict[int, Any] = {404: Problems, 422: Problems}


def said(*problems: Problem) -> dict[str, Any]:
    return {"problems": [{"place": p.place, "what": p.what, "mend": p.mend} for p in problems]}


class Page(Schema):
    """Where in a long list this answer stands."""

    count: int = Field(description="How many there are in all.")
    page: int
    pages: int
    previous: str | None = Field(description="The address of the page before, if there is one.")
    next: str | None = Field(description="The address of the page after, if there is one.")


def page_of(rows: Sequence[Any], asked: Paged, address: str) -> tuple[dict[str, Any], Sequence[Any]]:
    """The `Page` fields for a list and its rows on the page asked for, given the address without them."""
    pages = max(1, -(-len(rows) // asked.per_page))
    first = (asked.page - 1) * asked.per_page

    def link(page: int) -> str | None:
        return f"{address}page={page}&per_page={asked.per_page}" if 1 <= page <= pages else None

    where = {
        "count": len(rows),
        "page": asked.page,
        "pages": pages,
        "previous": link(asked.page - 1),
        "next": link(asked.page + 1),
    }
    return where, rows[first : first + asked.per_page]

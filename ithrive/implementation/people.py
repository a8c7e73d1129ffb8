"""The people who carry the change in an area: leads, champions, the steering group, and who is missing."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from ithrive.areas.timeline import plain_day
from ithrive.framework.ideas import Code, Definition, Text
from ithrive.framework.sectors import sector_names
from ithrive.problems import BadInput, Problem

OURS = Path(__file__).parent / "steering-group.toml"


class Sector(Definition):
    """A sector that should have a seat, and whom of it the programme recommends.

    A sector that the framework knows needs no name of its own here.
    """

    code: Code
    name: Text
    recommended: tuple[Text, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _named_by_the_framework(cls, entry: object) -> object:
        known = sector_names().get(str(entry.get("code"))) if isinstance(entry, dict) else None
        return {"name": known} | entry if known and isinstance(entry, dict) else entry


class SteeringGroup(Definition):
    """Who should sit together, with the source. `missing` says what of it could not be read."""

    title: Text
    about: Text
    source: Text
    address: Text
    checked_on: date
    missing: str = ""
    sector: tuple[Sector, ...] = Field(min_length=1)


@cache
def steering_group(own: Path = OURS) -> SteeringGroup:
    """The sectors a steering group should have, from our file or a programme's own.

    Raises BadInput, naming the file, where it cannot be read.
    """
    try:
        return SteeringGroup.model_validate(tomllib.loads(own.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadInput(
            Problem(own.name, f"It does not describe a steering group ({error}).", "Correct the file.")
        ) from None


class Part(StrEnum):
    """What someone does for the change."""

    LEAD = "lead"
    CHAMPION = "champion"
    STEERING = "steering"
    CHAIR = "chair"


# Those who sit in the steering group. A lead or champion may too, and then holds both parts.
SEATED = frozenset({Part.STEERING, Part.CHAIR})


@dataclass(frozen=True, slots=True)
class Post:
    """A part held by someone from a day until the day before `ends`; None: nobody knows an end."""

    part: Part
    holder: str
    sector: str
    starts: date
    ends: date | None = None

    def held_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


def why_not_post(post: Post, group: SteeringGroup) -> str | None:
    """The reason why a post cannot be recorded, or None if it can."""
    if not post.holder.strip():
        return "Say who holds it."
    if post.sector not in {sector.code for sector in group.sector}:
        return "Choose the sector that they come from."
    if post.ends and post.ends <= post.starts:
        return "The end must be after the start."
    return None


def holders(posts: Iterable[Post], on: date, parts: Iterable[Part] = Part) -> tuple[Post, ...]:
    """Who holds a part on a day, those longest in it first."""
    asked = frozenset(parts)
    held = (post for post in posts if post.part in asked and post.held_on(on))
    return tuple(sorted(held, key=lambda post: (post.starts, post.holder)))


@dataclass(frozen=True, slots=True)
class Gap:
    """A part, or a sector's seat, that nobody holds. `since` is None where nobody ever did."""

    name: str
    since: date | None
    sentence: str


_NEEDED = {
    Part.LEAD: "implementation lead",
    Part.CHAIR: "chair of the steering group",
    Part.CHAMPION: "i-THRIVE champion",
}


def gaps(posts: Iterable[Post], group: SteeringGroup, on: date) -> tuple[Gap, ...]:
    """What is empty on a day: the lead, the chair, champions, and each sector without a seat."""
    begun = [post for post in posts if post.starts <= on]
    empty = [
        _gap(name, f"There is no {name}", [post for post in begun if post.part is part], on)
        for part, name in _NEEDED.items()
    ]
    seated = [each for each in begun if each.part in SEATED]
    empty += [
        _gap(
            sector.name,
            f"{sector.name}: nobody in the steering group",
            [each for each in seated if each.sector == sector.code],
            on,
        )
        for sector in group.sector
    ]
    return tuple(each for each in empty if each)


def _gap(name: str, words: str, posts: list[Post], on: date) -> Gap | None:
    if any(post.held_on(on) for post in posts):
        return None
    since = max((post.ends for post in posts if post.ends), default=None)
    return Gap(name, since, f"{words} since {plain_day(since)}." if since else f"{words} yet.")


def no_lead_since(posts: Iterable[Post], on: date, joined: date | None) -> date | None:
    """Since when nobody leads: the end of the last lead, or the day the area joined if there never was one.

    None while somebody leads, and where the day it joined is not known either.
    """
    leads = [post for post in posts if post.part is Part.LEAD and post.starts <= on]
    if any(post.held_on(on) for post in leads):
        return None
    return max((post.ends for post in leads if post.ends), default=joined)

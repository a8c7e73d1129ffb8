"""The words of the page on the people who carry the change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas.timeline import plain_day
from ithrive.implementation import Gap, gaps, steering_group
from ithrive.web.implementation.models import Post
from ithrive.web.implementation.values import as_post


@dataclass(frozen=True, slots=True)
class PostShown:
    number: int
    holder: str
    post: str
    since: str
    until: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class SectorShown:
    """One sector: who of it holds a post, whom the programme recommends, and whether its seat is empty."""

    code: str
    name: str
    posts: tuple[PostShown, ...]
    recommended: str
    gap: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    sentence: str
    without: tuple[str, ...]
    sectors: tuple[SectorShown, ...]
    former: tuple[PostShown, ...]
    about: str
    source: str
    address: str
    missing: str


def people_page(posts: Sequence[Post], today: date) -> PeoplePage:
    """Who holds what today, by sector; the gaps; and who held something before."""
    group = steering_group()
    empty = gaps([as_post(row) for row in posts], group, today)
    seats = {sector.name for sector in group.sector}
    now = [row for row in posts if row.ends is None or row.ends > today]
    return PeoplePage(
        sentence=_sentence(now, empty),
        without=tuple(each.sentence for each in empty if each.name not in seats),
        sectors=tuple(
            SectorShown(
                sector.code,
                sector.name,
                tuple(_shown(row, today) for row in now if row.sector == sector.code),
                ", ".join(sector.recommended),
                next((each.sentence for each in empty if each.name == sector.name), ""),
            )
            for sector in group.sector
        ),
        former=tuple(_shown(row, today) for row in posts if row not in now),
        about=group.about,
        source=group.source,
        address=group.address,
        missing=group.missing,
    )


def _shown(row: Post, today: date) -> PostShown:
    since = plain_day(row.starts) + (" (to come)" if row.starts > today else "")
    until = plain_day(row.ends) if row.ends else ""
    return PostShown(row.pk, row.holder, Post.Kind(row.kind).label, since, until, may_end=row.ends is None)


def _sentence(now: Sequence[Post], empty: Sequence[Gap]) -> str:
    people = len({row.holder for row in now})
    held = "Nobody holds a post yet" if not people else f"{people} {'person' if people == 1 else 'people'}"
    verb = "" if not people else (" holds a post" if people == 1 else " hold posts")
    missing = f"{len(empty)} {'gap' if len(empty) == 1 else 'gaps'}" if empty else "no gap"
    return f"{held}{verb}; there {'is' if len(empty) <= 1 else 'are'} {missing}."

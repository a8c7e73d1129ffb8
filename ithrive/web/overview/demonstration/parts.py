"""What the demonstration is made of, in the order in which it is loaded. New capabilities join here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone

from ithrive.areas.fictional import thornmere
from ithrive.areas.gazetteer import Gazetteer
from ithrive.web.areas.actions import import_support, set_membership
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.store import store
from ithrive.web.history.record import Author
from ithrive.web.overview.demonstration.cast import CAST
from ithrive.web.overview.demonstration.community import FIRST_DAY, KIND, community
from ithrive.web.overview.demonstration.people import enter
from ithrive.web.overview.demonstration.seed import SEED
from ithrive.web.overview.demonstration.support_log import support_log

COUNTRY = "thornmere"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name in the history, and the function that loads all of it."""

    name: str
    load: Callable[[Author], object]


@cache
def country() -> Gazetteer:
    return thornmere(SEED)


def areas(by: Author) -> None:
    store(country(), by=by)


def memberships(by: Author) -> None:
    standing = _areas_by_code()
    for each in community(country()):
        set_membership(
            area=standing[each.code],
            role=each.role,
            starts=each.starts,
            ends=each.ends,
            note=each.note,
            by=by,
        )


def support(by: Author) -> None:
    standing, today = _areas_by_code(), timezone.localdate()
    given = support_log(community(country()), FIRST_DAY, today)
    import_support(
        entries=[(standing[each.code], each) for each in given], source="of the demonstration", by=by
    )


def people(by: Author) -> None:
    named = {area.name: area for area in _standing().filter(ends=None)}
    for acted in CAST:
        enter(acted, [named[name] for name in acted.areas], since=date(2024, 1, 1), by=by)


PARTS = (
    Part("areas", areas),
    Part("memberships", memberships),
    Part("support", support),
    Part("people", people),
)


def _areas_by_code() -> dict[str, LocalArea]:
    return {area.code: area for area in _standing()}


def _standing() -> QuerySet[LocalArea]:
    return LocalArea.objects.filter(country__slug=COUNTRY, kind=KIND)

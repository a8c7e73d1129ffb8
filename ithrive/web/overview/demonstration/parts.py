"""What the demonstration is made of, in the order in which it is loaded. New capabilities join here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone

from ithrive.areas.fictional import thornmere
from ithrive.areas.gazetteer import Gazetteer
from ithrive.web.accounts.models import Person
from ithrive.web.areas.actions import import_support, set_membership
from ithrive.web.areas.models import Country, LocalArea
from ithrive.web.areas.store import store
from ithrive.web.history.record import Author
from ithrive.web.implementation.actions import import_records
from ithrive.web.overview.demonstration.cast import CAST
from ithrive.web.overview.demonstration.community import FIRST_DAY, KIND, LEADING, community
from ithrive.web.overview.demonstration.people import enter
from ithrive.web.overview.demonstration.plans import plans as tell_plans
from ithrive.web.overview.demonstration.releases import load_release
from ithrive.web.overview.demonstration.returns import load_returns
from ithrive.web.overview.demonstration.rounds import load_rounds
from ithrive.web.overview.demonstration.seed import SEED
from ithrive.web.overview.demonstration.study import load_study
from ithrive.web.overview.demonstration.support_log import support_log
from ithrive.web.overview.demonstration.tests_of_change import load_cycles
from ithrive.web.overview.demonstration.wishes import load_wishes
from ithrive.web.rights import Role

COUNTRY = "thornmere"
SINCE = date(2022, 1, 1)  # before the first of the rounds that these people hold


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
    names = {code: area.name for code, area in standing.items()}
    given = support_log(community(country()), FIRST_DAY, today, names)
    import_support(
        entries=[(standing[each.code], each) for each in given], source="of the demonstration", by=by
    )


def people(by: Author) -> None:
    named = {area.name: area for area in _standing().filter(ends=None)}
    for acted in CAST:
        enter(acted, [named[name] for name in acted.areas], since=SINCE, by=by)


def rounds(by: Author) -> None:
    load_rounds(country(), community(country()), _areas_by_code(), by)


def plans(by: Author) -> None:
    """What areas recorded of their steps, people and plans; one line of history for each area."""
    standing, today = _areas_by_code(), timezone.localdate()
    by_name = {area.name: area.code for area in standing.values() if area.ends is None}
    # The first of an area's leads is the one that its plan tells of.
    leads = {by_name[acted.areas[0]]: acted.name for acted in reversed(CAST) if acted.role is Role.LEAD}
    for code, records in tell_plans(community(country()), today, leads):
        import_records(area=standing[code], records=records, source="the demonstration", by=by)


def wishes(by: Author) -> None:
    load_wishes(list(_standing().filter(ends=None).order_by("code")), by)


def returns(by: Author) -> None:
    load_returns(country(), community(country()), _areas_by_code(), by)


def tests_of_change(by: Author) -> None:
    load_cycles(_standing().get(name=LEADING, ends=None), by)


def releases(by: Author) -> None:
    """One quarter, published by two people of the cast; `by` only loads."""
    load_release(Country.objects.get(slug=COUNTRY))


def study(by: Author) -> None:
    """Its evaluators act themselves; `by` only loads."""
    acting = {person.name.split()[0]: person for person in Person.objects.all()}
    load_study(country(), community(country()), _areas_by_code(), acting)


PARTS = (
    Part("areas", areas),
    Part("memberships", memberships),
    Part("support", support),
    Part("people", people),
    Part("rounds", rounds),
    Part("plans", plans),
    Part("wishes", wishes),
    Part("returns", returns),
    Part("tests of change", tests_of_change),
    Part("releases", releases),
    Part("study", study),
)


def _areas_by_code() -> dict[str, LocalArea]:
    return {area.code: area for area in _standing()}


def _standing() -> QuerySet[LocalArea]:
    return LocalArea.objects.filter(country__slug=COUNTRY, kind=KIND)

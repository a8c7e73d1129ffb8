"""Returns as the home of an area and a coach see them: what has not come yet, what is asked, what came."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.implementation import About, Due, Happening
from ithrive.periods import Quarter
from ithrive.returns.life import State
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import Reach
from ithrive.web.returns import queries
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.paths import return_path
from ithrive.web.returns.versions import received_on, under_way, with_versions


def due(reach: Reach, areas: Collection[int], today: date) -> list[tuple[int, Due]]:
    """The returns that can be sent and have not come, or that the programme asked about, as far as this
    person may know of them, with the number of the area. Two queries."""
    waiting = queries.returns(reach).filter(
        area__in=areas, quarter_starts__lt=Quarter.of(today).starts, closes_on__gte=today
    )
    told = [(each, _to_do(each)) for each in with_versions(waiting.order_by("due_on", "pk"))]
    return [
        (each.area_id, Due(each.due_on, About.RETURN, words, path=return_path(each)))
        for each, words in told
        if words
    ]


def happenings(reach: Reach, area: LocalArea) -> list[Happening]:
    """What came of an area's returns, as far as this person may know of them. Two queries."""
    told = []
    for each in with_versions(queries.returns_of(reach, area)):
        for version in each.versions.all():
            what = f"{'Figures' if version.number == 1 else 'New figures'} for {each.quarter.label}"
            moments = (("sent", version.first_submitted_at), ("signed off", version.signed_off_at))
            told += [
                Happening(timezone.localdate(at), About.RETURN, f"{what} {came}")
                for came, at in moments
                if at
            ]
    return told


def _to_do(found: QuarterlyReturn) -> str:
    versions = list(found.versions.all())
    current = under_way(versions)
    if current and current.state == State.QUERIED:
        return f"Questions about the figures for {found.quarter.label} to answer"
    if received_on(versions) is None:
        return f"Figures for {found.quarter.label} (taken until {plain_day(found.closes_on)})"
    return ""

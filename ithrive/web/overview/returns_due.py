"""Returns as the home of an area sees them: what has not come yet, what is asked about, and by when."""

from datetime import date

from ithrive.areas.timeline import plain_day
from ithrive.implementation import Due
from ithrive.implementation.news import About
from ithrive.periods import Quarter
from ithrive.returns.life import State
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import Reach
from ithrive.web.returns import queries
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.versions import received_on, under_way, with_versions


def due(reach: Reach, area: LocalArea, today: date) -> list[Due]:
    """The returns of an area that can be sent and have not come, or that the programme asked about, as far
    as this person may know of them."""
    waiting = queries.returns_of(reach, area).filter(
        quarter_starts__lt=Quarter.of(today).starts, closes_on__gte=today
    )
    told = [(each, _to_do(each)) for each in with_versions(waiting)]
    return [Due(each.due_on, About.ROUND, words) for each, words in told if words]


def _to_do(found: QuarterlyReturn) -> str:
    versions = list(found.versions.all())
    current = under_way(versions)
    if current and current.state == State.QUERIED:
        return f"Questions about the figures for {found.quarter.label} to answer"
    if received_on(versions) is None:
        return f"Figures for {found.quarter.label} (taken until {plain_day(found.closes_on)})"
    return ""

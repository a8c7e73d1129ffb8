"""Returns as the home of an area sees them: what has not come yet, and by when."""

from datetime import date

from ithrive.areas.timeline import plain_day
from ithrive.implementation import Due
from ithrive.implementation.news import About
from ithrive.periods import Quarter
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import Reach
from ithrive.web.returns import queries
from ithrive.web.returns.versions import received_on, with_versions


def due(reach: Reach, area: LocalArea, today: date) -> list[Due]:
    """The returns of an area that can be sent and have not come, as far as this person may know of them."""
    waiting = queries.returns_of(reach, area).filter(
        quarter_starts__lt=Quarter.of(today).starts, closes_on__gte=today
    )
    return [
        Due(each.due_on, About.ROUND, f"{_what(each.quarter)} (taken until {plain_day(each.closes_on)})")
        for each in with_versions(waiting)
        if received_on(each.versions.all()) is None
    ]


def _what(quarter: Quarter) -> str:
    return f"Figures for {quarter.label}"

"""Returns ready to be tested on: Alderbrook's of one quarter, filled in so that no check objects."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from ithrive.measures import Cell, FigureKey
from ithrive.periods import Quarter
from ithrive.returns import Reading, ReturnedFigure, ReturnFigures
from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.areas.models import LocalArea
from ithrive.web.returns.actions import Original, sign_off, submit, take_reading
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.versions import form_of, identity_of
from tests.web.at_once import at_once


def last_quarter() -> Quarter:
    """The last quarter that is over: its returns are open today."""
    return Quarter.of(timezone.localdate()) + -1


def owed(area: LocalArea, quarter: Quarter | None = None, *, days: int = 30) -> QuarterlyReturn:
    """A return that is due in some days and closes thirty later."""
    today = timezone.localdate()
    return QuarterlyReturn.objects.create(
        area=area,
        quarter_starts=(quarter or last_quarter()).starts,
        form_version="1",
        due_on=today + timedelta(days=days),
        closes_on=today + timedelta(days=days + 30),
    )


def sound(found: QuarterlyReturn, *, times: int = 1) -> dict[FigureKey, ReturnedFigure]:
    """Figures that hang together: every grouping has 10, all together 60, parts 10 and 60 too. Of counts that
    another is made of the first has all.
    """
    form = form_of(found)
    nobody = {key for line in form.lines for key in line.made_of[1:]}
    split = {line.key.whole for line in form.lines if line.key.grouping}
    figures = {}
    for line in form.lines:
        number = 10 if line.key.grouping or line.key not in split else 60
        number = 0 if line.key in nobody else number
        figures[line.key] = ReturnedFigure(Cell.of(number * times if line.counts else 10))
    return figures


def methods(found: QuarterlyReturn) -> Mapping[str, str]:
    return {each.measure: "CollaboRATE 2013" for each in form_of(found).questions}


def day(text: str) -> date:
    return date.fromisoformat(text)


def reach_of(person: Person) -> PersonsReach:
    return PersonsReach(person, timezone.localdate(), proved_second_factor=lambda: True)


def reading(
    found: QuarterlyReturn, change: Mapping[FigureKey, ReturnedFigure] | None = None, *, times: int = 1
) -> Reading:
    """What a file with sound figures says, with some of them changed."""
    figures = {**sound(found, times=times), **(change or {})}
    return Reading(ReturnFigures(identity_of(found), figures, methods(found)), (), None)


def draft(
    found: QuarterlyReturn, *, by: Person, change: Mapping[FigureKey, ReturnedFigure] | None = None
) -> Version:
    """A draft that came as a workbook."""
    return take_reading(
        found=found, reading=reading(found, change), original=Original("figures.xlsx", b"PK"),
        came_by="workbook", seen="0:signed", by=by,
    )  # fmt: skip


def submitted(found: QuarterlyReturn, *, by: Person) -> Version:
    version = draft(found, by=by)
    submit(version=version, by=by)
    return version


def signed_off(found: QuarterlyReturn, *, by: Person, signed_by: Person) -> Version:
    version = submitted(found, by=by)
    sign_off(version=version, by=signed_by)
    return version


def there(work: Callable[[], Any]) -> Any:
    """Work on the database that other threads and servers use: on SQLite it is not this thread's."""
    done = at_once(work)[0]
    if isinstance(done, Exception):
        raise done
    return done

"""Letters on returns, each sent to a person once, and the sweeping up after a server that was killed.

`ithrive returns remind` runs this every day. Running it again sends nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from ithrive.periods import Quarter
from ithrive.returns.schedule import Reminder, reminder_due
from ithrive.web.accounts.models import Person
from ithrive.web.returns.actions.taking import sweep_lost_files
from ithrive.web.returns.models import QuarterlyReturn, ReturnReminder
from ithrive.web.returns.people import senders_of
from ithrive.web.returns.versions import received_on, with_versions

LinkTo = Callable[[QuarterlyReturn], str]
SUBJECTS = {
    Reminder.OPEN: "{area}: the return for {quarter} is open",
    Reminder.DUE_SOON: "{area}: the return for {quarter} is due on {due:%-d %B %Y}",
    Reminder.LATE: "{area}: the return for {quarter} is late",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did. `failed`: letters that the post refused; the next run tries them again. `unreached`:
    returns of areas where nobody has an account that a letter could go to.
    """

    letters: int
    failed: int
    swept: int
    unreached: int


def remind(*, today: date, link_to: LinkTo) -> Sent:
    """Write to those who fill in the returns that have not come, and sweep up lost files."""
    waiting = QuarterlyReturn.objects.filter(
        quarter_starts__lt=Quarter.of(today).starts, closes_on__gte=today
    )
    owed = [
        (each, kind)
        for each in with_versions(waiting.select_related("area").order_by("pk"))
        if (kind := reminder_due(each.expected, today, received_on(each.versions.all())))
    ]
    people = senders_of({each.area_id for each, _ in owed}, today)
    results = [
        _written(each, kind, person, link_to)
        for each, kind in owed
        for person in people.get(each.area_id, ())
    ]
    unreached = sum(not people.get(each.area_id) for each, _ in owed)
    return Sent(results.count(True), results.count(False), sweep_lost_files(), unreached)


def _written(found: QuarterlyReturn, kind: Reminder, person: Person, link_to: LinkTo) -> bool | None:
    """Whether the letter left; None if it had left before. That it did is kept only if it did."""
    if ReturnReminder.objects.filter(of=found, person=person, kind=kind).exists():
        return None
    try:
        with transaction.atomic():
            ReturnReminder.objects.create(of=found, person=person, kind=kind)
            _post(found, kind, person, link_to(found))
    except OSError:
        return False
    return True


def _post(found: QuarterlyReturn, kind: Reminder, person: Person, link: str) -> None:
    subject = SUBJECTS[kind].format(area=found.area.name, quarter=found.quarter.label, due=found.due_on)
    words = {"of": found, "kind": kind, "person": person, "link": link, "site": settings.SITE_NAME}
    send_mail(subject, render_to_string("returns/letters/reminder.txt", words), None, [person.email])

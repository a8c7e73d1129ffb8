"""Letters on rounds, each sent to a person once; and the steps of the calendar that nobody needs to press.

`ithrive assessments remind` runs this every day. Running it again sends nothing twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from ithrive.assessments.life import State, why_not_open
from ithrive.assessments.schedule import Reminder, reminder_due
from ithrive.web.accounts.models import Person
from ithrive.web.assessments import queries
from ithrive.web.assessments.access import reach_of_person
from ithrive.web.assessments.actions import mark_missed, open_round
from ithrive.web.assessments.models import ReminderSent, Round
from ithrive.web.history.record import Author

LinkTo = Callable[[Round], str]
SUBJECTS = {
    Reminder.OPENS: "{area}: the assessment round is open",
    Reminder.CLOSING: "{area}: the assessment round closes on {closes:%-d %B %Y}",
    Reminder.OVERDUE: "{area}: the assessment round is overdue",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did. `failed`: letters that the post refused; the next run tries them again."""

    letters: int
    opened: int
    missed: int
    failed: int


def remind(*, today: date, link_to: LinkTo, by: Author) -> Sent:
    """Open the rounds whose window has come, call missed those that nobody held, and write to people."""
    opened = sum(_opened(each, today, by) for each in _standing(State.SCHEDULED))
    missed = sum(_missed(each, today, by) for each in _standing(State.SCHEDULED, State.OPEN))
    results = [
        _written(each, kind, person, link_to)
        for each in _standing(State.SCHEDULED, State.OPEN)
        if each.submitted_at is None and (kind := reminder_due(each.window, State(each.state), today))
        for person in _recipients(each, today)
    ]
    return Sent(results.count(True), opened, missed, results.count(False))


def _standing(*states: State) -> Iterator[Round]:
    found = Round.objects.filter(state__in=states).select_related("area__country", "instrument")
    return iter(list(found.defer("instrument__content").order_by("pk")))


def _opened(round: Round, today: date, by: Author) -> bool:
    if why_not_open(State(round.state), round.window_opens, today) or not queries.raters_of(round):
        return False
    open_round(round=round, by=by)
    return True


def _missed(round: Round, today: date, by: Author) -> bool:
    if round.submitted_at or today < round.window.missed_from:
        return False
    mark_missed(round=round, by=by)
    return True


def _recipients(round: Round, today: date) -> list[Person]:
    """Those who still have to rate, and the area's leads; none who may not know of the round today."""
    waiting = [each.person for each in queries.raters_of(round) if each.submitted_at is None]
    people = {each.pk: each for each in [*waiting, *queries.leads_of(round.area, today)] if each.is_active}
    return [each for each in people.values() if _may_know(each, round, today)]


def _may_know(person: Person, round: Round, today: date) -> bool:
    return queries.rounds(reach_of_person(person, today)).filter(pk=round.pk).exists()


def _written(round: Round, kind: Reminder, person: Person, link_to: LinkTo) -> bool | None:
    """Whether the letter left; None if it had left before. That it did is kept only if it did."""
    if ReminderSent.objects.filter(round=round, person=person, kind=kind).exists():
        return None
    try:
        with transaction.atomic():
            ReminderSent.objects.create(round=round, person=person, kind=kind)
            _post(round, kind, person, link_to(round))
    except OSError:
        return False
    return True


def _post(round: Round, kind: Reminder, person: Person, link: str) -> None:
    subject = SUBJECTS[kind].format(area=round.area.name, closes=round.window_closes)
    words = {"round": round, "kind": kind, "person": person, "link": link, "site": settings.SITE_NAME}
    send_mail(subject, render_to_string("assessments/letters/reminder.txt", words), None, [person.email])

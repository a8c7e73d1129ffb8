"""Recording what the steering group and young people chose when they were asked what to work on first."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.implementation.wishes import Wished, why_not_asked, why_not_wished
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.presenters.words import counted
from ithrive.web.history.record import Author, record
from ithrive.web.implementation.actions._line import one_at_a_time, refuse
from ithrive.web.implementation.actions._seen import mark_of, refuse_unseen
from ithrive.web.implementation.models import Wish
from ithrive.web.implementation.values import as_wished


@transaction.atomic
def record_wishes(
    *,
    area: LocalArea,
    round: int,
    wishes: Mapping[str, Wished | None],
    asked_on: date,
    by: Author,
    seen: str | None = None,
) -> None:
    """Record how many chose each statement of a round, in place of what stood for these statements.

    None where nobody was asked about a statement: what stood for it is taken back. `seen`: the mark of what
    stood when the form was opened.
    """
    refuse(why_not_asked(asked_on, timezone.localdate()))
    asked = {statement: wished for statement, wished in wishes.items() if wished}
    for wished in asked.values():
        refuse(why_not_wished(wished))
    one_at_a_time(area)
    stood = Wish.objects.filter(area=area, round=round, statement__in=wishes)
    rows = [
        Wish(
            area=area,
            round=round,
            statement=statement,
            steering_group=wished.steering_group,
            young_people=wished.young_people,
            asked_on=asked_on,
        )
        for statement, wished in asked.items()
    ]
    before, after = _counts(stood), _counts(rows)
    if not before and not after:
        raise NotAllowed("Enter how many chose at least one statement.")
    if before == after:
        return
    refuse_unseen(seen, mark_of(before), _now(stood))
    stood.delete()
    Wish.objects.bulk_create(rows)
    record(
        by=by,
        action="record wishes",
        subject=f"round {round}",
        summary=f"{area.name}: {said(list(asked.values()), asked_on)}",
        area=area.pk,
        before=before,
        after=after,
    )


def said(asked: list[Wished], asked_on: date) -> str:
    """“asked on 1 May 2026 what to work on first, among 3 statements: chosen 4 times by the steering group,
    7 times by young people.”"""
    if not asked:
        return "what the steering group and young people chose was taken back."
    group, young = sum(each.steering_group for each in asked), sum(each.young_people for each in asked)
    among = counted(len(asked), "statement", "statements")
    return (
        f"asked on {plain_day(asked_on)} what to work on first, among {among}: "
        f"chosen {counted(group, 'time', 'times')} by the steering group, "
        f"{counted(young, 'time', 'times')} by young people."
    )


def mark_of_wishes(rows: Iterable[Wish]) -> str:
    """The mark of what stands, for a form to bring back."""
    return mark_of(_counts(rows))


def _now(stood: Iterable[Wish]) -> str:
    rows = list(stood)
    return said([as_wished(row) for row in rows], rows[0].asked_on) if rows else "nothing recorded."


def _counts(rows: Iterable[Wish]) -> dict[str, dict[str, int | str]]:
    return {
        row.statement: {
            "steering_group": row.steering_group,
            "young_people": row.young_people,
            "asked_on": row.asked_on.isoformat(),
        }
        for row in rows
    }

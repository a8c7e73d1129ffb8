"""Putting organisations on the stakeholder map, and moving them as the work with them changes."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from ithrive.implementation import Stakeholder as StakeholderValue
from ithrive.implementation.stakeholders import ENGAGEMENT, INFLUENCE, why_not_stakeholder
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.implementation.actions._line import locked, one_at_a_time, put, refuse, tell, values
from ithrive.web.implementation.actions._seen import mark, refuse_unseen
from ithrive.web.implementation.models import Stakeholder
from ithrive.web.implementation.values import as_stakeholder

FIELDS = ("name", "sector", "influence", "engagement", "noted_on", "note")


@transaction.atomic
def add_stakeholder(
    *, area: LocalArea, stakeholder: StakeholderValue, note: str = "", by: Author
) -> Stakeholder:
    """Put an organisation or group on the map, once."""
    refuse(why_not_stakeholder(stakeholder, timezone.localdate()))
    one_at_a_time(area)
    _refuse_twice(area, stakeholder)
    row = Stakeholder.objects.create(area=area, note=note, **asdict(stakeholder))
    tell(row, area, by=by, action="add a stakeholder", summary=said(row), after=values(row, *FIELDS))
    return row


@transaction.atomic
def change_stakeholder(
    *, row: Stakeholder, stakeholder: StakeholderValue, note: str = "", by: Author, seen: str | None = None
) -> Stakeholder:
    """Say how things stand now. Where it stood before stays in the history.

    `seen`: its mark when the form was opened.
    """
    refuse(why_not_stakeholder(stakeholder, timezone.localdate()))
    area = row.area
    one_at_a_time(area)
    row = locked(row)
    if as_stakeholder(row) == stakeholder and row.note == note:
        return row
    refuse_unseen(seen, mark(row, FIELDS), said(row))
    _refuse_twice(area, stakeholder, row.pk)
    before, stood = values(row, *FIELDS), said(row)
    put(row, note=note, **asdict(stakeholder))
    summary = f"{said(row)} Before that: {stood}"
    after = values(row, *FIELDS)
    tell(row, area, by=by, action="change a stakeholder", summary=summary, before=before, after=after)
    return row


@transaction.atomic
def remove_stakeholder(*, row: Stakeholder, reason: str, by: Author) -> None:
    """Take an organisation off the map."""
    area, row = row.area, locked(row)
    summary = f"off the map, {said(row)} {reason}"
    tell(row, area, by=by, action="remove a stakeholder", summary=summary, before=values(row, *FIELDS))
    row.delete()


def _refuse_twice(area: LocalArea, stakeholder: StakeholderValue, itself: int = 0) -> None:
    named = Stakeholder.objects.filter(area=area, name__iexact=stakeholder.name.strip())
    if named.exclude(pk=itself).exists():
        raise NotAllowed(f"{stakeholder.name.strip()} is on the map already. Change it there.")


def said(row: Stakeholder) -> str:
    return f"{row.name}, {INFLUENCE[row.influence]}, {ENGAGEMENT[row.engagement]}."

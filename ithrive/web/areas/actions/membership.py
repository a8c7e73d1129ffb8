"""Changing an area's roles. Lines about comparison sites are kept from everyone but evaluators."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ithrive.areas import membership
from ithrive.areas.membership import MemberRole
from ithrive.areas.timeline import (
    Step,
    begun,
    in_words,
    plain_day,
    same_track,
    why_not_begin,
    why_not_beside,
    why_not_dates,
)
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.areas.standing import as_value, life_of
from ithrive.web.history.record import Author, record

EVALUATORS = "evaluators"


@transaction.atomic
def set_membership(
    *,
    area: LocalArea,
    role: MemberRole,
    starts: date | None,
    by: Author,
    ends: date | None = None,
    note: str = "",
) -> Membership:
    """Begin a role. The role that the area holds on that day ends with it."""
    rows = _locked_rows(area)
    existing = [as_value(row) for row in rows]
    new = membership.Membership(area.code, role, area.kind, starts, ends, note)
    _refuse(why_not_begin(existing, new, life_of(area), timezone.localdate()))
    return _take(area, begun(existing, new), by)


@transaction.atomic
def end_membership(*, row: Membership, ends: date, by: Author) -> Membership:
    """End a role on a day, without another to follow."""
    return correct_membership(
        row=row, role=MemberRole(row.role), starts=row.starts, ends=ends, note=row.note, by=by
    )


@transaction.atomic
def correct_membership(
    *,
    row: Membership,
    role: MemberRole,
    starts: date | None,
    ends: date | None,
    note: str,
    by: Author,
) -> Membership:
    """Put right what was recorded of a role. What stood before stays readable in the history."""
    rows = _locked_rows(row.area)
    before = as_value(_still_there(rows, row))
    after = replace(before, role=role, starts=starts, ends=ends, note=note)
    if after == before:
        return row
    others = [as_value(each) for each in rows if each.pk != row.pk]
    _refuse(_why_not_correct(before, after) or why_not_dates(after, life_of(row.area), timezone.localdate()))
    _refuse(why_not_beside(others, after))
    return _take(row.area, (Step(before, after),), by)


@transaction.atomic
def remove_membership(*, row: Membership, reason: str, by: Author) -> None:
    """Take back a role that was recorded in error. The history keeps the whole of it, with the reason."""
    before = as_value(_still_there(_locked_rows(row.area), row))
    record(
        by=by,
        action="remove a role recorded in error",
        subject=f"membership {row.area.code}",
        summary=f"{row.area.name}: recorded in error as {in_words(before)}. {reason}",
        area=row.area.pk,
        before=_told(before),
        confidential_to=_kept_for(before.role),
    )
    row.delete()


@transaction.atomic
def import_memberships(*, steps: Iterable[tuple[LocalArea, Step]], source: str, by: Author) -> int:
    """Take every step of a list that was previewed, one line of history each; how many there were."""
    taken = 0
    for area, step in steps:
        _take(area, (step,), by, source)
        taken += 1
    return taken


def _take(area: LocalArea, steps: Iterable[Step], by: Author, source: str = "") -> Membership:
    """Write steps down, in one line of history; the row of the last is given back."""
    made = list(steps)
    rows = [_written(area, step) for step in made]
    last = made[-1]
    befores = [step.before for step in made if step.before]
    record(
        by=by,
        action="correct a role" if last.before else "begin a role",
        subject=f"membership {area.code}",
        summary=_summary(area, made) + (f" From the list {source}." if source else ""),
        area=area.pk,
        before=_told(befores[0]) if befores else None,
        after=_told(last.after),
        confidential_to=_kept_for(last.after.role),
    )
    return rows[-1]


def _written(area: LocalArea, step: Step) -> Membership:
    values = {field: getattr(step.after, field) for field in ("role", "starts", "ends", "note")}
    if step.before is None:
        return Membership.objects.create(area=area, **values)
    row = Membership.objects.get(area=area, role=step.before.role, starts=step.before.starts)
    for field, value in values.items():
        setattr(row, field, value)
    row.save()
    return row


def _summary(area: LocalArea, steps: list[Step]) -> str:
    last = steps[-1]
    if last.before:
        return f"{area.name}: {in_words(last.after)}, before that recorded as {in_words(last.before)}."
    ended = [step for step in steps if step.before and step.after.ends]
    then = "".join(
        f" It was {step.after.role} until {plain_day(step.after.ends)}." for step in ended if step.after.ends
    )
    return f"{area.name}: {in_words(last.after)}.{then}"


def _told(value: membership.Membership) -> dict[str, Any]:
    told = asdict(value)
    return {field: told[field] for field in ("role", "starts", "ends", "note")}


def _kept_for(role: MemberRole) -> str:
    return EVALUATORS if role is MemberRole.COMPARISON else ""


def _locked_rows(area: LocalArea) -> list[Membership]:
    """The area's roles, with the area locked, so that two changes at once follow one another."""
    LocalArea.objects.select_for_update().get(pk=area.pk)
    return list(Membership.objects.filter(area=area).select_related("area"))


def _still_there(rows: Iterable[Membership], row: Membership) -> Membership:
    for each in rows:
        if each.pk == row.pk:
            return each
    raise NotAllowed("Somebody removed this role in the meantime. Go back and look again.")


def _why_not_correct(before: membership.Membership, after: membership.Membership) -> str | None:
    if not same_track(before, after):
        return "A comparison site and a role in the programme are kept apart: record the other one anew."
    return None


def _refuse(reason: str | None) -> None:
    if reason:
        raise NotAllowed(reason)

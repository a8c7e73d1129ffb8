"""Recording direct support. An entry may be corrected or taken back; the history keeps what stood before."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from ithrive.areas.support import SupportGiven, why_not_support
from ithrive.areas.timeline import Life, plain_day
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea, Support
from ithrive.web.areas.standing import as_given, life_of, lives
from ithrive.web.history.record import Author, record

FIELDS = ("on", "kind", "days", "given_by", "purpose")


@transaction.atomic
def record_support(*, area: LocalArea, given: SupportGiven, by: Author) -> Support:
    """Add one piece of support to an area's log."""
    return _added(area, given, life_of(area), by)


@transaction.atomic
def correct_support(*, row: Support, given: SupportGiven, by: Author) -> Support:
    """Put an entry right."""
    _refuse_unless_possible(given, life_of(row.area))
    before = as_given(_locked(row))
    if before == given:
        return row
    for field, value in _fields(given).items():
        setattr(row, field, value)
    row.save()
    record(
        by=by,
        action="correct support",
        subject=f"support {row.pk}",
        summary=f"{row.area.name}: {_said(given)}, before that recorded as {_said(before)}.",
        area=row.area.pk,
        before=_fields(before),
        after=_fields(given),
    )
    return row


@transaction.atomic
def remove_support(*, row: Support, reason: str, by: Author) -> None:
    """Take back an entry that was recorded in error."""
    before = as_given(_locked(row))
    record(
        by=by,
        action="remove support recorded in error",
        subject=f"support {row.pk}",
        summary=f"{row.area.name}: recorded in error, {_said(before)}. {reason}",
        area=row.area.pk,
        before=_fields(before),
    )
    row.delete()


@transaction.atomic
def import_support(*, entries: Iterable[tuple[LocalArea, SupportGiven]], source: str, by: Author) -> int:
    """Add every entry of a list that was previewed; how many there were."""
    asked = list(entries)
    known = lives({area for area, _ in asked})
    for area, given in asked:
        _added(area, given, known[area.pk], by, source)
    return len(asked)


def _locked(row: Support) -> Support:
    found = Support.objects.select_for_update(of=("self",)).select_related("area").filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed("Somebody removed this entry in the meantime. Go back and look again.")
    return found


def _added(area: LocalArea, given: SupportGiven, life: Life, by: Author, source: str = "") -> Support:
    _refuse_unless_possible(given, life)
    row = Support.objects.create(area=area, **_fields(given))
    record(
        by=by,
        action="record support",
        subject=f"support {row.pk}",
        summary=f"{area.name}: {_said(given)}." + (f" From the list {source}." if source else ""),
        area=area.pk,
        after=_fields(given),
    )
    return row


def _refuse_unless_possible(given: SupportGiven, life: Life) -> None:
    reason = why_not_support(given, life, timezone.localdate())
    if reason:
        raise NotAllowed(reason)


def _fields(given: SupportGiven) -> dict[str, Any]:
    told = asdict(given)
    return {field: told[field] for field in FIELDS}


def _said(given: SupportGiven) -> str:
    return f"{given.kind} on {plain_day(given.on)}, {given.days.normalize():f} days by {given.given_by}"

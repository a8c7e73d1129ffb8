"""Every change to what is recorded beside a measure: notes and rebases, added and taken back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ithrive import improvement
from ithrive.areas.timeline import plain_day
from ithrive.improvement import Annotation, AnnotationKind
from ithrive.improvement.recorded import why_not_note, why_not_rebase
from ithrive.measures import measures
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author, record
from ithrive.web.improvement.models import ChartNote, Rebase
from ithrive.web.improvement.queries import as_rebase, rebases_of

GONE = "Somebody removed this in the meantime. Go back and look again."


@transaction.atomic
def add_note(
    *, area: LocalArea, measure: str, day: date, kind: AnnotationKind, words: str, by: Author
) -> ChartNote:
    """Note something that happened. The same words on the same day are noted once."""
    words = words.strip()
    _refuse(_why_not_measure(measure) or why_not_note(Annotation(day, kind, words), timezone.localdate()))
    _one_at_a_time(area)
    row = ChartNote(area=area, measure=measure, day=day, kind=kind.value, words=words, added_by=_person(by))
    if ChartNote.objects.filter(area=area, measure=measure, day=day, words=words).exists():
        raise NotAllowed("This is noted already.")
    row.save()
    _tell(row, by, "note on a chart", note_said(row), after=_of_note(row))
    return row


@transaction.atomic
def remove_note(*, row: ChartNote, reason: str, by: Author) -> None:
    """Take back a note. The history keeps it, with the reason."""
    found = ChartNote.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed(GONE)
    _tell(row, by, "take back a note", f"taken back, {note_said(found)} {reason}", before=_of_note(found))
    found.delete()


@transaction.atomic
def add_rebase(
    *, area: LocalArea, measure: str, on: date, reason: str, decided_by: str, by: Author
) -> Rebase:
    """Let the lines of a measure begin anew, for a reason that somebody answers for."""
    reason, decided_by = reason.strip(), decided_by.strip()
    _one_at_a_time(area)
    wanted = improvement.Rebase(on, reason, decided_by)
    others = [as_rebase(row) for row in rebases_of(area, measure)]
    _refuse(_why_not_measure(measure) or why_not_rebase(wanted, others, timezone.localdate()))
    row = Rebase.objects.create(
        area=area, measure=measure, on=on, reason=reason, decided_by=decided_by, added_by=_person(by)
    )
    _tell(row, by, "rebase a chart", rebase_said(row), after=_of_rebase(row))
    return row


@transaction.atomic
def remove_rebase(*, row: Rebase, reason: str, by: Author) -> None:
    """Take back a rebase: the lines run through again. The history keeps it, with the reason."""
    found = Rebase.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed(GONE)
    summary = f"taken back, {rebase_said(found)} {reason}"
    _tell(row, by, "take back a rebase", summary, before=_of_rebase(found))
    found.delete()


def note_said(row: ChartNote) -> str:
    """“H1, 1 April 2026: reminders by text (test of change).”"""
    return f"{row.measure}, {plain_day(row.day)}: {row.words.rstrip('.')} ({row.kind})."


def rebase_said(row: Rebase) -> str:
    """“H1, lines begin anew on 1 April 2026: a second clinic (Steering group).”"""
    reason = row.reason.rstrip(".")
    return f"{row.measure}, lines begin anew on {plain_day(row.on)}: {reason} ({row.decided_by})."


def _tell(
    row: ChartNote | Rebase,
    by: Author,
    action: str,
    summary: str,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        by=by,
        action=action,
        subject=f"{row._meta.verbose_name} {row.pk}",
        summary=f"{row.area.name}: {summary}",
        area=row.area_id,
        before=before,
        after=after,
    )


def _of_note(row: ChartNote) -> dict[str, object]:
    return {"measure": row.measure, "day": row.day, "kind": row.kind, "words": row.words}


def _of_rebase(row: Rebase) -> dict[str, object]:
    return {"measure": row.measure, "on": row.on, "reason": row.reason, "decided by": row.decided_by}


def _why_not_measure(measure: str) -> str | None:
    return None if measure in measures() else f"There is no measure {measure}."


def _person(by: Author) -> Person | None:
    return by if isinstance(by, Person) else None


def _refuse(reason: str | None) -> None:
    if reason:
        raise NotAllowed(reason)


def _one_at_a_time(area: LocalArea) -> None:
    """Two tabs that add to an area do so one after the other, so that a rule sees what the first one did."""
    LocalArea.objects.select_for_update().get(pk=area.pk)

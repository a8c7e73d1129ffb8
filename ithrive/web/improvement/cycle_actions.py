"""Every change to a test of change: begun, finished, taken back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ithrive import improvement
from ithrive.areas.timeline import plain_day
from ithrive.improvement import Decision
from ithrive.improvement.cycles import why_not_begin, why_not_finish
from ithrive.measures import measures
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author, record
from ithrive.web.improvement.models import Cycle
from ithrive.web.improvement.queries import as_cycle

GONE = "Somebody removed this in the meantime. Go back and look again."


@transaction.atomic
def begin_cycle(
    *,
    area: LocalArea,
    measure: str,
    change: str,
    aim: str,
    prediction: str,
    plan: str,
    started: date,
    by: Author,
    after: Cycle | None = None,
) -> Cycle:
    """Record a test as begun, with what is expected of it. `measure` may be empty: then it is on no chart."""
    wanted = improvement.Cycle(change.strip(), aim.strip(), prediction.strip(), plan.strip(), started)
    if measure and measure not in measures():
        raise NotAllowed(f"There is no measure {measure}.")
    before = _locked(after) if after else None
    if before is not None and before.area_id != area.pk:
        raise NotAllowed("The cycle before is another area's.")
    _refuse(why_not_begin(wanted, timezone.localdate(), after=as_cycle(before) if before else None))
    row = Cycle.objects.create(
        area=area,
        measure=measure,
        change=wanted.change,
        aim=wanted.aim,
        prediction=wanted.prediction,
        plan=wanted.plan,
        started=started,
        after=before,
        added_by=by if isinstance(by, Person) else None,
    )
    _tell(row, by, "begin a test of change", f"begun on {plain_day(started)}", after=_of(row))
    return row


@transaction.atomic
def finish_cycle(*, row: Cycle, ended: date, found: str, decision: Decision, by: Author) -> None:
    """Say what was found, and what becomes of the change."""
    cycle = _locked(row)
    _refuse(why_not_finish(as_cycle(cycle), ended, found, timezone.localdate()))
    before = _of(cycle)
    cycle.ended, cycle.found, cycle.decision = ended, found.strip(), decision.value
    cycle.save(update_fields=["ended", "found", "decision"])
    said = f"{as_cycle(cycle).outcome} on {plain_day(ended)}"
    _tell(cycle, by, "finish a test of change", said, before=before, after=_of(cycle))


@transaction.atomic
def remove_cycle(*, row: Cycle, reason: str, by: Author) -> None:
    """Take back a test that was recorded by mistake. The history keeps it, with the reason."""
    cycle = _locked(row)
    if cycle.followed_by.exists():
        raise NotAllowed("Another cycle follows it. Take that one back first.")
    _tell(cycle, by, "take back a test of change", f"taken back. {reason.strip()}", before=_of(cycle))
    cycle.delete()


def _locked(row: Cycle) -> Cycle:
    found = Cycle.objects.select_for_update(of=("self",)).select_related("area").filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed(GONE)
    return found


def _tell(
    row: Cycle,
    by: Author,
    action: str,
    said: str,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    summary = f"{row.area.name}: “{row.change.rstrip('.')}” {said}"
    record(
        by=by,
        action=action,
        subject=f"{row._meta.verbose_name} {row.pk}",
        summary=summary if summary.endswith(".") else f"{summary}.",
        area=row.area_id,
        before=before,
        after=after,
    )


def _of(row: Cycle) -> dict[str, object]:
    return {
        "measure": row.measure,
        "change": row.change,
        "aim": row.aim,
        "prediction": row.prediction,
        "plan": row.plan,
        "started": row.started,
        "ended": row.ended,
        "found": row.found,
        "decision": row.decision,
        "after": row.after_id,
    }


def _refuse(reason: str | None) -> None:
    if reason:
        raise NotAllowed(reason)

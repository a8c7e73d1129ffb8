"""Scheduling rounds, opening them, and what becomes of those that nobody holds."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from ithrive.assessments.life import Purpose as Aim
from ithrive.assessments.life import State, why_not_miss, why_not_open, why_not_remove
from ithrive.assessments.moderation import why_not_share
from ithrive.assessments.schedule import Window, why_not_schedule
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.access import audience
from ithrive.web.assessments.actions.moving import held, move, tell
from ithrive.web.assessments.models import InstrumentVersion, Purpose, Round
from ithrive.web.history.record import Author, record


@transaction.atomic
def schedule_rounds(
    *,
    areas: Sequence[LocalArea],
    instrument: InstrumentVersion,
    windows: Sequence[Window],
    purpose: Purpose = Purpose.EVALUATED,
    study: str = "",
    by: Author,
) -> list[Round]:
    """Rounds of one area, or of every area of a study: all of them, or none and the reason."""
    refuse("A reflection belongs to its area, not to a study." if study and purpose == "reflection" else None)
    return [
        round
        for area in areas
        for round in _scheduled(area, instrument, windows, purpose=purpose, study=study, by=by)
    ]


def _scheduled(
    area: LocalArea,
    instrument: InstrumentVersion,
    windows: Sequence[Window],
    *,
    purpose: Purpose,
    study: str,
    by: Author,
) -> list[Round]:
    LocalArea.objects.select_for_update().get(pk=area.pk)
    standing = Round.objects.filter(area=area, purpose=purpose, study=study)
    reason = why_not_schedule(windows, list(standing.values_list("due_on", flat=True)))
    refuse(f"{area.name}: {reason}" if reason else None)
    made = [
        Round.objects.create(
            area=area, instrument=instrument, purpose=purpose, study=study, state=State.SCHEDULED,
            due_on=each.due, window_opens=each.opens, window_closes=each.closes,
        )
        for each in windows
    ]  # fmt: skip
    days = [f"{each.due:%-d %B %Y}" for each in windows]
    kept_for = next(filter(None, (audience(each) for each in made)), "")
    record(
        by=by,
        action="schedule rounds",
        subject=f"rounds of {area.code}",
        summary=f"{area.name}: {Purpose(purpose).label.lower()} scheduled for {' and '.join(days)}",
        area=area.pk,
        after={"due": days, "instrument": str(instrument), "study": study},
        confidential_to=kept_for,
    )
    return made


@transaction.atomic
def remove_round(*, round: Round, by: Author) -> None:
    """Take a round off the schedule before its window opens; later, what was due stays a fact."""
    standing = held(round)
    refuse(why_not_remove(State(standing.state), standing.window_opens, timezone.localdate()))
    tell(standing, by=by, action="take a round off the schedule", happened="taken off the schedule")
    standing.delete()


@transaction.atomic
def open_round(*, round: Round, by: Author) -> None:
    """Let raters begin, in the window or after it. A round once missed stays known as missed."""
    standing = held(round)
    refuse(why_not_open(State(standing.state), standing.window_opens, timezone.localdate()))
    before = standing.state
    move(standing, State.OPEN, opened_at=standing.opened_at or timezone.now())
    tell(
        standing, by=by, action="open a round", happened="open for rating",
        before={"state": before}, after={"state": State.OPEN},
    )  # fmt: skip


@transaction.atomic
def mark_missed(*, round: Round, by: Author) -> None:
    """Say that a round was not held. Nothing that was typed is lost: it can be held late after all."""
    standing = held(round)
    reason = why_not_miss(
        State(standing.state),
        standing.window_closes,
        timezone.localdate(),
        held=standing.submitted_at is not None,
    )
    refuse(reason)
    before = standing.state
    move(standing, State.MISSED, missed_at=standing.missed_at or timezone.now())
    tell(
        standing, by=by, action="miss a round", happened="not held, so missed",
        before={"state": before}, after={"state": State.MISSED},
    )  # fmt: skip


@transaction.atomic
def share_reflection(*, round: Round, statement: str, by: Author) -> None:
    """Let others see a signed-off reflection. There is no way back: what was read cannot be unread."""
    standing = held(round)
    refuse(
        why_not_share(
            State(standing.state),
            Aim(standing.purpose),
            shared=standing.shared_at is not None,
            statement=statement,
        )
    )
    standing.shared_at, standing.shared_with = timezone.now(), statement.strip()
    standing.save(update_fields=["shared_at", "shared_with"])
    tell(standing, by=by, action="share a reflection", happened=f"reflection shared: {standing.shared_with}")

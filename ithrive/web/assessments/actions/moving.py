"""What the actions on a round share: holding it, moving it on, telling the history."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ithrive.assessments.life import Purpose, State, why_not_move
from ithrive.assessments.moderation import why_not_begin_moderation
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.assessments.access import audience
from ithrive.web.assessments.models import Round
from ithrive.web.assessments.queries import counted, raters_of
from ithrive.web.history.record import Author, record


def held(round: Round) -> Round:
    """The round as it stands, locked until the transaction ends."""
    found = Round.objects.select_for_update(of=("self",)).select_related("area__country", "instrument")
    standing = found.filter(pk=round.pk).first()
    refuse(None if standing else "Somebody took this round off the schedule in the meantime.")
    assert standing is not None  # refused in the line above
    return standing


def move(round: Round, to: State, **values: Any) -> None:
    """To another state of the table, and nowhere else."""
    refuse(why_not_move(State(round.state), to))
    round.state = to
    for name, value in values.items():
        setattr(round, name, value)
    round.save(update_fields=["state", *values])


def tell(
    round: Round,
    *,
    by: Author,
    action: str,
    happened: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One line of history, kept for those who may know of the round. Never a score: those have their own."""
    record(
        by=by,
        action=action,
        subject=f"round {round.pk}",
        summary=f"{round.area.name}, round due {round.due_on:%-d %B %Y}: {happened}",
        area=round.area_id,
        before=before,
        after=after,
        confidential_to=audience(round),
    )


def settle(round: Round) -> bool:
    """Begin moderation once enough people rate the round and all of them have submitted."""
    raters = raters_of(round)
    if round.state != State.OPEN:
        return False
    if why_not_begin_moderation(Purpose(round.purpose), counted(raters), round.single_rater_exception):
        return False
    last = max((each.submitted_at for each in raters if each.submitted_at), default=timezone.now())
    move(round, State.MODERATING, submitted_at=round.submitted_at or last)
    return True


def and_now(settled: bool) -> str:
    return "; everyone has submitted, so scores can be agreed" if settled else ""

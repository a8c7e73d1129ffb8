"""Taking past rounds from a list that was previewed: exactly what was shown, all of it or nothing."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from ithrive.assessments.life import State
from ithrive.assessments.past_rounds import PastList, exception
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.framework.instrument import Instrument
from ithrive.web.accounts.models import Person
from ithrive.web.areas.actions import Changed
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.actions.moving import tell
from ithrive.web.assessments.models import Agreed, InstrumentVersion, PastRating, Purpose, Round
from ithrive.web.assessments.past_plans import (
    PastPlan,
    PlannedRound,
    changed,
    plan_past_rounds,
    scores_of,
)

OVERTAKEN = "Something changed since you looked. This is what the list would change now."


@transaction.atomic
def take_past_rounds(
    *,
    pasts: PastList,
    version: InstrumentVersion,
    instrument: Instrument,
    areas: Iterable[LocalArea],
    name: str,
    shown: str,
    by: Person,
) -> PastPlan:
    """Record every round of the list, if that is still what was shown. Raises Changed, or BadInput."""
    locked = list(
        LocalArea.objects.select_for_update().filter(pk__in=[each.pk for each in areas]).order_by("pk")
    )
    plan = plan_past_rounds(pasts, version=version, instrument=instrument, areas=locked)
    if plan.digest != shown:
        raise Changed(OVERTAKEN)
    for planned in plan.rounds:
        _take(planned, version, name, by)
    return plan


def _take(planned: PlannedRound, version: InstrumentVersion, name: str, by: Person) -> None:
    past = planned.past
    round = planned.standing or _made(planned, version, by)
    round.imported_from, round.single_rater_exception = name, exception(past)
    round.save(update_fields=["imported_from", "single_rater_exception"])
    round.past_ratings.all().delete()
    PastRating.objects.bulk_create(_past_rating(round, each) for each in past.ratings)
    _agree(round, planned, by)
    happened = "imported again" if planned.standing else "imported"
    tell(
        round, by=by, action="import a past round", happened=f"{happened} from {name}",
        after={"instrument": str(version), "raters": len(past.raters), "scores": len(planned.agreed),
               "changed": planned.differing},
    )  # fmt: skip


def _made(planned: PlannedRound, version: InstrumentVersion, by: Person) -> Round:
    """A round that was over long ago. A list knows no day but the due one, so that stands for all of them."""
    due = planned.past.due
    return Round.objects.create(
        area=planned.area,
        instrument=version,
        purpose=Purpose.EVALUATED,
        study=planned.past.study,
        due_on=due,
        window_opens=due,
        window_closes=due,
        state=State.SIGNED_OFF,
        submitted_at=timezone.make_aware(datetime.combine(due, time(12))),
        signed_off_by=by,  # whoever brings it in answers for it
        signed_off_at=timezone.now(),
    )


def _agree(round: Round, planned: PlannedRound, by: Person) -> None:
    """Scores that differ take the place of those before, which stay readable."""
    differing = changed(scores_of(round), planned.agreed)
    Agreed.objects.filter(round=round, statement__in=differing, superseded_at=None).update(
        superseded_at=timezone.now()
    )
    scored = [each.statement for each in planned.past.ratings if each.score is not None]
    Agreed.objects.bulk_create(
        _agreed(round, planned.agreed[code], scored.count(code), by)
        for code in planned.agreed
        if code in differing
    )


def _agreed(round: Round, score: AgreedScore, scored_by: int, by: Person) -> Agreed:
    return Agreed(
        round=round, statement=score.statement, score=score.score, reason=score.reason,
        low=score.low, high=score.high, scored_by=scored_by, agreed_by=by,
    )  # fmt: skip


def _past_rating(round: Round, rating: Rating) -> PastRating:
    return PastRating(
        round=round, rater=rating.rater, statement=rating.statement, score=rating.score,
        cannot_rate=rating.cannot_rate,
    )  # fmt: skip

"""Who rates a round."""

from django.db import transaction
from django.utils import timezone

from ithrive.assessments.life import Purpose, State, why_not_change_raters, why_not_withdraw
from ithrive.assessments.moderation import why_not_except
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.accounts.models import Person
from ithrive.web.assessments.access import why_not_name
from ithrive.web.assessments.actions.moving import and_now, held, settle, tell
from ithrive.web.assessments.models import RaterOnRound, Round
from ithrive.web.history.record import Author

VIEWS = {"staff": "Staff view", "young-people": "Young people's view"}


@transaction.atomic
def name_rater(*, round: Round, person: Person, view: str = "staff", by: Author) -> RaterOnRound:
    """Ask somebody to rate. Whoever was taken off and is asked again goes on where they stopped."""
    standing = held(round)
    refuse(why_not_change_raters(State(standing.state)) or why_not_name(person, standing))
    rater = RaterOnRound.objects.filter(round=standing, person=person).first()
    refuse("This person is asked to rate already." if rater and rater.withdrawn_at is None else None)
    rater = rater or RaterOnRound(round=standing, person=person)
    rater.view, rater.withdrawn_at = view, None
    rater.save()
    tell(
        standing, by=by, action="name a rater", happened=f"{person.name} is asked to rate",
        after={"view": VIEWS[view]},
    )  # fmt: skip
    return rater


@transaction.atomic
def withdraw_rater(*, rater: RaterOnRound, by: Author) -> bool:
    """Take somebody off a round before they submit. What they typed is kept and shown to nobody.

    Gives back whether scores can be agreed now, because everyone else had submitted.
    """
    standing = held(rater.round)
    current = standing.raters.select_for_update(of=("self",)).select_related("person").get(pk=rater.pk)
    refuse(why_not_withdraw(State(standing.state), submitted=current.submitted_at is not None))
    refuse("This person was taken off the round already." if current.withdrawn_at else None)
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    settled = settle(standing)
    happened = f"{current.person.name} no longer rates{and_now(settled)}"
    tell(standing, by=by, action="take a rater off", happened=happened)
    return settled


@transaction.atomic
def allow_one_rater(*, round: Round, reason: str, by: Author) -> bool:
    """Record why one rater has to be enough. Whether scores can be agreed now."""
    standing = held(round)
    refuse(why_not_except(Purpose(standing.purpose), State(standing.state), reason))
    before, standing.single_rater_exception = standing.single_rater_exception, reason.strip()
    standing.save(update_fields=["single_rater_exception"])
    settled = settle(standing)
    happened = f"one rater is enough{and_now(settled)}"
    tell(
        standing, by=by, action="allow one rater", happened=happened,
        before={"reason": before}, after={"reason": standing.single_rater_exception},
    )  # fmt: skip
    return settled

"""A rater's practice before rating, kept beside what they rate."""

from collections.abc import Mapping

from django.db import transaction

from ithrive.assessments.calibration import Calibration, calibration
from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.assessments.actions.moving import held, tell
from ithrive.web.assessments.models import RaterOnRound
from ithrive.web.history.record import Author


def why_not_practise(rater: RaterOnRound) -> str | None:
    """The reason a rater cannot practise for this round. Who has seen the answers cannot practise again."""
    if rater.calibration is not None:
        return "You have practised for this round, and seen the answers."
    if rater.submitted_at is not None:
        return "You have submitted your ratings. Practice comes before rating."
    return None


@transaction.atomic
def keep_practice(*, rater: RaterOnRound, scores: Mapping[str, int], by: Author) -> Calibration:
    """Keep how a rater's scores of the practice scenes compare with the reference. The history says only that
    they practised. Raises BadInput unless every scene has a score."""
    round = held(rater.round)
    standing = round.raters.select_for_update(of=("self",)).select_related("person").get(pk=rater.pk)
    if standing.withdrawn_at or standing.person.reference != by.reference:
        raise NotAllowed("You are not asked to rate this round. Ask whoever schedules it.")
    refuse(why_not_practise(standing))
    found = calibration(scores)
    standing.calibration = found.stored() | {"scores": dict(scores)}
    standing.save(update_fields=["calibration"])
    tell(round, by=by, action="practise rating", happened=f"{standing.person.name} practised before rating")
    return found

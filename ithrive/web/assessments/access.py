"""Who may do what with a round: the table of rights, and the wall around private reflections.

A view finds its round through `round_for`, then asks `require`. Both take the request's own reach.
"""

from datetime import date

from django.http import Http404
from django.utils import timezone

from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.accounts.refusals import SignInNeeded
from ithrive.web.areas.reach import AreaRequest, Reach
from ithrive.web.assessments import queries
from ithrive.web.assessments.models import Interview, Purpose, Round
from ithrive.web.history.reading import EVALUATORS, kept_for_area
from ithrive.web.rights import Right


def round_for(request: AreaRequest, number: int) -> Round:
    """The round of this address. 404 where the person may not know of it: a wall looks like nothing there."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    found = queries.rounds(request.areas).select_related("area__country").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def may(reach: Reach, right: Right, round: Round) -> bool:
    """Whether a person has a right on a round that they may know of.

    What is done to a reflection is done by the area's own people, shared or not. The scores of an evaluated
    round are agreed by somebody whose right does not come from the area.
    """
    if round.purpose == Purpose.REFLECTION:
        return reach.may(Right.SEE_REFLECTION, round.area) and reach.may(right, round.area)
    return reach.may(right, None if right is Right.MODERATE else round.area)


def require(reach: Reach, right: Right, round: Round) -> None:
    """Pass, or raise what turns into the second factor or a refusal."""
    if round.purpose == Purpose.REFLECTION:
        reach.require(Right.SEE_REFLECTION, round.area)
    reach.require(right, None if right is Right.MODERATE and not _reflects(round) else round.area)


def may_read(reach: Reach, interview: Interview, person: Person) -> bool:
    """Whether somebody who may interview for the round reads all that was said in one of its interviews.

    On an evaluated round that is whoever recorded it, and evaluators: an area must not find out who told an
    evaluator what. A reflection's interviews are the area's own.
    """
    own = interview.written_by_id == person.pk or interview.informant.round.purpose == Purpose.REFLECTION
    return own or reach.may(Right.INTERVIEW)


def reach_of_person(person: Person, on: date) -> PersonsReach:
    """What somebody else may reach on a day: to name them as a rater, or to write to them."""
    return PersonsReach(person, on, proved_second_factor=lambda: False)


def audience(round: Round) -> str:
    """For whom the lines of history on a round are kept."""
    if round.private:
        return kept_for_area(round.area_id)
    return EVALUATORS if queries.at_comparison_site(round) else ""


def _reflects(round: Round) -> bool:
    return round.purpose == Purpose.REFLECTION


def why_not_name(person: Person, round: Round) -> str | None:
    """The reason somebody cannot be asked to rate: they may not rate here, or may not know of the round."""
    reach = reach_of_person(person, timezone.localdate())
    if not person.is_active or not may(reach, Right.RATE, round):
        return f"{person.name} holds no role that lets them rate this round."
    return None if queries.rounds(reach).filter(pk=round.pk).exists() else f"{person.name} cannot rate here."

"""Who may do what with a return. A view finds its return through `return_for`, then asks `request.areas`."""

from datetime import date

from django.http import Http404

from ithrive.problems import NotAllowed
from ithrive.returns.life import State, why_not_change
from ithrive.web.accounts.refusals import SignInNeeded
from ithrive.web.areas.own_pages import area_at
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.history.reading import EVALUATORS
from ithrive.web.returns import queries
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.versions import under_way, versions_of
from ithrive.web.rights import Right

NOT_BEGUN = "No version of this return is under way. Begin one on its page."


def return_for(request: AreaRequest, number: int) -> QuarterlyReturn:
    """The return of this address; 404 where the person may not know of it, as if nothing were there."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    found = queries.returns(request.areas).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def version_to_fill(request: AreaRequest, number: int) -> tuple[QuarterlyReturn, Version]:
    """The return and the version under way, for somebody who may fill it in now. Raises NotAllowed."""
    found = return_for(request, number)
    request.areas.require(Right.SEND_RETURN, found.area)
    version = under_way(versions_of(found))
    if version is None:
        raise NotAllowed(NOT_BEGUN)
    if reason := why_not_change(State(version.state)):
        raise NotAllowed(reason)
    version.of = found
    return found, version


def return_of(
    request: AreaRequest, country: str, kind: str, code: str, quarter_starts: date
) -> QuarterlyReturn:
    """The return of an area for a quarter, by the names that stand in an address."""
    area = area_at(request, country, kind, code)
    request.areas.require(Right.SEE_RETURNS, area)
    found = queries.returns_of(request.areas, area).filter(quarter_starts=quarter_starts).first()
    if found is None:
        raise Http404
    return found


def audience(found: QuarterlyReturn) -> str:
    """For whom the lines of history on a return are kept."""
    return EVALUATORS if queries.of_comparison_site(found) else ""

"""Where the reader may want to go that others do not: said in every page's header."""

from django.http import HttpRequest

from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.components.context import place
from ithrive.web.rights import RIGHTS, Held, Right


def own_places(request: HttpRequest) -> dict[str, object]:
    """Links to one's own area, assessments, returns, the board and more, for those who have them.

    One small query for whoever is signed in, which the page itself usually asks as well; none for others.
    """
    reach = getattr(request, "areas", None)
    if not isinstance(reach, PersonsReach):
        return {}
    return {"more_places": [place(text, href, request.path) for text, href in _places(reach.held)]}


def _places(held: tuple[Held, ...]) -> list[tuple[str, str]]:
    rights = {right for each in held for right in RIGHTS[each.role]}
    own = {each.area for each in held if each.area is not None}
    offered = (
        (bool(own), "My area" if len(own) == 1 else "My areas", "/home/"),
        (Right.SEE_ROUNDS in rights, "Assessments", "/assessments/"),
        (Right.SEE_RETURNS in rights, "Returns", "/returns/"),
        (Right.LOG_SUPPORT in rights, "Coaching", "/coach/"),
        (Right.SEE_BOARD in rights, "Board", "/board/"),
        (Right.SEE_STUDY in rights, "Studies", "/studies/"),
    )
    return [(text, href) for wanted, text, href in offered if wanted]

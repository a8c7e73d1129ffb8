"""Staff's view beside young people's, statement by statement, where both were collected."""

from collections.abc import Mapping
from dataclasses import dataclass

from ithrive.assessments.moderated import Compared
from ithrive.assessments.sectors import STAFF, YOUNG_PEOPLE
from ithrive.assessments.views import gaps
from ithrive.web.assessments.presenters.figures import NOTHING, counted
from ithrive.web.assessments.profiles import View
from ithrive.web.components import parts
from ithrive.web.components.parts import Params

CAPTION = "The same statements, as staff and as young people see them"


@dataclass(frozen=True, slots=True)
class ViewsPart:
    sentence: str
    table: Params


def views_part(views: Mapping[str, View]) -> ViewsPart | None:
    """None unless both views were collected. The widest gaps stand first."""
    if not {STAFF, YOUNG_PEOPLE} <= views.keys():
        return None
    staff, young_people = views[STAFF], views[YOUNG_PEOPLE]
    found = gaps(staff.profile, young_people.profile)
    codes = sorted(staff.profile.statements, key=lambda code: -abs(found[code].steps) if code in found else 0)
    rows = [
        (
            staff.profile.statements[code].statement.text,
            given(staff.compared[code]),
            given(young_people.compared[code]),
            gap_words(found[code].steps) if code in found else NOTHING,
        )
        for code in codes
    ]
    higher = sum(each.steps > 0 for each in found.values())
    lower = sum(each.steps < 0 for each in found.values())
    return ViewsPart(
        f"Of {counted(len(found), 'statement', 'statements')} that both scored, staff scored {higher} higher "
        f"than young people did, and {lower} lower. A gap is worth talking about; neither is the true view.",
        parts.table(CAPTION, ("Statement", "Staff", "Young people", "Gap"), rows, caption_size="s"),
    )


def given(said: Compared) -> str:
    """What the raters of one view gave to a statement."""
    if not said.scores:
        return "cannot be rated" if said.cannot_rate else NOTHING
    return str(said.low) if said.low == said.high else f"{said.low} to {said.high}"


def gap_words(steps: int) -> str:
    if not steps:
        return "the same"
    return f"{counted(abs(steps), 'step', 'steps')} {'higher' if steps > 0 else 'lower'} by staff"

"""What the pages say that bring past rounds in."""

from dataclasses import dataclass

from ithrive.areas.timeline import plain_day
from ithrive.web.areas.presenters.imports import counted
from ithrive.web.assessments.past_plans import PastPlan, PlannedRound
from ithrive.web.components import parts
from ithrive.web.components.parts import Params


@dataclass(frozen=True, slots=True)
class PastPreview:
    title: str
    sentence: str
    rounds: Params | None
    digest: str
    overtaken: str


def past_preview(plan: PastPlan, name: str, overtaken: str) -> PastPreview:
    headings = ("Area", "Due on", "Raters", "Agreed scores", "What changes")
    rows = [_row(each) for each in plan.rounds]
    table = parts.table("The rounds", headings, rows, numeric=(2, 3)) if rows else None
    return PastPreview(f"What {name} would record", said_of(plan), table, plan.digest, overtaken)


def said_of(plan: PastPlan) -> str:
    """ "2 rounds. 1 round is here just so already." """
    if not plan.rounds:
        return "Nothing would change: all of it is recorded already."
    same = f" {counted(plan.unchanged, 'round')} would stay as recorded." if plan.unchanged else ""
    return f"{counted(len(plan.rounds), 'round')}.{same}"


def said_when_taken(plan: PastPlan) -> str:
    if not plan.rounds:
        return "The list is recorded already, so nothing changed."
    return f"The list is taken: {counted(len(plan.rounds), 'round')}."


def _row(planned: PlannedRound) -> tuple[object, ...]:
    what = f"{counted(planned.differing, 'score')} would change" if planned.standing else "New"
    return (
        planned.area.name,
        plain_day(planned.past.due),
        len(planned.past.raters),
        sum(each.score is not None for each in planned.agreed.values()),
        what,
    )

"""Rows of the database as the plain values that the rules take."""

from ithrive.implementation import Evidence, Kind, Part, PlannedAction, Shows
from ithrive.implementation import Post as PostValue
from ithrive.implementation import Stakeholder as StakeholderValue
from ithrive.implementation.wishes import Wished
from ithrive.web.implementation.models import Action, Post, Stakeholder, StepEvidence, Wish


def area_key(number: int) -> str:
    """What the rules call an area."""
    return str(number)


def as_evidence(row: StepEvidence) -> Evidence:
    return Evidence(area_key(row.area_id), row.step, Shows(row.shows), row.on, row.what, Kind.STATED)


def as_post(row: Post) -> PostValue:
    return PostValue(Part(row.kind), row.holder, row.sector, row.starts, row.ends)


def as_stakeholder(row: Stakeholder) -> StakeholderValue:
    return StakeholderValue(row.name, row.sector, row.influence, row.engagement, row.noted_on)


def as_planned(row: Action) -> PlannedAction:
    return PlannedAction(row.title, row.owner, row.due_on, row.done_on, row.evidence, row.dropped_because)


def as_wished(row: Wish) -> Wished:
    return Wished(row.steering_group, row.young_people)

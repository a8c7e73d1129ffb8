"""Bringing in many records of one area at once: all of them or none, told in one line of history."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from ithrive.framework.approach import approach
from ithrive.implementation import Evidence, PlannedAction, Stakeholder, steering_group, why_not_evidence
from ithrive.implementation import Post as PostValue
from ithrive.implementation.people import why_not_post
from ithrive.implementation.plan import why_not_plan
from ithrive.implementation.stakeholders import why_not_stakeholder
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.presenters.words import counted
from ithrive.web.history.record import Author, record
from ithrive.web.implementation import models
from ithrive.web.implementation.actions._line import refuse


@dataclass(frozen=True, slots=True)
class ChosenPriority:
    """A priority as a list has it, with its actions, each with the step that it serves."""

    title: str
    because: str
    on: date
    statement: str = ""
    actions: tuple[tuple[PlannedAction, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """What is to be brought in for one area. Of evidence, only what people stated is kept."""

    evidence: Sequence[Evidence] = ()
    posts: Sequence[PostValue] = ()
    stakeholders: Sequence[Stakeholder] = ()
    priorities: Sequence[ChosenPriority] = field(default=())

    @property
    def count(self) -> int:
        actions = sum(len(each.actions) for each in self.priorities)
        mine = (self.evidence, self.posts, self.stakeholders, self.priorities)
        return actions + sum(len(each) for each in mine)


@transaction.atomic
def import_records(*, area: LocalArea, records: Records, source: str, by: Author) -> int:
    """Add every record; how many there were. Raises NotAllowed where a rule refuses one of them."""
    for reason in _refusals(records):
        refuse(reason)
    _write(area, records)
    record(
        by=by,
        action="bring in records of implementation",
        subject=f"implementation {area.code}",
        summary=f"{area.name}: {counted(records.count, 'record', 'records')} of steps, people and plan,"
        f" from {source}.",
        area=area.pk,
        after={"evidence": len(records.evidence), "posts": len(records.posts)}
        | {"stakeholders": len(records.stakeholders), "priorities": len(records.priorities)},
    )
    return records.count


def _refusals(records: Records) -> Iterable[str | None]:
    today, group = timezone.localdate(), steering_group()
    steps = frozenset(step.code for step in approach().steps)
    yield from (why_not_evidence(each, steps=steps, today=today) for each in records.evidence)
    yield from (why_not_post(each, group) for each in records.posts)
    yield from (why_not_stakeholder(each, today) for each in records.stakeholders)
    yield from (why_not_plan(each) for priority in records.priorities for each, _ in priority.actions)


def _write(area: LocalArea, records: Records) -> None:
    models.StepEvidence.objects.bulk_create(
        models.StepEvidence(area=area, step=each.step, shows=each.shows.value, on=each.on, what=each.what)
        for each in records.evidence
    )
    models.Post.objects.bulk_create(
        models.Post(
            area=area,
            kind=each.part.value,
            holder=each.holder,
            sector=each.sector,
            starts=each.starts,
            ends=each.ends,
        )
        for each in records.posts
    )
    models.Stakeholder.objects.bulk_create(
        models.Stakeholder(area=area, **asdict(each)) for each in records.stakeholders
    )
    for priority in records.priorities:
        _write_priority(area, priority)


def _write_priority(area: LocalArea, priority: ChosenPriority) -> None:
    row = models.Priority.objects.create(
        area=area,
        title=priority.title,
        statement=priority.statement,
        chosen_because=priority.because,
        chosen_on=priority.on,
    )
    models.Action.objects.bulk_create(
        models.Action(priority=row, step=step, **asdict(each)) for each, step in priority.actions
    )

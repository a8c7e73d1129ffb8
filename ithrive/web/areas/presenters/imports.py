"""The words of the pages that take a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ithrive.areas.support import SupportGiven
from ithrive.areas.timeline import Step, in_words, plain_day
from ithrive.problems import Problem
from ithrive.web.areas.list_plans import MembershipPlan
from ithrive.web.areas.models import Country, LocalArea
from ithrive.web.areas.presenters.support import plain_days
from ithrive.web.areas.sent_lists import ListKind, Plan


@dataclass(frozen=True, slots=True)
class ImportPage:
    title: str
    columns: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    template: str
    back: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    area: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    title: str
    sentence: str
    changes: tuple[ChangeShown, ...]
    digest: str
    overtaken: str
    again: str


# What each column holds, for whoever writes the list.
COLUMNS = {
    "memberships": {
        "code": "The area's code, such as E38000001. Needed.",
        "role": "accelerator, member, paused or left. Empty means member.",
        "starts": "First day in the role, such as 2016-05-01. Empty if nobody knows.",
        "ends": "First day on which the role no longer held. Empty while it lasts.",
        "kind": "The kind of area, where a code alone does not say it.",
        "note": "Where this is known from.",
    },
    "support": {
        "date": "The day, such as 2024-03-31.",
        "code": "The area's code, such as E38000001.",
        "kind": "coaching, workshop, training, consultancy, event or call.",
        "days": "Time given in days, such as 0.5.",
        "given_by": "Who gave it.",
        "purpose": "What it was for. Nothing about a child, a young person or a family.",
    },
}


def import_page(kind: ListKind, country: Country, problems: Iterable[Problem] = ()) -> ImportPage:
    return ImportPage(
        title=kind.title,
        columns=tuple(COLUMNS[kind.key].items()),
        problems=tuple(problems),
        template=reverse(f"areas:{kind.key}-template", args=[country.slug]),
        back=reverse("areas:area-list", args=[country.slug]),
    )


def preview_page(kind: ListKind, country: Country, name: str, plan: Plan, overtaken: str) -> PreviewPage:
    return PreviewPage(
        title=f"What {name} would change",
        sentence=said_of(plan),
        changes=tuple(_changes(plan)),
        digest=plan.digest,
        overtaken=overtaken,
        again=reverse(f"areas:{kind.key}-import", args=[country.slug]),
    )


def said_of(plan: Plan) -> str:
    """ "12 changes. 3 lines change nothing." """
    same = f"{counted(plan.unchanged, 'line')} {'changes' if plan.unchanged == 1 else 'change'} nothing."
    if not _size(plan):
        return "Nothing would change: all of it is recorded already."
    return f"{counted(_size(plan), 'change')}." + (f" {same}" if plan.unchanged else "")


def said_when_taken(plan: Plan) -> str:
    if not _size(plan):
        return "The list is recorded already, so nothing changed."
    return f"The list is taken: {counted(_size(plan), 'change')}."


def counted(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"


def _size(plan: Plan) -> int:
    return len(plan.steps) if isinstance(plan, MembershipPlan) else len(plan.entries)


def _changes(plan: Plan) -> list[ChangeShown]:
    if isinstance(plan, MembershipPlan):
        return [_step(area, step) for area, step in plan.steps]
    return [_entry(area, given) for area, given in plan.entries]


def _step(area: LocalArea, step: Step) -> ChangeShown:
    return ChangeShown(area.name, in_words(step.before) if step.before else "", in_words(step.after))


def _entry(area: LocalArea, given: SupportGiven) -> ChangeShown:
    time = f"{plain_days(given.days)} days by {given.given_by}"
    return ChangeShown(area.name, "", f"{given.kind} on {plain_day(given.on)}, {time}: {given.purpose}")

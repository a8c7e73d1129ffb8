"""What changed in an area since a day, and what is due: dated facts for a page to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ithrive.framework.approach import Approach
from ithrive.implementation.evidence import Evidence, Shows
from ithrive.implementation.people import Part, Post
from ithrive.implementation.plan import ActionState, PlannedAction, state_of


class About(StrEnum):
    """What a dated fact is about."""

    STEP = "step"
    ROUND = "round"
    RETURN = "return"
    PERSON = "person"
    PRIORITY = "priority"
    ACTION = "action"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened on a day."""

    on: date
    about: About
    text: str


def what_changed(happenings: Iterable[Happening], since: date, today: date) -> tuple[Happening, ...]:
    """What happened from a day until today, both included: the latest first, each fact once."""
    within = {each for each in happenings if since <= each.on <= today}
    return tuple(sorted(within, key=lambda each: (-each.on.toordinal(), each.about, each.text)))


_SHOWN = {
    Shows.BEGUN: "At work on",
    Shows.REACHED: "Reached",
    Shows.SKIPPED: "Skipped",
    Shows.RETURNED: "Returned to",
}


def from_evidence(evidence: Iterable[Evidence], approach: Approach) -> tuple[Happening, ...]:
    """What evidence tells: “Reached Engagement: first steering group held”."""
    names = {step.code: step.name for step in approach.steps}
    return tuple(
        Happening(each.on, About.STEP, f"{_SHOWN[each.shows]} {names.get(each.step, each.step)}: {each.what}")
        for each in evidence
    )


_PLAYED = {
    Part.LEAD: "implementation lead",
    Part.CHAMPION: "champion",
    Part.STEERING: "member of the steering group",
    Part.CHAIR: "chair of the steering group",
}


def from_posts(posts: Iterable[Post]) -> tuple[Happening, ...]:
    """Who took up a part, and who left it."""
    told = []
    for post in posts:
        told.append(Happening(post.starts, About.PERSON, f"{post.holder} became {_PLAYED[post.part]}"))
        if post.ends:
            told.append(
                Happening(post.ends, About.PERSON, f"{post.holder} stopped being {_PLAYED[post.part]}")
            )
    return tuple(told)


def from_actions(actions: Iterable[PlannedAction]) -> tuple[Happening, ...]:
    """What was done."""
    return tuple(
        Happening(each.done_on, About.ACTION, f"Done: {each.title} ({each.evidence})")
        for each in actions
        if each.done_on
    )


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that somebody is waiting for. `who` is to see to it, where that is known; `path` is where
    on the site it is seen to."""

    on: date
    about: About
    what: str
    who: str = ""
    path: str = ""

    def overdue(self, today: date) -> bool:
        return self.on < today


def what_is_due(*lists: Iterable[Due], until: date) -> tuple[Due, ...]:
    """Everything due up to a day, rounds, actions and promised support together: the oldest first."""
    within = {each for due in lists for each in due if each.on <= until}
    return tuple(sorted(within, key=lambda each: (each.on, each.about, each.what, each.who)))


def actions_due(actions: Iterable[PlannedAction], today: date) -> tuple[Due, ...]:
    """What of a plan is still to be done."""
    to_do = {ActionState.OPEN, ActionState.OVERDUE}
    return tuple(
        Due(each.due_on, About.ACTION, each.title, each.owner)
        for each in actions
        if each.due_on and state_of(each, today) in to_do
    )

"""What can be done with a return, step by step: who may, when it has to wait, and what it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from ithrive.measures import FigureKey
from ithrive.problems import NotAllowed
from ithrive.returns import life
from ithrive.returns.life import State
from ithrive.returns.schedule import why_not_send
from ithrive.web.accounts.models import Person
from ithrive.web.areas.own_pages import sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.returns import actions
from ithrive.web.returns.actions.drafts import WHOLE
from ithrive.web.returns.forms.steps import AgainForm, AskForm, DeadlinesForm, NotesForm, SureForm
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.versions import (
    findings_of,
    form_of,
    in_force,
    queries_of,
    seen_mark,
    under_way,
)
from ithrive.web.rights import Right

GIVEN = "given"  # stands for words, where the question is whether anything else is in the way


@dataclass(frozen=True)
class At:
    """A return, and whoever looks at it."""

    of: QuarterlyReturn
    versions: list[Version]
    person: Person

    @property
    def current(self) -> Version:
        """The version under way. Raises NotAllowed where there is none."""
        version = under_way(self.versions)
        if version is None:
            raise NotAllowed("No version of this return is under way.")
        version.of = self.of
        return version


@dataclass(frozen=True, slots=True)
class Step:
    """`why_not` tells whether the return, and this person, are ready for it; `act` takes it. The button says
    `button`, or else the title.
    """

    title: str
    intro: str
    said: str
    right: Right
    form: Callable[[AreaRequest, At], forms.Form]
    why_not: Callable[[At], str | None]
    act: Callable[[At, Any], object]
    button: str = ""


def _sure(request: AreaRequest, at: At) -> forms.Form:
    return SureForm(sent(request))


def _time(at: At) -> str | None:
    return why_not_send(at.of.expected, timezone.localdate())


def _why_not_start(at: At) -> str | None:
    if at.versions:
        return "This return is started already."
    return _time(at)


def _why_not_submit(at: At) -> str | None:
    version = at.current
    return (
        _time(at) or life.why_not_submit(State(version.state), findings_of(version)) or _unanswered(version)
    )


def _unanswered(version: Version) -> str | None:
    left = [each for each in queries_of(version) if each.answered_at is None]
    return "Answer every query first." if left else None


def _why_not_ask(at: At) -> str | None:
    version = at.current
    return (
        None if version.state == State.QUERIED else life.why_not_query(State(version.state), question=GIVEN)
    )


def _why_not_sign_off(at: At) -> str | None:
    version = at.current
    submitter = version.submitted_by.reference if version.submitted_by else ""
    return life.why_not_sign_off(
        State(version.state), findings_of(version), submitted_by=submitter, by=at.person.reference
    )


def _why_not_again(at: At) -> str | None:
    last, newer = in_force(at.versions), under_way(at.versions)
    if last is None:
        return "Nothing is signed off yet."
    state = State(newer.state) if newer else None
    return _time(at) or life.why_not_resubmit(State(last.state), reason=GIVEN, newer_version=state)


def _why_not_note(at: At) -> str | None:
    return _time(at) or life.why_not_change(State(at.current.state))


def _notes_form(request: AreaRequest, at: At) -> forms.Form:
    stands = at.current.notes
    return NotesForm(sent(request), initial={"words": stands, "seen": seen_mark(stands)})


def _note(at: At, form: Any) -> None:
    """Saved only onto what its writer had before them, as the figures are."""
    draft = actions.WordsDraft(WHOLE, form.cleaned_data["words"], form.cleaned_data["seen"])
    saved = actions.save_cells(version=at.current, cells=(), words=(draft,), by=at.person)
    for stands in saved.words_conflicts.values():
        form.data = {**form.data.dict(), "seen": seen_mark(stands)}
        raise NotAllowed(
            f"Somebody wrote “{stands}” here meanwhile, and that stands. Put both together and save again."
        )


def _ask(at: At, form: Any) -> object:
    about = form.cleaned_data["about"]
    key = FigureKey.parse(about) if about else None
    return actions.ask(version=at.current, question=form.cleaned_data["question"], key=key, by=at.person)


STEPS = {
    "start": Step(
        "Fill in the return here",
        "A draft is begun. You can stop at any time: what is saved stays, and only your area sees it as a "
        "draft.",
        "A draft is begun.",
        Right.SEND_RETURN, _sure, _why_not_start,
        lambda at, form: actions.start_draft(found=at.of, by=at.person),
    ),
    "notes": Step(
        "Notes on the whole return",
        "What a reader of these figures should know. It goes with them to the programme and the evaluation.",
        "The notes are saved.",
        Right.SEND_RETURN, _notes_form, _why_not_note, _note,
        button="Save the notes",
    ),
    "submit": Step(
        "Submit the return",
        "Its figures can no longer change here. Somebody else of your area signs them off; the programme may "
        "ask about them first.",
        "The return is submitted.",
        Right.SEND_RETURN, _sure, _why_not_submit,
        lambda at, form: actions.submit(version=at.current, by=at.person),
    ),
    "ask": Step(
        "Ask about a figure",
        "The return goes back to its area, which answers, mends figures where that is needed, and submits "
        "it again.",
        "The question is sent.",
        Right.QUERY_RETURN,
        lambda request, at: AskForm(sent(request), form=form_of(at.of)),
        _why_not_ask, _ask,
    ),
    "sign-off": Step(
        "Sign off the return",
        "The figures then stand for the area: in its charts, in the evaluation, and in what is published.",
        "The return is signed off.",
        Right.SIGN_OFF_RETURN, _sure, _why_not_sign_off,
        lambda at, form: actions.sign_off(version=at.current, by=at.person),
    ),
    "again": Step(
        "Send the figures again",
        "A new version begins with the figures that stand now. They stand until the new version is signed "
        "off; what was published from them is kept as it was.",
        "A new version is begun.",
        Right.SEND_RETURN,
        lambda request, at: AgainForm(sent(request)),
        _why_not_again,
        lambda at, form: actions.resubmit(found=at.of, reason=form.cleaned_data["reason"], by=at.person),
    ),
    "deadlines": Step(
        "Change the deadlines",
        "The area sees both days.",
        "The deadlines are changed.",
        Right.EXPECT_RETURNS,
        lambda request, at: DeadlinesForm(
            sent(request), initial={"due_on": at.of.due_on, "closes_on": at.of.closes_on}),
        lambda at: None,
        lambda at, form: actions.change_deadlines(found=at.of, by=at.person, **form.cleaned_data),
    ),
}  # fmt: skip

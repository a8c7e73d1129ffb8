"""The steps of a return, each on a page of its own that says what it does and asks once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ithrive.measures import FigureKey
from ithrive.problems import NotAllowed
from ithrive.returns import life
from ithrive.returns.life import State
from ithrive.returns.schedule import why_not_send
from ithrive.web.accounts.models import Person
from ithrive.web.areas.own_pages import form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.returns import actions
from ithrive.web.returns.access import return_for
from ithrive.web.returns.forms.steps import AgainForm, AnswerForm, AskForm, DeadlinesForm, SureForm
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.paths import return_path
from ithrive.web.returns.versions import (
    findings_of,
    form_of,
    in_force,
    queries_of,
    under_way,
    versions_of,
)
from ithrive.web.rights import Right

either = require_http_methods(["GET", "HEAD", "POST"])
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
    """`why_not` tells whether the return, and this person, are ready for it; `act` takes it."""

    title: str
    intro: str
    said: str
    right: Right
    form: Callable[[AreaRequest, At], forms.Form]
    why_not: Callable[[At], str | None]
    act: Callable[[At, Any], object]


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


@either
def step(request: AreaRequest, number: int, name: str) -> HttpResponse:
    """One step: what it does, what it asks for, and a button; or the reason why it has to wait."""
    at = _at(request, return_for(request, number))
    taken = STEPS[name]
    request.areas.require(taken.right, at.of.area)
    if reason := taken.why_not(at):
        raise NotAllowed(reason)
    form = taken.form(request, at)
    return _taken(request, at, form, taken.said, lambda: taken.act(at, form)) or _asking(
        request, at, form, taken.title, taken.intro
    )


@either
def answer(request: AreaRequest, number: int, query: int) -> HttpResponse:
    """Answer a question of the programme."""
    at = _at(request, return_for(request, number))
    request.areas.require(Right.SEND_RETURN, at.of.area)
    asked = next((each for each in queries_of(at.current) if each.pk == query), None)
    if asked is None:
        raise Http404
    form = AnswerForm(sent(request), initial={"words": asked.answer})
    act = lambda: actions.answer(query=asked, words=form.cleaned_data["words"], by=at.person)  # noqa: E731 # read once
    return _taken(request, at, form, "The answer is kept.", act) or _asking(
        request, at, form, "Answer a question", asked.asks
    )


def offered(
    request: AreaRequest, found: QuarterlyReturn, versions: list[Version]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The steps that this person may take now, as (text, address), and why the next one must wait."""
    at = _at(request, found, versions)
    mine = {name: each for name, each in STEPS.items() if request.areas.may(each.right, found.area)}
    reasons = {name: _reason(each, at) for name, each in mine.items()}
    ready = [
        (mine[name].title, return_path(found, name)) for name, reason in reasons.items() if reason is None
    ]
    current = under_way(versions)
    waiting = {State.DRAFT: "submit", State.QUERIED: "submit", State.SUBMITTED: "sign-off"}
    waits = reasons.get(waiting[State(current.state)]) if current else reasons.get("start")
    return ready, [waits] if waits and (current or not versions) else []


def _reason(step: Step, at: At) -> str | None:
    try:
        return step.why_not(at)
    except NotAllowed as refusal:
        return str(refusal)


def _at(request: AreaRequest, found: QuarterlyReturn, versions: list[Version] | None = None) -> At:
    return At(found, versions_of(found) if versions is None else versions, cast("Person", request.user))


def _taken(
    request: AreaRequest, at: At, form: forms.Form, said: str, act: Callable[[], object]
) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said)
    return redirect(return_path(at.of))


def _asking(request: AreaRequest, at: At, form: forms.Form, title: str, intro: str) -> HttpResponse:
    back = return_path(at.of)
    about = f"{at.of.area.name}, {at.of.quarter.label}. "
    return form_page(
        request, form, page_title=title, intro=about + intro, button=title, back=back, cancel=back,
        demonstration=at.of.area.country.fictional,
    )  # fmt: skip

"""The steps of a return, each on a page of its own that says what it does and asks once."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ithrive.problems import NotAllowed
from ithrive.returns.life import State
from ithrive.web.accounts.models import Person
from ithrive.web.areas.own_pages import form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.returns import actions
from ithrive.web.returns.access import return_for
from ithrive.web.returns.forms.steps import AnswerForm
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.paths import return_path
from ithrive.web.returns.steps import STEPS, At, Step
from ithrive.web.returns.versions import queries_of, seen_mark, under_way, versions_of
from ithrive.web.rights import Right

either = require_http_methods(["GET", "HEAD", "POST"])


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
        request, at, form, taken.title, taken.intro, taken.button
    )


@either
def answer(request: AreaRequest, number: int, query: int) -> HttpResponse:
    """Answer a question of the programme."""
    at = _at(request, return_for(request, number))
    request.areas.require(Right.SEND_RETURN, at.of.area)
    asked = next((each for each in queries_of(at.current) if each.pk == query), None)
    if asked is None:
        raise Http404
    form = AnswerForm(sent(request), initial={"words": asked.answer, "seen": seen_mark(asked.answer)})
    act = lambda: actions.answer(query=asked, **form.cleaned_data, by=at.person)  # noqa: E731 # read once
    done = _taken(request, at, form, "The answer is kept.", act)
    if form.is_bound and done is None:
        # What stands now is told beside the form: saved once more, it is saved over that.
        now = next(each.answer for each in queries_of(at.current) if each.pk == query)
        form.data = {**request.POST.dict(), "seen": seen_mark(now)}
    return done or _asking(request, at, form, "Answer a question", asked.asks)


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


def _asking(
    request: AreaRequest, at: At, form: forms.Form, title: str, intro: str, button: str = ""
) -> HttpResponse:
    back = return_path(at.of)
    about = f"{at.of.area.name}, {at.of.quarter.label}. "
    return form_page(
        request, form, page_title=title, intro=about + intro, button=button or title, back=back, cancel=back,
        demonstration=at.of.area.country.fictional,
    )  # fmt: skip

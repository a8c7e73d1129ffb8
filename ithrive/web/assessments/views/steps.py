"""The steps that a round takes, each on a page of its own that says what it does and asks once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ithrive.assessments import life, moderation
from ithrive.assessments.life import State
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.own_pages import form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments import access, actions, queries
from ithrive.web.assessments.forms.rounds import ReasonForm, ReturnForm, ShareForm, StepForm
from ithrive.web.assessments.models import Round
from ithrive.web.assessments.presenters.rounds import rounds_address
from ithrive.web.rights import Right

GIVEN = "given"  # stands for a reason, where the question is whether anything else is in the way


@dataclass(frozen=True, slots=True)
class Step:
    """`why_not` tells whether the round, and this person, are ready for it; `act` takes it."""

    title: str
    intro: str
    said: str
    right: Right
    form: type[StepForm]
    why_not: Callable[[Round, Person], str | None]
    act: Callable[[Round, Any, Person], object]


def _why_not_lock(round: Round, person: Person) -> str | None:
    agreed = queries.agreed_now(round)
    left = sum(1 for each in queries.instrument_of(round).statement if each.code not in agreed)
    return moderation.why_not_lock(State(round.state), without_score=left)


def _why_not_sign_off(round: Round, person: Person) -> str | None:
    return moderation.why_not_sign_off(
        State(round.state),
        life.Purpose(round.purpose),
        locked_by=round.locked_by.reference if round.locked_by else "",
        signatory=person.reference,
        raters=[each.person.reference for each in queries.raters_of(round)],
    )


def _why_not_share(round: Round, person: Person) -> str | None:
    purpose, shared = life.Purpose(round.purpose), round.shared_at is not None
    return moderation.why_not_share(State(round.state), purpose, shared=shared, statement=GIVEN)


STEPS = {
    "open": Step(
        "Open the round for rating",
        "Raters can begin. They stay blind to each other until all of them have submitted.",
        "The round is open for rating.",
        Right.SCHEDULE_ROUND, StepForm,
        lambda round, _: life.why_not_open(State(round.state), round.window_opens, timezone.localdate()),
        lambda round, form, by: actions.open_round(round=round, by=by),
    ),
    "missed": Step(
        "Record that the round was missed",
        "The round stays in the list as missed, even if it is held late. Nothing that was typed is lost.",
        "The round is recorded as missed.",
        Right.SCHEDULE_ROUND, StepForm,
        lambda round, _: life.why_not_miss(State(round.state), round.window_closes, timezone.localdate(),
                                           held=round.submitted_at is not None),
        lambda round, form, by: actions.mark_missed(round=round, by=by),
    ),
    "remove": Step(
        "Take the round off the schedule",
        "Only until its window opens. The history keeps that it was scheduled.",
        "The round is off the schedule.",
        Right.SCHEDULE_ROUND, StepForm,
        lambda round, _: life.why_not_remove(State(round.state), round.window_opens, timezone.localdate()),
        lambda round, form, by: actions.remove_round(round=round, by=by),
    ),
    "one-rater": Step(
        "Record why one rater has to be enough",
        "An evaluated round needs two raters. The reason stands beside the scores wherever they are shown.",
        "The reason is recorded.",
        Right.SCHEDULE_ROUND, ReasonForm,
        lambda round, _: moderation.why_not_except(life.Purpose(round.purpose), State(round.state), GIVEN),
        lambda round, form, by: actions.allow_one_rater(
            round=round, reason=form.cleaned_data["reason"], by=by),
    ),
    "return": Step(
        "Return ratings to a rater",
        "They can change their ratings and submit again. What they submitted first is kept, and agreement "
        "between raters is always worked out from that.",
        "The ratings are returned.",
        Right.MODERATE, ReturnForm,
        lambda round, _: moderation.why_not_return(State(round.state), GIVEN),
        lambda round, form, by: actions.return_ratings(
            round=round, raters=form.chosen(), reason=form.cleaned_data["reason"], by=by),
    ),
    "lock": Step(
        "Lock the scores",
        "The scores can no longer change. Somebody else signs them off.",
        "The scores are locked.",
        Right.MODERATE, StepForm, _why_not_lock,
        lambda round, form, by: actions.lock_round(round=round, by=by),
    ),
    "sign-off": Step(
        "Sign off the round",
        "The scores then stand for the area: in its profile, its movement and its plan.",
        "The round is signed off.",
        Right.SIGN_OFF, StepForm, _why_not_sign_off,
        lambda round, form, by: actions.sign_off_round(round=round, by=by),
    ),
    "reopen": Step(
        "Reopen the round",
        "The scores can be agreed anew. Those that stand now stay in the history, with until when they held.",
        "The round is reopened.",
        Right.MODERATE, ReasonForm,
        lambda round, _: moderation.why_not_reopen(State(round.state), GIVEN),
        lambda round, form, by: actions.reopen_round(round=round, reason=form.cleaned_data["reason"], by=by),
    ),
    "share": Step(
        "Share this reflection outside the area",
        "Evaluators, the programme team and your coach will see this reflection and its scores. This cannot "
        "be taken back: what was read cannot be unread. Your other reflections stay private.",
        "The reflection is shared.",
        Right.MODERATE, ShareForm, _why_not_share,
        lambda round, form, by: actions.share_reflection(
            round=round, statement=form.cleaned_data["statement"], by=by),
    ),
}  # fmt: skip


def step(request: AreaRequest, number: int, name: str) -> HttpResponse:
    """One step: what it does, what it asks for, and a button; or the reason why it has to wait."""
    round = access.round_for(request, number)
    taken = STEPS[name]
    access.require(request.areas, taken.right, round)
    person = cast("Person", request.user)
    if reason := taken.why_not(round, person):
        raise NotAllowed(reason)
    form = taken.form(sent(request), raters=queries.raters_of(round))
    back = reverse("assessments:round", args=[round.pk])
    if form.is_valid():
        try:
            taken.act(round, form, person)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, taken.said)
            return redirect(rounds_address(round.area) if name == "remove" else back)
    return form_page(
        request, form, page_title=taken.title, intro=taken.intro, button=taken.title, back=back, cancel=back,
        demonstration=round.area.country.fictional,
    )  # fmt: skip


def offered(request: AreaRequest, round: Round) -> tuple[list[tuple[str, str]], list[str]]:
    """The steps that this person may take now, as (text, address), and why a signature must wait."""
    person = cast("Person", request.user)
    mine = {name: each for name, each in STEPS.items() if access.may(request.areas, each.right, round)}
    reasons = {name: each.why_not(round, person) for name, each in mine.items()}
    ready = [
        (mine[name].title, reverse(f"assessments:{name}", args=[round.pk]))
        for name, reason in reasons.items()
        if reason is None
    ]
    waits = reasons.get("sign-off") if round.state == State.LOCKED else None
    return ready, [waits] if waits else []

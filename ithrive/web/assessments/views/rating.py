"""A rater's own pages: the statements with their boxes, saving one at a time, handing in."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ithrive.assessments.life import State
from ithrive.assessments.moderation import why_not_rate
from ithrive.framework.instrument import Instrument
from ithrive.problems import NotAllowed
from ithrive.web.areas.own_pages import author
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments import access, kept, queries
from ithrive.web.assessments.actions import Saved, save_ratings, submit_ratings
from ithrive.web.assessments.forms.rating import CHOOSE, Typed, read, typed_from
from ithrive.web.assessments.models import RaterOnRound, Rating, Round
from ithrive.web.assessments.presenters.rating import (
    at,
    parts_of,
    parts_shown,
    progress,
    queue_of,
    rating_page,
)
from ithrive.web.rights import Right

NOT_ASKED = "You are not asked to rate this round. Ask whoever schedules it."


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: AreaRequest, number: int) -> HttpResponse:
    """The statements of one level, with what the rater said of each."""
    if request.method == "POST" and not request.user.is_authenticated:
        kept.keep(request)
    round, rater, instrument = _task(request, number)
    if request.method == "POST":
        return _saved(request, round, rater, instrument)
    restored = kept.take(request, rater)
    typed = _changed(restored, instrument) if restored else {}
    return _page(request, round, rater, instrument, _part(request, instrument), typed, {}, {}, bool(typed))


@require_POST
def save(request: AreaRequest, number: int) -> HttpResponse:
    """Save one statement and answer in JSON: the page's script calls this while somebody types.

    200 saved; 401 signed out; 409 another tab or device saved something else, which the answer holds; 422 and
    403 not like this, with the reason.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"why": "You are signed out."}, status=401)
    try:
        round, rater, instrument = _task(request, number)
        code = request.POST.get("statement", "")
        typed = read(request.POST, code)
        if typed is None or instrument.statement_named(code) is None:
            return JsonResponse({"why": "There is no such statement. Load the page again."}, status=422)
        if problem := typed.problem():
            return JsonResponse({"why": problem}, status=422)
        saved = save_ratings(rater=rater, drafts=[typed.draft(code)], by=author(request))
    except NotAllowed as refusal:
        return JsonResponse({"why": str(refusal)}, status=403)
    return _told(code, saved, round, rater, instrument)


def submit(request: AreaRequest, number: int) -> HttpResponse:
    """Look once more, and hand in."""
    round, rater, instrument = _task(request, number)
    mine = queries.ratings_of(rater)
    if request.method == "POST":
        try:
            submit_ratings(rater=rater, by=author(request))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(f"{reverse('assessments:rate', args=[round.pk])}?part=missing")
        messages.success(request, "Your ratings are submitted. Thank you.")
        return redirect("assessments:round", round.pk)
    left = [
        each
        for each in instrument.statement
        if each.code not in mine or typed_from(mine[each.code]).choice == ""
    ]
    words = {
        "round": round, "progress": progress(instrument, mine), "left": left, "queue": queue_of(rater),
    }  # fmt: skip
    return render(request, "assessments/submit.html", words | {"demonstration": round.area.country.fictional})


def _task(request: AreaRequest, number: int) -> tuple[Round, RaterOnRound, Instrument]:
    """The round, the person as its rater, and the instrument; or the reason they cannot write here now."""
    round = access.round_for(request, number)
    access.require(request.areas, Right.RATE, round)
    rater = queries.rater_of(round, request.user)
    if rater is None:
        raise NotAllowed(NOT_ASKED)
    if reason := why_not_rate(State(round.state), submitted=rater.submitted_at is not None):
        raise NotAllowed(reason)
    return round, rater, queries.instrument_of(round)


def _part(request: AreaRequest, instrument: Instrument) -> str:
    parts = parts_of(instrument)
    asked = request.GET.get("part", "")
    return asked if asked in parts else parts[0]


def _saved(request: AreaRequest, round: Round, rater: RaterOnRound, instrument: Instrument) -> HttpResponse:
    """Save what can be saved; show again, as it was typed, what cannot."""
    typed = _changed(request.POST, instrument)
    refused = {code: reason for code, each in typed.items() if (reason := _why_not(each))}
    drafts = [each.draft(code) for code, each in typed.items() if code not in refused]
    saved = save_ratings(rater=rater, drafts=drafts, by=author(request))
    part = _part(request, instrument)
    left = {code: each for code, each in typed.items() if code in refused or code in saved.conflicts}
    if left:
        theirs = queries.ratings_of(rater)
        conflicts = saved.conflicts | {
            code: theirs.get(code, Rating(saves=0))
            for code, each in left.items()
            if refused.get(code) == CHOOSE
        }
        unsettled = {
            code: replace(each, saves=conflicts[code].saves, unsettled=True) if code in conflicts else each
            for code, each in left.items()
        }
        return _page(request, round, rater, instrument, part, unsettled, refused, conflicts, False)
    following = request.POST.get("next", "")
    if following in parts_of(instrument):
        return redirect(f"{reverse('assessments:rate', args=[round.pk])}?part={following}")
    return redirect("assessments:submit", round.pk)


def _changed(sent: QueryDict, instrument: Instrument) -> dict[str, Typed]:
    """What was typed of the statements that were on the page; those left as they were, left out."""
    found = {each.code: typed for each in instrument.statement if (typed := read(sent, each.code))}
    return {code: each for code, each in found.items() if not each.untouched and each.keep != "theirs"}


def _why_not(typed: Typed) -> str | None:
    return CHOOSE if typed.unsettled and typed.keep != "mine" else typed.problem()


def _page(
    request: AreaRequest,
    round: Round,
    rater: RaterOnRound,
    instrument: Instrument,
    part: str,
    typed: Mapping[str, Typed],
    refused: Mapping[str, str],
    conflicts: Mapping[str, Rating],
    restored: bool,
) -> HttpResponse:
    newer = queries.newer_version(round)
    page = rating_page(
        round, instrument, rater, queries.ratings_of(rater), part=part, mark=kept.mark_of(rater), typed=typed,
        refused=refused, conflicts=conflicts, newer=newer.version if newer else "", restored=restored,
    )  # fmt: skip
    words = {"page": page, "round": round, "demonstration": round.area.country.fictional}
    return render(request, "assessments/rate.html", words)


def _told(code: str, saved: Saved, round: Round, rater: RaterOnRound, instrument: Instrument) -> JsonResponse:
    theirs = saved.conflicts.get(code)
    if theirs is None:
        row, mine = saved.ratings[code], queries.ratings_of(rater)
        parts = [each.text for each in parts_shown(round, "", instrument, mine)]
        told = {"saves": row.saves, "at": at(row.saved_at), "parts": parts}
        return JsonResponse(told | {"progress": progress(instrument, mine)})
    typed = typed_from(theirs)
    told = {"choice": typed.choice, "why": typed.why, "evidence": typed.evidence, "saves": theirs.saves}
    when = at(theirs.saved_at) if theirs.saves else ""
    return JsonResponse({"theirs": told, "at": when}, status=409)

"""Ratings side by side, once all have submitted; and the scores that are agreed from them."""

from functools import lru_cache

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ithrive.assessments.agreement import AgreementReport, agreement
from ithrive.assessments.life import State
from ithrive.assessments.moderation import why_not_moderate, why_not_see_ratings
from ithrive.assessments.ratings import Rating
from ithrive.framework.instrument import Instrument
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments import access, queries
from ithrive.web.assessments.actions import Decision, agree_scores
from ithrive.web.assessments.evidence import withdrawn_from
from ithrive.web.assessments.forms.moderation import decisions
from ithrive.web.assessments.models import RaterOnRound, Round
from ithrive.web.assessments.presenters import moderation as words
from ithrive.web.assessments.presenters.agreement import agreement_part
from ithrive.web.assessments.presenters.withdrawals import withdrawal_notices
from ithrive.web.rights import Right


def moderate(request: AreaRequest, number: int) -> HttpResponse:
    """What the raters said side by side. Who moderates agrees the scores here; raters look."""
    round = access.round_for(request, number)
    raters = queries.raters_of(round)
    may_moderate = access.may(request.areas, Right.MODERATE, round)
    _require_sight(request, round, raters)
    if request.method != "POST":
        return _page(request, round, raters, may_moderate)
    access.require(request.areas, Right.MODERATE, round)
    assert isinstance(request.user, Person)  # who holds a right is signed in
    typed = decisions(request.POST, queries.instrument_of(round))
    outcome = agree_scores(round=round, decisions=typed, by=request.user)
    if outcome.refused:
        left = {code: each for code, each in typed.items() if code in outcome.refused}
        return _page(request, round, raters, may_moderate, left, outcome.refused)
    said = "1 score is agreed." if outcome.new == 1 else f"{outcome.new} scores are agreed."
    messages.success(request, said if outcome.new else "Nothing was changed.")
    return redirect(f"{reverse('assessments:moderate', args=[round.pk])}?part={_part(request, round)}")


def agreed_rates(request: AreaRequest, number: int) -> HttpResponse:
    """How far the raters agreed while they were blind to each other."""
    round = access.round_for(request, number)
    raters = queries.raters_of(round)
    _require_sight(request, round, raters)
    instrument = queries.instrument_of(round)
    report = agreement_of(tuple(queries.blind_ratings(round, raters)), instrument)
    given = {
        "round": round,
        "agreement": agreement_part(report, instrument, raters),
        "demonstration": round.area.country.fictional,
    }
    return render(request, "assessments/agreement.html", given)


def _require_sight(request: AreaRequest, round: Round, raters: list[RaterOnRound]) -> None:
    """Those who rated, moderate or sign off see the ratings, and only once they are no longer blind."""
    if not _rated(request, raters) and not access.may(request.areas, Right.SIGN_OFF, round):
        access.require(request.areas, Right.MODERATE, round)
    if reason := why_not_see_ratings(State(round.state), queries.counted(raters)):
        raise NotAllowed(reason)


def _rated(request: AreaRequest, raters: list[RaterOnRound]) -> bool:
    return request.user in [each.person for each in raters]


def _part(request: AreaRequest, round: Round) -> str:
    asked = request.GET.get("part", "")
    return asked if asked in words.parts_of(queries.instrument_of(round)) else words.DIFFER


def _page(
    request: AreaRequest,
    round: Round,
    raters: list[RaterOnRound],
    may_moderate: bool,
    typed: dict[str, Decision] | None = None,
    refused: dict[str, str] | None = None,
) -> HttpResponse:
    closed = why_not_moderate(State(round.state))
    page = words.moderation_page(
        round, queries.instrument_of(round), raters, queries.ratings_of_all(round, raters),
        queries.agreed_now(round), part=_part(request, round), may_change=may_moderate and not closed,
        typed=typed, refused=refused,
    )  # fmt: skip
    given = {
        "page": page,
        "round": round,
        "closed": closed,
        "passages": may_moderate or _rated(request, raters) or round.state == State.SIGNED_OFF,
        "remarks": may_moderate,
        "notices": withdrawal_notices(withdrawn_from(round)),
        "demonstration": round.area.country.fictional,
    }
    return render(request, "assessments/moderate.html", given)


@lru_cache(maxsize=64)
def agreement_of(ratings: tuple[Rating, ...], instrument: Instrument) -> AgreementReport:
    """Worked out once: what was submitted blind never changes."""
    return agreement(ratings, instrument)

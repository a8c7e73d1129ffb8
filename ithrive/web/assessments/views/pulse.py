"""The pulse of a round: for those who run it, and the one page for whoever holds a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from ithrive.assessments.life import State
from ithrive.assessments.pulse import why_not_open_pulse
from ithrive.assessments.relationships import questionnaire
from ithrive.problems import NotAllowed
from ithrive.tables import csv_text
from ithrive.web.areas.own_pages import author, changed, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments.access import may, require, round_for
from ithrive.web.assessments.actions import pulse as actions
from ithrive.web.assessments.forms.pulse import CloseForm, LinksForm, PulseForm
from ithrive.web.assessments.models import Round
from ithrive.web.assessments.presenters.interviews import address, title_of
from ithrive.web.assessments.presenters.relationships import pulse_part
from ithrive.web.assessments.profiles import pulse_of
from ithrive.web.assessments.pulses import pulse_opened, pulse_or_404
from ithrive.web.assessments.views.interviews import either
from ithrive.web.rights import Right


@require_safe
def page(request: AreaRequest, number: int) -> HttpResponse:
    """How the pulse stands, and what it found once it is closed."""
    round = round_for(request, number)
    require(request.areas, Right.SEE_ROUNDS, round)
    context = {
        "title": title_of(round),
        "round": round,
        "pulse": pulse_opened(round),
        "found": pulse_part(pulse_of(round)),
        "why_not_open": why_not_open_pulse(
            State(round.state), opened=False, imported=bool(round.imported_from)
        ),
        "may_run": may(request.areas, Right.SCHEDULE_ROUND, round),
        "questions": questionnaire(),
        "back": address("round", round),
        "demonstration": round.area.country.fictional,
    }
    return render(request, "assessments/pulse/pulse.html", context)


@require_POST
def begin(request: AreaRequest, number: int) -> HttpResponse:
    """Open a pulse for the round."""
    round = _to_run(request, number)
    try:
        actions.open_pulse(round=round, by=author(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The pulse is open. Make links, and hand them out.")
    return redirect(address("pulse", round))


@either
def links(request: AreaRequest, number: int) -> HttpResponse:
    """Make links. They are in this one answer and nowhere else, so it is never kept by a cache."""
    round = _to_run(request, number)
    pulse = pulse_or_404(round)
    form = LinksForm(sent(request))
    if form.is_valid():
        try:
            tokens = actions.make_links(pulse=pulse, number=form.cleaned_data["number"], by=author(request))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _handed_out(request, round, tokens, form.cleaned_data["kind"])
    back = address("pulse", round)
    return form_page(
        request,
        form,
        page_title="Make links for the pulse",
        intro="Each link can be used once. All are alike: nothing here knows who was given which. "
        "They are shown this once, so keep the page or the list until you have handed them out.",
        button="Make links",
        cancel=back,
        back=back,
        demonstration=round.area.country.fictional,
    )


@either
def close(request: AreaRequest, number: int) -> HttpResponse:
    """End the pulse for good."""
    round = _to_run(request, number)
    pulse = pulse_or_404(round)
    form, back = CloseForm(sent(request)), address("pulse", round)
    return changed(
        request,
        form,
        lambda: actions.close_pulse(pulse=pulse, by=author(request)),
        said="The pulse is closed.",
        then=back,
    ) or form_page(
        request,
        form,
        page_title="Close the pulse?",
        intro="Links that nobody used stop working, and the pulse cannot be opened again. "
        "Results are shown from then on, if five people or more answered.",
        button="Close the pulse",
        cancel=back,
        back=back,
        demonstration=round.area.country.fictional,
    )


@either
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, for whoever holds an unused link. Nothing of the visit is kept but the answers."""
    pulse = actions.open_pulse_of(token)
    if pulse is None:
        return _unlinked(render(request, "assessments/pulse/used.html", status=410))
    form = PulseForm(request.POST if request.method == "POST" else None, questions=questionnaire())
    if form.is_valid():
        try:
            actions.answer_pulse(token=token, sector=form.cleaned_data["sector"], scores=form.scores())
        except NotAllowed:
            return _unlinked(render(request, "assessments/pulse/used.html", status=410))
        return _unlinked(redirect("pulse:thanks"))
    context = {
        "form": form,
        "questions": questionnaire(),
        "area": pulse.round.area,
        "demonstration": pulse.round.area.country.fictional,
    }
    return _unlinked(render(request, "assessments/pulse/answer.html", context))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/pulse/thanks.html")


def _to_run(request: AreaRequest, number: int) -> Round:
    round = round_for(request, number)
    require(request.areas, Right.SCHEDULE_ROUND, round)
    return round


def _handed_out(request: AreaRequest, round: Round, tokens: list[str], kind: str) -> HttpResponse:
    addresses = [request.build_absolute_uri(reverse("pulse:answer", args=[each])) for each in tokens]
    if kind == "csv":
        answer = HttpResponse(
            csv_text(["link"], [[each] for each in addresses]), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="pulse-links-round-{round.pk}.csv"'
        return _unlinked(answer)
    context = {
        "addresses": addresses,
        "round": round,
        "title": title_of(round),
        "back": address("pulse", round),
        "demonstration": round.area.country.fictional,
    }
    return _unlinked(render(request, "assessments/pulse/sheet.html", context))


def _unlinked(answer: HttpResponse) -> HttpResponse:
    """An answer with a link in it, or at its address: no cache keeps it, no other site is told of it."""
    add_never_cache_headers(answer)
    # Not "no-referrer": browsers then send a form without its origin, and the site would refuse it.
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer

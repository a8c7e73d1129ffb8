"""Who is interviewed for a round, what they agreed to, and what they said."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ithrive.assessments.interviewing import Covers, why_not_interview
from ithrive.assessments.life import State
from ithrive.assessments.passages import digest_of
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas import private_files
from ithrive.web.areas.own_pages import form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments import evidence
from ithrive.web.assessments.access import may_read, require, round_for
from ithrive.web.assessments.actions import interviews as actions
from ithrive.web.assessments.forms import interviews as asked
from ithrive.web.assessments.models import Informant, Interview, Round
from ithrive.web.assessments.presenters.interviews import address, consent_in_words, interviews_page
from ithrive.web.assessments.queries import instrument_of
from ithrive.web.rights import Right

NOT_YOURS_TO_READ = (
    "In an evaluated round, what was said is read by whoever recorded the interview and by evaluators. "
    "Raters see the passages that are marked as evidence."
)
either = require_http_methods(["GET", "HEAD", "POST"])


def round_to_interview(request: AreaRequest, number: int) -> Round:
    """The round, for somebody who may interview for it."""
    round = round_for(request, number)
    require(request.areas, Right.INTERVIEW, round)
    return round


def person(request: AreaRequest) -> Person:
    """Who acts. Call it once a right was required: then somebody is signed in."""
    return cast("Person", request.user)


def interview_of(request: AreaRequest, round: Round, number: int) -> Interview:
    """An interview, for somebody who may read all of it."""
    found = get_object_or_404(evidence.interviews_of(round), pk=number)
    if not may_read(request.areas, found, person(request)):
        raise PermissionDenied(NOT_YOURS_TO_READ)
    return found


@require_safe
def interviews(request: AreaRequest, number: int) -> HttpResponse:
    """Everyone asked for a round, and what is kept of them."""
    round = round_to_interview(request, number)
    page = interviews_page(
        round,
        evidence.informants_of(round),
        instrument_of(round),
        evidence.passages_counted(round),
        why_not_interview(State(round.state)),
        lambda each: may_read(request.areas, each, person(request)),
    )
    context = {
        "page": page,
        "round": round,
        "back": address("round", round),
        "demonstration": round.area.country.fictional,
    }
    return render(request, "assessments/interviews/interviews.html", context)


@either
def add(request: AreaRequest, number: int) -> HttpResponse:
    """Somebody new to interview."""
    round = round_to_interview(request, number)
    form = asked.InformantForm(sent(request), instrument=instrument_of(round))
    return _then_list(
        request,
        round,
        form,
        lambda: actions.add_informant(round=round, by=person(request), **form.cleaned_data),
        said="The informant is added. Record their consent before anything they say is kept.",
    ) or _page(request, round, form, "Add an informant", "No name is kept. They are called by a number.")


@either
def consent(request: AreaRequest, number: int, informant: int) -> HttpResponse:
    """What somebody agreed to."""
    round, who = _informant(request, number, informant)
    form = asked.ConsentForm(sent(request), initial=asked.ConsentForm.filled_with(who))
    return _then_list(
        request,
        round,
        form,
        lambda: actions.record_consent(
            informant=who, given_on=form.cleaned_data["given_on"], covered=form.covered(), by=person(request)
        ),
        said=f"The consent of {who} is recorded.",
    ) or _page(request, round, form, f"Consent of {who}", consent_in_words(who))


@either
def withdraw(request: AreaRequest, number: int, informant: int) -> HttpResponse:
    """Somebody changed their mind: everything they said goes."""
    round, who = _informant(request, number, informant)
    form = asked.WithdrawForm(sent(request))
    intro = "Notes, transcripts and passages of this person are removed for good."
    return _then_list(
        request,
        round,
        form,
        lambda: actions.withdraw_consent(informant=who, by=person(request)),
        said=f"What {who} said is removed.",
    ) or _page(request, round, form, f"Consent of {who} withdrawn", intro)


@either
def add_notes(request: AreaRequest, number: int, informant: int) -> HttpResponse:
    """Notes typed here."""
    round, who = _informant(request, number, informant)
    form = asked.NotesForm(sent(request))
    return _then_list(
        request,
        round,
        form,
        lambda: actions.add_notes(informant=who, by=person(request), **form.cleaned_data),
        said=f"The notes with {who} are kept.",
    ) or _page(request, round, form, f"Notes of an interview with {who}", consent_in_words(who))


@either
def add_transcript(request: AreaRequest, number: int, informant: int) -> HttpResponse:
    """A transcript as a file."""
    round, who = _informant(request, number, informant)
    form = asked.TranscriptForm(sent(request), request.FILES or None)
    return _then_list(
        request,
        round,
        form,
        lambda: actions.add_transcript(
            informant=who,
            held_on=form.cleaned_data["held_on"],
            content=form.cleaned_data["file"].read(),
            by=person(request),
        ),
        said=f"The transcript with {who} is kept.",
    ) or _page(request, round, form, f"Send a transcript with {who}", consent_in_words(who))


@either
def change(request: AreaRequest, number: int, interview: int) -> HttpResponse:
    """Other words in notes that nothing is marked in."""
    round = round_to_interview(request, number)
    notes = interview_of(request, round, interview)
    before = {"text": notes.text, "shown": digest_of(notes.text)}
    form = asked.ChangeNotesForm(sent(request), initial=before)
    return _then_list(
        request,
        round,
        form,
        lambda: actions.change_notes(interview=notes, by=person(request), **form.cleaned_data),
        said="The notes are changed.",
    ) or _page(request, round, form, f"Change the notes with {notes.informant}", "")


@either
def remove(request: AreaRequest, number: int, interview: int) -> HttpResponse:
    """Take away one interview."""
    round = round_to_interview(request, number)
    held = interview_of(request, round, interview)
    form = asked.RemoveForm(sent(request))
    return _then_list(
        request,
        round,
        form,
        lambda: actions.remove_interview(
            interview=held, reason=form.cleaned_data["reason"], by=person(request)
        ),
        said="The interview is removed, with its passages.",
    ) or _page(request, round, form, f"Remove an interview with {held.informant}", "Its passages go with it.")


@require_safe
def original(request: AreaRequest, number: int, interview: int) -> HttpResponse:
    """The file that was sent, to be saved and never shown in the browser."""
    held = interview_of(request, round_to_interview(request, number), interview)
    if not held.original:
        raise Http404("These are notes: there is no file.")
    if Covers.TRANSCRIPT not in held.informant.covered:
        raise NotAllowed("This person's consent does not cover a transcript.")
    answer = HttpResponse(
        private_files.fetch(held.original, held.original_sha256), content_type="application/octet-stream"
    )
    name = f"round-{number}-informant-{held.informant.number}-{held.pk}.{held.original_kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _informant(request: AreaRequest, number: int, informant: int) -> tuple[Round, Informant]:
    round = round_to_interview(request, number)
    return round, get_object_or_404(round.informants, number=informant)


def _then_list(
    request: AreaRequest, round: Round, form: forms.Form, act: Callable[[], object], *, said: str
) -> HttpResponse | None:
    """Act on a form and go back to the list; None where there is nothing to act on, or the rules refuse."""
    if not form.is_valid():
        return None
    try:
        act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    except BadInput as refusal:
        for problem in refusal.problems:
            form.add_error(None, str(problem))
        return None
    messages.success(request, said)
    return redirect(address("interviews", round))


def _page(request: AreaRequest, round: Round, form: forms.Form, title: str, intro: str) -> HttpResponse:
    back = address("interviews", round)
    return form_page(
        request,
        form,
        page_title=title,
        intro=intro,
        back=back,
        cancel=back,
        demonstration=round.area.country.fictional,
    )

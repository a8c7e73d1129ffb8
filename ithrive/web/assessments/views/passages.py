"""Reading an interview and tying passages of it to statements, with a mouse or with the keyboard alone."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ithrive.assessments.passages import chosen
from ithrive.problems import NotAllowed
from ithrive.web.areas.own_pages import changed, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments import evidence
from ithrive.web.assessments.actions.passages import mark_passages, remove_passage
from ithrive.web.assessments.forms.interviews import MarkForm, UntieForm
from ithrive.web.assessments.models import Interview
from ithrive.web.assessments.presenters.interviews import address, text_page
from ithrive.web.assessments.queries import instrument_of
from ithrive.web.assessments.views.interviews import either, interview_of, person, round_to_interview
from ithrive.web.components.parts import pagination

PLACE = re.compile(r"(\d{1,7})-(\d{1,7})")


@either
def interview(request: AreaRequest, number: int, interview: int) -> HttpResponse:
    """The text, sentence by sentence, and the form that makes the chosen ones evidence."""
    round = round_to_interview(request, number)
    held = interview_of(request, round, interview)
    instrument = instrument_of(round)
    form = MarkForm(sent(request), instrument=instrument)
    if form.is_valid():
        try:
            made = mark_passages(
                interview=held,
                places=places(request, held),
                shown=request.POST.get("shown", ""),
                by=person(request),
                **form.cleaned_data,
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Marked as evidence." if len(made) == 1 else f"{len(made)} passages marked."
            )
            return redirect(f"{request.path}?page={page_asked(request)}")
    marked = list(evidence.passages_of(round).filter(interview=held))
    page = text_page(held, marked, instrument, page_asked(request))
    context = {
        "page": page,
        "round": round,
        "interview": held,
        "form": form,
        "ticked": numbers(request),
        "pages": pagination(page.page, page.pages) if page.pages > 1 else None,
        "back": address("interviews", round),
        "demonstration": round.area.country.fictional,
    }
    return render(request, "assessments/interviews/text.html", context)


@either
def remove(request: AreaRequest, number: int, passage: int) -> HttpResponse:
    """Untie a passage from its statement."""
    round = round_to_interview(request, number)
    tied = get_object_or_404(evidence.passages_of(round), pk=passage)
    interview_of(request, round, tied.interview_id)
    back = address("interview", round, tied.interview_id)
    form = UntieForm(sent(request))
    return changed(
        request,
        form,
        lambda: remove_passage(passage=tied, by=person(request)),
        said="The passage is no longer evidence. The history keeps where it was.",
        then=back,
    ) or form_page(
        request,
        form,
        page_title="Remove this passage from the evidence?",
        button="Remove",
        cancel=back,
        back=back,
        intro="The text of the interview stays as it is.",
        demonstration=round.area.country.fictional,
    )


def numbers(request: AreaRequest) -> frozenset[int]:
    """The sentences that were ticked."""
    return frozenset(int(each) for each in request.POST.getlist("sentence") if re.fullmatch(r"\d{1,6}", each))


def places(request: AreaRequest, held: Interview) -> tuple[tuple[int, int], ...]:
    """The stretches chosen: the one that a pointer drew, if any, and those of the sentences ticked."""
    drawn = PLACE.fullmatch(request.POST.get("drawn", ""))
    by_pointer = ((int(drawn[1]), int(drawn[2])),) if drawn else ()
    return (*by_pointer, *chosen(held.text, numbers(request)))


def page_asked(request: AreaRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if re.fullmatch(r"\d{1,4}", asked) else 1

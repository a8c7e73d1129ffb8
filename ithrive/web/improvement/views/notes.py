"""What is recorded beside one measure of an area: notes on its charts, and rebases."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ithrive.improvement import AnnotationKind
from ithrive.measures import Measure, measures
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import area_at, author, changed, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.improvement import actions, queries
from ithrive.web.improvement.forms import NoteForm, ReasonForm, RebaseForm
from ithrive.web.improvement.presenters import notes_page
from ithrive.web.rights import Right


def notes(request: AreaRequest, country: str, kind: str, code: str, measure: str) -> HttpResponse:
    """Everything recorded beside a measure of an area."""
    area, known = _seen(request, country, kind, code, measure)
    page = notes_page(known, list(queries.notes_of(area, measure)), list(queries.rebases_of(area, measure)))
    shown = {
        "area": area,
        "page": page,
        "shared": queries.shared_annotations(area),
        "may_edit": request.areas.may(Right.EDIT_PLAN, area),
        "breadcrumbs": breadcrumbs(
            ("Home", "/"),
            (area.name, f"/home/{country}/{kind}/{code}/"),
            ("Charts", f"/charts/{country}/{kind}/{code}/"),
            (known.title, f"/charts/{country}/{kind}/{code}/{measure}/"),
        ),
        "demonstration": area.country.fictional,
    }
    return for_this_reader(request, render(request, "improvement/notes.html", shown))


def add_note(request: AreaRequest, country: str, kind: str, code: str, measure: str) -> HttpResponse:
    area, known = _changed(request, country, kind, code, measure)
    form, back = NoteForm(sent(request)), _back(area, measure)

    def act() -> None:
        said = dict(form.cleaned_data)
        actions.add_note(
            area=area, measure=measure, by=author(request), kind=AnnotationKind(said.pop("kind")), **said
        )

    done = changed(request, form, act, said="The note is on the charts.", then=back)
    return done or _asking(request, area, form, f"Add a note: {known.title}", back)


def remove_note(
    request: AreaRequest, country: str, kind: str, code: str, measure: str, number: int
) -> HttpResponse:
    area, _ = _changed(request, country, kind, code, measure)
    row = get_object_or_404(queries.notes_of(area, measure), pk=number)
    form, back = ReasonForm(sent(request)), _back(area, measure)

    def act() -> None:
        actions.remove_note(row=row, reason=form.cleaned_data["reason"], by=author(request))

    intro = f"Recorded: {actions.note_said(row)}"
    done = changed(request, form, act, said="The note is taken back.", then=back)
    return done or _asking(request, area, form, "Take back a note", back, intro)


def add_rebase(request: AreaRequest, country: str, kind: str, code: str, measure: str) -> HttpResponse:
    area, known = _changed(request, country, kind, code, measure)
    form, back = RebaseForm(sent(request)), _back(area, measure)

    def act() -> None:
        actions.add_rebase(area=area, measure=measure, by=author(request), **form.cleaned_data)

    done = changed(request, form, act, said="Lines begin anew from that day on.", then=back)
    return done or _asking(request, area, form, f"Let lines begin anew: {known.title}", back, REBASING)


def remove_rebase(
    request: AreaRequest, country: str, kind: str, code: str, measure: str, number: int
) -> HttpResponse:
    area, _ = _changed(request, country, kind, code, measure)
    row = get_object_or_404(queries.rebases_of(area, measure), pk=number)
    form, back = ReasonForm(sent(request)), _back(area, measure)

    def act() -> None:
        actions.remove_rebase(row=row, reason=form.cleaned_data["reason"], by=author(request))

    intro = f"Recorded: {actions.rebase_said(row)}"
    done = changed(request, form, act, said="The rebase is taken back. Lines run through again.", then=back)
    return done or _asking(request, area, form, "Take back a rebase", back, intro)


REBASING = (
    "Do this only where you know that the service works differently from a day on, and expect it to stay so. "
    "The lines before that day stay on the chart, and so does the reason."
)


def _seen(
    request: AreaRequest, country: str, kind: str, code: str, measure: str, right: Right = Right.SEE_RETURNS
) -> tuple[LocalArea, Measure]:
    area = area_at(request, country, kind, code)
    request.areas.require(right, area)
    if measure not in measures():
        raise Http404(f"There is no measure {measure}.")
    return area, measures()[measure]


def _changed(
    request: AreaRequest, country: str, kind: str, code: str, measure: str
) -> tuple[LocalArea, Measure]:
    return _seen(request, country, kind, code, measure, Right.EDIT_PLAN)


def _back(area: LocalArea, measure: str) -> str:
    return reverse("improvement:notes", args=[area.country.slug, area.kind, area.code, measure])


def _asking(
    request: AreaRequest,
    area: LocalArea,
    form: NoteForm | RebaseForm | ReasonForm,
    title: str,
    back: str,
    intro: str = "",
) -> HttpResponse:
    words = {"page_title": title, "intro": intro, "back": back, "cancel": back}
    return form_page(request, form, demonstration=area.country.fictional, **words)
